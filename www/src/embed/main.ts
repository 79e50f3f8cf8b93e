/** The embed: one experiment in somebody else's page. Until it is first seen there is only the sheet and a sentence. */
import { isSupported } from "../engine/support";
import * as words from "../messages";
import { type Display, readOptions, usual } from "../state/display";
import { FrameLink, reload } from "../state/link";
import { byId } from "../ui/kit/dom";
import { Notices } from "../ui/kit/notices";
import { leaveOut, partNames } from "../ui/parts";
import { ProblemPanel } from "../ui/problem";
import { Bench } from "./bench";
import { unpack } from "./engine";
import { Host, type Order } from "./host";
import { Sight } from "./sight";

const page = document.documentElement;
const notices = new Notices(byId("notices"));
const problem = new ProblemPanel(byId("problem"), byId("lab"));
const motion = matchMedia("(prefers-reduced-motion: reduce)");
let bench: Bench | null = null;
let booting = false;
let order: Order | null = null;

const link = new FrameLink(
  written("engram-start"),
  () => bench?.arrive(),
  () => dress(),
);
let display: Display = usual;
dress();
const host = new Host(byId("frame"), (asked) => {
  if (bench) bench.obey(asked);
  else order = asked;
});
const sight = new Sight(byId("stage"), () => {
  if (bench) bench.look();
  else if (sight.some && !booting) void boot();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => bench?.dress());

/** Follows the options; one that is not allowed is told, and left at what is usual. */
function dress(): void {
  const { display: wished, faults } = readOptions(link.options, partNames);
  display = wished;
  page.dataset.ui = display.ui;
  if (display.theme === "auto") delete page.dataset.theme;
  else page.dataset.theme = display.theme;
  page.toggleAttribute("data-transparent", display.transparent);
  leaveOut(display.hide);
  for (const { key, value, allowed } of faults) notices.warn(words.embed.badOption(key, value, allowed));
  bench?.dress();
}

async function boot(): Promise<void> {
  booting = true;
  if (!isSupported()) {
    fail(words.trouble.unsupported, words.trouble.unsupportedText);
    return;
  }
  try {
    const hire = await unpack();
    bench = new Bench({
      hire,
      link,
      notices,
      problem,
      host,
      sight,
      display: () => display,
      calm: () => motion.matches,
      lab: labAddress(),
    });
    if (order) bench.obey(order);
    bench.arrive();
    bench.look();
  } catch (error) {
    fail(words.embed.gone, words.embed.damaged, error instanceof Error ? error.message : "");
  }
}

function fail(title: string, plain: string, detail = ""): void {
  problem.show({ title, plain, detail, ways: [{ label: words.trouble.reload, press: reload, main: true }] });
}

/** What the page wrote into a file that was saved from it. */
function written(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content.replace(/^#/, "") ?? "";
}

/**
 * The page's address: as it was written into the file, or beside the file. Never from the link: whoever follows it
 * shall not be led elsewhere.
 */
function labAddress(): string | null {
  const told = written("engram-lab");
  if (/^https?:\/\//.test(told)) return told.split("#", 1)[0] ?? null;
  return /^https?:/.test(document.URL) ? new URL("./", document.URL).href : null;
}
