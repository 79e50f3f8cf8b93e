/** Puts the page together: which part hears of what. Everything else is in the parts. */
import { Dialogs } from "./dialogs";
import { Engine } from "./engine/client";
import { isSupported } from "./engine/support";
import type { Frame, SessionInfo } from "./engine/types";
import * as words from "./messages";
import { breath } from "./state/latest";
import { Link, reload } from "./state/link";
import { presets } from "./state/presets";
import { Session } from "./state/session";
import { Store } from "./state/store";
import { Work } from "./state/work";
import { Charts } from "./ui/charts/charts";
import { Drawer } from "./ui/controls/drawer";
import { Kept } from "./ui/controls/kept";
import { news } from "./ui/controls/left-over";
import { Spoil } from "./ui/controls/spoil";
import { Figures } from "./ui/figure/figures";
import type { Explain } from "./ui/grid/explain";
import { Lens } from "./ui/grid/lens";
import { Origin } from "./ui/grid/origin";
import { Stage, type Wondering } from "./ui/grid/stage";
import { Header } from "./ui/header";
import { byId } from "./ui/kit/dom";
import { Late } from "./ui/kit/late";
import { later } from "./ui/kit/later";
import { branchNotice, Notices } from "./ui/kit/notices";
import { Side } from "./ui/kit/side";
import { refreshNotes } from "./ui/notes/note";
import { closeUp, leaveOut } from "./ui/parts";
import { ProblemPanel } from "./ui/problem";
import { Pace } from "./ui/run/pace";
import { Transport } from "./ui/run/transport";
import { Shelf } from "./ui/shelf/shelf";
import { listenForKeys, pageKeys } from "./ui/shortcuts";
import { Hints } from "./ui/story/hints";
import { Story } from "./ui/story/story";
import type { Verdict } from "./ui/story/verdict";
import { listenForDrops } from "./ui/work/drop";
import { Fetching } from "./ui/work/fetching";
import { Opener } from "./ui/work/opener";
import { WorkStatusLine } from "./ui/work/work-status";
import { readTheme } from "./views/theme";

/** While it runs, the eye is on the picture: what is beside it follows every so many milliseconds. */
const ASIDE = 30;

const lab = byId("lab");
const store = new Store();
const notices = new Notices(byId("notices"));
const problem = new ProblemPanel(byId("problem"), lab);
const anew = { label: words.trouble.reload, press: reload, main: true };

/**
 * A task for each group of parts, so that no press and no frame has to wait for all of it. What is heard of the engine
 * meanwhile waits for the parts that it is about.
 */
