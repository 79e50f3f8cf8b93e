/** A place to draw that becomes an SVG: shapes stay shapes, text stays text, rasters are embedded as PNG. */
import { Context } from "svgcanvas/dist/svgcanvas.esm.js";
import type { Surface } from "../surface";

const ANCHOR: Partial<Record<CanvasTextAlign, string>> = { center: "middle", right: "end", end: "end" };
const BASELINE: Partial<Record<CanvasTextBaseline, string>> = { middle: "central", top: "text-before-edge" };
/** As views write fonts: perhaps slanted, a size in pixels, families. */
const FONT = /^(italic )?(?:(\d+) )?([\d.]+)px (.*)$/;
const IDENTITY = "matrix(1 0 0 1 0 0)";

class Drawing extends Context {
  /** The library reads fonts from an inline style, which the page's policy forbids. */
  override fillText(text: string, x: number, y: number): void {
    const [, slant, weight, size, families] = FONT.exec(this.font) ?? [];
    const element = this.__createElement(
      "text",
      {
        x,
        y,
        fill: this.fillStyle,
        "font-family": families ?? "",
        "font-size": `${size}px`,
        "font-style": slant ? "italic" : "normal",
        "font-weight": weight ?? "normal",
        "text-anchor": ANCHOR[this.textAlign] ?? "start",
        "dominant-baseline": BASELINE[this.textBaseline] ?? "alphabetic",
      },
      false,
    );
    element.append(text);
    this.__applyTransformation(element);
    this.__closestGroupOrSvg().append(element);
  }

  /** Pictures of cells are enlarged without smoothing where the view says so. */
  override drawImage(...args: unknown[]): void {
    super.drawImage(...args);
    const image = this.__closestGroupOrSvg().lastElementChild;
    if (!this.imageSmoothingEnabled) image?.setAttribute("image-rendering", "pixelated");
  }
}

/** The text of an SVG file of that size, with what `draw` draws. */
export function svgOf(width: number, height: number, title: string, draw: (place: Surface) => void): string {
  const drawing = new Drawing({ width, height });
  draw({ context: drawing as unknown as CanvasRenderingContext2D, width, height, ratio: 1 });
  const svg = drawing.getSvg();
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  const name = document.createElementNS("http://www.w3.org/2000/svg", "title");
  name.textContent = title;
  svg.prepend(name);
  for (const element of svg.querySelectorAll(`[transform="${IDENTITY}"]`)) element.removeAttribute("transform");
  for (const path of svg.querySelectorAll("path:not([d])")) path.remove();
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}
