/** The experiments that come with the page: a list, and one spec file each. */
export interface Preset {
  name: string;
  title: string;
  text: string;
  tags: string[];
}

const FOLDER = "presets";

async function get(file: string): Promise<Response> {
  const response = await fetch(new URL(`${FOLDER}/${file}`, document.baseURI));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response;
}

/** Where experiments come from. */
export interface Presets {
  /** The list; the first of them is what a visitor without a link sees. */
  list(): Promise<Preset[]>;
  /** The spec of one of the list, as text. */
  load(preset: Preset): Promise<string>;
}

export const presets: Presets = {
  list: async () => (await get("index.json")).json(),
  load: async ({ name }) => (await get(`${encodeURIComponent(name)}.json`)).text(),
};
