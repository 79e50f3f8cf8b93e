/**
 * One tab, the same in both browsers. Everything a person does goes through real input events at real places; what
 * is read, is read from the page. It also keeps a list of `problems`: console errors, exceptions, violations of the
 * page's policy and requests to other origins.
 */
const timeout = 20_000;

export class Page {
  constructor(tab, own) {
    this.tab = tab;
    this.own = own;
    this.problems = [];
    /** Every address that the page asked for. */
    this.requests = [];
    tab.on("console", (message) => {
      if (message.type() === "error") this.problems.push(`console: ${message.text()}`);
    });
    tab.on("pageerror", (error) => this.problems.push(`exception: ${error.stack ?? error.message}`));
    tab.on("request", (request) => {
      const url = request.url();
      this.requests.push(url);
      const local = /^(data|blob|about):/.test(url) || (this.origin && url.startsWith(`${this.origin}/`));
      if (!local) this.problems.push(`request to another origin: ${url}`);
    });
  }

  /** Goes to an address; its origin is the only one that the page may ask. */
  async open(url) {
    // A change of the hash alone would not load the page anew. What is left may ask for its files until it is gone.
    await this.tab.goto("about:blank");
    this.origin = new URL(url).origin;
    await this.tab.goto(url, { waitUntil: "load", timeout });
  }

  async reload() {
    await this.tab.reload({ waitUntil: "load", timeout });
  }

  /** The address as the page has it now. */
  url() {
    return this.eval(() => location.href);
  }

  /** Runs a function in the page with one argument that can be JSON. */
  eval(run, argument) {
    return this.tab.evaluate(run, argument);
  }

  /** Waits until a function in the page returns something true, and returns that. `what` is for the error. */
  waitFor(what, run, argument, limit = timeout) {
    return this.until(what, () => this.eval(run, argument), limit);
  }

