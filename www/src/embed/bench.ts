/** Puts the parts of the embed together, once it has been seen: which part hears of what, as the page's main.ts does. */
import { Engine } from "../engine/client";
import type { Frame, SessionInfo } from "../engine/types";
import * as words from "../messages";
import type { Display } from "../state/display";
import { type FrameLink, reload } from "../state/link";
import type { Presets } from "../state/presets";
import { Session } from "../state/session";
import { Store } from "../state/store";
import { Charts } from "../ui/charts/charts";
import { Company } from "../ui/company/company";
import { Spoil } from "../ui/controls/spoil";
import { FigurePanel } from "../ui/figure/figure-panel";
import { Figures } from "../ui/figure/figures";
import { Explain } from "../ui/grid/explain";
import { Stage, type Wondering } from "../ui/grid/stage";
import { byId, setText } from "../ui/kit/dom";
import { Late } from "../ui/kit/late";
import { branchNotice, type Notices } from "../ui/kit/notices";
import { Side } from "../ui/kit/side";
import { leaveOut } from "../ui/parts";
import type { ProblemPanel } from "../ui/problem";
import { Transport } from "../ui/run/transport";
import { Shelf } from "../ui/shelf/shelf";
import { listenForKeys, pageKeys } from "../ui/shortcuts";
import { Story } from "../ui/story/story";
import { Opener } from "../ui/work/opener";
import { readTheme } from "../views/theme";
import { block } from "./engine";
import type { Host, Order } from "./host";
import { LabLink } from "./lab-link";
import { needsLab } from "./needs-lab";
import { Quick } from "./quick";
import type { Sight } from "./sight";
import { TouchGuard } from "./touch";

export interface Surroundings {
  hire: () => Worker;
  link: FrameLink;
  notices: Notices;
  problem: ProblemPanel;
  host: Host;
  sight: Sight;
  display(): Display;
  calm(): boolean;
  /** Address of the page, if it is known. */
  lab: string | null;
}

/** The experiment that came with the file stands for the page's whole list. */
const presets: Presets = {
  list: async () => [{ name: "", title: "", text: "", tags: [] }],
  load: async () => block("engram-preset"),
};

/** Parts that a level does not have, by the names of ui/parts.ts. */
const NOWHERE = ["layers", "speed", "seed", "controls", "share"];
const NO_STORY = [...NOWHERE, "shelf", "tools", "transport", "timeline", "charts"];
const ABSENT: Readonly<Record<Display["ui"], readonly string[]>> = { full: NOWHERE, story: NO_STORY, bare: NO_STORY };

export class Bench {
  private readonly lab = byId("lab");
  private readonly session: Session;
  private readonly engine: Engine;
  private readonly opener: Opener;
  private readonly stage: Stage;
  private readonly beside: Late;
  private readonly figures: Figures;
  private readonly charts: Charts;
  private readonly explain: Explain;
  private readonly shelf: Shelf;
  private readonly spoil: Spoil;
  private readonly transport: Transport;
  private readonly quick: Quick;
  private readonly story = new Story();
  private readonly labLink: LabLink;
  private readonly guard: TouchGuard;
  private theme = readTheme();
  /** It has begun by itself, or somebody has begun it: once is enough. */
  private begun = false;
  private awake = true;
  private told = "";
  /** What the experiment itself leaves out. */
  private hidden: readonly string[] = [];
  private order: Order | null = null;

  constructor(private readonly around: Surroundings) {
    const { hire, link, notices, problem } = around;
    const store = new Store();
    const { lab } = this;
    this.engine = new Engine(hire, {
      frame: (frame) => this.session.show(frame),
      restarted: (_, info) => {
        if (info) this.session.resumed(info);
        else void this.opener.arrive();
      },
      gone: (detail, _, began) => {
        const trouble = words.trouble;
        const embed = words.embed;
        problem.show({
          title: began ? embed.gone : trouble.unsupported,
          plain: began ? embed.goneText : trouble.unsupportedText,
          detail,
          ways: [{ label: trouble.reload, press: reload, main: true }],
        });
      },
    });
    this.session = new Session(this.engine, store, link, around.calm, {
      info: (info) => this.describe(info),
      frame: (frame) => this.show(frame),
      failed: (message) => notices.warn(message),
      branched: branchNotice(notices, () => this.session.undo()),
      acted: () => this.shelf.acted(),
    });
    this.session.starts = false;
    this.opener = new Opener(this.engine, this.session, link, problem, notices, presets, null, (hash) =>
      needsLab(hash, around.lab),
    );
    const { session } = this;
    const colours = () => this.theme;
    const root = byId("stage");
    const charts = byId("charts");
    const wonder = (unit: number, how: Wondering) => {
      if (this.stage.tools.tool === "ask") this.explain.wonder(unit, how);
    };
    this.stage = new Stage(root, session, store, colours, around.calm, wonder, () => "");
    this.beside = new Late(
      (info) => info.beside.length > 0,
      async () => new Company(root, this.stage, charts, session, store, colours, around.calm),
    );
    this.figures = new Figures(root, session, store, async () => new FigurePanel(this.stage.box, session, colours));
    this.charts = new Charts(charts, session, store, colours);
    this.explain = new Explain(new Side(charts, () => undefined), this.stage, session, store, colours);
    // What is more to a memory than its picture is the page's to show.
    this.shelf = new Shelf(byId("shelf"), session, store, colours, notices, null);
    this.spoil = new Spoil(byId("spoil"), session, store);
    this.transport = new Transport(byId("transport"), session);
    const picture = this.stage.box;
    this.quick = new Quick(byId("quick"), picture, session);
    const hash = () =>
      this.engine.request("share", {}).then(
        (shared) => shared.hash,
        () => null,
      );
    this.labLink = new LabLink(byId("foot"), hash, around.lab);
    this.guard = new TouchGuard(root, picture, () => {
      if (!this.begun) this.obey("play");
    });
    const keys = () => pageKeys(session, this.stage.tools, this.transport);
    listenForKeys(keys, store, () => !lab.hidden && session.info !== null);
  }

