/** The embed works wherever a file can be put: a sandboxed frame, a folder, no net. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { across, framed, heard, here, inside, order, send, waitHeard } from "./embed-parts.mjs";

const sandbox = "allow-scripts";

export default [
  {
    name: "a double click on the file is enough: it asks for nothing else",
    allow: [/request to another origin: file:/],
    path: "embed.html",
    async run({ page, check, site }) {
      await here(page).open();
      page.requests.length = 0;
      await page.open(`${pathToFileURL(join(site.dist, "embed.html"))}#ui=story`);
      const embed = here(page);
      await embed.open();
      await embed.waitFor("the end", () => /remembered/.test(document.querySelector("#story-now").textContent));
      const asked = page.requests.filter((url) => !/^(blob|data|about):/.test(url));
      check.ok(
        asked.every((url) => url.startsWith("file:") && /embed\.html/.test(url)),
        asked.join(),
      );
      check.equal(await embed.text("[data-does=copy-hash]"), "Copy the link", "it does not know of a lab");
    },
  },
  {
    name: "in a sandboxed frame of another origin it runs, tells its height and how it stands",
    allow: [across],
    path: "embed.html",
    async run({ page, check, site }) {
      await here(page).open();
      page.requests.length = 0;
      const stop = await framed(page, [
        { src: `${site.url}embed.html`, sandbox, title: "demo", name: "one", style: "width: 700px" },
      ]);
      const embed = await inside(page);
      await embed.open();
      check.equal(await embed.eval(() => self.origin), "null");
      const ready = await waitHeard(page, "ready");
      check.deepEqual([ready.source, ready.v, ready.id], ["engram", 1, "one"]);
      await page.waitFor("the end", () => globalThis.heard.some((one) => one.type === "state" && one.settled));
      const high = () => embed.eval(() => Math.ceil(document.querySelector("#frame").getBoundingClientRect().height));
      const said = async () => (await heard(page, "resize")).at(-1).height;
      await page.until(
        async () => `a height: it said ${await said()} and is ${await high()}`,
        async () => (await said()) === (await high()),
      );
      const height = await said();
      const { outcome, running, hash } = (await heard(page, "state")).at(-1);
      check.deepEqual([outcome, running], ["recalled", false]);
      check.equal(hash, await embed.hash());
      const asked = page.requests.filter((url) => url.startsWith(site.origin));
      check.deepEqual(asked, [`${site.url}embed.html`], "nothing but the file itself");
      // The frame's own height changes nothing of the height it asks for.
      await page.eval(() => {
        document.querySelector("iframe").style.height = "3000px";
      });
      await new Promise((resolve) => setTimeout(resolve, 300));
      check.equal(await said(), height);
      await stop();
    },
  },
  {
    name: "the page around it may order play, pause and reset; nobody else may, and nothing else",
    allow: [across],
    path: "embed.html",
    async run({ page, check, site }) {
      const stop = await framed(page, [
        { src: `${site.url}embed.html#autoplay=0`, sandbox, title: "demo" },
        { srcdoc: "<p>A neighbour</p>", title: "neighbour" },
      ]);
      const embed = await inside(page);
      await embed.open();
      const start = await embed.hash();
      await new Promise((resolve) => setTimeout(resolve, 1200));
      check.equal(await embed.hash(), start, "it waits to be asked");
      await page.eval(() => {
        const { contentWindow } = document.querySelectorAll("iframe")[1];
        const script = contentWindow.document.createElement("script");
        script.textContent = `parent.frames[0].postMessage({ target: "engram", v: 1, type: "play" }, "*")`;
        contentWindow.document.body.append(script);
      });
      await new Promise((resolve) => setTimeout(resolve, 500));
      check.equal(await embed.hash(), start, "a neighbour is not listened to");
      await send(page, order("stop"));
      check.match((await waitHeard(page, "refused")).message, /stop/);
      await send(page, { target: "somebody else", type: "play" });
      await send(page, "play");
      await new Promise((resolve) => setTimeout(resolve, 300));
      check.equal(await embed.hash(), start);
      await send(page, order("play"));
      await embed.waitFor("a run", () => document.querySelector("#lab").dataset.running === "true");
      await send(page, order("pause"));
      await embed.rested();
      check.notEqual(await embed.hash(), start);
      await send(page, order("reset"));
      await embed.waitFor("the start", (start) => document.querySelector("#lab").dataset.hash === start, start);
      await stop();
    },
  },
];