  /** The same for a function out here, which may look at the page more than once. `what` may say how it is instead. */
  async until(what, look, limit = timeout) {
    const end = Date.now() + limit;
    for (;;) {
      const found = await look();
      if (found) return found;
      if (Date.now() > end)
        throw new Error(`waited ${limit / 1000} s for ${typeof what === "function" ? await what() : what}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Waits until an element shows a text (a string is contained, a RegExp matches); returns the element's text. */
  waitForText(selector, text, limit = timeout) {
    const pattern = text instanceof RegExp ? { source: text.source, flags: text.flags } : null;
    return this.waitFor(
      `${text} in ${selector}`,
      ({ selector, text, pattern }) => {
        const shown = document.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? "";
        const fits = pattern ? new RegExp(pattern.source, pattern.flags).test(shown) : shown.includes(text);
        return fits && (shown || " ");
      },
      { selector, text: pattern ? "" : text, pattern },
      limit,
    );
  }

  /** The text of an element, with white space as a reader sees it; null if there is no such element. */
  text(selector) {
    return this.eval(
      (selector) => document.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? null,
      selector,
    );
  }

  /** How many elements there are. */
  count(selector) {
    return this.eval((selector) => document.querySelectorAll(selector).length, selector);
  }

  /**
   * The box of the first visible element, scrolled into view: `{ x, y, width, height }`. A selector is CSS, or
   * `text=Words`: the button, link, label, option, summary or tab with just these words as text or as aria-label.
   */
  box(selector) {
    return this.waitFor(
      `a visible ${selector}`,
      (selector) => {
        const named = (words) =>
          [...document.querySelectorAll("button, a, label, summary, option, [role]")].filter(
            (element) =>
              element.textContent.replace(/\s+/g, " ").trim() === words || element.getAttribute("aria-label") === words,
          );
        const all = selector.startsWith("text=")
          ? named(selector.slice("text=".length))
          : document.querySelectorAll(selector);
        for (const element of all) {
          if (!element.checkVisibility({ visibilityProperty: true })) continue;
          element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
          const { x, y, width, height } = element.getBoundingClientRect();
          if (width > 0 && height > 0) return { x, y, width, height };
        }
        return null;
      },
      selector,
    );
  }

  /** A place in an element, as fractions of its width and height. */
  async at(selector, across = 0.5, down = 0.5) {
    const { x, y, width, height } = await this.box(selector);
    return { x: x + width * across, y: y + height * down };
  }

  /**
   * Waits for the page's next frame and what was put off before it, as anybody's eyes do after their hands: a dialog
   * that Escape closes, say, is gone only then. A page that shows nothing, or that is left, is not waited for.
   */
  async frame() {
    const shown = () =>
      new Promise((done) => {
        requestAnimationFrame(() => setTimeout(done));
        setTimeout(done, 300);
      });
    await this.eval(shown).catch(() => {});
  }

  async click(selector, across = 0.5, down = 0.5) {
    const { x, y } = await this.at(selector, across, down);
    await this.tab.mouse.click(x, y);
    await this.frame();
  }

  async tap(selector, across = 0.5, down = 0.5) {
    await this.own.tap(await this.at(selector, across, down));
    await this.frame();
  }

  /**
   * Drags with the mouse, or with a finger, over an element: `places` are pairs of fractions of its width and
   * height.
   */
  async drag(selector, places, { finger = false, steps = 8 } = {}) {
    const { x, y, width, height } = await this.box(selector);
    const points = places.map(([across, down]) => ({ x: x + width * across, y: y + height * down }));
    const start = points[0];
    const { mouse } = this.tab;
    if (finger) await this.own.touchStart(start);
    else {
      await mouse.move(start.x, start.y);
      await mouse.down();
    }
    let from = start;
    for (const to of points.slice(1)) {
      for (let step = 1; step <= steps; step += 1) {
        const part = step / steps;
        const point = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
        await (finger ? this.own.touchMove(point) : mouse.move(point.x, point.y));
      }
      from = to;
    }
    await (finger ? this.own.touchEnd() : mouse.up());
    await this.frame();
  }

  /** Presses keys by name, one after another: `press("Tab", "ArrowRight", " ")`, as KeyboardEvent.key has them. */
  async press(...keys) {
    for (const key of keys) await this.tab.keyboard.press(key);
    await this.frame();
  }

  /** Clicks into a field, empties it and types. */
  async type(selector, text) {
    await this.click(selector);
    await this.eval((selector) => document.querySelector(selector).select?.(), selector);
    await this.tab.keyboard.type(text);
  }

  /** Sets a slider, a checkbox's state or a choice as if a person had, once it is there: with its two events. */
  set(selector, value) {
    return this.waitFor(
      selector,
      ({ selector, value }) => {
        const control = document.querySelector(selector);
        if (!control) return false;
        if (typeof value === "boolean") control.checked = value;
        else control.value = String(value);
        control.dispatchEvent(new Event("input", { bubbles: true }));
        control.dispatchEvent(new Event("change", { bubbles: true }));
        return true;
      },
      { selector, value },
    );
  }

  /** Runs a function in the page before the page's own scripts, from the next opening or reload on. */
  before(script) {
    return this.own.before(script);
  }

  /** The file that `act` makes the browser save: `{ name, content }`, the content as bytes. */
  download(act) {
    return this.own.download(act);
  }

  /** What has the focus: its aria-label, or its text, or its tag's name. */
  focused() {
    return this.eval(() => {
      const element = document.activeElement;
      return element?.getAttribute("aria-label") || element?.textContent.trim() || element?.tagName.toLowerCase();
    });
  }

  /** What the last "copy" put on the clipboard. */
  clipboard() {
    return this.eval(() => navigator.clipboard.readText());
  }

  async resize(width, height) {
    await this.own.resize({ width, height });
  }

  async screenshot(path) {
    await this.tab.screenshot({ path });
  }

  /** The colour that is really seen at a place of the screen: `[red, green, blue]`. */
  async colourAt(x, y) {
    const picture = await this.tab.screenshot({ clip: { x, y, width: 1, height: 1 } });
    return this.eval(
      async (bytes) => {
        const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
        const context = new OffscreenCanvas(1, 1).getContext("2d");
        context.drawImage(image, 0, 0);
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
      },
      [...picture],
    );
  }

  /** All that went wrong so far, the page's own record of forbidden things included. */
  async allProblems() {
    const violations = await this.eval(() => globalThis.__violations ?? []).catch(() => []);
    return [...this.problems, ...violations.map((violation) => `content security policy: ${violation}`)];
  }

  async close() {
    await this.own.close();
  }
}
