/** Machines side by side: put there, drawn on, swapped, linked and taken away again. */
import { audit, hurried, middle, opened, rested, slowly, stopped, story } from "./page-parts.mjs";

const seats = ".seat-name";
const names = (page) =>
  page.eval((seats) => [...document.querySelectorAll(seats)].map((one) => one.textContent), seats);
const table = (page) =>
  page.eval(() =>
    [...document.querySelectorAll(".company-table tbody tr")].map((row) =>
      [...row.querySelectorAll("td")].map((cell) => cell.textContent),
    ),
  );
const count = (page, wanted) =>
  page.waitFor(`${wanted} of them`, (wanted) => document.querySelectorAll(".seat-name").length === wanted, wanted);

/** The ready set that has so many, and the most of them. */
async function ready(page) {
  await page.click('[data-does="compare"]');
  await page.waitFor("the dialog", () => document.querySelector(".company-set") !== null);
  return page.eval(() => {
    const parts = (set) => set.querySelector(".company-parts").textContent.split(" | ");
    const sets = [...document.querySelectorAll(".company-set")];
    const most = sets.reduce((a, b) => (parts(b).length > parts(a).length ? b : a));
    most.click();
    return parts(most).length;
  });
}

/** A small network that opens on all of its states, beside one that has them too and one that has not. */
const FIGURES =
  "#v=1&e=3&m=hopfield&p=3x3.toA.44A&state=soA&beside=,rule:storkey&beside=modern&view=keep:rule,figure:landscape,speed:4&title=Four&k=f15e268e";

/** Networks with heat, which come to no rest: the first two have a memory as their average, the third is too hot. */
const WARM =
  "#v=1&e=3&m=stochastic&set=letters&size=16&take=AJX&temperature=0.55&window=30&start=0&flip=0.2&beside=,temperature:0.3&beside=,temperature:1.2&view=keep:temperature,keep:window&title=Warm%20ones&text=It%20never%20rests,%20and%20no%20moment%20shows%20the%20picture.%20The%20average%20over%20many%20moments%20does.&k=dc003090";

/** How many pixels of each figure beside the leader's are drawn on. */
const drawnBeside = (page) =>
  page.eval(() =>
    [...document.querySelectorAll(".seat-box .figure-canvas")].map((canvas) => {
      if (!canvas.checkVisibility() || canvas.width === 0) return 0;
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((alpha, at) => at % 4 === 3 && alpha > 0).length;
    }),
  );

