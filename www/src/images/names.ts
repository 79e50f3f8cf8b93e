/** Names for memories from the names of files. */

/** As many letters as the engine keeps of a name. */
const LONGEST = 40;

export function nameOf(file: string): string {
  const bare = file.replace(/^.*[\\/]/, "").replace(/\.[a-z0-9]{1,5}$/i, "");
  return clip(bare.replace(/[\p{C}\s]+/gu, " ").trim(), LONGEST);
}

/** The names, each told apart from those before it and from those taken. */
export function apart(names: readonly string[], taken: readonly string[]): string[] {
  const used = new Set(taken);
  return names.map((name) => {
    let own = name;
    for (let n = 2; used.has(own); n++) own = `${clip(name, LONGEST - 1 - `${n}`.length)} ${n}`;
    used.add(own);
    return own;
  });
}

function clip(text: string, letters: number): string {
  return [...text].slice(0, letters).join("").trim();
}
