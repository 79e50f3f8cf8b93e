/** The page is what the machine and the experiment say: steps, endings, bounds, what is left out, how fast it begins. */
import {
  begun,
  moment,
  momentIs,
  opened,
  openSpec,
  pretend,
  rested,
  shared,
  specWith,
  stopped,
  story,
} from "./page-parts.mjs";

const next = "#story-try";
const visible = (page, selector) =>
  page.eval((selector) => document.querySelector(selector)?.checkVisibility() === true, selector);

/** Opens the experiment again, so that what is pretended is heard. */
async function again(page, more = {}) {
  await openSpec(page, await specWith(page, more));
  await opened(page);
}

export default [
  {
    name: "the steps are the machine's, by its names",
    async run({ page, check }) {
      await stopped(page);
      const steps = [
        {
          key: "update",
          label: "one spin",
          help: "Ask one spin of the lattice",
          clock: "spin",
          one: "spin",
          many: "spins",
        },
      ];
      await pretend(page, { description: { steps } });
      await again(page);
      await stopped(page);
      check.equal(await page.text(".steps"), "one spin");
      check.equal(await page.count(".steps button"), 4);
      check.equal(
        await page.eval(() => document.querySelector('[data-does="update"]').title),
        "Ask one spin of the lattice (.)",
      );
      await page.press("r");
      await momentIs(page, 0);
      await page.press(">");
      await page.press(".");
      await momentIs(page, 1);
      await page.click("text=About this experiment");
      // What the note pushes down is pushed down by then.
      await page.waitFor("the note", () => document.querySelector("dialog math") !== null);
      await page.click("text=Keys of the keyboard");
      await page.waitForText(".keys", "one spin");
      check.doesNotMatch(await page.text(".keys"), /neuron|sweep/);
    },
  },
  {
    name: "an ending that the page does not know is told in the machine's word, and sampling in plain ones",
    async run({ page, check }) {
      await stopped(page);
      await pretend(page, { frame: { outcome: { kind: "limit_cycle" } } });
      await page.press(".");
      await page.waitForText(story, "limit cycle");
      check.ok((await page.text(next)).length > 10);
      const reads = { sweeps: 12, outcome: { kind: "recalled", memory: 1 } };
      await pretend(page, { frame: { outcome: { kind: "not_settled", unstable: 3, sampling: true, reads } } });
      await page.press(".");
      await page.waitForText(story, /as long as there is heat.* Its average over the last 12 sweeps is “heart”/);
    },
  },
  {
    name: "without memories, rules and ways to spoil, none are spoken of and none leave a hole",
    async run({ page, check }) {
      await stopped(page);
      await pretend(page, {
        description: { controls: [], actions: [] },
        session: { memories: [] },
        frame: { outcome: { kind: "spurious", nearest: null }, perMemory: new Array(0) },
      });
      await again(page, { view: {} });
      await rested(page);
      await page.waitForText(story, /^(After .*|At once) it came to rest/);
      const said = `${await page.text(story)} ${await page.text(next)}`;
      check.doesNotMatch(said, /memor|spurious|stored|rule|spoil|controls/i);
      for (const part of ["#shelf", "#spoil", ".chart.bars"]) check.ok(!(await visible(page, part)), part);
      const { x } = await page.box(".stage");
      check.ok(x < 120, `the picture begins at ${x}`);
    },
  },
  {
    name: "what an experiment leaves out leaves no hole, and names that mean nothing do no harm",
    async run({ page, check }) {
      await stopped(page);
      const [rule] = await page.eval(() => [...document.querySelectorAll(".kept .field")].map((f) => f.dataset.key));
      const hide = [
        "seed",
        "speed",
        "charts",
        "controls",
        "shelf",
        "spoil",
        "share",
        "no such part",
        "__proto__",
        rule,
      ];
      const spec = await specWith(page, {});
      await openSpec(page, { ...spec, view: { hide, keep: [rule] } });
      await opened(page);
      for (const part of [".seed-box", ".speed", "#charts", "#shelf", "#spoil", '[data-does="controls"]', ".kept"]) {
        check.ok(!(await visible(page, part)), `${part} is left out`);
      }
      for (const part of [story, ".grid-canvas", "#transport", ".pick"]) check.ok(await visible(page, part), part);
      const stage = await page.box(".stage");
      check.ok(stage.x < 320 && 1280 - stage.x - stage.width < 320, "the picture has the middle of the page");
      check.ok(Math.abs(stage.x - (1280 - stage.x - stage.width)) < 2, "exactly");
      await openSpec(page, { ...spec, title: "With controls", view: { hide: [rule] } });
      await page.click('[data-does="controls"]');
      check.ok((await page.count("#drawer .field")) > 0);
      check.equal(
        await page.eval((rule) => document.querySelectorAll(`#drawer [data-key="${rule}"]`).length, rule),
        0,
        "a setting that is left out is not in the drawer",
      );
      await page.press("Escape");
      await openSpec(page, { ...spec, title: "Whole again", view: { hide: ["story", "transport"] } });
      check.ok(!(await visible(page, "#story")) && !(await visible(page, "#transport")));
      check.ok(await visible(page, "#charts"), "what was left out is back");
      const { y } = await page.box(".stage");
      check.ok(y < 90, `the picture begins ${y} pixels down`);
    },
  },
  {
    name: "left out on a phone, the transport leaves its room to the rest",
    viewport: { width: 390, height: 844 },
    touch: true,
    async run({ page, check }) {
      await opened(page);
      const room = () =>
        page.eval(() => Number.parseFloat(getComputedStyle(document.querySelector("#lab")).paddingBottom));
      check.ok((await room()) > 100);
      await pretend(page, { session: { hide: ["transport"] } });
      await page.press("r");
      await page.tap('[data-does="blank"]');
      await page.waitFor("it to go", () => !document.querySelector("#transport").checkVisibility());
      check.ok((await room()) < 30);
    },
  },
  {
    name: "an experiment begins as fast as it says, and then the visitor has the say",
    async run({ page, check }) {
      await stopped(page);
      const said = () => page.text(".speed output");
      await page.set('[data-does="speed"]', 90);
      const own = await said();
      await again(page, { title: "Slow", view: { speed: 5 } });
      check.equal(await said(), "5 steps/s");
      await begun(page);
      await page.waitFor("its first step", () => document.querySelector(".timeline-slider").value > 0);
      // A machine that is busy otherwise may stand still now and then; too fast it never is.
      const rates = [];
      while (!(rates.at(-1) > 2) && rates.length < 8) {
        const [from, since] = [await moment(page), performance.now()];
        await new Promise((resolve) => setTimeout(resolve, 1600));
        rates.push(((await moment(page)) - from) / ((performance.now() - since) / 1000));
      }
      check.ok(rates.at(-1) > 2 && rates.at(-1) < 9, `${rates} updates a second`);
      await page.set('[data-does="speed"]', 90);
      check.equal(await said(), own);
    },
  },
  {
    name: "importance has the machine's bounds, or the spec's, and a refusal is seen",
    async run({ page, check }) {
      await stopped(page);
      const sheet = async () => {
        await page.eval(() => document.querySelector(".card .card-tools button").click());
        await page.box(".dialog");
      };
      const field = '.dialog [data-key="value"]';
      const typed = async (number) => {
        await page.type(`${field} .number`, number);
        await page.press("Enter");
      };
      await sheet();
      await typed("-101");
      await page.waitForText(`${field} .field-error`, "from −100 to 100");
      await typed("-40");
      await page.waitFor("the link", () => location.hash.length > 20);
      await page.press("Escape");
      const spec = JSON.parse((await shared(page)).spec);
      check.equal(spec.patterns.importance[0], -40);
      const kind = (most) => ({
        type: "number",
        min: -most,
        max: most,
        step: 1,
        scale: "linear",
        default: 1,
        percent: false,
      });
      const value = { key: "value", label: "weight", symbol: "", unit: "", help: "How much", group: "", when: [] };
      const actions = (most) => [
        { key: "importance", label: "", help: "", group: "memory", args: [{ ...value, kind: kind(most) }] },
        { key: "clear", label: "clear", help: "", group: "cue", args: [] },
      ];
      await pretend(page, { description: { actions: actions(2) } });
      await again(page);
      await sheet();
      await typed("5");
      await page.waitForText(`${field} .field-error`, "from −2 to 2");
      await page.press("Escape");
      await pretend(page, { description: { actions: actions(1000) } });
      await again(page, { title: "Wide" });
      await sheet();
      await typed("-500");
      await page.waitForText(".dialog .notice", /-500|−500/);
      await page.press("Escape");
      await page.waitForText(".notice", /500/);
    },
  },
];
