/**
 * Starts Chromium (through playwright-core) and Firefox ESR (through puppeteer-core: Playwright drives only its own
 * build of Firefox), and gives both the same face: `open(options)` makes a fresh profile with one tab.
 */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";
import { Page } from "./page.mjs";

/** What a tab can be asked to be. */
export const defaults = {
  viewport: { width: 1280, height: 800 },
  dark: false,
  reducedMotion: false,
  touch: false,
  contrast: false,
};

/** Runs before the page's own scripts: what the page's policy forbade is a failure of the test. */
const recordViolations = () => {
  globalThis.__violations = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    globalThis.__violations.push(`${event.violatedDirective}: ${event.blockedURI} (${event.sourceFile})`);
  });
};

export function launch(name) {
  const kinds = { chromium: new Chromium(), firefox: new Firefox() };
  if (!kinds[name]) throw new Error(`no browser "${name}": chromium or firefox`);
  return kinds[name];
}

class Chromium {
  name = "chromium";

  async open(options = {}) {
    const wish = { ...defaults, ...options };
    this.browser ??= await chromium.launch({
      executablePath: process.env.ENGRAM_CHROMIUM ?? "/usr/bin/chromium",
      // The sandbox needs rights that root in a container does not have; the rest keeps the browser silent.
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
    });
    const context = await this.browser.newContext({
      viewport: wish.viewport,
      colorScheme: wish.dark ? "dark" : "light",
      reducedMotion: wish.reducedMotion ? "reduce" : "no-preference",
      hasTouch: wish.touch,
      contrast: wish.contrast ? "more" : "no-preference",
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await context.addInitScript(recordViolations);
    const tab = await context.newPage();
    const session = await context.newCDPSession(tab);
    const touch = async (type, point) =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints: point ? [{ x: point.x, y: point.y }] : [] });
    return new Page(tab, {
      before: (script) => context.addInitScript(script),
      async download(act) {
        const [download] = await Promise.all([tab.waitForEvent("download"), act()]);
        return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
      },
      resize: (viewport) => tab.setViewportSize(viewport),
      touchStart: (point) => touch("touchStart", point),
      touchMove: (point) => touch("touchMove", point),
      touchEnd: () => touch("touchEnd"),
      // Not one after the other: a page that is slow to answer the first would make a long press of it.
      tap: (point) => Promise.all([touch("touchStart", point), touch("touchEnd")]),
      close: () => context.close(),
    });
  }

  async close() {
    await this.browser?.close();
  }
}

class Firefox {
  name = "firefox";
  /** Media features are preferences of the whole browser here: one browser for each wish. */
  browsers = new Map();

  async open(options = {}) {
    const wish = { ...defaults, ...options };
    const key = `${wish.dark} ${wish.reducedMotion} ${wish.touch} ${wish.contrast}`;
    if (!this.browsers.has(key)) this.browsers.set(key, await this.start(wish));
    const context = await this.browsers.get(key).createBrowserContext();
    const tab = await context.newPage();
    await tab.setViewport(wish.viewport);
    await tab.evaluateOnNewDocument(recordViolations);
    let finger = null;
    return new Page(tab, {
      before: (script) => tab.evaluateOnNewDocument(script),
      download: (act) => this.download(act),
      resize: (viewport) => tab.setViewport(viewport),
      touchStart: async ({ x, y }) => {
        finger = await tab.touchscreen.touchStart(x, y);
      },
      touchMove: ({ x, y }) => finger.move(x, y),
      touchEnd: () => finger.end(),
      tap: ({ x, y }) => tab.touchscreen.tap(x, y),
      close: () => context.close(),
    });
  }

  /** The file that appears in the folder for downloads, once it is whole. */
  async download(act) {
    const before = new Set(await readdir(this.folder));
    await act();
    for (let wait = 0; wait < 200; wait += 1) {
      const files = (await readdir(this.folder)).filter((name) => !before.has(name));
      const name = files.find((file) => !file.endsWith(".part"));
      const content = name && files.length === 1 ? await readFile(join(this.folder, name)) : "";
      if (content.length > 0) {
        // The next one of that name is not to get a number.
        await rm(join(this.folder, name));
        return { name, content };
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("nothing was downloaded");
  }

  async start(wish) {
    this.folder ??= await mkdtemp(join(tmpdir(), "engram-downloads-"));
    return puppeteer.launch({
      browser: "firefox",
      executablePath: process.env.ENGRAM_FIREFOX ?? "/usr/bin/firefox-esr",
      headless: true,
      extraPrefsFirefox: {
        "ui.systemUsesDarkTheme": wish.dark ? 1 : 0,
        "ui.prefersReducedMotion": wish.reducedMotion ? 1 : 0,
        "ui.prefersContrast": wish.contrast ? 1 : 0,
        // 2 is what the system wishes, 0 the page's own colours: more contrast by itself would force the system's.
        "browser.display.document_color_use": wish.contrast ? 1 : 0,
        "dom.w3c_touch_events.enabled": wish.touch ? 1 : 2,
        "dom.events.testing.asyncClipboard": true,
        "browser.download.folderList": 2,
        "browser.download.dir": this.folder,
        "browser.download.always_ask_before_handling_new_types": false,
        "browser.download.alwaysOpenPanel": false,
      },
    });
  }

  async close() {
    for (const browser of this.browsers.values()) await browser.close();
    if (this.folder) await rm(this.folder, { recursive: true });
  }
}
