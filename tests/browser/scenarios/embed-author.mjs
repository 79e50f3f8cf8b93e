/** An author takes an experiment into a page of their own: the dialog, the text to paste, the file, and the way back. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { across, framed, here, inside, withFolder } from "./embed-parts.mjs";
import { audit, opened, shared, stopped } from "./page-parts.mjs";

const snippet = (page) => page.eval(() => document.querySelector("[data-does=snippet]").value);

async function dialog(page) {
  await stopped(page);
  const { link } = await shared(page);
  await page.click("text=Embed");
  await page.waitFor("the dialog", () => document.querySelector(".embedding [data-does=preview]") !== null);
  return link.split("#")[1];
}

const pick = (page, value) => page.set(`.embedding input[value=${value}]`, true);
const turn = (page, key, on) => page.set(`.embedding [data-key=${key}] input`, on);

/** The attributes of the snippet's frame. */
const parsed = (text) =>
  Object.fromEntries(
    [...text.split("</iframe>")[0].matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value.replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
    ]),
  );

/** A snippet where its author puts it: in the page that the tab shows. */
async function pasted(page, text) {
  await page.eval((text) => {
    // As a page has it from its start: markup that is put in later runs no scripts.
    document.body.insertAdjacentHTML("beforeend", text);
    for (const old of document.querySelectorAll("body script")) {
      const script = document.createElement("script");
      script.textContent = old.textContent;
      old.replaceWith(script);
    }
  }, text);
  const embed = await inside(page);
  await embed.open();
  return embed;
}

/** Catches what the page saves, from now on. */
const catchFiles = (page) =>
  page.eval(() => {
    globalThis.__files = [];
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      void blob.text().then((text) => globalThis.__files.push({ type: blob.type, size: blob.size, text }));
      return make(blob);
    };
  });

const caught = (page) => page.waitFor("a file", () => globalThis.__files.at(-1));

/** How many tabs there are besides this one. */
const others = async (page) => (await (page.tab.context?.() ?? page.tab.browserContext()).pages()).length - 1;

