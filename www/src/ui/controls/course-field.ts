/** The field of a course. Its editor is fetched when there is one to be made. */
import * as words from "../../messages";
import { h } from "../kit/dom";
import { laterStyles } from "../kit/later";
import type { CourseEditor } from "./course";
import { type CourseBuilder, nameOf } from "./field";

export const courseField: CourseBuilder = (control, kind, helpId, change) => {
  const host = h("div", { class: "course" });
  let [list, length, now] = [kind.default, 1, 0];
  let editor: CourseEditor | null = null;
  Promise.all([import("./course"), laterStyles()]).then(
    ([part]) => {
      editor = new part.CourseEditor(host, control, kind, helpId, change);
      editor.set(list);
      editor.show(length, now);
    },
    () => host.append(h("p", { class: "field-error", text: words.trouble.later })),
  );
  return {
    name: h("div", { class: "field-name" }, ...nameOf(control)),
    elements: [host],
    set(value, over) {
      if (!Array.isArray(value)) return;
      list = value.map(Number);
      editor?.set(list, over);
    },
    show(values, sweep) {
      [length, now] = [Math.max(1, Number(values[kind.over]) || 1), sweep];
      editor?.show(length, now);
    },
  };
};
