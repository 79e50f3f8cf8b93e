/** What the scenarios of the page share: where its parts are, and how to read what is drawn. */

import check from "node:assert/strict";
import { readFile } from "node:fs/promises";

const axe = await readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/**
 * Fails if the checker of accessibility finds anything amiss. `what` names the place in the error; `rules` limits the
 * check to some rules, for looks in which nothing but colours differs.
 */
export async function audit(page, what, rules) {
  if (!(await page.eval(() => "axe" in globalThis))) await page.tab.evaluate(axe);
  const faults = await page.eval(async (rules) => {
    // What follows the size of a box, as that it can be reached by keys while it scrolls, does so with the next frame.
    for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);
    const open = document.querySelector("dialog[open]");
    // What lies behind a dialog was checked before it opened.
    const { violations } = await globalThis.axe.run(open ?? document, {
      resultTypes: ["violations"],
      // What is in a frame is looked at for itself: to look in from here is to send it messages.
      iframes: false,
      ...(rules ? { runOnly: rules } : {}),
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);
  }, rules);
  check.deepEqual(faults, [], what);
}

export const story = "#story-now";

export const timeline = ".timeline-slider";

/** The moment that is looked at, in the machine's smallest steps. */
export const moment = (page) => page.eval((timeline) => Number(document.querySelector(timeline).value), timeline);
export const momentIs = (page, time) =>
  page.waitFor(`step ${time}`, ({ timeline, time }) => Number(document.querySelector(timeline).value) === time, {
    timeline,
    time,
  });

/** Keeps hold of every worker that a page starts, from before its first line: for `page.before`. */
export const holdWorkers = () => {
  globalThis.__workers = [];
  globalThis.Worker = class extends Worker {
    constructor(...wish) {
      super(...wish);
      globalThis.__workers.push(this);
    }
  };
};

/** Lets a worker crash, by its place among those held, once there is that one and the page has warned of something. */
export const crash = (page, place, said = "") =>
  page.waitFor(
    `worker ${place}, to crash`,
    ({ place, said }) => {
      const worker = globalThis.__workers[place - 1];
      const notice = document.querySelector(".notice.warning")?.textContent ?? "";
      if (!worker || !notice.includes(said)) return false;
      const data = { type: "crash", message: "unreachable" };
      worker.dispatchEvent(new MessageEvent("message", { data }));
      return true;
    },
    { place, said },
  );

/** Waits for the run to come to rest by itself. */
export async function rested(page) {
  await page.waitFor("the run to rest", () => document.querySelector("#lab").dataset.running === "false");
}

/** Waits until an experiment is open and drawn. */
export async function opened(page) {
  await page.waitFor("an experiment", () => document.querySelector("#lab").dataset.hash);
}

/** Waits for a run: the first experiment's begins by itself, but not at once. */
export async function begun(page) {
  await page.waitFor("a run", () => document.querySelector("#lab").dataset.running === "true");
}

/**
 * Stops the run that begins by itself at its first step: one stopped in the beat before would still rest at an earlier
 * frame than its last. The page itself looks for that moment, however late the driver is.
 */
export async function stopped(page) {
  const limit = 10_000;
  const stop = (limit) =>
    new Promise((done) => {
      const end = performance.now() + limit;
      const look = () => {
        const running = document.querySelector("#lab").dataset.running === "true";
        const begun = document.querySelector(".timeline-slider")?.value > 0;
        if (running && begun) {
          document.querySelector('[data-does="play"]').click();
          done("stopped");
        } else if (performance.now() > end) {
          done(begun ? "was over" : "never began");
        } else {
          setTimeout(look, 10);
        }
      };
      look();
    });
  let how = await page.eval(stop, limit);
  if (how === "was over") {
    await page.reload();
    how = await page.eval(stop, limit);
  }
  if (how !== "stopped") throw new Error(`no run to stop: it ${how}`);
  await rested(page);
}

/** Waits for the own end of the run that begins by itself. */
export async function ended(page) {
  await page.waitFor(
    "the run's end",
    () =>
      document.querySelector("#lab").dataset.running === "false" &&
      document.querySelector(".timeline-slider").value > 0,
  );
}

const speed = '[data-does="speed"]';

