/** The column of measures: while something else is asked about, that stands where the charts are. */
export class Side {
  private readonly open = new Set<HTMLElement>();
  private readonly panels: HTMLElement[] = [];

  /** `changed` hears of it when something else has come to stand there. */
  constructor(
    private readonly charts: HTMLElement,
    private readonly changed: () => void,
  ) {}

  /** A panel, closed at first. Of several that are open, the one added last is seen. */
  add(panel: HTMLElement): void {
    panel.hidden = true;
    this.panels.push(panel);
    this.charts.after(panel);
  }

  turn(panel: HTMLElement, open: boolean): void {
    if (open === this.open.has(panel)) return;
    if (open) this.open.add(panel);
    else this.open.delete(panel);
    const front = this.panels.filter((other) => this.open.has(other)).at(-1);
    for (const other of this.panels) other.hidden = other !== front;
    this.charts.hidden = front !== undefined;
    this.changed();
  }
}
