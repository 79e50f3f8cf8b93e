/** Which settings count. */
import type { Control, Value } from "../../engine/types";

/** Whether each of the controls it depends on has one of the values it asks for. */
export function isShown(control: Control, values: Readonly<Record<string, Value>>): boolean {
  return control.when.every(({ key, values: wanted }) => wanted.includes(String(values[key])));
}