export default [
  {
    name: "a run that does not rest is counted by its average",
    hash: WARM,
    async run({ page, check }) {
      await slowly(page, 100);
      await page.waitFor(
        "sixty sweeps",
        () => document.querySelector(".timeline-slider").value > 60 * 256,
        null,
        60_000,
      );
      await page.click('[data-does="play"]');
      await rested(page);
      await page.waitForText(story, "2 of 3 networks remembered “A”, in their averages.");
      const ends = (await table(page)).map(([ended]) => ended);
      check.deepEqual(ends.slice(0, 2), Array(2).fill("Remembered “A”, in its average"));
      check.match(ends[2], /^A picture nobody stored, in its average$/);
    },
  },
  {
    name: "a figure of the one that leads is drawn for each that has it, and the others keep their grids",
    hash: FIGURES,
    async run({ page, check }) {
      await opened(page);
      await count(page, 3);
      await page.waitFor("the figure that the link asks for", () => document.querySelector("#stage").dataset.figure);
      check.equal(await page.eval(() => document.querySelector("#stage").dataset.figure), "landscape");
      const drawn = (wanted) =>
        page.until(
          async () => `${wanted} to be drawn: ${await drawnBeside(page)} pixels`,
          async () => {
            const found = await drawnBeside(page);
            return found.length === wanted && found.every((pixels) => pixels > 500);
          },
        );
      await drawn(1);
      const label = () =>
        page.eval(() => document.querySelector(".seat-box .figure-canvas").getAttribute("aria-label"));
      check.match(await label(), /^Storkey.*All 512 states/);
      const grids = () =>
        page.eval(() => [...document.querySelectorAll(".seat-canvas")].map((canvas) => canvas.checkVisibility()));
      check.deepEqual(await grids(), [false, true]);
      await audit(page, "figures side by side");
      await page.set('.views input[value="network"]', true);
      await drawn(1);
      await page.waitFor("its own words", () =>
        document.querySelector(".seat-box .figure-canvas").getAttribute("aria-label").includes("Network"),
      );
      await page.waitFor("the link", () => location.hash.includes("figure:network"));
      await page.set('.views input[value=""]', true);
      check.deepEqual(await grids(), [true, true]);
      await page.waitFor("the link", () => !location.hash.includes("figure:"));
      // What is chosen outlasts a reload, as the rest of the link does.
      await page.set('.views input[value="spectrum"]', true);
      await page.waitFor("the link", () => location.hash.includes("figure:spectrum"));
      const address = await page.url();
      await page.open(address);
      await opened(page);
      await page.waitFor("the spectrum", () => document.querySelector("#stage").dataset.figure === "spectrum");
    },
  },
  {
    name: "a ready set stands side by side, runs as one, and goes through reload and the link",
    async run({ page, check, site }) {
      await stopped(page);
      const wanted = await ready(page);
      check.equal(wanted, 4);
      await count(page, wanted);
      await hurried(page);
      await rested(page);
      await page.waitForText(story, /networks? remembered/);
      const ends = await table(page);
      check.equal(ends.length, wanted);
      check.ok(
        ends.every(([ended, sweeps]) => ended !== "" && Number(sweeps) >= 0),
        JSON.stringify(ends),
      );
      const before = await names(page);
      await page.waitFor("the link", () => location.hash.includes("beside="));
      const address = await page.url();
      await page.reload();
      await opened(page);
      await count(page, wanted);
      check.deepEqual(await names(page), before, "after a reload");
      await page.open(`${site.url}${address.slice(address.indexOf("#"))}`);
      await opened(page);
      await count(page, wanted);
      check.deepEqual(await names(page), before, "through the link");
      await audit(page, "side by side");
    },
  },
  {
    name: "one is put beside, leads, and is taken away; what is drawn is drawn for all",
    async run({ page, check }) {
      await stopped(page);
      await page.click('[data-does="compare"]');
      await page.waitFor("the dialog", () => document.querySelector(".company-add select") !== null);
      await audit(page, "the dialog");
      const press = (text) =>
        page.eval((text) => {
          const buttons = [...document.querySelectorAll(".company-dialog button")];
          buttons.find((one) => one.textContent === text).click();
        }, text);
      await press("Put it beside");
      await page.waitForText(".company-dialog .field-error", /already/);
      const choice = ".company-value select";
      const other = await page.eval((choice) => document.querySelector(choice).options[1].value, choice);
      await page.set(choice, other);
      await press("Put it beside");
      await count(page, 2);
      const [first, second] = await names(page);
      check.notEqual(first, second);
      await press("Let it lead");
      await page.waitFor(
        "the other to lead",
        (second) => document.querySelector(".seat-name")?.textContent === second,
        second,
      );
      check.deepEqual(await names(page), [second, first]);
      await stopped(page);
      const pixels = () =>
        page.eval(() => {
          const canvas = document.querySelector(".seat-canvas");
          return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.join();
        });
      const before = await pixels();
      await page.click(".grid-canvas", ...(await middle(page, 1, 2)));
      await page.waitForText(story, "You changed the picture");
      await page.waitFor("the start", () => Number(document.querySelector(".timeline-slider").value) === 0);
      check.notEqual(await pixels(), before, "the other has the same picture");
      await page.click('[data-does="compare"]');
      await page.click('[aria-label^="Take away"]');
      await count(page, 0);
      await page.press("Escape");
      check.equal(await page.eval(() => document.querySelector("#stage").hasAttribute("data-company")), false);
      await page.click('[aria-label^="Undo"]');
      await count(page, 2);
    },
  },
  ...[320, 390].map((width) => ({
    name: `four fit at ${width} pixels`,
    viewport: { width, height: 844 },
    touch: true,
    async run({ page, check }) {
      await opened(page);
      await page.eval(() => document.querySelector('[data-does="compare"]').click());
      await page.waitFor("the dialog", () => document.querySelector(".company-set") !== null);
      await page.eval(() => document.querySelector(".company-set").click());
      await page.waitFor("some", () => document.querySelectorAll(".seat-name").length > 1);
      const wide = await page.eval(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      check.equal(wide, 0, "nothing scrolls sideways");
    },
  })),
];
