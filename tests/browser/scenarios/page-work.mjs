/** The visitor's own work: it comes back, it is nobody else's, and what cannot be kept is said. */
import { dot, hash, hashIs, moment, momentIs, opened, played, shared, stopped, undisturbed } from "./page-parts.mjs";

const status = ".work-status";

const saved = (page) => page.waitForText(status, "Saved here");

/** Opens the first experiment, changes its picture, and waits until that is kept. */
async function kept(page) {
  await stopped(page);
  await dot(page);
  await saved(page);
}

const works = (page) =>
  page.eval(() => Object.keys(localStorage).filter((key) => key.startsWith("engram:work:")).length);

/** Another preset, chosen from the list. */
async function another(page, keys = ["ArrowDown", "Enter"]) {
  const first = await page.text(".preset-name");
  await page.click('[data-does="choose"]');
  await page.waitFor("the list", () => document.activeElement?.getAttribute("role") === "option");
  await page.press(...keys);
  await page.waitFor("another", (first) => document.querySelector(".preset-name").textContent !== first, first);
  await stopped(page);
}

const menu = async (page, does) => {
  await page.click('[data-does="more"]');
  await page.click(`.menu [data-does="${does}"]`);
};

const refuse = () => {
  for (const name of ["getItem", "setItem", "removeItem", "key"]) {
    Storage.prototype[name] = () => {
      throw new DOMException("no", "SecurityError");
    };
  }
};

const fill = () => {
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (key, value) {
    if (key.startsWith("engram:work:") && globalThis.__full) throw new DOMException("full", "QuotaExceededError");
    setItem.call(this, key, value);
  };
};

