/** What an embed shows: its levels, its colours, what is left out, and what it says of options it does not know. */
import { here } from "./embed-parts.mjs";
import { audit, opened, shared } from "./page-parts.mjs";

/** Every part, and where it is. */
const parts = {
  story: "#story",
  picture: ".grid-canvas",
  tools: ".tools",
  transport: "#transport",
  quick: "#quick",
  shelf: ".card",
  spoil: "#spoil",
  energy: ".curve-canvas",
  lab: "[data-does=open-lab]",
  cover: ".cover",
};

async function seen(embed) {
  const found = await embed.seen(Object.values(parts));
  return Object.keys(parts).filter((name) => found.includes(parts[name]));
}

const levels = {
  full: ["story", "picture", "tools", "transport", "shelf", "spoil", "energy", "lab"],
  story: ["story", "picture", "quick", "lab"],
  bare: ["picture", "cover"],
};

/** The text of what a colour is on the page, as numbers. */
const ground = (embed) => embed.eval(() => getComputedStyle(document.documentElement).backgroundColor);

export default [
  ...Object.entries(levels).map(([level, wanted]) => ({
    name: `the level "${level}" has its parts and no others`,
    path: "embed.html",
    hash: `#ui=${level}`,
    async run({ page, check }) {
      const embed = here(page);
      await embed.open();
      check.deepEqual(await seen(embed), wanted);
      await embed.waitFor("the end", () => /remembered/.test(document.querySelector("#story-now").textContent));
    },
  })),
  {
    name: "nothing is wider than the frame, from 240 pixels up, with a mouse and with a finger",
    path: "embed.html",
    viewport: { width: 240, height: 900 },
    touch: true,
    async run({ page, check }) {
      const embed = here(page);
      await embed.open();
      for (const width of [240, 320, 480, 640, 900]) {
        await page.resize(width, 900);
        for (const level of Object.keys(levels)) {
          await page.eval((level) => {
            location.hash = `#ui=${level}`;
          }, level);
          await embed.waitFor(level, (level) => document.documentElement.dataset.ui === level, level);
          const wide = await embed.eval(() => document.documentElement.scrollWidth - innerWidth);
          check.equal(wide, 0, `${level} at ${width}`);
        }
      }
    },
  },
  {
    name: "parts that are to be hidden are, and the experiment's own wish is kept",
    path: "embed.html",
    hash: "#hide=shelf,spoil,charts,timeline",
    async run({ page, check }) {
      const embed = here(page);
      await embed.open();
      check.deepEqual(await seen(embed), ["story", "picture", "tools", "transport", "lab"]);
      check.deepEqual(await embed.seen([".timeline"]), []);
    },
  },
  {
    name: "colours are the reader's, unless the author chose",
    path: "embed.html",
    dark: true,
    async run({ page, check }) {
      const embed = here(page);
      const look = async (hash) => {
        await page.eval((hash) => {
          location.hash = hash;
        }, hash);
        await embed.waitFor(
          hash,
          (theme) => (document.documentElement.dataset.theme ?? "auto") === theme,
          hash.slice(7),
        );
        return ground(embed);
      };
      await embed.open();
      const dark = await look("#theme=auto");
      check.notEqual(await look("#theme=light"), dark);
      check.equal(await look("#theme=dark"), dark);
    },
  },
  {
    name: "a transparent background is",
    path: "embed.html",
    hash: "#bg=transparent",
    async run({ page, check }) {
      const embed = here(page);
      await embed.open();
      check.equal(await ground(embed), "rgba(0, 0, 0, 0)");
    },
  },
  {
    name: "an option that is not known is told, with what is allowed, and the experiment opens",
    path: "embed.html",
    hash: "#ui=tiny&theme=dark&hide=shelf,moon&autoplay=yes",
    async run({ page, check }) {
      const embed = here(page);
      await embed.open();
      const told = await embed.eval(() => [...document.querySelectorAll(".notice-text")].map((one) => one.textContent));
      check.equal(told.length, 3);
      check.match(told[0], /ui=tiny.*full, story and bare/);
      check.match(told[1], /hide=moon.*story, shelf/);
      check.match(told[2], /autoplay=yes.*0 and 1/);
      check.equal(await embed.eval(() => document.documentElement.dataset.theme), "dark");
      check.deepEqual(await embed.seen([".card"]), []);
    },
  },
  {
    name: "a link that cannot be read is explained, and nothing is shown in its place",
    path: "embed.html",
    hash: "#v=1&m=hopfield&k=00000000&ui=story",
    async run({ page, check }) {
      const embed = here(page);
      await embed.waitFor("the reason", () => document.querySelector("#problem h2")?.textContent.includes("changed"));
      check.ok(await embed.eval(() => document.querySelector("#lab").hidden));
    },
  },
  {
    name: "the page opens a link that carries options as if they were not there",
    async run({ page, check, site }) {
      await opened(page);
      const { link } = await shared(page);
      await page.open(`${site.url}#theme=dark&${link.split("#")[1]}&ui=bare&hide=shelf&bg=transparent`);
      await opened(page);
      check.equal((await shared(page)).link, link);
      check.equal(await page.count(".notice.warning"), 0);
      check.ok((await page.count(".card")) > 0);
    },
  },
  ...[false, true].map((dark) => ({
    name: `axe finds nothing serious in any level, ${dark ? "dark" : "light"}`,
    path: "embed.html",
    hash: "#autoplay=0",
    dark,
    viewport: { width: 640, height: 1000 },
    async run({ page }) {
      const embed = here(page);
      await embed.open();
      for (const level of Object.keys(levels)) {
        await page.eval((level) => {
          location.hash = `#autoplay=0&ui=${level}`;
        }, level);
        await embed.waitFor(level, (level) => document.documentElement.dataset.ui === level, level);
        await audit(page, level);
      }
      await page.eval(() => {
        location.hash = "#v=1&m=nothing&k=00000000";
      });
      await embed.waitFor("the reason", () => !document.querySelector("#problem").hidden);
      await audit(page, "a problem");
    },
  })),
];
