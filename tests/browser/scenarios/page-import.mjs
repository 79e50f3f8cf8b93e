/** Pictures and specs from files: dropped, pasted, chosen. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { file, hugePng, movingGif, png, send } from "../lib/files.mjs";
import { chord, size, stopped, story, undisturbed } from "./page-parts.mjs";

const add = '[data-does="add-memories"]';
/** Left half black. */
const half = png(64, 64, (x) => (x < 32 ? 0 : 255));
const option = (key) => `.add [data-key="${key}"] ${key === "size" ? "select" : "input"}`;

/** Waits until so many pictures stand in the dialog and nothing is being read. */
function tiles(page, count) {
  return page.waitFor(
    `${count} pictures`,
    (count) =>
      document.querySelectorAll(".tile").length === count &&
      [...document.querySelectorAll(".tile-picture")].every(({ width }) => width !== 300),
    count,
  );
}

/** The cells of a picture in the dialog, as rows of "#" and "." */
function cells(page, index) {
  return page.eval((index) => {
    const { width, height } = document.querySelectorAll(".tile-picture")[index];
    const { data } = document
      .querySelectorAll(".tile-picture")
      [index].getContext("2d")
      .getImageData(0, 0, width, height);
    return Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_, x) => (data[4 * (y * width + x)] < 128 ? "#" : ".")).join(""),
    );
  }, index);
}

function cellsBecome(page, index, wanted) {
  return page.until(
    async () => `other cells than ${(await cells(page, index)).join("\n")}`,
    async () => (await cells(page, index)).join() === wanted.join(),
  );
}

const share = (rows) => rows.join("").replaceAll(".", "").length / rows.join("").length;
const names = (page) => page.eval(() => [...document.querySelectorAll(".card-name")].map((name) => name.textContent));

