/** Why a link or a spec was not opened, and what can be done about it. */
import type { LinkProblem } from "../../engine/types";

export const refusal = {
  title: (kind: LinkProblem["kind"]): string => {
    switch (kind) {
      case "empty":
        return "This link holds no experiment";
      case "truncated":
        return "This link was cut short";
      case "checksum":
        return "This link was changed on its way";
      case "newer":
        return "This link comes from a newer Engram";
      case "unknown_model":
        return "This link asks for a network this page does not have";
      case "invalid":
        return "This experiment cannot be opened";
    }
  },
  plain: (kind: LinkProblem["kind"]): string => {
    switch (kind) {
      case "empty":
        return "There is nothing after the # sign that could be read.";
      case "truncated":
        return "Its end is missing. Mail and chat programs do this to long links: copy it whole, or ask for it again. (A link typed by hand has no such end either.)";
      case "checksum":
        return "Some of its characters are not those that were shared, so what it shows might not be what was meant.";
      case "newer":
        return "It was made with a later version than this page. Reload the page; if that does not help, this site has not been updated yet.";
      case "unknown_model":
        return "It may have been made with a later version, or typed by hand.";
      case "invalid":
        return "Something in it is not allowed.";
    }
  },
  salvage: "Open what can be read",
  own: "This experiment needs a file that is not in this browser",
  ownText:
    "It learns from pictures, or has learned something, that its maker has in a file. A link does not carry that: ask for the file, and choose it here.",
  choose: "Choose the file",
};
