/** What went wrong meanwhile. */

export const trouble = {
  restarted: "The engine stopped and was started again from the last saved moment.",
  restartedEmpty: "The engine stopped and was started again.",
  gone: "The engine stopped twice in a row",
  goneText:
    "To be safe, it was not started a third time. What you were working on is below: copy it, then reload the page.",
  unsupported: "This browser cannot run the network",
  unsupportedText:
    "Engram computes with WebAssembly SIMD in a module worker. Chrome or Edge 91, Firefox 114, Safari 16.4, or anything later, will do.",
  data: "The pictures of this experiment did not come",
  presets: "Check the connection, then try again.",
  later: "This part of the page could not be loaded. Check the connection, then try again.",
  reload: "Reload",
  again: "Try again",
  undo: "Undo",
  dismiss: "Dismiss",
};
