/**
 * How an experiment gets onto the page: from the link in the address bar, from the list, or pasted. What cannot be
 * opened is explained, and kept as it came; nothing else is opened in its place.
 */
import type { Engine } from "../engine/client";
import { EngineCrashed } from "../engine/client";
import type { LinkProblem } from "../engine/types";
import { words } from "../messages";
import { splitHash } from "../state/display";
import type { Links } from "../state/link";
import { type Preset, type Presets, presets } from "../state/presets";
import type { Session } from "../state/session";
import type { Notices } from "./notices";
import type { ProblemPanel } from "./problem";

export class Opener {
  private list: Promise<Preset[]> | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly session: Session,
    private readonly link: Links,
    private readonly problem: ProblemPanel,
    private readonly notices: Notices,
    private readonly source: Presets = presets,
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
    if (this.link.hash === "") await this.fresh(false);
    else await this.openHash(this.link.hash);
  }

  /** Opens the hash of the address bar, which stays as it is. */
  async openHash(hash: string): Promise<void> {
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
        this.refuse(reading.problem, hash, reading.salvage ? () => void this.readLink(hash, true, push) : null);
        return;
      }
      await this.openSpec(reading.spec, push, hash);
      if (reading.notices.length > 0) this.notices.warn(words.problem.opened, reading.notices);
    } catch (error) {
      if (!(error instanceof EngineCrashed)) throw error;
    }
  }

  /** `text` is what the visitor gave, if that is not the spec itself. */
  private async openSpec(spec: string, push: boolean, text: string = spec): Promise<void> {
    try {
      await this.session.open(spec, push);
      this.problem.hide();
    } catch (error) {
      if (error instanceof EngineCrashed) return;
      this.refuse({ kind: "invalid", message: error instanceof Error ? error.message : "" }, text, null);
    }
  }

  private refuse({ kind, message }: LinkProblem, text: string, salvage: (() => void) | null): void {
    const { problem } = words;
    this.session.pause();
    this.problem.show({
      title: problem.title(kind),
      plain: problem.plain(kind),
      detail: message,
      text,
      ways: [
        ...(salvage ? [{ label: problem.salvage, press: salvage, main: true }] : []),
        { label: problem.fresh, press: () => void this.fresh(true), main: !salvage },
        ...(this.session.info ? [{ label: problem.back, press: () => this.keep() }] : []),
      ],
    });
  }

  /** Back to what was open, with its own link in the address bar again. */
  private keep(): void {
    this.problem.hide();
    this.engine.request("share", {}).then(
      ({ hash }) => this.link.push(hash),
      () => undefined,
    );
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
