/** What the page uses of this library, which has no types of its own. */
declare module "svgcanvas/dist/svgcanvas.esm.js" {
  /** A 2D context that keeps what is drawn as elements of SVG. */
  export class Context {
    constructor(options: { width: number; height: number });
    font: string;
    textAlign: CanvasTextAlign;
    textBaseline: CanvasTextBaseline;
    fillStyle: string;
    imageSmoothingEnabled: boolean;
    getSvg(): SVGSVGElement;
    fillText(text: string, x: number, y: number): void;
    drawImage(image: HTMLCanvasElement, left: number, top: number, width: number, height: number): void;
    createPattern(image: HTMLCanvasElement, repetition: string): CanvasPattern;
    getTransform(): DOMMatrix;
    /** An element of SVG; `hidden` is without fill and stroke. */
    __createElement(name: string, attributes: Record<string, string | number>, hidden: boolean): SVGElement;
    /** The group that is drawn into now. */
    __closestGroupOrSvg(): SVGElement;
    __applyTransformation(element: SVGElement, transform?: DOMMatrix): void;
  }
}
