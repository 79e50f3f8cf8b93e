/** Buttons as the page knows them: with an icon alone, with words, or both. */
import { h } from "./dom";
import { type IconName, icon } from "./icons";

/** Its words are its name for readers and its tip for the mouse. */
export function iconButton(name: IconName, label: string, press: () => void, kind = ""): HTMLButtonElement {
  return h(
    "button",
    {
      class: `button icon-only ${kind}`,
      attrs: { type: "button", "aria-label": label, title: label },
      on: { click: press },
    },
    icon(name),
  );
}

export function wordButton(label: string, press: () => void, kind = "", name?: IconName): HTMLButtonElement {
  return h(
    "button",
    { class: `button ${kind}`, attrs: { type: "button" }, on: { click: press } },
    name ? icon(name) : null,
    h("span", { text: label }),
  );
}

export function relabel(button: HTMLButtonElement, name: IconName, label: string): void {
  if (button.getAttribute("aria-label") === label) return;
  button.setAttribute("aria-label", label);
  button.title = label;
  button.replaceChildren(icon(name));
}

/** Copies text; where that is forbidden, selects it for the visitor to copy. */
export async function copyFrom(field: HTMLTextAreaElement | HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return false;
  }
}
