/** What opens over the page, each with its own part: fetched after a click, and put away again when it closes. */
import type { Engine } from "./engine/client";
import * as words from "./messages";
import { loadLines, type Stop } from "./state/lines";
import type { Link } from "./state/link";
import { loadNotes } from "./state/notes";
import type { Session } from "./state/session";
import type { Store } from "./state/store";
import type { Work } from "./state/work";
import { isDark } from "./ui/header";
import { byId } from "./ui/kit/dom";
import { fileName, saveFile } from "./ui/kit/files";
import type { Shortcut } from "./ui/kit/keys";
import { later, laterStyles } from "./ui/kit/later";
import type { Notices } from "./ui/kit/notices";
import type { LineBar } from "./ui/line/line-bar";
import type { Shelf } from "./ui/shelf/shelf";
import type { Hints } from "./ui/story/hints";
import type { Opener } from "./ui/work/opener";
import type { Theme } from "./views/theme";

/** Milliseconds that a dialog waits for what it can do without. */
const PATIENCE = 400;

export interface Around {
  engine: Engine;
  session: Session;
  store: Store;
  link: Link;
  work: Work;
  opener: Opener;
  notices: Notices;
  shelf: Shelf;
  hints: Hints;
  theme(): Theme;
  /** Every key that does something now. */
  keys(): readonly Shortcut[];
}

/** What an experiment says of itself is no longer so once it has become another one. */
function withoutTitle(spec: string): string {
  const { title, text, tags, ...rest } = JSON.parse(spec);
  return JSON.stringify(rest, null, 2);
}

export class Dialogs {
  /** Takes the news of the last change of the network away. */
  private turned = () => {};

  constructor(private readonly around: Around) {}

  async about(): Promise<void> {
    const { session, notices } = this.around;
    const model = session.info?.description.model;
    if (model === undefined) return;
    // With its note there from the start, nothing in it jumps; without a connection it opens all the same.
    const noted = Promise.race([loadNotes(model), new Promise((done) => setTimeout(done, PATIENCE))]);
    const [part] = await Promise.all([later(() => import("./ui/about"), notices), noted.catch(() => null)]);
    if (session.info) part?.openAbout(session.info, () => void this.keys());
  }

  async keys(): Promise<void> {
    const { notices, store, keys } = this.around;
    const part = await later(() => import("./ui/keys-sheet"), notices);
    part?.openKeys(keys(), store);
  }

  /** The experiments of the page, and the visitor's own. */
  async choose(): Promise<void> {
    const { notices, opener, session } = this.around;
    const [parts, list] = await Promise.all([
      later(() => Promise.all([import("./ui/work/preset-picker"), import("./ui/work/recent")]), notices),
      opener.presets().catch(() => []),
    ]);
    if (list.length === 0) notices.warn(words.picker.failed);
    if (!parts) return;
    const [{ openPicker }, { recentWork }] = parts;
    const recent = recentWork(this.around.work, notices, (one) => {
      recent?.closest("dialog")?.close();
      void opener.openWork(one);
    });
    openPicker(list, session.info?.title ?? "", recent, {
      open: (preset) => void opener.openPreset(preset),
      paste: (text) => void opener.openText(text),
    });
  }

  /** The networks there are: the experiment goes on in another one. */
  async models(): Promise<void> {
    const { engine, session, notices, opener } = this.around;
    const { info } = session;
    if (!info) return;
    const [parts, { models }] = await Promise.all([
      later(() => Promise.all([import("./ui/work/model-picker"), import("./ui/work/other-model")]), notices),
      engine.request("catalogue", {}),
    ]);
    if (!parts) return;
    const [{ openModels }, { openAs }] = parts;
    openModels(models, info.description.model, async (model) => {
      const { spec } = await engine.request("share", {});
      const { done, news } = await openAs(model, { spec, info, cue: session.origin?.cells ?? null }, (spec) =>
        opener.openMade(spec),
      );
      this.turned();
      if (done) this.turned = notices.tell(news);
      else notices.warn(news);
    });
  }

  /** Pictures for the shelf. */
  async add(way: "letters" | "images" | "random", files: readonly File[] = []): Promise<void> {
    const { engine, session, notices, opener, shelf, theme } = this.around;
    const part = await later(() => import("./ui/add/dialog"), notices);
    const host = {
      session,
      notices,
      theme,
      grid: (): [number, number] => [session.info?.width ?? 1, session.info?.height ?? 1],
      spec: async () => (await engine.request("share", {})).spec,
      added: (news: string) => shelf.tell(news),
      open: (spec: string) => opener.openMade(spec),
      freshSeed: () => engine.request("freshSeed", {}),
    };
    part?.openAdd(host, way, files);
  }

  /** Pictures of the visitor's own, for a machine that learns from many. */
  async sets(files: readonly File[] = []): Promise<void> {
    (await later(() => import("./ui/sets/dialog"), this.around.notices))?.openSets(this.around, files);
  }

  /** A file that an experiment needs and that somebody has: chosen, it goes on. */
  async ownFile(file: string, again: () => void): Promise<void> {
    (await later(() => import("./ui/sets/own-file"), this.around.notices))?.chooseOwnFile(file, this.around, again);
  }

