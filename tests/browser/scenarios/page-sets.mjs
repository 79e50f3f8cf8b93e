/** Pictures of one's own to learn from: made into a set, kept in the browser, and asked for where they are not. */
import { file, send } from "../lib/files.mjs";
import { audit, opened } from "./page-parts.mjs";

/** A machine that learns bars and stripes. */
const LEARNS = "#v=1&e=3&m=rbm&bars=4x4&epochs=400&hidden=8&title=Bars&k=71d5933a";

/** Pictures of 4 × 4 cells with one row or column of ink, each with what it is. */
const rows = Array.from({ length: 40 }, (_, i) => {
  const across = i % 2 === 0;
  const line = Math.floor(i / 2) % 4;
  const cells = Array.from({ length: 16 }, (_, cell) => Number((across ? Math.floor(cell / 4) : cell % 4) === line));
  return `${across ? "row" : "column"},${cells.join(",")}`;
});
const heading = ["label", ...Array.from({ length: 16 }, (_, i) => `c${i}`)].join(",");
const table = (text = [heading, ...rows].join("\n")) => file("lines.csv", text, "text/csv");

/** Chooses a file in a chooser that is on the page. */
const choose = (page, selector, { name, type, content }) =>
  page.eval(
    ({ selector, name, type, content }) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], name, { type }));
      const input = document.querySelector(selector);
      input.files = data.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
    { selector, name, type, content },
  );

const chooser = "[data-does=choose-own-file]";

const found = ".sets .set-found";
const learn = "[data-does=learn-from-set]";

async function learned(page) {
  await page.waitFor("the experiment", () => location.hash.includes("set=own-") && !document.querySelector("dialog"));
  await page.waitForText(".preset-name", "Your own pictures");
}

export default [
  {
    name: "a table becomes a set that is learned from, and comes back with the page",
    hash: LEARNS,
    async run({ page, check }) {
      await opened(page);
      await page.click("[data-does=more]");
      await page.click("[data-does=sets]");
      await page.waitForText(found, "Nothing is chosen yet");
      await choose(page, "[data-does=set-file]", table());
      await page.waitForText(found, "40 pictures of 4 × 4 cells, numbers from 0 to 1, 2 names");
      await page.waitForText(found, "learns from 32, and never sees 8");
      check.equal(await page.count(".set-tiles li"), 24);
      await audit(page, "the dialog");
      await page.click(learn);
      await learned(page);
      check.equal(await page.eval(() => document.querySelector("#shelf").hidden), true);
      await page.reload();
      await opened(page);
      await page.waitForText(".preset-name", "Your own pictures");
      check.equal(await page.eval(() => document.querySelector("#problem").hidden), true);
      // Back leads to what was open before.
      await page.eval(() => history.back());
      await page.waitForText(".preset-name", "Bars");
    },
  },
  {
    name: "what is wrong with a table is said with its place, and mended by another",
    hash: LEARNS,
    async run({ page, check }) {
      await opened(page);
      await send(page, "drop", { files: [table(`${heading}\n${rows[0]}\nrow,x`)] });
      await page.waitForText(".sets .field-error[role=alert]", "line 3");
      check.equal(await page.eval((learn) => document.querySelector(learn).disabled, learn), true);
      await send(page, "drop", { files: [table()], to: "dialog" });
      await page.waitForText(found, "40 pictures");
      check.equal(await page.eval(() => document.querySelector(".sets .field-error[role=alert]").textContent), "");
    },
  },
  {
    name: "pictures from the shelf become a set",
    hash: LEARNS,
    async run({ page }) {
      await opened(page);
      await page.click("[data-does=more]");
      await page.click("[data-does=sets]");
      await page.click("text=The shelf");
      await page.waitForText(found, "30 pictures of 4 × 4 cells");
      await page.click(learn);
      await learned(page);
    },
  },
  {
    name: "where the set is not kept the page asks for the file, and takes no other",
    hash: LEARNS,
    async run({ page, check }) {
      await opened(page);
      await send(page, "drop", { files: [table()] });
      await page.waitForText(found, "40 pictures");
      await page.click(learn);
      await learned(page);
      // As somebody who was sent the link has it.
      await page.eval(async () => {
        localStorage.clear();
        sessionStorage.clear();
        await new Promise((done) => {
          const gone = indexedDB.deleteDatabase("engram-files");
          gone.onsuccess = done;
          gone.onblocked = done;
        });
      });
      // The system's own chooser would stand before everything.
      await page.before(() => {
        HTMLInputElement.prototype.click = () => undefined;
      });
      await page.reload();
      await page.waitForText("#problem h2", "needs a file that is not in this browser");
      await page.click("text=Choose the file");
      await page.waitFor("the chooser", (chooser) => document.querySelector(chooser) !== null, chooser);
      await choose(page, chooser, table(`${heading}\n${rows.slice(1).join("\n")}`));
      await page.waitForText(".notices", "is another file");
      await page.click("text=Choose the file");
      await page.waitFor("the chooser", (chooser) => document.querySelector(chooser) !== null, chooser);
      await choose(page, chooser, table());
      await page.waitFor("the experiment", () => document.querySelector("#problem").hidden);
      check.equal(await page.text(".preset-name"), "Your own pictures");
    },
  },
];
