/**
 * What stands on the stage: the grid, or one of the machine's figures. The switch is all that is here; the figures
 * themselves are fetched once there is a machine that has some.
 */
import type { FigureInfo, Frame, SessionInfo } from "../../engine/types";
import { capital } from "../../figures";
import * as words from "../../messages";
import { figureOnStage, figuresOf, GRID } from "../../state/figure";
import type { Session } from "../../state/session";
import type { Store } from "../../state/store";
import { attribute, h } from "../kit/dom";
import type { Shortcut } from "../kit/keys";
import { type Segments, segmentRow } from "../kit/segments";
import type { FigurePanel } from "./figure-panel";

export class Figures {
  readonly views = h("div", { class: "views" });
  private segments: Segments | null = null;
  private panel: FigurePanel | null = null;
  private loading = false;
  private info: SessionInfo | null = null;
  private frame: Frame | null = null;
  private offered = "";

  constructor(
    private readonly stage: HTMLElement,
    private readonly session: Session,
    private readonly store: Store,
    private readonly load: () => Promise<FigurePanel | null>,
  ) {
    this.views.hidden = true;
    stage.prepend(this.views);
    store.on("figure", () => this.turn());
  }

  describe(info: SessionInfo): void {
    this.info = info;
    this.offer();
    this.turn();
    this.panel?.describe(info);
  }

  show(frame: Frame): void {
    this.frame = frame;
    this.panel?.show(frame);
  }

  draw(): void {
    this.panel?.draw();
  }

  /** Keys of the figure that is seen; null if none takes any. */
  get keys(): readonly Shortcut[] | null {
    return this.chosen() ? (this.panel?.keys ?? null) : null;
  }

  private chosen(): FigureInfo | null {
    return this.info && figureOnStage(this.info, this.store.get("figure"));
  }

  private offer(): void {
    const options = (this.info ? figuresOf(this.info) : []).map(({ key, label }) => [key, capital(label)] as const);
    const offered = JSON.stringify(options);
    if (offered === this.offered) return;
    this.offered = offered;
    const all = [[GRID, words.grid.picture] as const, ...options];
    const pick = (key: string) => {
      this.store.set("figure", key);
      this.session.stage(key);
    };
    this.segments?.row.remove();
    this.segments = segmentRow({ "aria-label": words.grid.views }, all, GRID, pick);
    this.segments.row.classList.add("small");
    this.views.prepend(this.segments.row);
    this.views.hidden = options.length === 0;
    this.stage.toggleAttribute("data-views", options.length > 0);
  }

  private turn(): void {
    const figure = this.chosen();
    attribute(this.stage, "data-figure", figure?.key ?? null);
    this.segments?.show(figure?.key ?? GRID);
    if (figure && !this.panel) void this.fetch();
    this.panel?.choose(figure);
  }

  private async fetch(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    this.panel = await this.load();
    this.loading = false;
    // What could not be fetched leaves the grid.
    if (!this.panel) this.store.set("figure", GRID);
    if (this.info) this.describe(this.info);
    if (this.frame) this.show(this.frame);
  }
}