async function start(): Promise<void> {
  let made: "no parts" | "parts" | "described in part" | "whole" = "no parts";
  let fetching: Fetching | null = null;
  const engine = new Engine(() => new Worker(new URL(ENGRAM_WORKER, import.meta.url), { type: "module" }), {
    frame: (frame) => session.show(frame),
    fetching: (on) => fetching?.turn(on),
    saved: (text, after) => void work.saved(text, after),
    restarted(_, info) {
      if (info) session.resumed(info);
      notices.warn(info ? words.trouble.restarted : words.trouble.restartedEmpty);
      if (!info) void opener.arrive();
    },
    gone(message, saved, began) {
      const trouble = words.trouble;
      problem.show({
        title: began ? trouble.gone : trouble.unsupported,
        plain: began ? trouble.goneText : trouble.unsupportedText,
        detail: message,
        text: saved ?? link.hash,
        ways: [anew],
      });
    },
  });
  const link = new Link((hash) => void opener.openHash(hash));
  const motion = matchMedia("(prefers-reduced-motion: reduce)");
  const calm = () => motion.matches;
  const session = new Session(engine, store, link, calm, {
    info: describe,
    frame: show,
    failed: (message) => notices.warn(message),
    branched: branchNotice(notices, () => session.undo()),
    acted(what) {
      work.touch();
      hints.did(what);
      shelf.acted();
    },
  });
  const status = new WorkStatusLine(() => void dialogs.work());
  const work: Work = new Work(
    engine,
    link,
    () => session.info?.title ?? "",
    () => status.show(work),
  );
  status.show(work);
  const opener = new Opener(
    engine,
    session,
    link,
    problem,
    notices,
    presets,
    work,
    null,
    (file, again) => void dialogs.ownFile(file, again),
  );
  await breath();

  clothe();
  let theme = readTheme();
  const colours = () => theme;
  const chartsRoot = byId("charts");
  const stage = new Stage(byId("stage"), session, store, colours, calm, wonder, (unit) => lens.point(unit));
  const origin = new Origin(stage.tools.element, session, colours, () => transport.focus());
  const charts = new Charts(chartsRoot, session, store, colours);
  const side = new Side(chartsRoot, () => closeUp(lab));
  const lens = new Lens(byId("stage"), session, store, colours, stage, async () => {
    const part = await later(() => import("./ui/grid/layer-panel"), notices);
    return part && new part.LayerPanel(side, session, colours, () => store.set("layer", null));
  });
  const figures = new Figures(byId("stage"), session, store, async () => {
    const part = await later(() => import("./ui/figure/figure-panel"), notices);
    return part && new part.FigurePanel(stage.box, session, colours);
  });
  const beside = new Late(
    (info) => info.beside.length > 0,
    async () => {
      const part = await later(() => import("./ui/company/company"), notices);
      return part && new part.Company(byId("stage"), stage, chartsRoot, session, store, colours, calm);
    },
  );
  // What is seen at once comes first.
  const line = new Late(
    () => made === "whole",
    () => dialogs.line(byId("line")),
  );
  await breath();
  const shelf = new Shelf(byId("shelf"), session, store, colours, notices, {
    add: () => void dialogs.add("letters"),
    more: (memory, rename) => void dialogs.memory(memory, rename),
  });
  let verdict: Verdict | null = null;
  const story = new Story(async (button) => {
    const part = await later(() => import("./ui/story/verdict"), notices);
    if (part) verdict ??= new part.Verdict(side, session, store, notices);
    verdict?.open(button);
  });
  fetching = new Fetching(lab, session, story);
  const spoil = new Spoil(byId("spoil"), session, store);
  const transport = new Transport(byId("transport"), session);
  const learning = new Late(
    (info) => info.description.learns,
    async () => {
      const part = await later(() => import("./ui/learning/learning"), notices);
      const places = { timeline: transport.timeline, stage: byId("stage"), charts: chartsRoot, views: figures.views };
      return part && new part.Learning(places, session, store, colours);
    },
  );
  const pace = new Pace(byId("pace"), session, store);
  const kept = new Kept(chartsRoot, session);
  const drawer = new Drawer(
    byId("drawer"),
    session,
    store,
    () => pace.drawerButton,
    () => void dialogs.sets(),
  );
  const hints = new Hints(byId("story"), session, store);
  const dialogs = new Dialogs({
    engine,
    session,
    store,
    link,
    work,
    opener,
    notices,
    shelf,
    hints,
    theme: colours,
    keys: () => [...keys(), ...(figures.keys ?? stage.keys.table), ...shelf.keys()],
  });
  const header = new Header(byId("experiment"), byId("tools"), status.element, store, {
    choose: () => void dialogs.choose(),
    models: () => void dialogs.models(),
    about: () => void dialogs.about(),
    keys: () => void dialogs.keys(),
    afresh: () => void dialogs.afresh(),
    sets: () => void dialogs.sets(),
    tools: [
      { does: "compare", label: words.page.compare, icon: "compare", press: () => void dialogs.compare() },
      { does: "share", label: words.page.share, icon: "share", first: true, press: () => void dialogs.share() },
      { does: "embed", label: words.share.embed, icon: "embed", press: () => void dialogs.embed() },
      { does: "export", label: words.share.takeAway, icon: "export", press: () => void dialogs.takeAway() },
    ],
  });

  const parts = [
    header,
    stage,
    beside,
    line,
    figures,
    lens,
    charts,
    shelf,
    spoil,
    transport,
    learning,
    pace,
    kept,
    drawer,
  ];
  let told = "";
  let aside = { running: false, at: 0 };
  function describe(info: SessionInfo): void {
    if (made === "parts") void make();
    if (made !== "whole") return;
    for (const part of parts) part.describe(info);
    described(info);
    if (session.frame) show(session.frame);
  }

  function described(info: SessionInfo): void {
    leaveOut(info.hide);
    closeUp(lab);
    refreshNotes(session);
    const fresh = news(info);
    if (fresh.join("\n") !== told) for (const notice of fresh) notices.tell(notice);
    told = fresh.join("\n");
  }

  /** The first time there is much to make: a part at a time, so that no press has to wait for all of it. */
  async function make(): Promise<void> {
    made = "described in part";
    const first = session.info;
    for (const part of parts) {
      if (session.info) part.describe(session.info);
      await breath();
    }
    lab.dataset.phase = "open";
    for (const column of lab.querySelectorAll("[inert]")) column.removeAttribute("inert");
    if (session.info) described(session.info);
    await breath();
    // The picture first, and with it the layout of all there is.
    for (const part of [stage, figures, charts]) {
      if (session.frame && fits(session.frame)) part.show(session.frame);
      await breath();
    }
    made = "whole";
    if (session.info) line.describe(session.info);
    if (session.info && session.info !== first) describe(session.info);
    else if (session.frame) show(session.frame);
  }

  /** A frame from before the last description would be read with the wrong lengths. */
  function fits({ cells, beside }: Frame): boolean {
    const { info } = session;
    return cells.length === (info?.width ?? 0) * (info?.height ?? 0) && beside.length === info?.beside.length;
  }

  const keys = () => pageKeys(session, stage.tools, transport, () => void dialogs.keys());

  function show(frame: Frame): void {
    const { info } = session;
    if (!info || made !== "whole" || !fits(frame)) return;
    stage.show(frame);
    beside.show(frame);
    lens.show(frame);
    figures.show(frame);
    lab.dataset.running = String(frame.running || session.wanted);
    lab.dataset.hash = frame.hash;
    const now = performance.now();
    // That a run began is never passed over, however soon it ends.
    if (frame.running && aside.running && now - aside.at < ASIDE) return;
    aside = { running: frame.running, at: now };
    origin.show(frame);
    explain?.show(frame);
    charts.show(frame);
    shelf.show(frame, info);
    transport.show(frame);
    learning.show(frame);
    hints.show(frame, info);
    drawer.show(frame);
    kept.show(frame);
    story.show(session);
    verdict?.show();
    refreshNotes(session);
  }

  let explain: Explain | null = null;
  async function wonder(unit: number, how: Wondering): Promise<void> {
    if (stage.tools.tool !== "ask") return;
    if (how === "kept") await asking();
    explain?.wonder(unit, how);
  }

  async function asking(): Promise<void> {
    const part = await later(() => import("./ui/grid/explain"), notices);
    if (part) explain ??= new part.Explain(side, stage, session, store, colours);
  }
  store.on("tool", () => void (store.get("tool") === "ask" && !explain && asking()));

  function clothe(): void {
    const chosen = store.get("theme");
    if (chosen === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
  }

  function dress(): void {
    clothe();
    theme = readTheme();
    shelf.repaint();
    charts.draw();
    stage.draw();
    beside.draw();
    learning.draw();
    figures.draw();
    origin.draw();
    lens.draw();
  }
  store.on("theme", dress);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);

  // A hidden tab costs nothing, and goes on where it was.
  document.addEventListener("visibilitychange", () => session.sleep(document.hidden));
  session.sleep(document.hidden);
  listenForDrops(
    {
      images: (files) => void dialogs.add("images", files),
      sets: (files) => void dialogs.sets(files),
      text: (text) => void opener.openText(text),
      learned: (file) => void dialogs.learned(file),
      takesImages: () => session.has("add") && !(session.info?.hide.includes("shelf") ?? true),
      takesSets: () => session.info?.description.learns ?? false,
      ready: () => session.info !== null,
    },
    notices,
  );
  listenForKeys(keys, store, () => !problem.open && session.info !== null);
  made = "parts";
  void opener.arrive();
}

// What is in the file is painted before the rest is made.
if (isSupported()) setTimeout(start);
else problem.show({ title: words.trouble.unsupported, plain: words.trouble.unsupportedText, ways: [anew] });
