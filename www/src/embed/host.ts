/**
 * The page around the frame. It is told how high the frame wants to be and how the run stands, and may ask for three
 * things. Nothing that is told is secret, so anybody who frames it may hear; only the page around it is listened to.
 */
const ME = "engram";
const VERSION = 1;
const ORDERS = ["play", "pause", "reset"] as const;
export type Order = (typeof ORDERS)[number];

export interface RunState {
  running: boolean;
  settled: boolean;
  step: number;
  outcome: string;
  hash: string;
}

export class Host {
  private height = 0;
  private state = "";

  /** `root` is as high as what is in it, whatever the frame's own height: so heights never chase each other. */
  constructor(
    private readonly root: HTMLElement,
    obey: (order: Order) => void,
  ) {
    if (parent === window) return;
    new ResizeObserver(() => this.measure()).observe(root);
    addEventListener("message", ({ source, data }: MessageEvent<unknown>) => {
      if (source !== parent || typeof data !== "object" || data === null) return;
      const { target, v, type } = data as Record<string, unknown>;
      if (target !== ME) return;
      const order = ORDERS.find((one) => one === type);
      if (v === VERSION && order) obey(order);
      else this.tell("refused", { message: `${JSON.stringify(type)}, v ${JSON.stringify(v)}`, allowed: ORDERS });
    });
  }

  ready(): void {
    this.tell("ready");
  }

  show(state: RunState): void {
    const { running, settled, outcome, hash } = state;
    const key = JSON.stringify(running ? [running] : [settled, outcome, hash]);
    if (key === this.state) return;
    this.state = key;
    this.tell("state", state);
  }

  private measure(): void {
    const { height } = this.root.getBoundingClientRect();
    if (Math.ceil(height) === this.height) return;
    this.height = Math.ceil(height);
    this.tell("resize");
  }

  private tell(type: string, more: object = {}): void {
    if (parent === window) return;
    const { height } = this;
    parent.postMessage({ source: ME, v: VERSION, type, id: window.name, height, width: innerWidth, ...more }, "*");
  }
}
