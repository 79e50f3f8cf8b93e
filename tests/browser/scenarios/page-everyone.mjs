/** For everyone: what a checker of accessibility finds in every view, dialog and theme; zoom, contrast, keys alone. */
import { audit, ended, opened, undisturbed } from "./page-parts.mjs";

const press = (selector) => (page) =>
  page.eval((selector) => {
    const found = document.querySelector(selector);
    if (!found) throw new Error(`there is no ${selector}`);
    found.click();
  }, selector);
const dialog = (page) => page.waitFor("a dialog", () => document.querySelector("dialog[open]") !== null);
/** A press in the page's head, or in its menu, where a narrow page keeps it. */
const inHead = (what) => async (page) => {
  const seen = await page.eval(
    (what) => document.querySelector(`[data-does="${what}"]`)?.checkVisibility() ?? false,
    what,
  );
  if (!seen) await press('[data-does="more"]')(page);
  await press(`[data-does="${what}"]`)(page);
  await dialog(page);
};
/** The way by which the add dialog takes its pictures, by its place. */
const way = (place) => async (page) => {
  await press('[data-does="add"]')(page);
  await dialog(page);
  await page.eval(
    (place) => document.querySelectorAll("dialog [role=radio], dialog input[type=radio]")[place].click(),
    place,
  );
};

/** Every place a visitor can come to: its name, and the way there from the page at rest. */
const places = {
  "at rest": async () => {},
  "with the menu": press('[data-does="more"]'),
  "about the experiment": inHead("about"),
  "with the keys": inHead("keys"),
  "with the list": async (page) => {
    await press('[data-does="choose"]')(page);
    await page.waitFor("the list", () => document.querySelector("dialog [role=option]") !== null);
  },
  "with the share dialog": inHead("share"),
  "with the export dialog": inHead("export"),
  "with the embed dialog": inHead("embed"),
  "adding letters": way(0),
  "adding pictures": way(1),
  "adding by chance": way(2),
  "with one memory": async (page) => {
    await press(".card-tools button")(page);
    await dialog(page);
  },
  "with the reasons of the verdict": async (page) => {
    await press(".why")(page);
    await page.waitFor("the reasons", () => document.querySelector(".verdict")?.checkVisibility());
  },
  "with likeness over time": (page) => page.click("text=over time"),
  "with a cell that says why": async (page) => {
    await page.press("w");
    await page.click(".grid-canvas");
    await page.waitFor("the reasons", () => document.querySelector(".explain")?.checkVisibility());
  },
  "with the drawer": async (page) => {
    await press('[data-does="controls"]')(page);
    await page.waitFor("the drawer", () => !document.querySelector("#drawer").hidden);
  },
  "with a note over the page": async (page) => {
    await press("#spoil .note-button")(page);
    await page.waitFor("the note", () => document.querySelector("#spoil .note-text") !== null);
  },
  "with a note in the drawer": async (page) => {
    await press("#drawer .note-button")(page);
    await page.waitFor("the formula", () => document.querySelector("#drawer math") !== null);
  },
  "with a sheet of numbers": async (page) => {
    await page.press("Escape");
    await page.set(".pick-select", await page.eval(() => document.querySelector(".pick-select optgroup option").value));
    await page.waitForText(".layer-reading", /./);
  },
  "with numbers over the picture": async (page) => {
    await page.eval(() => {
      document.querySelector(".pick-select").selectedIndex = 1;
      document.querySelector(".pick-select").dispatchEvent(new Event("change"));
    });
    await page.waitFor("the legend", () => document.querySelector(".lens .legend").checkVisibility());
  },
  "before starting afresh": async (page) => {
    // Only what was changed is asked about.
    await press('[data-action="invert"]')(page);
    await page.waitForText("#story-now", "You changed");
    await inHead("reset")(page);
  },
  "with a problem": async (page) => {
    await page.eval(() => {
      location.hash = "v=99";
    });
    await page.waitForText("#problem h2", "newer");
  },
};

const looks = [
  { as: "light", dark: false },
  { as: "dark", dark: true, rules: ["color-contrast"] },
  { as: "dark on a phone", dark: true, touch: true, viewport: { width: 390, height: 844 } },
  { as: "light and with more contrast", dark: false, contrast: true, rules: ["color-contrast"] },
];

