/** A page that frames embeds: keeps what each of them says, by its place among the frames. */
globalThis.heard = [];
addEventListener("message", ({ source, data }) => {
  const frames = [...document.querySelectorAll("iframe")];
  globalThis.heard.push({ ...data, frame: frames.findIndex(({ contentWindow }) => contentWindow === source) });
});

/** Adds frames and, between them, far stretches of nothing: `{ src, sandbox, far, ... }`, attributes of the frame. */
globalThis.build = (parts) => {
  for (const { far, ...attributes } of parts) {
    if (far) {
      const gap = document.createElement("div");
      gap.className = "far";
      document.body.append(gap);
      continue;
    }
    const frame = document.createElement("iframe");
    for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
    document.body.append(frame);
  }
};
