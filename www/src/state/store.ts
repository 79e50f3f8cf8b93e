/** The page's own state: read, set, and be told; each key kept where `places` says. */
import { places, type State } from "./places";
import { recall, remember } from "./storage";

export class Store {
  private readonly values: State;
  private readonly listeners = new Map<keyof State, (() => void)[]>();

  constructor() {
    this.values = {
      experiment: places.experiment.start,
      theme: stored("theme"),
      speed: places.speed.start,
      spoil: places.spoil.start,
      tool: places.tool.start,
      brush: places.brush.start,
      level: places.level.start,
      keys: stored("keys"),
      hints: stored("hints"),
      drawer: places.drawer.start,
      overTime: places.overTime.start,
      cue: places.cue.start,
      figure: places.figure.start,
      layer: places.layer.start,
      memory: places.memory.start,
      unit: places.unit.start,
    };
  }

  get<K extends keyof State>(key: K): State[K] {
    return this.values[key];
  }

  set<K extends keyof State>(key: K, value: State[K]): void {
    if (Object.is(this.values[key], value)) return;
    this.values[key] = value;
    if (places[key].where === "storage") remember(key, value);
    for (const listener of this.listeners.get(key) ?? []) listener();
  }

  on(key: keyof State, listener: () => void): void {
    this.listeners.set(key, [...(this.listeners.get(key) ?? []), listener]);
  }
}

function stored<K extends keyof State>(key: K): State[K] {
  const { check, start } = places[key];
  const value = recall(key);
  return check?.(value) ? value : start;
}
