/** Icons, drawn for this page on a 24×24 sheet with a 1.75 pen. */
const paths = {
  play: "M8 5.2v13.6L18.8 12z",
  pause: "M8 5v14M16 5v14",
  step: "M5 5.5v13L14 12zM19 10.2a1.8 1.8 0 1 1-.01 0z",
  steps: "M4 5.5v13l8-6.5zM12 5.5v13l8-6.5z",
  back: "M19 5.5v13L10 12zM5 6v12",
  restart: "M20 5.5v13L11.5 12zM12 5.5v13L3.5 12z",
  undo: "M9 5 4.5 9.5 9 14M5 9.5h8.5a5 5 0 0 1 0 10H9",
  redo: "m15 5 4.5 4.5L15 14M19 9.5h-8.5a5 5 0 0 0 0 10H15",
  reset: "M6.5 6.500A7.500 7.500 0 1 1 4.500 12M6.500 2.800v3.700h3.700",
  dice: "M5 5h14v14H5zM9 9h.01M15 9h.01M12 12h.01M9 15h.01M15 15h.01",
  controls: "M4 8h8M18 8h2M15 5.5v5M4 16h2M12 16h8M9 13.5v5",
  compare: "M4 6h6.500v12H4zM13.500 6H20v12h-6.500z",
  share: "M12 15V4M8 7.5 12 3.5l4 4M6 11.5v8h12v-8",
  export: "M12 4v11M8 11.500l4 4 4-4M5 18.500v1.500h14v-1.500",
  embed: "m8.5 8-4 4 4 4M15.5 8l4 4-4 4M13.3 5.500 10.700 18.500",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M18.4 5.6l-1.1 1.1M6.7 17.3l-1.1 1.1",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  info: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 11v5.5M12 7.8h.01",
  check: "m5 12.500 4.500 4.500L19 7.500",
  kept: "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM8.300 12.300l2.500 2.500 5-5.300",
  warning: "M12 4.500 21 19.500H3zM12 10v4.500M12 17h.01",
  keys: "M3.500 6.500h17v11h-17zM7 10h.01M10.300 10h.01M13.700 10h.01M17 10h.01M8 14h8",
  close: "M6 6l12 12M18 6 6 18",
  more: "M5.5 10.3a1.7 1.7 0 1 1-.01 0zM12 10.3a1.7 1.7 0 1 1-.01 0zM18.5 10.3a1.7 1.7 0 1 1-.01 0z",
  plus: "M12 5v14M5 12h14",
  brush: "M0 0h24v24H0z",
  image: "M4 5h16v14H4zM4 16l4.500-4.500 4 4 2.500-2.500 5 5M15 9.500h.01",
  blank: "M5 5h14v14H5z",
  draw: "m5 19 1-4L16.5 4.5l3 3L9 18z",
  erase: "m9 19.5-5-5 9.500-10 7 7-7.500 8zM8 10l7 7M12.500 19.500H20",
  hold: "M12 13.5V21M8 3.5h8M9.5 3.5v6l-3 4h11l-3-4v-6",
  release: "M12 13.500V21M8 3.500h8M9.500 3.500v2.500M6.500 12.500h6.500M14.500 3.500v6l3 4M4 4l16 16",
  layers: "M12 4.500 20.500 9 12 13.500 3.500 9zM4.500 13 12 17l7.500-4M4.500 16.500 12 20.500l7.500-4",
  ask: "M9 9a3 3 0 1 1 4.6 2.5c-1 .7-1.6 1.3-1.6 2.5v.5M12 18h.01",
  invert: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 4v16M12 8h5.5M12 12h8M12 16h5.5",
  clear: "M5 5h14v14H5zM9 9l6 6M15 9l-6 6",
  randomise:
    "M4 7h3.5l8 10H20M4 17h3.5l2.3-2.9M13 9.8 15.500 7H20M17.500 4.500 20 7l-2.500 2.500M17.500 14.500 20 17l-2.500 2.500",
  down: "m7 10 5 5 5-5",
  left: "M19.500 12H5M11 6l-6 6 6 6",
  action: "M13 3 5.500 13.500H11L10 21l8-11h-5.500z",
} as const;

export type IconName = keyof typeof paths;

const SOLID: ReadonlySet<IconName> = new Set(["play", "step", "steps", "back", "restart", "more", "brush"]);
const SVG = "http://www.w3.org/2000/svg";

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", SOLID.has(name) ? "icon solid" : "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

/** The icon of that name, or one for anything that can be done. */
export function iconFor(name: string): SVGSVGElement {
  return icon(name in paths ? (name as IconName) : "action");
}
