/** What could not be opened, and why. */

export const problem = {
  detail: "In detail",
  yours: "What you opened, unchanged",
  fresh: "Start fresh",
  back: "Keep what was open",
  opened: "The link was opened, with changes:",
};
