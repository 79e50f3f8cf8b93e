/** What is taken away: files that are really saved, and hold what was seen. */
import { begun, momentIs, rested, slowly, stopped, story } from "./page-parts.mjs";

const dialog = "dialog.export";

async function exporting(page) {
  await page.click('[data-does="export"]');
  await page.waitFor("the dialog", () => document.querySelector("dialog.export canvas") !== null);
}

/** Width and height of a PNG, from its header. */
function sizeOf(png) {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  if (signature.some((byte, i) => png[i] !== byte)) throw new Error("it is no PNG");
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

const picture = (page) => page.download(() => page.click('[data-does="save-picture"]'));

/** Chooses by the words of an option. */
const choose = (page, words) =>
  page.eval((words) => {
    const select = document.querySelector("dialog.export select");
    select.value = [...select.options].find(({ text }) => text.includes(words)).value;
    select.dispatchEvent(new Event("change"));
  }, words);

const views = (page) => page.eval(() => [...document.querySelector("dialog.export select").options].map((o) => o.text));

/** What an SVG's text holds: elements by name, and the words that are written in it. */
const shapes = (page, text) =>
  page.eval((text) => {
    const svg = new DOMParser().parseFromString(text, "image/svg+xml");
    const error = svg.querySelector("parsererror")?.textContent;
    const count = (name) => svg.querySelectorAll(name).length;
    const runs = (text.match(/M\d+ \d+h/g) ?? []).length;
    const words = [...svg.querySelectorAll("text")].map((element) => element.textContent);
    const [rect, path, image] = [count("rect"), count("path[d]"), count("image")];
    return { error, rect, path, image, runs, words, width: Number(svg.documentElement.getAttribute("width")) };
  }, text);

/** The colours of some pixels of a PNG, as the browser reads it. */
const pixels = (page, png, places) =>
  page.eval(
    async ([data, places]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      return places.map(([x, y]) => [...context.getImageData(x, y, 1, 1).data]);
    },
    [png.toString("base64"), places],
  );

export default [
  {
    name: "a picture is saved at the size, in the colours and on the ground that were chosen",
    async run({ page, check }) {
      await stopped(page);
      await exporting(page);
      const twice = await picture(page);
      check.match(twice.name, /^five-icons-the-picture.*\.png$/);
      const [width, height] = sizeOf(twice.content);
      check.ok(width > 1000 && width === height, `${width} × ${height}`);
      check.deepEqual(await pixels(page, twice.content, [[2, 2]]), [[0xf5, 0xf3, 0xed, 255]], "on paper");
      await page.click(`${dialog} label:has([value="4"])`);
      await page.click(`${dialog} label:has([value="dark"])`);
      await page.click('[data-does="transparent"]');
      const large = (await picture(page)).content;
      check.deepEqual(sizeOf(large), [2 * width, 2 * height]);
      // Drawn anew: a line between cells is as thin as at any other size.
      const row = Array.from({ length: 60 }, (_, i) => [4 * 16 + 90 + i, 4 * 16 + 40]);
      const [corner, ...line] = await pixels(page, large, [[2, 2], ...row]);
      check.equal(corner[3], 0, "on nothing");
      const colours = new Set(line.map((colour) => colour.join(" ")));
      check.ok(colours.size <= 4, `sharp: ${[...colours].join("; ")}`);
    },
  },
  {
    name: "every view is offered, and saved as shapes and words",
    async run({ page, check }) {
      await stopped(page);
      await exporting(page);
      const all = await views(page);
      for (const words of ["The picture", "All weights", "Energy", "Likeness", "All memories"]) {
        check.ok(all.includes(words), `${words} among ${all.join(", ")}`);
      }
      check.ok(
        all.some((words) => words.startsWith("The picture with ")),
        all.join(", "),
      );
      await page.click(`${dialog} label:has([value="svg"])`);
      const grid = await picture(page);
      check.match(grid.name, /\.svg$/);
      const cells = await shapes(page, grid.content.toString());
      check.equal(cells.error, undefined);
      check.equal(cells.image, 0);
      check.ok(cells.runs > 50, `${cells.runs} runs of cells`);
      await choose(page, "Energy");
      const curve = await shapes(page, (await picture(page)).content.toString());
      check.ok(curve.path > 3, `${curve.path} lines`);
      check.ok(
        curve.words.some((words) => words.startsWith("Energy")),
        curve.words.join("; "),
      );
      await choose(page, "All weights");
      await page.waitFor("the picture", () => !document.querySelector('[data-does="save-picture"]').disabled);
      const weights = await shapes(page, (await picture(page)).content.toString());
      check.ok(weights.image >= 1, "numbers as an embedded picture");
      await choose(page, "All memories");
      const shelf = await shapes(page, (await picture(page)).content.toString());
      check.ok(shelf.words.includes("heart") && shelf.path >= 5);
    },
  },
  {
    name: "unknown cells are hatched in the file too",
    async run({ page, check }) {
      await stopped(page);
      await page.click('[data-does="choose"]');
      await page.click('[data-preset="12-half-a-picture"]');
      await stopped(page);
      await exporting(page);
      await page.click(`${dialog} label:has([value="svg"])`);
      const text = (await picture(page)).content.toString();
      check.match(text, /<pattern /);
      check.match(text, /fill="url\(#/);
    },
  },
  {
    name: "the curves are a table with a head, in full precision",
    async run({ page, check }) {
      await stopped(page);
      await page.press("r");
      await momentIs(page, 0);
      for (let i = 0; i < 5; i += 1) await page.press(".");
      await momentIs(page, 5);
      await exporting(page);
      const { name, content } = await page.download(() => page.click('[data-does="save-series"]'));
      check.equal(name, "five-icons.csv");
      const [head, ...rows] = content.toString().trimEnd().split("\r\n");
      const names = head.split(",");
      check.deepEqual(names.slice(0, 3), ["time (updates)", "sweep", "energy"]);
      check.ok(names.some((column) => /: heart$/.test(column)));
      const table = rows.map((row) => row.split(",").map(Number));
      check.ok(table.every((row) => row.length === names.length && row.every(Number.isFinite)));
      check.deepEqual(
        table.slice(0, 3).map(([time]) => time),
        [0, 1, 2],
      );
      check.match(await page.text(dialog), new RegExp(`${table.length} rows, ${names.length} columns; every step`));
      const last = table.at(-1);
      check.ok(table[0][2] >= last[2], "the energy fell");
      check.ok(String(last[2]).length > 5, `${last[2]}`);
      check.equal(last[1], last[0] / 256);
    },
  },
  {
    name: "the experiment and its command go together",
    async run({ page, check }) {
      await stopped(page);
      await page.press(".");
      await exporting(page);
      const { name, content } = await page.download(() => page.click('[data-does="save-spec"]'));
      check.equal(JSON.parse(content).v, 1);
      const command = await page.eval(() => document.querySelector("dialog.export .link").value);
      check.match(command, new RegExp(`^engram run ${name} --steps [1-9]\\d* --unit update$`));
    },
  },
  {
    name: "a run waits while its picture is taken, and goes on",
    async run({ page }) {
      await slowly(page);
      await page.waitForText(story, /./);
      await exporting(page);
      await rested(page);
      await page.press("Escape");
      await begun(page);
    },
  },
];
