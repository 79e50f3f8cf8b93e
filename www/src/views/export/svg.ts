/** A place to draw that becomes an SVG: shapes stay shapes, text stays text, rasters are embedded as PNG. */
import { Context } from "svgcanvas/dist/svgcanvas.esm.js";
import type { Surface } from "../surface";

const ANCHOR: Partial<Record<CanvasTextAlign, string>> = { center: "middle", right: "end", end: "end" };
const BASELINE: Partial<Record<CanvasTextBaseline, string>> = { middle: "central", top: "text-before-edge" };
/** As views write fonts: perhaps slanted, a size in pixels, families. */
const FONT = /^(italic )?(?:(\d+) )?([\d.]+)px (.*)$/;
/** A picture of more cells or colours than these is embedded as it is. */
const MOST_CELLS = 1 << 14;
const MOST_COLOURS = 8;
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

  /** Pictures of cells that a view enlarges without smoothing: shapes if their colours are few, else a PNG. */
  override drawImage(image: HTMLCanvasElement, left: number, top: number, width: number, height: number): void {
    const shapes = this.imageSmoothingEnabled ? null : shapesOf(image);
    if (shapes) {
      const place = this.getTransform()
        .translate(left, top)
        .scale(width / image.width, height / image.height);
      for (const [fill, d] of shapes) {
        const path = this.__createElement("path", { d, fill, "shape-rendering": "crispEdges" }, false);
        this.__applyTransformation(path, place);
        this.__closestGroupOrSvg().append(path);
      }
      return;
    }
    super.drawImage(image, left, top, width, height);
    const element = this.__closestGroupOrSvg().lastElementChild;
    if (!this.imageSmoothingEnabled) element?.setAttribute("image-rendering", "pixelated");
  }

  /** Views fit patterns to the screen's pixels, of which there are none here. */
  override createPattern(image: HTMLCanvasElement, repetition: string): CanvasPattern {
    return Object.assign(super.createPattern(image, repetition), { setTransform: () => undefined });
  }
}

/** For each colour of a small picture, the outline of all its pixels; null if there are too many. */
function shapesOf(image: HTMLCanvasElement): Map<string, string> | null {
  const { width, height } = image;
  const pixels = width * height <= MOST_CELLS ? image.getContext("2d")?.getImageData(0, 0, width, height).data : null;
  if (!pixels) return null;
  const colour = (at: number) => `rgb(${pixels[4 * at]},${pixels[4 * at + 1]},${pixels[4 * at + 2]})`;
  const shapes = new Map<string, string>();
  for (let y = 0; y < height; y++) {
    let from = 0;
    for (let x = 1; x <= width; x++) {
      const fill = colour(y * width + from);
      if (x < width && colour(y * width + x) === fill) continue;
      shapes.set(fill, `${shapes.get(fill) ?? ""}M${from} ${y}h${x - from}v1h${from - x}z`);
      if (shapes.size > MOST_COLOURS) return null;
      from = x;
    }
  }
  return shapes;
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