export default [
  {
    name: "a reload brings everything back: the picture, the moment and the past",
    async run({ page, check }) {
      await stopped(page);
      const before = await hash(page);
      check.equal(await page.eval(() => getComputedStyle(document.querySelector(".work-status")).visibility), "hidden");
      await dot(page);
      const drawn = await hash(page);
      const start = await moment(page);
      for (let i = 0; i < 7; i += 1) await page.press(".");
      await momentIs(page, start + 7);
      const stepped = await hash(page);
      await saved(page);
      await page.reload();
      await opened(page);
      await hashIs(page, stepped);
      check.equal(await page.eval(() => document.querySelector("#lab").dataset.running), "false", "it rests");
      check.equal(await moment(page), start + 7);
      await saved(page);
      for (let i = 0; i < 7; i += 1) await page.press(",");
      await hashIs(page, drawn);
      await page.click("text=Undo (Ctrl+Z)");
      await hashIs(page, before);
      await page.click("text=Redo (Ctrl+Shift+Z)");
      await hashIs(page, drawn);
    },
  },
  {
    name: "after a reload the figure that was chosen is on the stage",
    async run({ page, check }) {
      await stopped(page);
      await dot(page);
      await saved(page);
      await page.set('.views input[value="spectrum"]', true);
      await page.waitFor("it to be kept", () => JSON.stringify({ ...localStorage }).includes("spectrum"));
      await page.reload();
      await opened(page);
      await page.waitFor("the figure", () => document.querySelector("#stage").dataset.figure === "spectrum");
      // And the grid, once that is chosen.
      await page.set('.views input[value=""]', true);
      await page.waitFor("it to be kept", () => !JSON.stringify({ ...localStorage }).includes("spectrum"));
      await page.reload();
      await opened(page);
      await saved(page);
      check.equal(await page.eval(() => document.querySelector("#stage").dataset.figure), undefined);
    },
  },
  {
    name: "an experiment that nobody touched begins anew",
    async run({ page, check }) {
      await stopped(page);
      await page.reload();
      await stopped(page);
      check.equal(await works(page), 0);
    },
  },
  {
    name: "Back leads to what was made of an experiment, as it was left",
    async run({ page, check }) {
      await stopped(page);
      await dot(page);
      const mine = await hash(page);
      const title = await page.text(".preset-name");
      await another(page);
      await dot(page, 3);
      const other = await hash(page);
      await page.eval(() => history.back());
      await page.waitForText(".preset-name", title);
      await hashIs(page, mine);
      check.equal(await page.eval(() => document.querySelector("#lab").dataset.running), "false", "as it was left");
      await page.eval(() => history.forward());
      await hashIs(page, other);
      check.equal(await works(page), 2);
    },
  },
  {
    name: "recent work is opened, deleted, and brought back",
    async run({ page, check, site }) {
      await kept(page);
      const mine = await hash(page);
      await page.open(site.url);
      await stopped(page);
      check.notEqual(await hash(page), mine, "a new visit begins anew");
      await page.click('[data-does="choose"]');
      await page.click(".recent-open");
      await hashIs(page, mine);
      await saved(page);
      await dot(page, 3);
      await saved(page);
      await another(page);
      await page.click('[data-does="choose"]');
      const before = await works(page);
      check.ok(before > 0);
      await page.click('[data-does="drop-works"]');
      check.equal(await works(page), 0);
      await page.click("text=Undo");
      await page.waitFor("the works", (n) => document.querySelectorAll(".recent-work").length === n, before);
      check.equal(await works(page), before);
    },
  },
  {
    name: "starting afresh asks, and leads back",
    async run({ page, check }) {
      await stopped(page);
      const { spec } = await shared(page);
      await dot(page);
      const mine = await hash(page);
      await saved(page);
      await menu(page, "reset");
      await page.waitForText("dialog h2", "afresh");
      check.equal(await page.focused(), "Cancel");
      await page.press("Escape");
      await undisturbed(page);
      await hashIs(page, mine);
      await menu(page, "reset");
      await page.click('[data-does="afresh"]');
      await stopped(page);
      const fresh = JSON.parse((await shared(page)).spec);
      check.deepEqual(fresh.start, JSON.parse(spec).start);
      await page.eval(() => history.back());
      await hashIs(page, mine);
    },
  },
  {
    name: "a browser that keeps nothing is told of, and loses nothing else",
    async run({ page, check }) {
      await page.before(refuse);
      await page.reload();
      await stopped(page);
      await dot(page);
      await page.waitForText(status, "Not saved");
      await page.click(status);
      await page.waitForText("dialog", "does not let pages keep anything");
      const link = await page.eval(() => document.querySelector("dialog .link").value);
      check.match(link, /#v=1&/);
      await page.press("Escape");
      await undisturbed(page);
      await page.click('[data-does="theme"]');
      await played(page);
    },
  },
  {
    name: "a full storage is told of, and nothing is dropped for it",
    async run({ page, check }) {
      await page.before(fill);
      await page.reload();
      await kept(page);
      await page.eval(() => {
        globalThis.__full = true;
      });
      await dot(page, 3);
      await page.waitForText(status, "Not saved");
      check.equal(await works(page), 1);
      await page.eval(() => {
        globalThis.__full = false;
      });
      await dot(page, 4);
      await saved(page);
    },
  },
  {
    name: "what somebody else wrote into the storage is passed over",
    async run({ page, check }) {
      await kept(page);
      await page.eval(() => {
        const key = Object.keys(localStorage).find((name) => name.startsWith("engram:work:"));
        const mine = JSON.parse(localStorage.getItem(key));
        localStorage.setItem(key, JSON.stringify({ ...mine, saved: '{"events":"none"}' }));
        localStorage.setItem("engram:work:x.1", "not even JSON");
        localStorage.setItem("engram:work:x.2", '{"v":99}');
        localStorage.setItem("engram:work:x.3", "null");
        localStorage.setItem("engram:theme", '{"dark":1}');
        sessionStorage.setItem("engram:tabs", `"${"x".repeat(1000)}"`);
      });
      await page.eval(() => sessionStorage.setItem("engram:tabs", JSON.stringify([7, "../..", "ok"])));
      await page.reload();
      await opened(page);
      await page.click('[data-does="choose"]');
      await page.waitFor("the list", () => document.querySelector("[role=option]") !== null);
      check.equal(await page.count(".recent-work"), 1, "only what can be read is listed");
      await page.click(".recent-open");
      await page.waitForText(".notice.warning", "could not be opened");
      await dot(page, 4);
      await saved(page);
    },
  },
  {
    name: "the oldest of more than twelve makes room, and the list says so",
    async run({ page, check }) {
      await kept(page);
      await page.eval(() => {
        const key = Object.keys(localStorage).find((name) => name.startsWith("engram:work:"));
        const mine = JSON.parse(localStorage.getItem(key));
        for (let i = 0; i < 12; i += 1) {
          localStorage.setItem(`engram:work:a${i}.b`, JSON.stringify({ ...mine, title: `Old ${i}`, time: 1000 * i }));
        }
      });
      await dot(page, 4);
      await page.waitFor("room", () => !localStorage.getItem("engram:work:a0.b"));
      check.equal(await works(page), 12);
      await page.click('[data-does="choose"]');
      await page.waitForText(".recent", "The last 12 works");
      check.equal(await page.count(".recent-work"), 11);
    },
  },
  {
    name: "a copy of the tab has a copy of the work, and neither writes over the other",
    async run({ page, check }) {
      await stopped(page);
      await dot(page);
      const mine = await hash(page);
      await saved(page);
      await page.waitFor("the link", () => location.hash.length > 20);
      // A window that the page opens has a copy of what the tab remembers, as a tab that is duplicated.
      await page.eval(() => {
        globalThis.copy = open(location.href);
      });
      const copied = await page.waitFor("the copy", () => globalThis.copy.document.querySelector("#lab")?.dataset.hash);
      check.equal(copied, mine, "it begins with the same work");
      await page.eval(() => globalThis.copy.document.querySelector('[data-does="store"]').click());
      await page.waitFor("a work of its own", () => {
        const keys = Object.keys(localStorage).filter((key) => key.startsWith("engram:work:"));
        return keys.length === 2 && new Set(keys.map((key) => key.split(/[:.]/)[2])).size === 2;
      });
      await page.eval(() => globalThis.copy.close());
      await page.reload();
      await opened(page);
      check.equal(await hash(page), mine);
      check.equal(await page.count(".card"), 5, "without what was stored in the copy");
    },
  },
];