  async memory(memory: number, rename: boolean): Promise<void> {
    const { session, notices, shelf, theme } = this.around;
    const part = await later(() => import("./ui/shelf/memory-sheet"), notices);
    const forget = (memory: number) => void shelf.forget(memory);
    const move = (memory: number, to: number) => void shelf.move(memory, to);
    part?.openMemory(session, memory, { theme: theme(), forget, move }, rename);
  }

  /** Who stands beside the machine. */
  async compare(): Promise<void> {
    const { engine, session, notices, opener } = this.around;
    if (!session.info) return;
    const [part, catalogue, lines] = await Promise.all([
      later(() => import("./ui/company/dialog"), notices),
      engine.request("catalogue", {}),
      loadLines().catch(() => []),
    ]);
    const lead = async (place: number) => {
      try {
        await opener.openMade(await engine.request("ledBy", { place }));
      } catch (error) {
        notices.warn(error instanceof Error ? error.message : "");
      }
    };
    if (part && session.info) new part.CompanyDialog({ session, catalogue, lines, lead });
  }

  /** The line on which the experiment stands. */
  async line(root: HTMLElement): Promise<LineBar | null> {
    const { engine, notices, opener } = this.around;
    const parts = await Promise.all([
      import("./ui/line/line-bar"),
      engine.request("catalogue", {}),
      loadLines(),
      laterStyles(),
    ]).catch(() => null);
    // Nobody asked for it: without a connection there is none.
    if (!parts) return null;
    const [part, catalogue, lines] = parts;
    const become = async ({ label, model, params }: Stop) => {
      try {
        const spec = await engine.request("altered", { apart: { model, params } });
        await opener.openMade(withoutTitle(spec));
      } catch (error) {
        notices.warn(part.cannot(label, error instanceof Error ? error.message : ""));
      }
    };
    return new part.LineBar(root, { catalogue, lines, become: (stop) => void become(stop) });
  }

  async share(): Promise<void> {
    const { engine, session, link, hints, notices } = this.around;
    if (!session.info) return;
    hints.did("share");
    const part = await later(() => import("./ui/away/share"), notices);
    if (!part) return;
    const { spec, hash, fits } = await engine.request("share", {});
    part.openShare(fits ? link.address(hash) : null, spec, fileName(session.info.title, "", "json"));
  }

  async takeAway(): Promise<void> {
    const { engine, session, store, notices } = this.around;
    if (!session.info) return;
    // A picture is of one moment; it goes on where it was.
    const wanted = session.wanted;
    if (wanted) await session.pause();
    while (session.frame?.running) await new Promise(requestAnimationFrame);
    const [part, { spec, command: line, exact }] = await Promise.all([
      later(() => import("./ui/away/export"), notices),
      engine.request("share", {}),
    ]);
    const command = (file: string) => line.replace("experiment.json", file);
    const closed = () => wanted && session.play();
    if (part) part.openExport(session, store, isDark(store), { spec, command, exact }, this.weights, closed);
    else closed();
  }

  /** A file of what was learned, which was dropped. */
  async learned(file: File): Promise<void> {
    const part = await later(() => import("./ui/away/learned"), this.around.notices);
    await part?.openWeights(file, this.weights);
  }

  private get weights() {
    const { engine, notices, opener } = this.around;
    return { engine, notices, open: (spec: string) => opener.openMade(spec) };
  }

  async embed(): Promise<void> {
    const { engine, session, link, notices } = this.around;
    if (!session.info) return;
    const [part, { hash, fits }] = await Promise.all([
      later(() => import("./ui/away/embed-dialog"), notices),
      engine.request("share", {}),
    ]);
    if (!fits) {
      notices.warn(words.share.tooLongToEmbed);
      return;
    }
    if (!part || !session.info) return;
    const pictures = byId("stage").querySelectorAll<HTMLCanvasElement>(".grid-canvas, .figure-canvas");
    const picture = [...pictures].find((canvas) => canvas.checkVisibility()) ?? null;
    new part.EmbedDialog({ title: session.info.title, hash, page: link.page, picture }, notices);
  }

  /** What is kept of the visitor's work, and where. */
  async work(): Promise<void> {
    const { engine, session, link, notices, opener, work } = this.around;
    const [parts, { spec, hash, fits }] = await Promise.all([
      later(() => Promise.all([import("./ui/work/work-sheet"), import("./ui/work/recent")]), notices),
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
    const dialog = openWorkSheet(work, recent, { address: fits ? link.address(hash) : null, saveSpec });
  }

  /** Back to the experiment as it was opened: asked first, if anything was done to it. */
  async afresh(): Promise<void> {
    const { session, work, opener, notices } = this.around;
    if (!session.info) return;
    if (!work.touched) return opener.openAfresh();
    const sheet = await later(() => import("./ui/work/work-sheet"), notices);
    sheet?.askAfresh(
      session.info.title,
      work,
      () => void opener.openAfresh(),
      () => void this.takeAway(),
    );
  }
}