/** Brings the run that begins by itself to its end as fast as it goes. */
export async function hurried(page) {
  await page.set(speed, 100);
  await ended(page);
}

/** Waits for the run that begins by itself, which is so slow that much can be done meanwhile. */
export async function slowly(page, position = 0) {
  await page.set(speed, position);
  await begun(page);
}

/** Begins a run, slowly until it is seen to run, and then as fast as it goes, to its end. */
export async function played(page, begin = () => page.click('[data-does="play"]')) {
  await page.set(speed, 0);
  await begin();
  await begun(page);
  await page.set(speed, 100);
  await rested(page);
}

/** Makes the picture blank, and waits until it is; returns its hash. */
export async function blank(page) {
  const before = await hash(page);
  await page.click('[data-does="blank"]');
  return hashOther(page, before);
}

/** Draws one cell of a row, and waits until it is drawn: one edit and one hash, where a line has several. */
export async function dot(page, row = 2) {
  const before = await hash(page);
  await page.click(".grid-canvas", ...(await middle(page, 1, row)));
  await hashOther(page, before);
}

/** Keys pressed together, the last of them last. */
export async function chord(page, ...keys) {
  const { keyboard } = page.tab;
  const last = keys.pop();
  for (const key of keys) await keyboard.down(key);
  await keyboard.press(last);
  for (const key of keys.reverse()) await keyboard.up(key);
  await page.frame();
}

/** The engine's hash of the state that is shown. */
export function hash(page) {
  return page.eval(() => document.querySelector("#lab").dataset.hash);
}

/** Waits until the hash is, or is not, the one given; returns it. */
export function hashOther(page, than) {
  return page.waitFor(
    `a hash other than ${than}`,
    (than) => {
      const { hash } = document.querySelector("#lab").dataset;
      return hash !== than && hash;
    },
    than,
  );
}

/** Waits until the hash is the one given; if it never is, says what there was instead. */
export async function hashIs(page, wanted) {
  const is = (wanted) => document.querySelector("#lab").dataset.hash === wanted;
  try {
    await page.waitFor(`the hash ${wanted}`, is, wanted);
  } catch ({ message }) {
    const there = { hash: await hash(page), moment: await moment(page), work: await page.text(".work-status") };
    const warned = await page.text("#notices");
    throw new Error(`${message}; there was ${JSON.stringify({ ...there, warned, address: await page.url() })}`);
  }
}

/** Columns and rows of the picture. */
export function size(page) {
  return page.eval(() =>
    document.querySelector(".grid-canvas").getAttribute("aria-label").match(/\d+/g).slice(0, 2).map(Number),
  );
}

/** The middle of a cell, as fractions of the canvas. */
export async function middle(page, column, row) {
  const [columns, rows] = await size(page);
  const { width, height } = await page.box(".grid-canvas");
  const cell = Math.min((width - 2) / columns, (height - 2) / rows);
  return [(width - cell * columns + (2 * column + 1) * cell) / 2 / width, ((row + 0.5) * cell + 1) / height];
}

/** Whether a cell is drawn in the ink's colour, read from the canvas a third into the cell. */
export async function isInk(page, column, row) {
  const [across, down] = await middle(page, column - 0.2, row - 0.2);
  return page.eval(
    ([across, down]) => {
      const canvas = document.querySelector(".grid-canvas");
      const at = [Math.floor(across * canvas.width), Math.floor(down * canvas.height)];
      const [red, green, blue] = canvas.getContext("2d").getImageData(...at, 1, 1).data;
      const colour = getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
      const ink = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
      return Math.abs(red - ink[0]) + Math.abs(green - ink[1]) + Math.abs(blue - ink[2]) < 60;
    },
    [across, down],
  );
}

/** The cells of these, as [column, row], that are ink. */
export async function inked(page, cells) {
  const found = [];
  for (const cell of cells) if (await isInk(page, ...cell)) found.push(cell);
  return found;
}

/** Waits until so many of the cells are ink: what was drawn may still be on its way, and so may its undoing. */
export function inkIs(page, cells, count) {
  return page.until(
    async () => `${count} cells of ink, not ${await inked(page, cells)}`,
    async () => (await inked(page, cells)).length === count,
  );
}

