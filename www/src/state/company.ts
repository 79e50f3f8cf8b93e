/** Machines side by side: what each is called by what it differs in, and how each has ended. */
import type { Apart, BesideInfo, Control, Frame, MachineFrame, MachineInfo, SessionInfo, Value } from "../engine/types";
import { capital } from "../figures";
import { memoryMeasures, perMemory } from "./measures";

/** Most machines beside one. */
export const MOST_BESIDE = 3;

/** All machines, the one that leads first. */
export function allOf(info: SessionInfo): (MachineInfo | BesideInfo)[] {
  return [info, ...info.beside];
}

export function framesOf(frame: Frame): MachineFrame[] {
  return [frame, ...frame.beside];
}

/** How a setting's value is written; false where the setting has no effect. */
export type Written = (control: Control, value: Value, values: Readonly<Record<string, Value>>) => string | false;

/**
 * What to call each of them: its model where the models differ, and the values of the settings that tell those of one
 * model from each other.
 */
export function namesOf(info: SessionInfo, written: Written): string[] {
  const all = allOf(info);
  const models = new Set(all.map(({ description }) => description.model));
  const aparts: readonly Apart[] = [{}, ...info.beside.map(({ apart }) => apart)];
  const said = new Set(aparts.flatMap(({ params }) => Object.keys(params ?? {})));
  return all.map((own, place) => {
    const { description, values } = own;
    const kin = all.filter((other) => other.description.model === description.model);
    const tells = description.controls.filter(({ key }) =>
      kin.length > 1
        ? said.has(key) && kin.some((other) => !same(other.values[key], values[key]))
        : key in (aparts[place]?.params ?? {}),
    );
    const settings = tells
      .map((control) => written(control, values[control.key] ?? control.kind.default, values))
      .filter((text) => text !== false);
    const model = models.size > 1 ? [description.label] : [];
    // What tells one from another comes first.
    return capital((kin.length > 1 ? [...settings, ...model] : [...model, ...settings]).join(", "));
  });
}

function same(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether a machine has come to rest by itself: with others beside it, a frame's own word is about all of them. */
export function rests({ outcome }: MachineFrame): boolean {
  return outcome.kind !== "not_settled";
}

/** How like the picture is to a memory; none if that is not measured. */
export function likenessTo(memory: number, frame: MachineFrame, { description, memories }: MachineInfo): number {
  const [bars] = memoryMeasures(description.observables, "bars");
  return perMemory(frame, bars, memories.length)[memory] ?? Number.NaN;
}

/** Where a frame's series has the energy, or null: the machine draws no such curve. */
export function energyColumn({ description }: MachineInfo): number | null {
  const curves = description.observables.filter(({ shape, view }) => shape === "scalar" && view === "curve");
  const place = curves.findIndex(({ key }) => key === "energy");
  return place < 0 ? null : 1 + place;
}
