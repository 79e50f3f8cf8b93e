/** A part of the page that is fetched once there is something for it to show, and then hears what it missed. */
import type { Frame, SessionInfo } from "../../engine/types";

interface Part {
  describe(info: SessionInfo): void;
  show?(frame: Frame): void;
  draw?(): void;
}

export class Late {
  private part: Part | null = null;
  private loading = false;
  private info: SessionInfo | null = null;
  private frame: Frame | null = null;

  constructor(
    private readonly wanted: (info: SessionInfo) => boolean,
    private readonly load: () => Promise<Part | null>,
  ) {}

  describe(info: SessionInfo): void {
    this.info = info;
    if (this.part) this.part.describe(info);
    else if (this.wanted(info)) void this.fetch();
  }

  show(frame: Frame): void {
    this.frame = frame;
    this.part?.show?.(frame);
  }

  draw(): void {
    this.part?.draw?.();
  }

  private async fetch(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    this.part = await this.load();
    this.loading = false;
    if (this.info) this.part?.describe(this.info);
    if (this.frame) this.part?.show?.(this.frame);
  }
}
