/** Figures as a machine might give them: each has a still and a moving part; `turn` makes another moment of it. */

export const axis = (label = "", symbol = "", range = null, ticks = []) => ({ label, symbol, range, ticks });
const part = (marks, more = {}) => ({ x: axis(), y: axis(), square: false, marks, note: "", ...more });

const numbers = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const circle = (count, turn) =>
  numbers(count, (i) => [Math.cos((2 * Math.PI * i) / count + turn), Math.sin((2 * Math.PI * i) / count + turn)]);
const lines = (role, turn, label = "") => ({
  mark: "lines",
  role,
  label,
  paths: [numbers(30, (i) => [i / 15 - 1, Math.sin(i / 4 + turn)])],
});
const points = (role, turn, label = "") => ({
  mark: "points",
  role,
  label,
  at: numbers(5, (i) => [i / 2.5 - 0.8, Math.cos(i + turn)]),
  error: [],
  names: [],
});

const plane = { x: axis("first neuron", "s₁", [-1, 1]), y: axis("second neuron", "s₂", [-1, 1]), square: true };

/** A plane with two resting places, to be pressed on. */
export function landscape(turn = 0) {
  const values = numbers(32 * 32, (i) => Math.sin((i % 32) / 6 + turn) * Math.cos(Math.floor(i / 32) / 7));
  const field = { mark: "field", width: 32, height: 32, bounds: [-1, -1, 1, 1], values: [...values.slice(1), null] };
  const border = lines("border", 1, "watershed");
  return {
    still: part([field, lines("contour", 0), border, points("stable", 0), points("saddle", 2)], {
      ...plane,
      note: "Two valleys.",
    }),
    moving: part([lines("path", turn), points("now", turn)], { ...plane, note: `Turn ${turn}.` }),
  };
}

/** A node in each quarter and one in the middle: a place between them is on none. */
export function network(turn = 0) {
  const at = [[0, 0], ...circle(4, Math.PI / 4)];
  const names = ["hub", "", "", "", ""];
  const pairs = [1, 2, 3, 4].map((i) => [0, i]);
  return {
    still: part([{ mark: "links", pairs, strengths: [1, -1, 2, -0.5], directed: false, label: "" }], { square: true }),
    moving: part(
      [{ mark: "nodes", at, states: at.map((_, i) => Math.sin(i + turn)), colours: false, sizes: [], names }],
      {
        square: true,
      },
    ),
  };
}

/** One figure for each kind of mark, and for each look of a role. */
export function everyMark(turn) {
  const at = circle(9, turn);
  const bars = (count, more) => ({
    mark: "bars",
    label: "visited",
    values: numbers(count, (i) => Math.sin(i + turn) + 0.2),
    shares: [],
    memories: [],
    ...more,
  });
  const share = (part) => numbers(4000, (i) => (i % 7 ? part : 0));
  const nodes = { mark: "nodes", at, states: at.map((_, i) => (i + Math.round(turn)) % 5), sizes: [], names: [] };
  const pairs = at.map((_, i) => [i, (i + 2) % 9]);
  const rest = ["theory", "measured", "others", "now", "stable", "saddle", "unstable", "best", "border", "path"];
  const marks = {
    field: [landscape(turn).still.marks[0]],
    arrows: [{ mark: "arrows", from: circle(20, 0), by: circle(20, turn) }],
    errors: [{ ...points("measured", turn, "eight by eight"), error: [0.1, 0.2, null, 0.1, 0.3], names: ["A", "B"] }],
    grey: [{ ...nodes, states: at.map((_, i) => Math.sin(i + turn)), colours: false }],
    colours: [
      { mark: "links", pairs: [...pairs, [0, 0]], strengths: [], directed: true, label: "one way" },
      { ...nodes, colours: true, names: at.map((_, i) => `place ${i}`) },
    ],
    bars: [bars(5, { memories: [0, 1, 2, 1, 0] })],
    spectrum: [bars(4000, { shares: [share(0.5), share(0.25)] })],
  };
  for (const role of rest) marks[`lines-${role}`] = [lines(role, turn, `lines ${role}`)];
  for (const role of [...rest, "contour"]) marks[`points-${role}`] = [points(role, turn)];
  return Object.fromEntries(
    Object.entries(marks).map(([key, list]) => {
      const axes = key in { bars: 0, spectrum: 0 } ? { x: axis("state"), y: axis("how often", "p") } : {};
      return [key, { still: part([], axes), moving: part(list, axes) }];
    }),
  );
}

/** What a machine says of its figures; the first leads. */
export function described(keys, { leads = true, press = null, drag = null } = {}) {
  return keys.map((key, i) => ({ key, label: key, help: `Shows the ${key}`, leads: leads && i === 0, press, drag }));
}
