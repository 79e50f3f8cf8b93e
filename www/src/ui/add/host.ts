/** What the dialog for more memories needs of the page. */
import type { Session } from "../../state/session";
import type { Theme } from "../../views/theme";
import type { Notices } from "../kit/notices";

export interface AddHost {
  session: Session;
  notices: Notices;
  theme(): Theme;
  /** Cells across and down of the network that is open. */
  grid(): [width: number, height: number];
  /** The spec of what is open, as text. */
  spec(): Promise<string>;
  /** Tells that memories were added, with the way back. */
  added(news: string): void;
  /** Opens a spec in place of what is open. @throws what is wrong with it */
  open(spec: string): Promise<void>;
  freshSeed(): Promise<number>;
}
