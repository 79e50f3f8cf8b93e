/** Going on with the same experiment in another network. */
import { audit, opened, openSpec, shared, stopped } from "./page-parts.mjs";

const spec = {
  v: 1,
  model: "hopfield",
  title: "Three",
  patterns: { set: "letters", take: "AJX", size: 10 },
  start: { pattern: 1, corrupt: { flip: 0.2 } },
  params: { rule: "pseudo_inverse" },
  prepare: [{ do: "damage", how: "cut", amount: 0.1 }],
};
const options = () => [...document.querySelectorAll("[data-model]")].map(({ dataset }) => dataset.model);

async function openList(page) {
  await stopped(page);
  await openSpec(page, spec);
  await opened(page);
  await stopped(page);
}

const opens = (page, label) =>
  page.waitFor(`“${label}”`, (label) => document.querySelector(".model-name").textContent.includes(label), label);

export default [
  {
    name: "pictures and cue go along, what is left is told, and Back leads back",
    async run({ page, check }) {
      await openList(page);
      await page.click('[data-does="models"]');
      await page.waitFor("the list", () => document.querySelector("[data-model]") !== null);
      await audit(page, "the list of networks");
      check.ok((await page.eval(options)).length >= 7);
      check.equal(await page.eval(() => document.activeElement.dataset.model), "hopfield");
      await page.press("ArrowDown", "Enter");
      await opens(page, "with temperature");
      await page.waitForText(".notices", /pictures, cue and settings came along/);
      const along = JSON.parse((await shared(page)).spec);
      check.deepEqual([along.model, along.patterns, along.start], ["stochastic", spec.patterns, spec.start]);
      check.deepEqual([along.params, along.prepare], [spec.params, spec.prepare]);
      // To one that learns by no rule, and has no weights to damage.
      await page.click('[data-does="models"]');
      await page.waitFor("the list", () => document.querySelector("[data-model]") !== null);
      await page.press("End");
      const places = await page.eval(options);
      const away = places.length - 1 - places.indexOf("modern");
      await page.press(...Array(away).fill("ArrowUp"), "Enter");
      await page.waitForText(".notices", /does not take .*damage and dreams/);
      const less = JSON.parse((await shared(page)).spec);
      check.deepEqual([less.patterns, less.start, less.prepare], [spec.patterns, spec.start, undefined]);
      await page.eval(() => history.back());
      await opens(page, "with temperature");
    },
  },
  {
    name: "on a phone it is in the menu; of one without pictures the example comes, and then pictures again",
    viewport: { width: 390, height: 844 },
    touch: true,
    async run({ page, check }) {
      await openList(page);
      const turn = async (model) => {
        await page.tap('[data-does="more"]');
        await page.tap('.menu-item[data-does="models"]');
        await page.waitFor("the list", () => document.querySelector("[data-model]") !== null);
        await page.eval(
          (model) =>
            document.querySelector(`[data-model="${model}"]`).scrollIntoView({ block: "center", behavior: "instant" }),
          model,
        );
        await page.tap(`[data-model="${model}"]`);
      };
      await turn("tour");
      await page.waitForText(".notices", /does not take .*pictures/);
      await turn("graded");
      await page.waitForText(".notices", /example of its own/);
      check.ok((await page.count(".card-pick")) > 0, "memories");
    },
  },
];
