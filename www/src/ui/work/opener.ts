/**
 * How an experiment gets onto the page: from the link in the address bar, from the list, or pasted. What cannot be
 * opened is explained, and kept as it came; nothing else is opened in its place.
 */
import type { Engine } from "../../engine/client";
import { EngineCrashed, Unreached } from "../../engine/client";
import type { LinkProblem } from "../../engine/types";
import { isOwn } from "../../files";
import * as words from "../../messages";
import { splitHash } from "../../state/display";
import type { Links } from "../../state/link";
import { type Preset, type Presets, presets } from "../../state/presets";
import type { Session } from "../../state/session";
import type { Listed, Work } from "../../state/work";
import type { Notices } from "../kit/notices";
import type { Problem, ProblemPanel } from "../problem";

export class Opener {
  private list: Promise<Preset[]> | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly session: Session,
    private readonly link: Links,
    private readonly problem: ProblemPanel,
    private readonly notices: Notices,
    private readonly source: Presets = presets,
    /** Where what the visitor makes is kept; an embed keeps nothing. */
    private readonly work: Work | null = null,
    /** What is shown where no file can be had, whoever tries again, for the link of an experiment that needs one. */
    private readonly elsewhere: ((hash: string) => Problem) | null = null,
    /** Lets the visitor choose the file of that name, which somebody has, and then goes on. */
    private readonly choose: ((file: string, again: () => void) => void) | null = null,
  ) {}

  presets(): Promise<Preset[]> {
    this.list ??= this.source.list().catch((error: unknown) => {
      this.list = null;
      throw error;
    });
    return this.list;
  }

  /** What the visitor came for: the link, or the first experiment of the list. */
  async arrive(): Promise<void> {
    await this.openHash(this.link.hash);
  }

  /** Opens the hash of the address bar, which stays as it is; as it was left, if this tab has left something there. */
  async openHash(hash: string): Promise<void> {
    const left = this.work?.here();
    if (left && (await this.restore(left, false))) return;
    if (hash === "") await this.fresh(false);
    else await this.readLink(hash, false, false);
  }

  async openPreset(preset: Preset): Promise<void> {
    try {
      await this.openSpec(await this.source.load(preset), true);
    } catch (error) {
      this.unreachable(error);
    }
  }

  /** A pasted link, or the text of a spec. */
  async openText(text: string): Promise<void> {
    if (text.startsWith("{")) await this.openSpec(text, true);
    else await this.readLink(splitHash(text.slice(text.indexOf("#") + 1)).experiment, false, true);
  }

  /** One of the works that are kept. */
  async openWork(work: Listed): Promise<void> {
    if (await this.restore(work, true)) await this.work?.moved(work);
  }

  /** The experiment as it was opened, before anything was done to it; Back leads to what was made of it. */
  async openAfresh(): Promise<void> {
    const opening = this.work?.opening;
    if (opening) await this.openSpec(opening, true);
  }

  /** Opens what was kept; false if it cannot be, which is said. */
  private async restore(left: Listed, push: boolean): Promise<boolean> {
    const { work } = this;
    if (!work) return false;
    await work.flush();
    const back = work.leave();
    const suspect = !push && work.isSuspect(left);
    try {
      if (suspect) throw new Error(words.work.suspect);
      work.opens(left.id);
      await this.session.restore(left.record.saved);
      if (push) this.link.push(left.record.hash);
      work.enter(left.record.opening, true);
      this.problem.hide();
      work.opens(null);
      return true;
    } catch (error) {
      back();
      if (error instanceof EngineCrashed) return true;
      work.opens(null);
      this.notices.warn(words.work.unreadable, error instanceof Error ? [error.message] : []);
      return false;
    }
  }

  private async fresh(push: boolean): Promise<void> {
    try {
      const [first] = await this.presets();
      if (!first) throw new Error(words.picker.failed);
      await this.openSpec(await this.source.load(first), push);
    } catch (error) {
      this.unreachable(error);
    }
  }

  private async readLink(hash: string, lenient: boolean, push: boolean): Promise<void> {
    try {
      const reading = await this.engine.request("readLink", { hash, lenient });
      if (!reading.ok) {
        await this.refuse(reading.problem, hash, reading.salvage ? () => void this.readLink(hash, true, push) : null);
        return;
      }
      await this.openSpec(reading.spec, push, hash);
      if (reading.notices.length > 0) this.notices.warn(words.problem.opened, reading.notices);
    } catch (error) {
      if (error instanceof EngineCrashed) return;
      if (!(error instanceof Unreached)) throw error;
      await this.unreached(error, hash, () => void this.readLink(hash, lenient, push));
    }
  }

  /** A spec that was made on the page: what is wrong with it is for its maker to tell. */
  async openMade(spec: string): Promise<void> {
    await this.enter(spec, true);
  }

  /** `text` is what the visitor gave, if that is not the spec itself. */
  private async openSpec(spec: string, push: boolean, text: string = spec): Promise<void> {
    try {
      await this.enter(spec, push);
    } catch (error) {
      if (error instanceof EngineCrashed) return;
      if (error instanceof Unreached) {
        await this.unreached(error, text, () => void this.openSpec(spec, push, text));
        return;
      }
      await this.refuse({ kind: "invalid", message: error instanceof Error ? error.message : "" }, text, null);
    }
  }

  private async enter(spec: string, push: boolean): Promise<void> {
    await this.work?.flush();
    const back = this.work?.leave();
    try {
      await this.session.open(spec, push);
      this.work?.enter(spec, false);
      this.problem.hide();
    } catch (error) {
      back?.();
      throw error;
    }
  }

  private async refuse(fault: LinkProblem, text: string, salvage: (() => void) | null): Promise<void> {
    this.session.pause();
    const problem = (await this.refusal())?.refused(fault, text, salvage);
    if (!problem) return;
    const fresh = { label: words.problem.fresh, press: () => void this.fresh(true), main: !salvage };
    this.problem.show({ ...problem, ways: [...problem.ways, fresh, ...this.waysBack()] });
  }

  /** What is said of such experiments, which most visitors never see. */
  private refusal(): Promise<typeof import("./refusal") | null> {
    return import("./refusal").catch(() => {
      this.notices.warn(words.trouble.later);
      return null;
    });
  }

  private waysBack(): { label: string; press(): void }[] {
    return this.session.info ? [{ label: words.problem.back, press: () => this.keep() }] : [];
  }

  /** Back to what was open, with its own link in the address bar again. */
  private keep(): void {
    this.problem.hide();
    this.engine.request("share", {}).then(
      ({ hash }) => {
        this.link.push(hash);
        this.work?.move();
      },
      () => undefined,
    );
  }

  /** A file that the experiment needs could not be had: the spec is sound, and may be tried again. */
  private async unreached({ message, file }: Unreached, text: string, again: () => void): Promise<void> {
    this.session.pause();
    if (this.elsewhere) {
      this.problem.show(this.elsewhere(text));
      return;
    }
    const { choose } = this;
    if (choose && isOwn(file)) {
      const problem = (await this.refusal())?.missing(message, text, () => choose(file, again));
      if (!problem) return;
      this.problem.show({ ...problem, ways: [...problem.ways, ...this.waysBack()] });
      return;
    }
    this.problem.show({
      title: words.trouble.data,
      plain: words.trouble.presets,
      detail: message,
      text,
      ways: [{ label: words.trouble.again, press: again, main: true }, ...this.waysBack()],
    });
  }

  private unreachable(error: unknown): void {
    if (error instanceof EngineCrashed) return;
    this.problem.show({
      title: words.picker.failed,
      plain: words.trouble.presets,
      detail: error instanceof Error ? error.message : "",
      ways: [{ label: words.trouble.again, press: () => void this.arrive(), main: true }],
    });
  }
}