export default [
  ...looks.map(({ as, rules, ...look }) => ({
    name: `readers find nothing amiss in any place, ${as}`,
    ...look,
    async run({ page }) {
      await ended(page);
      for (const [what, go] of Object.entries(places)) {
        await go(page);
        await audit(page, what, rules);
        if (/drawer|sheet|numbers over/.test(what)) continue;
        await page.press("Escape");
        await undisturbed(page);
      }
    },
  })),
  {
    name: "every dialog fits a screen of 320 pixels, with targets for fingers",
    viewport: { width: 320, height: 640 },
    touch: true,
    async run({ page, check }) {
      await ended(page);
      for (const [what, go] of Object.entries(places)) {
        if (/why|sheet|problem/.test(what)) continue;
        await go(page);
        const found = await page.eval(() => {
          const place = document.querySelector("dialog[open]") ?? document.body;
          const sideways = [document.documentElement, ...place.querySelectorAll("dialog, .dialog-body")].filter(
            (element) => element.scrollWidth > element.clientWidth + 1,
          );
          const small = [
            ...place.querySelectorAll("button, select, input:not([type=radio], [type=checkbox], [type=file])"),
          ]
            .filter((element) => element.checkVisibility())
            .map((element) => ({
              box: element.getBoundingClientRect(),
              name: element.title || element.textContent || element.className,
            }))
            // A button in a line of text is as high as it can be without pulling the lines apart.
            .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
            .map(({ box, name }) => `${name} ${box.width}×${box.height}`);
          return { sideways: sideways.map(({ className, tagName }) => `${tagName} ${className}`), small };
        });
        check.deepEqual(found, { sideways: [], small: [] }, what);
        if (/drawer|numbers over/.test(what)) continue;
        await page.press("Escape");
        await undisturbed(page);
      }
    },
  },
  {
    name: "at 200 % nothing is lost",
    // What a desk of 1280 by 800 has at twice the size.
    viewport: { width: 640, height: 400 },
    async run({ page, check }) {
      await opened(page);
      const wide = await page.eval(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      check.equal(wide, 0, "nothing scrolls sideways");
      for (const part of [
        "#story-now",
        ".grid-canvas",
        '[data-does="play"]',
        "#shelf",
        "#charts",
        '[data-does="spoil"]',
      ]) {
        const { x, y, width, height } = await page.box(part);
        check.ok(x >= 0 && x + width <= 640 && y + height > 0 && y < 400, `${part} can be scrolled to`);
      }
    },
  },
  {
    name: "with keys alone every stop is seen",
    async run({ page, check }) {
      await ended(page);
      await page.eval(() => document.querySelector('[data-does="choose"]').focus());
      const unseen = [];
      const stops = new Set();
      for (let stop = 0; stop < 80; stop += 1) {
        await page.press("Tab");
        const found = await page.eval(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return null;
          const style = getComputedStyle(element);
          const ringed = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
          const box = element.getBoundingClientRect();
          return {
            name: element.getAttribute("aria-label") || element.textContent.trim() || element.id || element.className,
            seen: ringed && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
          };
        });
        if (found === null) break;
        stops.add(found.name);
        if (!found.seen) unseen.push(found.name);
      }
      check.deepEqual(unseen, [], "the focus is always to be seen");
      for (const name of ["Play (space)", "Spoil", "Store this", "Share"]) {
        check.ok(
          [...stops].some((stop) => stop.includes(name)),
          `${name} is reached`,
        );
      }
    },
  },
  {
    name: "with keys alone a picture is drawn, stored and run",
    async run({ page }) {
      await ended(page);
      await page.eval(() => document.querySelector(".grid-canvas").focus());
      const before = await page.count(".card");
      await page.press("ArrowRight", "ArrowDown", " ");
      await page.eval(() => document.querySelector('[data-does="store"]').focus());
      await page.press("Enter");
      // One cell makes it too like a memory: that is said, and stored all the same.
      await page.waitFor("the warning", () => document.querySelector('[data-does="store-anyway"]')?.checkVisibility());
      await page.eval(() => document.querySelector('[data-does="store-anyway"]').focus());
      await page.press("Enter");
      await page.waitFor("one more", (before) => document.querySelectorAll(".card").length === before + 1, before);
      await page.eval(() => document.querySelector(".spoil .main").focus());
      await page.press("Enter");
      await page.waitForText("#story-now", /^After \d/);
    },
  },
];
