/** Puts the page together: which part hears of what. Everything else is in the parts. */
import { Engine } from "./engine/client";
import { isSupported } from "./engine/support";
import type { Frame, SessionInfo } from "./engine/types";
import { words } from "./messages";
import { Link, reload } from "./state/link";
import { presets } from "./state/presets";
import { Session } from "./state/session";
import { Store } from "./state/store";
import { Work } from "./state/work";
import { Charts } from "./ui/charts";
import { Controls } from "./ui/controls";
import { byId } from "./ui/dom";
import { listenForDrops } from "./ui/drop";
import type { Explain } from "./ui/explain";
import { fileName, saveFile } from "./ui/files";
import { Header, isDark } from "./ui/header";
import { Hints } from "./ui/hints";
import { later } from "./ui/later";
import { news } from "./ui/left-over";
import { Lens } from "./ui/lens";
import { refreshNotes } from "./ui/note";
import { branchNotice, Notices } from "./ui/notices";
import { Opener } from "./ui/opener";
import { Pace } from "./ui/pace";
import { closeUp, leaveOut } from "./ui/parts";
import { ProblemPanel } from "./ui/problem";
import { openShare } from "./ui/share";
import { Shelf } from "./ui/shelf";
import { listenForKeys, pageKeys } from "./ui/shortcuts";
import { Side } from "./ui/side";
import { Spoil } from "./ui/spoil";
import { Stage, type Wondering } from "./ui/stage";
import { Story } from "./ui/story";
import { Transport } from "./ui/transport";
import type { Verdict } from "./ui/verdict";
import { WorkStatusLine } from "./ui/work-status";
import { readTheme } from "./views/theme";

const lab = byId("lab");
const store = new Store();
const notices = new Notices(byId("notices"));
const problem = new ProblemPanel(byId("problem"), lab);
const anew = { label: words.trouble.reload, press: reload, main: true };

