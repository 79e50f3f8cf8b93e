/** The course of the temperature, drawn by hand. */
import { audit, opened, openSpec, shared, stopped } from "./page-parts.mjs";

const spec = {
  v: 1,
  model: "stochastic",
  title: "Cooling",
  patterns: { set: "letters", take: "AJX", size: 10 },
  start: { pattern: 0 },
  params: { course: "drawn", cooling_sweeps: 40, drawn_course: [0, 2, 0.5, 1, 1, 0.5] },
  view: { speed: 100 },
};

/** What is on the sheet, as the field under it says: sweep and temperature, in turn. */
const shown = (page) => page.eval(() => document.querySelector(".course-numbers").value.split(/[:;]/).map(Number));
const first = [0, 2, 20, 1, 40, 0.5];

/** The editor, in the open drawer. */
async function editor(page) {
  await stopped(page);
  await openSpec(page, spec);
  await opened(page);
  await stopped(page);
  await page.eval(() => document.querySelector('[data-does="controls"]').click());
  await page.waitFor("the editor", () => document.querySelectorAll(".course-dot").length === 3);
  await page.eval(() => document.querySelector(".course-sheet").scrollIntoView({ block: "center" }));
}

export default [
  {
    name: "it is drawn, moved with keys, typed, undone, and shows the moment",
    async run({ page, check }) {
      await editor(page);
      check.equal(await page.count(".course-now circle"), 1, "the moment of the run");
      await audit(page, "the editor of the course");
      // A stroke takes the place of what lies under it.
      await page.drag(".course-sheet", [await at(page, 0.3, 0.3), await at(page, 0.45, 0.8), await at(page, 0.7, 0.2)]);
      await page.waitFor("the stroke", () => document.querySelectorAll(".course-dot").length > 3);
      const drawn = await changed(page, first);
      check.deepEqual(drawn.slice(0, 2), [0, 2]);
      check.deepEqual(drawn.slice(-2), [40, 0.5]);
      check.ok(drawn.length / 2 <= 18);
      const inner = drawn.slice(2, -2).filter((_, i) => i % 2 === 1);
      check.ok(Math.min(...inner) < 0.8 && Math.max(...inner) > 1.5, String(inner));
      await new Promise((resolve) => setTimeout(resolve, 400));
      await page.eval(() => document.querySelector('[aria-label^="Undo"]').click());
      await page.waitFor("the course of before", () => document.querySelectorAll(".course-dot").length === 3);
      check.deepEqual(await shown(page), first);
      // By keys: to the next point, up, and away with it.
      await page.eval(() => document.querySelector(".course-dot[tabindex='0']").focus());
      await page.press("Home", "PageDown", "ArrowUp");
      const moved = await changed(page, first);
      check.ok(moved[3] > 1 && moved.length === 6, String(moved));
      check.match(await page.eval(() => document.activeElement.getAttribute("aria-valuetext")), /^sweep 20, 1\.0/);
      await page.press("Delete");
      check.deepEqual(await changed(page, moved), [0, 2, 40, 0.5]);
      // In numbers; what is wrong is said and stays.
      await page.type(".course-numbers", "0: 3; 50: 1");
      await page.press("Enter");
      await page.waitForText(".course .field-error", "Sweep 50 is out of range: 0 to 40");
      await page.eval(() => {
        document.querySelector(".course-numbers").value = "";
      });
      await page.type(".course-numbers", "0: 3; 10: 1,5; 40: 0.1");
      await page.press("Enter");
      await page.waitFor("the points", () => document.querySelectorAll(".course-dot").length === 3);
      // One edit after the slider's rest.
      let course;
      await page.until(
        () => `the course in the spec, which is ${course}`,
        async () => {
          course = JSON.parse((await shared(page)).spec).params.drawn_course;
          return String(course) === "0,3,0.25,1.5,1,0.1";
        },
      );
    },
  },
  {
    name: "a finger draws it on a phone, in the dark",
    viewport: { width: 390, height: 844 },
    touch: true,
    dark: true,
    async run({ page, check }) {
      await editor(page);
      const places = [await at(page, 0.2, 0.7), await at(page, 0.5, 0.75), await at(page, 0.8, 0.3)];
      await page.drag(".course-sheet", places, { finger: true });
      const drawn = await changed(page, first);
      check.ok(drawn.length > 6, String(drawn));
      const small = await page.eval(
        () =>
          [...document.querySelectorAll(".course button, .course input")].filter(
            (part) => part.getBoundingClientRect().height < 44,
          ).length,
      );
      check.equal(small, 0, "targets for a finger");
    },
  },
];

/** A place of the sheet in parts of it, counted from the lower left of what is drawn. */
async function at(page, across, up) {
  const { width, height } = await page.box(".course-sheet");
  return [(44 + across * (width - 56)) / width, (10 + (1 - up) * (height - 44)) / height];
}

/** The course, once it is another one. */
async function changed(page, before) {
  return page.until(`another course than ${before}`, async () => {
    const now = await shown(page);
    return String(now) !== String(before) && now;
  });
}