export default [
  {
    name: "pictures dropped anywhere are seen as cells, added as one edit, and one undo takes them back",
    async run({ page, check }) {
      await stopped(page);
      const before = await names(page);
      check.ok(await send(page, "drag", { files: [file("half.png", half)] }), "the page says what can be dropped");
      await send(page, "drop", {
        files: [
          file("half.png", half),
          file(
            "a/dark cross.v2.png",
            png(40, 40, (x, y) => (x === y ? 0 : 255)),
          ),
        ],
      });
      await tiles(page, 2);
      const [width, height] = await size(page);
      const row = "#".repeat(width / 2) + ".".repeat(width / 2);
      await cellsBecome(page, 0, Array(height).fill(row));
      await page.click(add);
      await page.waitForText(".notice", "Added 2 memories");
      check.deepEqual(await names(page), [...before, "half", "dark cross.v2"]);
      await page.click("text=Undo");
      await page.waitFor(
        "the memories as before",
        (n) => document.querySelectorAll(".card").length === n,
        before.length,
      );
    },
  },
  {
    name: "threshold, invert and centre are seen at once, for all pictures or for one",
    async run({ page, check }) {
      await stopped(page);
      // Four greys in stripes, and a small square in a corner.
      const stripes = png(64, 64, (x) => [20, 90, 160, 230][x >> 4]);
      const corner = png(64, 64, (x, y) => (x >= 4 && x < 16 && y >= 8 && y < 20 ? 30 : 250));
      await send(page, "drop", { files: [file("stripes.png", stripes), file("corner.png", corner)] });
      await tiles(page, 2);
      const stripe = (ink) => Array(16).fill("#".repeat(ink) + ".".repeat(16 - ink));
      await cellsBecome(page, 0, stripe(8));
      await page.set(option("threshold"), 0.8);
      await cellsBecome(page, 0, stripe(12));
      check.equal(await page.eval(() => document.querySelector('[data-key="own-threshold"] input').checked), false);
      await page.click('[data-key="own-threshold"] label');
      await cellsBecome(page, 0, stripe(8));
      await page.click('[aria-label="Invert stripes alone"]');
      await cellsBecome(page, 0, Array(16).fill("........########"));
      await page.click('[data-key="invert"] label');
      await cellsBecome(page, 0, stripe(8));
      check.ok(share(await cells(page, 1)) > 0.9, "the other one is inverted now");
      await page.click('[data-key="invert"] label');
      await page.click('[data-key="centre"] label');
      const square = Array.from({ length: 16 }, (_, y) =>
        y === 0 || y === 15 ? ".".repeat(16) : `.${"#".repeat(14)}.`,
      );
      await cellsBecome(page, 1, square);
    },
  },
  {
    name: "greys become as many dots as they are dark",
    async run({ page, check }) {
      await stopped(page);
      const greys = [64, 128, 192].map((grey) =>
        file(
          `${grey}.png`,
          png(64, 64, () => grey),
        ),
      );
      await send(page, "drop", { files: greys });
      await tiles(page, 3);
      await page.click('[data-key="dither"] label');
      await page.waitFor("dots", () => {
        const canvas = document.querySelectorAll(".tile-picture")[1];
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, 2);
        const dark = data.filter((value, i) => i % 4 === 0 && value < 128).length;
        return dark > 0 && dark < data.length / 4;
      });
      for (const [i, ink] of [0.75, 0.5, 0.25].entries()) {
        const part = share(await cells(page, i));
        check.ok(Math.abs(part - ink) < 0.03, `${part} of the cells are ink, for ${ink}`);
      }
    },
  },
  {
    name: "what is no picture is listed with its reason, and the rest go on",
    async run({ page, check }) {
      await stopped(page);
      const broken = Buffer.concat([half.subarray(0, 40), Buffer.from("nothing that a picture has")]);
      await send(page, "drop", {
        files: [
          file("empty.png", ""),
          file("song.mp3", "not at all", "audio/mpeg"),
          file("broken.png", broken),
          { name: "heavy.png", type: "image/png", content: "", size: 31e6 },
          file("huge.png", hugePng(9000, 6000)),
          file(
            "clear.png",
            png(32, 32, (x) => [0, x < 16 ? 255 : 0]),
          ),
          file("moving.gif", movingGif(), "image/gif"),
          file(
            "tiny.png",
            png(1, 1, () => 0),
          ),
        ],
      });
      await tiles(page, 3);
      const refused = await page.waitFor("the reasons", () => {
        const lines = [...document.querySelectorAll(".refusals li")].map((line) => line.textContent);
        return lines.length === 5 && lines;
      });
      check.deepEqual(refused, [
        "empty.png: the file is empty.",
        "song.mp3: it is not a picture that this browser can read.",
        "broken.png: it is damaged, and could not be read.",
        "heavy.png: it has 31 MB; up to 30 MB are read.",
        "huge.png: it has 9,000 × 6,000 pixels; up to 50 megapixels are read.",
      ]);
      const row = "#".repeat(8) + ".".repeat(8);
      await cellsBecome(page, 0, Array(16).fill(row));
      check.match(await page.text(".tile:nth-child(2) .tile-mark"), /first frame/);
      check.equal((await cells(page, 1))[8], row, "the first frame has its left pixel dark");
      check.equal(share(await cells(page, 2)), 1);
      await page.waitForText(".tile:nth-child(3) .tile-mark", "All cells are alike");
      await page.waitForText(add, "Add 2 memories");
    },
  },
  {
    name: "a drawing of lines is rasterised at its own shape, and nothing in it runs",
    async run({ page, check }) {
      await stopped(page);
      const svg = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20" onload="top.hit=1">
        <script>top.hit = 1</script><rect width="10" height="10" style="fill:#000"/></svg>`;
      await send(page, "drop", { files: [file("half.svg", svg, "image/svg+xml")] });
      await tiles(page, 1);
      const rows = [...Array(8).fill("....########...."), ...Array(8).fill(".".repeat(16))];
      await cellsBecome(page, 0, rows);
      check.equal(await page.eval(() => globalThis.hit), undefined);
    },
  },
  {
    name: "what is too like a memory or another picture is marked with the number before it is stored",
    async run({ page }) {
      await stopped(page);
      const almost = png(64, 64, (x, y) => (x < 32 || y < 8 ? 0 : 255));
      await send(page, "drop", {
        files: [file("one.png", half), file("two.png", half), file("three.png", almost)],
      });
      await tiles(page, 3);
      await page.waitForText(".tile:nth-child(2) .tile-mark", "same as “one”");
      // 16 of 256 cells differ.
      await page.waitForText(".tile:nth-child(3) .tile-mark", "+0.88 “one”");
      await page.waitForText(add, "Add 2 memories");
      await page.click("text=Leave out");
      await page.waitForText(add, "Add 1 memory");
      await page.click('[aria-label="Add two"]');
      await page.waitForText(add, "Add 2 memories");
    },
  },
  {
    name: "pictures of another size open as an experiment with the same settings, and Back returns",
    async run({ page, check }) {
      await stopped(page);
      const rule = () => page.eval(() => document.querySelector('[data-key="rule"] select').value);
      await page.set('[data-key="rule"] select', "storkey");
      await page.waitFor("the link", () => location.hash.includes("storkey"));
      await send(page, "drop", { files: [file("half.png", half)] });
      await tiles(page, 1);
      await page.eval(() => {
        const box = document.querySelector('.add [data-key="size"] select');
        box.value = [...box.options].find(({ text }) => text === "24 × 24").value;
        box.dispatchEvent(new Event("change"));
      });
      await page.waitForText(".size-note", "new experiment");
      const link = await page.eval(() => location.hash);
      await page.click(add);
      await page.waitForText(story, "“half”");
      await page.waitFor("its link", (link) => location.hash !== link, link);
      check.deepEqual(await size(page), [24, 24]);
      check.equal(await rule(), "storkey");
      await page.eval(() => history.back());
      await page.waitFor("the five again", () => document.querySelectorAll(".card").length === 5);
      check.equal(await rule(), "storkey");
    },
  },
  {
    name: "files are chosen with the browser's own dialog, sixty at once, and reading can be stopped",
    async run({ page, check }) {
      await stopped(page);
      const folder = await mkdtemp(join(tmpdir(), "engram-"));
      try {
        const paths = [];
        // Small to store, and long to decode.
        const large = hugePng(3000, 3000);
        for (let i = 0; i < 60; i += 1) {
          const path = join(folder, `dot ${i}.png`);
          await writeFile(path, large);
          paths.push(path);
        }
        await page.click('[data-does="add"]');
        await page.click("text=Pictures");
        // Pressed by the page itself, as soon as there is a picture: a driver may be late.
        await page.eval(() => {
          globalThis.__said = "";
          const watch = new MutationObserver(() => {
            if (document.querySelectorAll(".tile").length === 0) return;
            watch.disconnect();
            globalThis.__said = document.querySelector(".add .reading").textContent;
            document.querySelector(".add .reading .button").click();
          });
          watch.observe(document.querySelector(".add"), { childList: true, subtree: true });
        });
        const input = await page.tab.$('.add input[type="file"]');
        if (input.uploadFile) await input.uploadFile(...paths);
        else await input.setInputFiles(paths);
        check.match(await page.waitFor("the first picture", () => globalThis.__said), /Read \d+ of 60 files/);
        const read = await page.waitFor("reading to stop", () => {
          const count = document.querySelectorAll(".tile").length;
          return document.querySelector(".reading").hidden && count;
        });
        check.ok(read > 0 && read < 60, `${read} were read before it stopped`);
        check.equal(await page.text(".add .field-error"), "");
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  },
  {
    name: "a picture is pasted, and text is pasted into fields",
    async run({ page, check }) {
      await stopped(page);
      await send(page, "paste", { files: [file("image.png", half)] });
      await tiles(page, 1);
      await page.click("text=Letters");
      await send(page, "paste", { texts: { "text/plain": '{"v":1}' }, to: '.add input[type="text"]' });
      await page.press("Escape");
      await undisturbed(page);
      check.equal(await page.text("#problem"), "", "what was pasted into a field was not opened");
    },
  },
  {
    name: "a spec dropped as a file is opened, several are told, and so is what is none",
    async run({ page, check }) {
      await stopped(page);
      const spec = (title, bits) =>
        file(
          `${title}.json`,
          JSON.stringify({ v: 1, model: "hopfield", title, patterns: { width: 2, height: 2, bits } }),
          "application/json",
        );
      await send(page, "drop", { files: [spec("first", ["1100"]), spec("second", ["1010"])] });
      await page.waitFor("a grid of 2 × 2", () => document.querySelectorAll(".card").length === 1);
      check.deepEqual(await size(page), [2, 2]);
      await page.waitForText(".notices", "Opened “first.json”, and not 1 other spec");
      await send(page, "drop", { texts: { "text/plain": "hello" } });
      await page.waitForText(".notices", "neither a picture, nor a spec, nor a link");
      await send(page, "drop", {
        texts: { "text/uri-list": "https://example.org/#v=1&m=hopfield&p=3x1:101", "text/plain": "x" },
      });
      await page.waitFor("the link's experiment, or what is wrong with it", () =>
        /checksum|cut short|has no end|changed/i.test(document.querySelector("#problem").textContent),
      );
      check.ok(await page.count("#problem:not([hidden])"));
    },
  },
  {
    name: "a picture dropped on the open dialog joins those that are there",
    viewport: { width: 390, height: 844 },
    touch: true,
    async run({ page, check }) {
      await stopped(page);
      await page.click('[data-does="add"]');
      await page.waitFor("the dialog", () => document.querySelector("dialog.add") !== null);
      await send(page, "drop", { files: [file("half.png", half)], to: "dialog.add" });
      await tiles(page, 1);
      await send(page, "drop", {
        files: [
          file(
            "tiny.png",
            png(2, 2, (x, y) => (x === y ? 0 : 255)),
          ),
        ],
        to: "dialog.add",
      });
      await tiles(page, 2);
      check.equal(await page.count("dialog"), 1);
      const wide = await page.eval(() => document.querySelector(".add .dialog-body").scrollWidth - innerWidth);
      check.ok(wide <= 0, "nothing scrolls sideways");
      await chord(page, "Shift", "Tab");
      await page.press("Escape");
      await undisturbed(page);
    },
  },
];