function start(): void {
  const engine = new Engine(() => new Worker(new URL(ENGRAM_WORKER, import.meta.url), { type: "module" }), {
    frame: (frame) => session.show(frame),
    saved: (text) => void work.saved(text),
    restarted(_, info) {
      if (info) session.resumed(info);
      notices.warn(info ? words.trouble.restarted : words.trouble.restartedEmpty);
      if (!info) void opener.arrive();
    },
    gone(message, saved, began) {
      const { trouble } = words;
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
  const status = new WorkStatusLine(() => void explainWork());
  const work: Work = new Work(
    engine,
    link,
    () => session.info?.title ?? "",
    () => status.show(work),
  );
  status.show(work);
  const opener = new Opener(engine, session, link, problem, notices, presets, work);

  let theme = readTheme();
  const colours = () => theme;
  const chartsRoot = byId("charts");
  const stage = new Stage(byId("stage"), session, store, colours, calm, wonder, (unit) => lens.point(unit));
  const charts = new Charts(chartsRoot, session, store, colours);
  const side = new Side(chartsRoot, () => closeUp(lab));
  const lens = new Lens(byId("stage"), session, store, colours, stage, async () => {
    const part = await later(() => import("./ui/layer-panel"), notices);
    return part && new part.LayerPanel(side, session, colours, () => store.set("layer", null));
  });
  const shelf = new Shelf(byId("shelf"), session, store, colours, notices, {
    add: () => void add("letters"),
    async more(memory, rename) {
      const sheet = await later(() => import("./ui/memory-sheet"), notices);
      const forget = (memory: number) => void shelf.forget(memory);
      const move = (memory: number, to: number) => void shelf.move(memory, to);
      sheet?.openMemory(session, memory, { theme, forget, move }, rename);
    },
  });
  let verdict: Verdict | null = null;
  const story = new Story(async (button) => {
    const part = await later(() => import("./ui/verdict"), notices);
    if (part) verdict ??= new part.Verdict(side, session, store, notices);
    verdict?.open(button);
  });
  const adding = {
    session,
    notices,
    theme: colours,
    grid: (): [number, number] => [session.info?.width ?? 1, session.info?.height ?? 1],
    spec: async () => (await engine.request("share", {})).spec,
    added: (news: string) => shelf.tell(news),
    open: (spec: string) => opener.openMade(spec),
    freshSeed: () => engine.request("freshSeed", {}),
  };
  async function add(way: "letters" | "images" | "random", files: readonly File[] = []): Promise<void> {
    const part = await later(() => import("./ui/add/dialog"), notices);
    part?.openAdd(adding, way, files);
  }
  const spoil = new Spoil(byId("spoil"), session, store);
  const transport = new Transport(byId("transport"), session);
  const pace = new Pace(byId("pace"), session, store);
  const controls = new Controls(byId("drawer"), chartsRoot, session, store, () => pace.drawerButton);
  const hints = new Hints(byId("story"), session, store);
  const header = new Header(byId("experiment"), byId("tools"), status.element, store, {
    choose: () => void choose(),
    about: () => void about(),
    keys: () => void sheet(),
    afresh: () => void afresh(),
    tools: [
      { does: "share", label: words.page.share, icon: "share", first: true, press: () => void share() },
      { does: "embed", label: words.embedding.button, icon: "embed", press: () => void embed() },
      { does: "export", label: words.export.button, icon: "export", press: () => void takeAway() },
    ],
  });

  let told = "";
  function describe(info: SessionInfo): void {
    lab.dataset.phase = "open";
    for (const column of lab.querySelectorAll("[inert]")) column.removeAttribute("inert");
    for (const part of [header, stage, lens, charts, shelf, spoil, transport, pace, controls]) part.describe(info);
    leaveOut(info.hide);
    closeUp(lab);
    refreshNotes(session);
    const fresh = news(info);
    if (fresh.join("\n") !== told) for (const notice of fresh) notices.tell(notice);
    told = fresh.join("\n");
    if (session.frame) show(session.frame);
  }

  const keys = () => pageKeys(session, stage.tools, transport, () => void sheet());

  async function sheet(): Promise<void> {
    const part = await later(() => import("./ui/keys-sheet"), notices);
    part?.openKeys([...keys(), ...stage.keys.table, ...shelf.keys()], store);
  }

  function show(frame: Frame): void {
    const { info } = session;
    // A frame from before the last description would be read with the wrong lengths.
    if (!info || frame.spins.length !== info.width * info.height) return;
    stage.show(frame);
    lens.show(frame);
    explain?.show(frame);
    charts.show(frame);
    shelf.show(frame, info);
    transport.show(frame);
    hints.show(frame, info);
    controls.show(frame);
    story.show(session);
    verdict?.show();
    refreshNotes(session);
    const resting = !frame.running && !session.wanted;
    lab.dataset.running = String(!resting);
    lab.dataset.hash = frame.hash;
  }

  let explain: Explain | null = null;
  async function wonder(unit: number, how: Wondering): Promise<void> {
    if (stage.tools.tool !== "ask") return;
    if (how === "kept") await asking();
    explain?.wonder(unit, how);
  }

  async function asking(): Promise<void> {
    const part = await later(() => import("./ui/explain"), notices);
    if (part) explain ??= new part.Explain(side, stage, session, store);
  }
  store.on("tool", () => void (store.get("tool") === "ask" && !explain && asking()));

  async function about(): Promise<void> {
    const part = await later(() => import("./ui/about"), notices);
    if (session.info) part?.openAbout(session.info, () => void sheet());
  }

  async function choose(): Promise<void> {
    const [parts, list] = await Promise.all([
      later(() => Promise.all([import("./ui/preset-picker"), import("./ui/recent")]), notices),
      opener.presets().catch(() => []),
    ]);
    if (list.length === 0) notices.warn(words.picker.failed);
    if (!parts) return;
    const [{ openPicker }, { recentWork }] = parts;
    const recent = recentWork(work, notices, (one) => {
      recent?.closest("dialog")?.close();
      void opener.openWork(one);
    });
    openPicker(list, session.info?.title ?? "", recent, {
      open: (preset) => void opener.openPreset(preset),
      paste: (text) => void opener.openText(text),
    });
  }

  async function share(): Promise<void> {
    if (!session.info) return;
    hints.did("share");
    const { spec, hash } = await engine.request("share", {});
    openShare(link.address(hash), spec, fileName(session.info.title, "", "json"));
  }

  async function takeAway(): Promise<void> {
    if (!session.info) return;
    // A picture is of one moment; it goes on where it was.
    const wanted = session.wanted;
    if (wanted) await session.pause();
    while (session.frame?.running) await new Promise(requestAnimationFrame);
    const [part, { spec, command: line, exact }] = await Promise.all([
      later(() => import("./ui/export"), notices),
      engine.request("share", {}),
    ]);
    const command = (file: string) => line.replace("experiment.json", file);
    const closed = () => wanted && session.play();
    if (part) part.openExport(session, store, isDark(store), { spec, command, exact }, closed);
    else closed();
  }

  async function embed(): Promise<void> {
    if (!session.info) return;
    const [part, { hash }] = await Promise.all([
      later(() => import("./ui/embed-dialog"), notices),
      engine.request("share", {}),
    ]);
    if (!part || !session.info) return;
    const picture = byId("stage").querySelector("canvas");
    new part.EmbedDialog({ title: session.info.title, hash, page: link.page, picture }, notices);
  }

  async function explainWork(): Promise<void> {
    const [parts, { spec, hash }] = await Promise.all([
      later(() => Promise.all([import("./ui/work-sheet"), import("./ui/recent")]), notices),
      engine.request("share", {}),
    ]);
    if (!parts) return;
    const [{ openWorkSheet }, { recentWork }] = parts;
    const recent = recentWork(work, notices, (one) => {
      dialog.close();
      void opener.openWork(one);
    });
    const file = fileName(session.info?.title ?? "", "", "json");
    const saveSpec = () => saveFile(spec, "application/json", file);
    const dialog = openWorkSheet(work, recent, { address: link.address(hash), saveSpec });
  }

  /** Back to the experiment as it was opened: asked first, if anything was done to it. */
  async function afresh(): Promise<void> {
    if (!session.info) return;
    if (!work.touched) return opener.openAfresh();
    const sheet = await later(() => import("./ui/work-sheet"), notices);
    sheet?.askAfresh(
      session.info.title,
      work,
      () => void opener.openAfresh(),
      () => void takeAway(),
    );
  }

  function dress(): void {
    const chosen = store.get("theme");
    if (chosen === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    theme = readTheme();
    shelf.repaint();
    charts.draw();
    stage.draw();
    lens.draw();
  }
  store.on("theme", dress);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
  dress();

  // A hidden tab costs nothing, and goes on where it was.
  document.addEventListener("visibilitychange", () => session.sleep(document.hidden));
  store.on("drawer", () => session.frame && controls.show(session.frame));
  listenForDrops(
    {
      images: (files) => void add("images", files),
      text: (text) => void opener.openText(text),
      takesImages: () => session.has("add") && !(session.info?.hide.includes("shelf") ?? true),
      ready: () => session.info !== null,
    },
    notices,
  );
  listenForKeys(keys, store, () => !problem.open && session.info !== null);
  void opener.arrive();
}

if (isSupported()) start();
else problem.show({ title: words.trouble.unsupported, plain: words.trouble.unsupportedText, ways: [anew] });
