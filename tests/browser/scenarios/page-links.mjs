/** Links: they hold the experiment, and when they do not, nothing is opened in its place and nothing is lost. */
import { dot, opened, openSpec, paste, shared, stopped, story, undisturbed } from "./page-parts.mjs";

const written = (page) => page.waitFor("the link", () => location.hash.length > 20 && location.hash);

const kept = (page) => page.eval(() => document.querySelector("#problem textarea").value);

export default [
  {
    name: "an edit writes the link, which opens the same experiment",
    async run({ page, check, site }) {
      await stopped(page);
      await dot(page);
      await written(page);
      const before = await shared(page);
      check.equal(before.link, await page.url(), "the dialog and the address bar agree");
      check.ok(before.link.length - site.url.length < 1600, `${before.link.length} characters`);
      await page.reload();
      await opened(page);
      const after = await shared(page);
      // What a preset says for the list and for its test is not part of the experiment.
      const experiment = ({ tags, expect, ...rest }) => rest;
      check.deepEqual(experiment(JSON.parse(after.spec)), experiment(JSON.parse(before.spec)));
      check.equal(after.link, before.link);
      await page.open(before.link);
      await opened(page);
      check.equal((await shared(page)).link, before.link);
    },
  },
  {
    name: "the link and the spec are copied",
    async run({ page, check, browser }) {
      await stopped(page);
      await page.click('[data-does="share"]');
      const copied = async (what) => {
        await page.click(`[data-does="${what}"]`);
        await page.waitForText(`[data-does="${what}"]`, "Copied");
      };
      await copied("copy-link");
      if (browser === "firefox") return;
      check.match(await page.clipboard(), /^http.*#v=\d+&/);
      await copied("copy-spec");
      check.equal(JSON.parse(await page.clipboard()).v, 1);
    },
  },
  {
    name: "what is too much for a link is said, and taken away as a spec",
    async run({ page, check }) {
      await stopped(page);
      // Pictures of many cells each, alike in none of the ways that a link has words for.
      const picture = (seed) =>
        Array.from({ length: 1024 }, (_, i) => ((i * i * (seed + 3) + i * seed * 7) % 11 < 5 ? 1 : 0)).join("");
      const bits = Array.from({ length: 400 }, (_, seed) => picture(seed));
      await openSpec(page, { v: 1, model: "hopfield", title: "Many", patterns: { width: 32, height: 32, bits } });
      await opened(page);
      await page.click('[data-does="share"]');
      await page.waitForText("dialog", "too many for a link");
      check.equal(await page.count('dialog [data-does="copy-link"]'), 0);
      const spec = await page.eval(() => document.querySelector("dialog textarea").value);
      check.equal(JSON.parse(spec).patterns.bits.length, 400);
      await page.press("Escape");
      await undisturbed(page);
      await page.click('[data-does="embed"]');
      await page.waitForText(".notice.warning", "too many for a link");
      check.equal(await page.count("dialog"), 0);
    },
  },
  {
    name: "Back leads out of an experiment that was chosen, and out of a dialog about it",
    async run({ page, check }) {
      await opened(page);
      const first = await page.text(".preset-name");
      await page.click('[data-does="choose"]');
      await page.waitFor("the list", () => document.activeElement?.getAttribute("role") === "option");
      check.ok((await page.count("[role=option]")) > 5);
      check.ok((await page.count("[role=listbox] [role=group]")) > 1, "in groups");
      await page.press("ArrowDown", "Enter");
      await page.waitFor("another", (first) => document.querySelector(".preset-name").textContent !== first, first);
      await written(page);
      await page.click('[data-does="add"]');
      await page.waitFor("the dialog", () => document.querySelector("dialog.add[open]") !== null);
      await page.eval(() => history.back());
      await page.waitForText(".preset-name", first);
      check.equal(await page.count("dialog"), 0);
    },
  },
  {
    name: "a link that was cut is explained and kept, and opened as far as it goes",
    async run({ page, check }) {
      await stopped(page);
      await dot(page);
      const cut = (await written(page)).slice(1, -12);
      await page.open(`${(await page.url()).split("#")[0]}#${cut}`);
      await page.waitForText("#problem h2", "cut short");
      check.equal(await kept(page), cut);
      check.ok(await page.eval(() => document.querySelector("#lab").hidden), "no demo in its place");
      await page.click("text=Open what can be read");
      await page.waitForText(".notice", "with changes");
      await opened(page);
      check.ok(!(await page.eval(() => document.querySelector("#lab").hidden)));
    },
  },
  {
    name: "a link that was changed on its way is explained",
    async run({ page, check }) {
      await stopped(page);
      await dot(page);
      const link = (await written(page)).slice(1);
      const bent = link.replace(/&state=(.)/, (_, c) => `&state=${c === "A" ? "B" : "A"}`);
      check.notEqual(bent, link);
      await paste(page, bent);
      await page.waitForText("#problem h2", "changed on its way");
      check.equal(await kept(page), bent);
      await page.click("text=Keep what was open");
      await page.waitFor("what was open", (link) => location.hash === `#${link}`, link);
      check.ok(await page.eval(() => document.querySelector("#problem").hidden));
    },
  },
  {
    name: "links from the future, for unknown networks, and nonsense are told apart",
    hash: "#v=99&m=hopfield&flux=3",
    async run({ page, check }) {
      await page.waitForText("#problem h2", "newer");
      check.equal(await kept(page), "v=99&m=hopfield&flux=3");
      await paste(page, "v=1&e=3&m=perpetuum&k=00000000");
      await page.waitForText("#problem h2", /changed|network this page does not have/);
      await paste(page, "hello there");
      await page.waitFor("what was pasted", () =>
        /hello(%20| )there/.test(document.querySelector("#problem textarea")?.value),
      );
      await page.waitForText("#problem .problem-detail", /./);
      await page.click("text=Start fresh");
      await opened(page);
      await page.waitForText(story, /spoiled|After/);
    },
  },
  {
    name: "a value out of range is taken at the nearest, and said",
    hash: "#v=1&e=3&m=hopfield&set=letters&size=10&take=ABC&update=heat_bath&temperature=1e9&start=0&k=00000000",
    async run({ page }) {
      await page.waitForText("#problem h2", /changed on its way|cut short/);
      await page.click("text=Open what can be read");
      await page.waitForText(".notice.warning", "temperature");
      await opened(page);
    },
  },
  {
    name: "a spec pasted by hand opens, and one that cannot be is explained",
    async run({ page, check }) {
      await stopped(page);
      const { spec } = await shared(page);
      const mine = { ...JSON.parse(spec), title: "Pasted" };
      const openText = async (text) => {
        await page.click('[data-does="choose"]');
        await page.click("text=Open a link or a spec");
        await page.set(".paste textarea", text);
        await page.click("text=Open");
      };
      await openText(JSON.stringify(mine));
      await page.waitForText(".preset-name", "Pasted");
      await openText(JSON.stringify({ ...mine, seed: -5 }));
      await page.waitForText("#problem h2", "cannot be opened");
      check.match(await kept(page), /"seed":-5/);
    },
  },
];