  /** Opens what the address asks for. */
  arrive(): void {
    this.begun = false;
    void this.opener.arrive();
  }

  /** It came into sight, or went out of it. */
  look(): void {
    const { some } = this.around.sight;
    if (some !== this.awake) {
      this.awake = some;
      this.engine.watch(some);
      this.session.sleep(!some);
      if (!some) this.guard.release();
      // What is not seen is not drawn: no frame will say that it stands.
      if (!some && this.session.frame) this.tell(this.session.frame, false);
      if (some && this.order) this.obey(this.order);
    }
    this.beginOnce();
  }

  /** What the page around it, or a tap, asks for; out of sight it waits. */
  obey(order: Order): void {
    if (!this.awake || !this.session.frame) {
      this.order = order;
      return;
    }
    this.order = null;
    this.begun = true;
    switch (order) {
      case "play":
        if (!this.session.wanted) this.session.play();
        break;
      case "pause":
        this.session.pause();
        break;
      case "reset":
        this.session.restart(null);
        break;
    }
  }

  /** The options or the colours were changed. */
  dress(): void {
    this.theme = readTheme();
    this.shelf.repaint();
    this.charts.draw();
    this.stage.draw();
    this.beside.draw();
    this.figures.draw();
    // Another level has another room for the sentence.
    byId("story").style.minHeight = "";
    const { info } = this.session;
    if (info) this.fit(info);
  }

  private beginOnce(): void {
    const { display, calm, sight } = this.around;
    if (this.begun || !this.session.frame || !sight.well) return;
    if (this.order) {
      this.obey(this.order);
    } else if (display().autoplay && !calm()) {
      this.begun = true;
      this.session.startAfterBeat();
    }
  }

  private describe(info: SessionInfo): void {
    this.hidden = info.hide;
    setText(byId("title"), info.title || words.page.ownExperiment);
    this.fit(info);
    const news = info.notices.join("\n");
    if (news && news !== this.told) for (const notice of info.notices) this.around.notices.tell(notice);
    this.told = news;
  }

  /** The parts as the experiment, the options and the level want them. */
  private fit(info: SessionInfo): void {
    const { ui, hide } = this.around.display();
    // What is not there is not suggested either.
    info.hide = [...new Set([...this.hidden, ...hide, ...ABSENT[ui]])];
    for (const part of [this.stage, this.beside, this.figures, this.charts, this.shelf, this.spoil, this.transport])
      part.describe(info);
    this.quick.describe(this.session, info);
    this.labLink.describe();
    leaveOut(info.hide);
    if (this.session.frame) this.show(this.session.frame);
  }

  private show(frame: Frame): void {
    const { info } = this.session;
    // A frame from before the last description would be read with the wrong lengths.
    if (!info || frame.cells.length !== info.width * info.height) return;
    if (frame.beside.length !== info.beside.length) return;
    const first = this.lab.dataset.phase !== "open";
    this.lab.dataset.phase = "open";
    this.stage.show(frame);
    this.beside.show(frame);
    this.figures.show(frame);
    this.explain.show(frame);
    this.charts.show(frame);
    this.shelf.show(frame, info);
    this.transport.show(frame);
    this.quick.show(this.session, frame);
    this.story.show(this.session);
    // Out of sight a frame may come late: it is of a moment before it was stopped.
    const running = this.awake && (frame.running || this.session.wanted);
    if (running || frame.time > 0) this.begun = true;
    this.guard.show(this.begun || frame.settled);
    if (first) this.around.host.ready();
    this.tell(frame, running);
    this.beginOnce();
  }

  private tell({ settled, time, outcome, hash }: Frame, running: boolean): void {
    this.lab.dataset.running = String(running);
    this.lab.dataset.hash = hash;
    this.around.host.show({ running, settled, step: time, outcome: outcome.kind, hash });
  }
}
