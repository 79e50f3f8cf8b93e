/** What an author pastes into a page to embed an experiment, and the file that needs no page. Text alone. */
import type { Display } from "../../state/display";

export interface Snippet {
  title: string;
  /** Address of the embed with its hash. */
  address: string;
  /** Address of the experiment on the page. */
  page: string;
  /** In CSS pixels: at most so wide, and so high unless a script lets it follow its content. */
  width: number;
  height: number;
  follow: boolean;
  /** The colours that the frame claims: see `schemeOf`. */
  scheme: Scheme;
}

/** As CSS `color-scheme` has it; empty where the frame has its page's. */
export type Scheme = "" | "light" | "dark";

/**
 * Browsers put an opaque ground behind a frame whose colours are not its page's, whatever the embed asks for: so a
 * see-through one in colours that its author chose says which they are. In the reader's it says nothing: where the page
 * says that it has others, the opaque ground keeps the text legible.
 */
export const schemeOf = ({ theme, transparent }: Display): Scheme => (transparent && theme !== "auto" ? theme : "");

/** A link that opens on the page has to leave the sandbox: there the page could not load its parts. */
const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox";

const FOLLOW = `<script>
addEventListener("message", ({ source, data }) => {
  if (data?.source !== "engram" || !(data.height > 0)) return;
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentWindow === source) frame.style.height = \`\${data.height}px\`;
});
</script>`;

export function htmlSnippet({ title, address, width, height, follow, scheme }: Snippet): string {
  const attributes = {
    title,
    src: address,
    loading: "lazy",
    sandbox: SANDBOX,
    style: `width:100%;max-width:${width}px;height:${height}px;border:0${scheme && `;color-scheme:${scheme}`}`,
  };
  const list = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `<iframe${list.join("")}></iframe>${follow ? `\n${FOLLOW}` : ""}`;
}

/** For places that take no frames: a picture, saved beside the text, that leads to the experiment. */
export function markdownSnippet({ title, page }: Snippet, picture: string): string {
  const words = title.replaceAll(/[\\[\]]/g, "\\$&");
  return `[![${words}](${picture})](${page})`;
}

/** The embed's file with an experiment, its options and the page's address written into it. */
export function savedFile(embed: string, title: string, hash: string, page: string): string {
  const meta = (name: string, content: string) => `<meta name="${name}" content="${escaped(content)}">`;
  const written = `${meta("engram-start", hash)}${meta("engram-lab", page)}`;
  return embed
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
    .replace("</head>", () => `${written}</head>`);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
