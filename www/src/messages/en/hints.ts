/** At most three hints. */

export const hints = {
  draw: "Your turn: draw on it and press play, or choose a memory.",
  again: "Now spoil it again, harder, or pick another memory.",
  share: "Share keeps what you made: its link shows the same run to anybody.",
  dismiss: "Do not show this hint again",
};
