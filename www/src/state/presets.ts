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

/** The list; the first of them is what a visitor without a link sees. */
export async function listPresets(): Promise<Preset[]> {
  const list: Preset[] = await (await get("index.json")).json();
  return list;
}

/** The spec of one of the list, as text. */
export async function loadPreset({ name }: Preset): Promise<string> {
  return (await get(`${encodeURIComponent(name)}.json`)).text();
}
