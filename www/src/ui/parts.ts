/**
 * The parts of the page that an experiment may leave out, by the names its `view.hide` has for them. Columns close up
 * over what is left out; names that are not here are settings, or parts of another page.
 */
const parts: Readonly<Record<string, string>> = {
  story: "#story",
  shelf: "#shelf",
  spoil: "#spoil",
  tools: ".tools",
  layers: ".pick, .lens",
  line: "#line",
  transport: "#transport",
  timeline: ".timeline",
  charts: "#charts",
  speed: ".speed",
  seed: ".seed-box",
  controls: "[data-does=controls]",
  share: "[data-does=share]",
  compare: "[data-does=compare]",
  embed: "[data-does=embed]",
  export: "[data-does=export]",
};

export const partNames: readonly string[] = Object.keys(parts);

/** What holds other parts, the innermost first: it goes when all of them are gone. */
const HOLDERS = [".dice", ".pace", ".side", ".column"];
const GONE = "[hidden], [data-out], [data-empty]";

export function leaveOut(hide: readonly string[]): void {
  for (const [name, selector] of Object.entries(parts)) {
    for (const element of document.querySelectorAll(selector)) {
      element.toggleAttribute("data-out", hide.includes(name));
    }
  }
}

/** Tells the layout which columns are empty, whether by the experiment's wish or for want of anything to show. */
export function closeUp(lab: HTMLElement): void {
  for (const selector of HOLDERS) {
    for (const element of lab.querySelectorAll(selector)) {
      element.toggleAttribute(
        "data-empty",
        [...element.children].every((child) => child.matches(GONE)),
      );
    }
  }
  const without = { story: "#story", transport: "#transport", left: ".left", right: ".right" };
  const names = Object.entries(without).filter(([, selector]) => lab.querySelector(selector)?.matches(GONE));
  lab.dataset.without = names.map(([name]) => name).join(" ");
}
