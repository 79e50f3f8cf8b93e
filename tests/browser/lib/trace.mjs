/** What the tasks of a page cost in Chromium: the processor's time, where the clock also counts waiting for a core. */

/**
 * Traces the browser while `work` is done; milliseconds of processor time of the longest task of pages whose scripts
 * come from `origin`. The browser's own pages are left out.
 */
export async function costliestTask(browser, origin, work) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", {
    traceConfig: { includedCategories: ["toplevel", "devtools.timeline"] },
    transferMode: "ReportEvents",
  });
  await work();
  const complete = new Promise((done) => session.once("Tracing.tracingComplete", done));
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  const ours = events.filter(({ args }) => args?.data?.url?.startsWith(origin)).map(({ pid }) => pid);
  const main = ({ name, args, pid }) => name === "thread_name" && args.name === "CrRendererMain" && ours.includes(pid);
  const threads = new Set(events.filter(main).map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = events.filter(({ name, pid, tid }) => name.endsWith("RunTask") && threads.has(`${pid} ${tid}`));
  if (tasks.length === 0) throw new Error("the trace has no task of the page");
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}