export default [
  {
    name: "the dialog shows the experiment live, and its text follows every option",
    async run({ page, check, site }) {
      const link = await dialog(page);
      const embed = await inside(page);
      await embed.open();
      const usual = parsed(await snippet(page));
      check.equal(usual.src, `${site.url}embed.html#${link}`);
      check.equal(usual.loading, "lazy");
      check.ok(usual.title.length > 5);
      check.match(usual.sandbox, /^allow-scripts /);
      await pick(page, "story");
      await pick(page, "dark");
      await turn(page, "transparent", true);
      await turn(page, "autoplay", false);
      await page.click("text=spoil");
      await page.set(".embedding [data-key=width] input[type=range]", 480);
      const { src, style } = parsed(await snippet(page));
      check.equal(src, `${site.url}embed.html#${link}&ui=story&theme=dark&autoplay=0&hide=spoil&bg=transparent`);
      check.match(style, /max-width:\s?480px/);
      const again = await inside(page);
      await again.waitFor("the address", (src) => location.href.split("#")[1] === src.split("#")[1], src);
      await again.waitFor("the options", () => document.documentElement.dataset.ui === "story");
      await again.open();
      check.equal(await again.eval(() => document.documentElement.dataset.theme), "dark");
      check.deepEqual(await again.seen(["#quick [data-does=quick-spoil]", "#quick [data-does=quick-play]"]), [
        "#quick [data-does=quick-play]",
      ]);
      await page.click("text=spoil");
      await again.waitFor("the button that it began with", () =>
        document.querySelector("#quick [data-does=quick-spoil]")?.checkVisibility(),
      );
      check.match(await snippet(page), /<script>/);
      await turn(page, "follow", false);
      check.doesNotMatch(await snippet(page), /<script>/);
      const lengths = await page.eval(() => history.length);
      await pick(page, "bare");
      check.equal(await page.eval(() => history.length), lengths, "no step for Back");
      await pick(page, "markdown");
      check.match(await snippet(page), /^\[!\[[^\]]+\]\([^)]+\.png\)\]\(http[^)]+\)$/);
    },
  },
  ...[false, true].map((dark) => ({
    name: `axe finds nothing serious in the dialog, ${dark ? "dark" : "light"}`,
    dark,
    async run({ page }) {
      await dialog(page);
      await audit(page, "the dialog");
    },
  })),
  {
    name: "the text works where it is pasted, and the frame becomes as high as it needs",
    allow: [across],
    async run({ page }) {
      await dialog(page);
      await inside(page).then((embed) => embed.open());
      await pick(page, "story");
      const text = await page.waitFor("its text", () => {
        const text = document.querySelector("[data-does=snippet]").value;
        return text.includes("ui=story") && text;
      });
      const stop = await framed(page, []);
      const embed = await pasted(page, text);
      await page.waitFor("its end", () => globalThis.heard.findLast(({ type }) => type === "state")?.settled);
      await page.waitFor(
        "the height that it asked for",
        () =>
          document.querySelector("iframe").offsetHeight ===
          globalThis.heard.findLast(({ type }) => type === "resize").height,
      );
      await embed.waitFor("nothing to scroll in it", () => document.documentElement.scrollHeight === innerHeight);
      await stop();
    },
  },
  ...["auto", "light", "dark"].map((theme) => ({
    name: `a see-through background is, where it is pasted, in ${theme} colours`,
    allow: [across],
    async run({ page, check }) {
      await dialog(page);
      await inside(page).then((embed) => embed.open());
      await pick(page, "bare");
      await turn(page, "transparent", true);
      await pick(page, theme);
      const text = await snippet(page);
      const stop = await framed(page, []);
      await page.eval(() => {
        document.body.style.background = "rgb(40, 90, 60)";
      });
      const embed = await pasted(page, text);
      check.equal(await embed.eval(() => document.documentElement.dataset.theme ?? "auto"), theme);
      const { x, y, width, height } = await page.box("iframe");
      const ground = "40,90,60";
      const middle = async () => `${await page.colourAt(x + width / 2, y + height / 2)}`;
      await page.until("its picture to be seen", async () => (await middle()) !== ground);
      check.equal(`${await page.colourAt(x + 1, y + 1)}`, ground);
      await stop();
    },
  })),
  {
    name: "the demo saved as a file opens by itself, with its experiment and options, and knows its way back",
    allow: [/request to another origin: file:/],
    async run({ page, check, site }) {
      const link = await dialog(page);
      await pick(page, "story");
      await catchFiles(page);
      await page.click("[data-does=save-embed]");
      const { text, type } = await caught(page);
      check.match(type, /text\/html/);
      await withFolder(async (folder) => {
        const file = join(folder, "demo.html");
        await writeFile(file, text);
        await page.open(pathToFileURL(file).href);
        const embed = here(page);
        await embed.open();
        check.equal(await embed.eval(() => document.documentElement.dataset.ui), "story");
        await embed.waitFor("the way back", () => document.querySelector("[data-does=open-lab]")?.href);
        check.equal(await embed.eval(() => document.querySelector("[data-does=open-lab]").href), `${site.url}#${link}`);
        // What the address says counts more than what is in the file.
        await page.open(`${pathToFileURL(file).href}#ui=bare`);
        await embed.open();
        check.equal(await embed.eval(() => document.documentElement.dataset.ui), "bare");
      });
    },
  },
  {
    name: "open in the lab carries the state as it is",
    allow: [across],
    path: "embed.html",
    async run({ page, check, site }) {
      const sandbox = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
      const stop = await framed(page, [{ src: `${site.url}embed.html#autoplay=0`, sandbox, style: "height: 1400px" }]);
      const embed = await inside(page);
      await embed.open();
      const way = () => embed.eval(() => document.querySelector("[data-does=open-lab]").href);
      await embed.waitFor("the way", () => document.querySelector("[data-does=open-lab]").href);
      const before = await way();
      const start = await embed.hash();
      const place = await page.eval(() => document.querySelector("iframe").getBoundingClientRect().toJSON());
      const box = await embed.eval(() => document.querySelector(".grid-canvas").getBoundingClientRect().toJSON());
      await page.tab.mouse.click(place.x + box.x + box.width * 0.4, place.y + box.y + box.height * 0.3);
      await embed.waitFor(
        "the change",
        (before) => document.querySelector("[data-does=open-lab]").href !== before,
        before,
      );
      await embed.waitFor("its drawing", (start) => document.querySelector("#lab").dataset.hash !== start, start);
      const state = await embed.hash();
      const target = await way();
      check.ok(target.startsWith(`${site.url}#v=`), target);
      const button = await embed.eval(() =>
        document.querySelector("[data-does=open-lab]").getBoundingClientRect().toJSON(),
      );
      // Scrolled by the page around it: a frame of another process has that done at some later time.
      const y = await page.eval(async (y) => {
        scrollBy({ top: y - innerHeight / 2, behavior: "instant" });
        for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);
        return document.querySelector("iframe").getBoundingClientRect().y;
      }, place.y + button.y);
      await page.tab.mouse.click(place.x + button.x + button.width / 2, y + button.y + button.height / 2);
      await page.until("a tab to open", async () => (await others(page)) > 0);
      // The new tab hides this one, which would stand still.
      await page.tab.bringToFront();
      await page.open(target);
      await opened(page);
      await stopped(page);
      await page.click("[data-does=restart]");
      await page.waitFor("the state", (state) => document.querySelector("#lab").dataset.hash === state, state);
      check.equal((await shared(page)).link, target);
      await stop();
    },
  },
  {
    name: "where no tab may be opened, the link is there to copy",
    allow: [across, /sandbox|popup/i],
    path: "embed.html",
    async run({ page, check, site }) {
      const stop = await framed(page, [
        { src: `${site.url}embed.html#autoplay=0&ui=story`, sandbox: "allow-scripts", style: "height: 800px" },
      ]);
      const embed = await inside(page);
      await embed.open();
      const target = await embed.waitFor("the way", () => document.querySelector("[data-does=open-lab]").href);
      const { x, y } = await page.eval(() => document.querySelector("iframe").getBoundingClientRect().toJSON());
      const button = await embed.eval(() =>
        document.querySelector("[data-does=open-lab]").getBoundingClientRect().toJSON(),
      );
      await page.tab.mouse.click(x + button.x + button.width / 2, y + button.y + button.height / 2);
      const text = await embed.waitFor("the link", () => {
        const { hidden } = document.querySelector(".take-away");
        return !hidden && document.querySelector(".take-away .link").value;
      });
      check.equal(text, target);
      await stop();
    },
  },
  {
    name: "the sample post has four experiments that run, in a text that does not jump",
    viewport: { width: 390, height: 844 },
    touch: true,
    path: "blog/index.html",
    async run({ page, check }) {
      check.equal(await page.count("iframe"), 4);
      const high = () => page.eval(() => document.documentElement.scrollHeight);
      const start = await high();
      for (let place = 0; place < 4; place += 1) {
        await page.eval((place) => {
          document.querySelectorAll("iframe")[place].scrollIntoView({ behavior: "instant" });
        }, place);
        const embed = await inside(page, place);
        await embed.open();
        check.equal(await embed.eval(() => document.querySelectorAll(".notice, #problem:not([hidden])").length), 0);
      }
      check.ok(Math.abs((await high()) - start) < 160, `${start} and ${await high()}`);
      check.equal(
        await page.eval(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        0,
      );
      const first = await inside(page, 0);
      await page.eval(() => document.querySelector("iframe").scrollIntoView({ behavior: "instant" }));
      await first.waitFor("the end", () => /remembered/.test(document.querySelector("#story-now").textContent));
      check.deepEqual(await first.seen([".problem"]), []);
    },
  },
];
