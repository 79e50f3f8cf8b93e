/** What the scenarios of the embed share: pages around it, and a look into its frame. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "../lib/server.mjs";

const timeout = 20_000;

/** An embed in a tab, or in a frame of one: `eval` and `waitFor` as a page has them. `find` tells where it is now. */
class Inside {
  constructor(find) {
    this.find = find;
  }

  async eval(run, argument) {
    return this.find().evaluate(run, argument);
  }

  async waitFor(what, run, argument, limit = timeout) {
    const end = Date.now() + limit;
    for (;;) {
      let trouble = "not yet so";
      // A frame that is being loaded anew has nothing to ask.
      const found = await this.eval(run, argument).catch((error) => {
        trouble = error.message;
      });
      if (found) return found;
      if (Date.now() > end) throw new Error(`waited ${limit / 1000} s for ${what} in the frame: ${trouble}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  open() {
    return this.waitFor("an experiment", () => document.querySelector("#lab")?.dataset.hash);
  }

  rested() {
    return this.waitFor("the run to rest", () => document.querySelector("#lab")?.dataset.running === "false");
  }

  hash() {
    return this.eval(() => document.querySelector("#lab").dataset.hash);
  }

  text(selector) {
    return this.eval((selector) => document.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim(), selector);
  }

  /** Which of some selectors are seen. */
  seen(selectors) {
    return this.eval(
      (selectors) =>
        selectors.filter((selector) => {
          const element = document.querySelector(selector);
          return element?.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 1;
        }),
      selectors,
    );
  }
}

/** The embed that the tab itself shows. */
export const here = (page) => new Inside(() => page.tab.mainFrame());

/** The embed in the frame at a place among the frames of the tab's document. */
export async function inside(page, place = 0) {
  const end = Date.now() + timeout;
  for (;;) {
    const children = page.tab.mainFrame().childFrames();
    if (/embed\.html/.test(children[place]?.url())) return new Inside(() => page.tab.mainFrame().childFrames()[place]);
    if (Date.now() > end) throw new Error(`there is no frame ${place}: ${children.map((frame) => frame.url())}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A page of another origin around embeds; `parts` are pages/host.mjs's. Returns how to stop its server. */
export async function framed(page, parts) {
  const server = await serve({ "/": join(import.meta.dirname, "../pages") });
  await page.open(`${server.origin}/host.html`);
  await page.waitFor("the page around", () => typeof globalThis.build === "function");
  await page.eval((parts) => globalThis.build(parts), parts);
  return () => server.close();
}

/** What an embed has said to the page around it, of one kind. */
export const heard = (page, type, frame = 0) =>
  page.eval(({ type, frame }) => globalThis.heard.filter((one) => one.type === type && one.frame === frame), {
    type,
    frame,
  });

export const waitHeard = (page, type, frame = 0) =>
  page.waitFor(
    `"${type}" from frame ${frame}`,
    ({ type, frame }) => globalThis.heard.findLast((one) => one.type === type && one.frame === frame),
    { type, frame },
  );

/** Sends a message to an embed, as the page around it. */
export const send = (page, message, frame = 0) =>
  page.eval(
    ({ message, frame }) => document.querySelectorAll("iframe")[frame].contentWindow.postMessage(message, "*"),
    { message, frame },
  );

export const order = (type) => ({ target: "engram", v: 1, type });

/** A folder for files, gone afterwards. */
export async function withFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), "engram-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A frame of another origin is one, in these tests. */
export const across = /request to another origin: http:\/\/127\.0\.0\.1/;

export default [];
