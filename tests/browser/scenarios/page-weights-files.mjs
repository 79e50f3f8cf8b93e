/** Weights as files: machines that come ready, and what was learned, taken away and opened again. */
import { file, send } from "../lib/files.mjs";
import { opened, story } from "./page-parts.mjs";

/** A machine of two layers that has learned small digits; the checksum is that of a link written by hand. */
const READY = "v=1&e=3&m=deep_boltzmann&learned=digits-layers&data=digits&epochs=0&hidden_1=100&hidden_2=64";

/** CRC-32 of a text, in hexadecimal. */
function checksum(text) {
  let sum = ~0;
  for (const byte of Buffer.from(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (~sum >>> 0).toString(16).padStart(8, "0");
}

const hash = `#${READY}&k=${checksum(READY)}`;

async function exporting(page) {
  await page.click('[data-does="export"]');
  await page.waitFor("the dialog", () => document.querySelector('dialog.export [data-does="save-weights"]') !== null);
}

/** Saves what was learned, in the format that is chosen. */
const saved = (page) => page.download(() => page.click('[data-does="save-weights"]'));

/** The head of a file of safetensors. */
function headOf(content) {
  const length = Number(content.readBigUInt64LE(0));
  return JSON.parse(content.subarray(8, 8 + length).toString());
}

/** The line of the link that names the weights. */
const learned = (page) => page.eval(() => new URLSearchParams(location.hash.slice(1)).get("learned"));

const title = (page) => page.text(".preset-name");

export default [
  {
    name: "a machine that comes ready dreams at once, from one file of weights and one of pictures",
    hash,
    async run({ page, check }) {
      await opened(page);
      await page.waitForText(story, /dreams by the weights it was given/);
      const fetched = page.requests.filter((url) => url.includes("/data/")).map((url) => url.split("/data/")[1]);
      check.deepEqual(fetched, ["digits8.bin", "ready/digits-layers.safetensors"]);
    },
  },
  {
    name: "what was learned is saved in both formats, opened again, and there after a reload",
    hash,
    async run({ page, check }) {
      await opened(page);
      await exporting(page);
      const one = await saved(page);
      check.match(one.name, /\.safetensors$/);
      const head = headOf(one.content);
      check.deepEqual(head.weights_1.shape, [100, 64]);
      check.equal(JSON.parse(head.__metadata__.spec).model, "deep_boltzmann");
      check.match(
        await page.eval(() => document.querySelector("dialog.export .spec").value),
        /load_file\(".*\.safetensors"\)/,
      );
      await page.click('dialog.export label:has([value="npz"])');
      const other = await saved(page);
      check.match(other.name, /\.npz$/);
      check.equal(other.content.readUInt32LE(0), 0x04034b50, "it begins as archives do");
      check.match(await page.eval(() => document.querySelector("dialog.export .spec").value), /np\.load/);
      await page.press("Escape");
      // The same experiment with the weights from the archive, which does not say of which machine they are.
      for (const [name, { content }] of [
        ["mine.npz", other],
        ["own.safetensors", one],
      ]) {
        await send(page, "drop", { files: [file(name, content)] });
        await page.waitFor(
          "the weights",
          (title) => document.querySelector(".preset-name").textContent === title,
          name.split(".")[0],
        );
        await page.waitForText(story, /dreams by the weights it was given/);
        await page.until("a link with weights of its own", async () => /^own-[0-9a-f]{16}$/.test(await learned(page)));
      }
      await exporting(page);
      const again = await saved(page);
      const numbers = (content) => content.subarray(8 + Number(content.readBigUInt64LE(0)));
      check.equal(Buffer.compare(numbers(again.content), numbers(one.content)), 0, "the same numbers");
      await page.press("Escape");
      const name = await learned(page);
      await page.reload();
      await opened(page);
      await page.waitForText(story, /dreams by the weights it was given/);
      check.equal(await learned(page), name);
    },
  },
  {
    name: "a file that is broken, or of another machine, is refused in words, and what is open stays",
    hash,
    async run({ page, check }) {
      await opened(page);
      const before = await title(page);
      for (const [name, content, says] of [
        ["broken.safetensors", Buffer.from("<!doctype html>"), "is neither .safetensors"],
        ["broken.npz", Buffer.from("PK and no archive"), "no archive of NumPy arrays"],
      ]) {
        await send(page, "drop", { files: [file(name, content)] });
        await page.waitForText(".notice.warning", says);
        await page.waitForText(".notice.warning", name);
        check.equal(await title(page), before);
        await page.click(".notice.warning button");
      }
    },
  },
];