/** What is drawn of the figure on the stage: how many pixels have something on them, and a number that differs where they do. */
export const drawn = (page) =>
  page.eval((selector) => {
    const canvas = document.querySelector(selector);
    if (!canvas) return { count: 0, sum: 0 };
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let [count, sum] = [0, 0];
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 0) continue;
      count += 1;
      sum = (Math.imul(sum, 31) + data[i] + 256 * data[i + 1] + 65536 * data[i + 2] + i) | 0;
    }
    return { count, sum };
  }, ".figure-canvas");

/** Waits until enough is drawn, and other than before. */
export async function drawnAnew(page, what, before = 0) {
  let now;
  await page.until(
    () => `${what}: ${now.count} pixels, as before: ${now.sum === before}`,
    async () => {
      now = await drawn(page);
      return now.count > 60 && now.sum !== before;
    },
  );
  return now.sum;
}

/** Waits until no dialog is open, nor about to say that it was closed. */
export const undisturbed = (page) => page.waitFor("the dialog to close", () => !document.querySelector("dialog"));

/** The share dialog's link and spec, read and closed again. */
export async function shared(page) {
  await undisturbed(page);
  await page.click('[data-does="share"]');
  const found = await page.waitFor("the share dialog", () => {
    const link = document.querySelector("dialog.share .link")?.value;
    return link && { link, spec: document.querySelector("dialog.share .spec").value };
  });
  await page.press("Escape");
  await undisturbed(page);
  return found;
}

/** Opens a spec, given as an object, as a visitor who pastes its text. */
export async function openSpec(page, spec) {
  await page.click('[data-does="choose"]');
  await page.waitFor("the list", () => document.querySelector("[role=option]") !== null);
  await page.click(".paste summary");
  await page.eval((text) => {
    document.querySelector(".paste textarea").value = text;
  }, JSON.stringify(spec));
  await page.click("text=Open");
  await page.waitForText(".preset-name", spec.title);
}

/** The experiment that is open, as a spec with a title of its own and what is given besides. */
export async function specWith(page, more) {
  const { expect, tags, ...spec } = JSON.parse((await shared(page)).spec);
  return { ...spec, title: "Another", ...more };
}

/**
 * From now on the page hears what is given besides what its worker says: fields of descriptions, of sessions, of frames
 * and of explanations. So machines are tried that there are not. `frame.cells`, a list, is heard as greys. `figures` are
 * two parts each by key, `{ still, moving }`. Actions named in `acts` are not done, but kept for `acted`.
 */
export function pretend(page, given) {
  return page.eval((given) => {
    const { description = {}, session = {}, frame = {}, explanation = {}, figures = {}, acts = [] } = given;
    const { cells, ...fields } = frame;
    const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data");
    const { postMessage } = Worker.prototype;
    const answers = new Map();
    globalThis.__acted ??= [];
    Worker.prototype.postMessage = function (message, ...rest) {
      const { type, id } = message;
      if (type === "figure" && figures[message.key]) {
        answers.set(id, figures[message.key][message.moving ? "moving" : "still"]);
        return postMessage.call(this, { type: "ping", id }, ...rest);
      }
      if (type === "act" && acts.includes(message.action)) {
        globalThis.__acted.push(message);
        return postMessage.call(this, { type: "info", id }, ...rest);
      }
      return postMessage.call(this, message, ...rest);
    };
    Object.defineProperty(MessageEvent.prototype, "data", {
      configurable: true,
      get() {
        const data = get.call(this);
        if (data?.frame) {
          Object.assign(data.frame, fields);
          if (cells) data.frame.cells = Float32Array.from(cells);
        }
        if (data?.result?.contributions) Object.assign(data.result, explanation);
        if (data?.result?.description) {
          Object.assign(data.result, session);
          Object.assign(data.result.description, description);
        }
        return data?.type === "reply" && answers.has(data.id) ? { ...data, result: answers.get(data.id) } : data;
      },
    });
  }, given);
}

/** What was done of the actions that were only pretended, and forgets it: the names and arguments of each. */
export function acted(page) {
  return page.eval(() => (globalThis.__acted ?? []).splice(0).map(({ action, args }) => ({ action, ...args })));
}

/** Puts a hash into the address bar, as a visitor who pastes a link. */
export function paste(page, hash) {
  return page.eval((hash) => {
    location.hash = hash;
  }, hash);
}

export default [];
