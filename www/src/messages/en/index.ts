/** Every word of the page in English, a file for each part of the page. */
import { about } from "./about";
import { charts } from "./charts";
import { drawer } from "./drawer";
import { drop } from "./drop";
import { embed } from "./embed";
import { embedding } from "./embedding";
import { explain } from "./explain";
import { exporting } from "./export";
import { grid } from "./grid";
import { hints } from "./hints";
import { keys } from "./keys";
import { layers } from "./layers";
import { notes } from "./notes";
import { page } from "./page";
import { picker } from "./picker";
import { problem } from "./problem";
import { run } from "./run";
import { share } from "./share";
import { shelf } from "./shelf";
import { spoil } from "./spoil";
import { story } from "./story";
import { trouble } from "./trouble";
import { verdict } from "./verdict";
import { work } from "./work";

export const en = {
  about,
  charts,
  drawer,
  embed,
  embedding,
  drop,
  explain,
  export: exporting,
  grid,
  hints,
  keys,
  layers,
  notes,
  page,
  picker,
  problem,
  run,
  share,
  shelf,
  spoil,
  story,
  trouble,
  verdict,
  work,
};
