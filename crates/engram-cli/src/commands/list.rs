//! `engram list`.

use engram_lab::catalogue::{self, CATALOGUE, Catalogue, Weights};
use engram_lab::control::{Control, ControlKind};
use engram_lab::describe::{Description, Shape};
use engram_lab::spec::Spec;

use crate::Streams;
use crate::args::List;
use crate::failure::Failure;

/// Prints the catalogue, or a model's description.
pub fn list(args: &List, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let text = match &args.model {
        None if args.json => json(&catalogue::catalogue())?,
        None => overview(&catalogue::catalogue()),
        Some(model) => {
            let entry = catalogue::find(model).map_err(|error| Failure::Problem(error.to_string()))?;
            let description = entry.describe(&Spec::new(entry.name));
            if args.json { json(&description)? } else { model_text(entry, &description) }
        }
    };
    Ok(write!(streams.out, "{text}")?)
}

fn json(data: &impl serde::Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(data)? + "\n")
}

fn overview(catalogue: &Catalogue) -> String {
    let mut text = String::from("Models (\"model\" in a spec)\n\n");
    for entry in &CATALOGUE {
        text += &format!("  {}: {}\n", entry.name, entry.label);
        paragraph(&mut text, 6, entry.summary);
        paragraph(&mut text, 6, entry.source);
    }
    text += "\nPicture sets (\"patterns\": { \"set\": …, \"size\": …, \"take\": … })\n\n";
    for set in &catalogue.sets {
        let sizes: Vec<_> = set.sizes.iter().map(|size| format!("{size}×{size}")).collect();
        text += &format!("  {}: {}\n", set.name, sizes.join(", "));
        paragraph(&mut text, 6, &set.names.join(" "));
    }
    text + "\n`engram list MODEL` tells what a spec may say of a model.\n"
}

fn model_text(entry: &catalogue::Entry, description: &Description) -> String {
    let mut text = format!("{}: {}\n", entry.name, entry.label);
    paragraph(&mut text, 2, entry.summary);
    paragraph(&mut text, 2, entry.source);
    let mut group = None;
    if !description.controls.is_empty() {
        text += "\nSettings (\"params\" in a spec)\n";
    }
    for control in &description.controls {
        if group != Some(control.group) {
            text += &format!("\n  {}\n", control.group);
            group = Some(control.group);
        }
        control_text(&mut text, 4, control);
    }
    form(&mut text, entry, description);
    match entry.takes.weights {
        Weights::None => {}
        Weights::Pairs => text += OUTRIGHT,
        Weights::Linked => text += LINKED,
        Weights::Bipartite => text += BIPARTITE,
        Weights::Layers => text += LAYERS,
    }
    let steps: Vec<_> = description.actions.iter().filter(|a| a.prepares() && !a.args.is_empty()).collect();
    if !steps.is_empty() {
        text += "\nBefore the run (\"prepare\": [{ \"do\": … }] in a spec)\n";
    }
    for action in steps {
        text += &format!("\n  {}\n", action.key);
        paragraph(&mut text, 6, action.help);
        for control in &action.args {
            control_text(&mut text, 4, control);
        }
    }
    if !description.observables.is_empty() {
        text += "\nObservables (in each line of `engram run`)\n\n";
    }
    for observable in &description.observables {
        let shape = if observable.shape == Shape::Memory { ", one value a memory" } else { "" };
        text += &format!("  {}: {}{shape}\n", observable.key, observable.label);
        paragraph(&mut text, 6, observable.help);
    }
    let example: Vec<_> = entry.example.lines().map(str::trim).collect();
    text + &format!("\nThe smallest spec that shows what it does\n\n  {}\n", example.join("\n  "))
}

/// What a spec of a model may say beside its settings.
fn form(text: &mut String, entry: &catalogue::Entry, description: &Description) {
    let takes = &entry.takes;
    if takes.patterns {
        *text += MEMORIES;
        if takes.grey {
            *text += GREY_MEMORIES;
        }
        *text += MEMORIES_TOO;
    }
    *text += if takes.patterns { START } else { START_ALONE };
    if takes.grey {
        *text += GREY_START;
    }
    if takes.patterns {
        *text += CORRUPT;
        if takes.grey {
            *text += NOISE;
        }
    }
    if takes.places {
        *text += PLACES;
    }
    if takes.edges {
        *text += EDGES;
    }
    *text += CLAMP;
    *text += BESIDE;
    *text += "\nSteps\n\n";
    if description.controls.iter().any(|control| control.key == "update") {
        *text += STEPS;
    } else {
        for step in &description.steps {
            paragraph(text, 2, &format!("{}: {}", step.key, step.help));
        }
    }
}

const MEMORIES: &str = r#"
Memories ("patterns": { … } in a spec; one source, or none)

  bits: ["1100", …]   with "width" and "height": a text a memory, a digit a neuron, 1 is +1 and 0 is −1
  set: "letters"      with "size" and "take": "AJX", or names with commas between; `engram list` has them
  random: { "count": 20, "units": 100 }   fair coins; "seed" if not that of the spec
  walsh: [8, 4]       with "width" and "height": rows of the Walsh–Hadamard matrix, which are orthogonal
  bars: true          with "width" and "height": all bars and stripes
"#;

/// What a model adds to them whose cells may be grey.
const GREY_MEMORIES: &str = r#"  grey: ["AZa_", …]   with "width" and "height": a character a cell in 64 levels from −1 to +1: A to Z,
                      a to z, 0 to 9, - and _
  values: [[0.5, −1], …]   a list of numbers a memory; "width" and "height" if they are not to be laid out
                      as near to a square as it goes
"#;

const MEMORIES_TOO: &str = r#"  names, importance   beside any of them: lists, one item a memory; importance is −100 to 100, 1 if left out
"#;

const START: &str = r#"
Where the run begins ("start": { … } in a spec; if left out the first memory, or fair coins if there is none)

  pattern: 0          a memory, counted from 0
  state: "10?…"       a state, a character a neuron; ? is unknown: it counts for nothing until it is asked
  random: true        fair coins
"#;

const START_ALONE: &str = r#"
Where the run begins ("start": { … } in a spec; if left out as the model has it)

  state: "10…"        a state, a character a neuron
"#;

const GREY_START: &str = r#"  grey: "AZa_"        a state in 64 levels of grey, or ? for unknown
  values: [0.5, −1]   a state in numbers, one a cell
"#;

const CORRUPT: &str = r#"  corrupt: { … }      beside any of them but random, how it is spoilt: one of
      flip: 0.25      this part of the pixels is turned over
      mask: 0.25      this part of the pixels is lost
      half: "left"    this half is lost; or right, top, bottom
      block: 0.25     one block of this part of the picture is lost
      shuffle: 0.25   this part of the pixels change places
      to: "unknown"   beside mask, half and block: lost pixels become unknown, not −1
"#;

const NOISE: &str = r#"      noise: 0.5      normal noise of this standard deviation on every cell, 0 to 10
"#;

const PLACES: &str = r#"
Points of the plane ("places": [[0.1, 0.9], …] in a spec)

  Each is [x, y], from 0 to 1; if left out they are drawn at random
"#;

const EDGES: &str = r#"
Links ("edges": [[0, 1], [1, 2, 0.5], …] in a spec)

  Each is [from, to], or [from, to, weight]; vertices are counted from 0
"#;

const CLAMP: &str = r#"
Neurons held as they are ("clamp": [0, 5] in a spec, counted from 0)

  They are asked in their turn like all others, which uses up an update, but do not change. Greedy
  updates pass them by.
"#;

const BESIDE: &str = r#"
Machines beside it ("beside": [{ "model": …, "params": { … } }, …] in a spec; up to 3)

  They have the same memories, cue and dice. Without "model" one has the settings of the spec, but for those
  it gives; with another model it has those it gives, and no others. `engram run --beside 0` runs the first.
"#;

const STEPS: &str = r#"  update   one neuron is asked; or all together (synchronous); or the steepest changes (greedy)
  sweep    as many updates as there are neurons, so that each is asked once; greedy: that many changes
           at most. One update where all change together
"#;

/// What a spec may say of a model that takes weights as they are given.
const OUTRIGHT: &str = r#"
Instead of learning ("weights": [[0, 1], [1, 0]] in a spec)

  weights   a row a neuron: number j of row i is the pull of neuron j on neuron i; zeros on the diagonal
  biases    [0.5, -0.5]: a number a neuron. They may also be given beside weights that are learned
"#;

/// What else a spec of two layers may say.
const LINKED: &str = r#"
Weights to begin with ("weights": [[0, 1, -0.5], [1, 0, 0.25], [-0.5, 0.25, 0]] in a spec)

  weights   a row a unit, the cells of the grid first, then the hidden units: number j of row i is the
            weight between units i and j. Rows beyond those of the cells are of hidden units
  biases    [0.2, -0.3, 0.1]: a number a unit
"#;

const BIPARTITE: &str = r#"
Weights to begin with ("weights": [[0.5, 1.5], [-1, 0.25]] in a spec)

  weights   a row a hidden unit: number i of row j is the weight between visible unit i and hidden unit j
  biases    [0.1, -0.2, -0.4, 0.6]: a number a visible unit, then a number a hidden unit
"#;

/// What else a spec of several layers may say.
const LAYERS: &str = r#"
Weights to begin with ("weights": [[0.5, 1.5], [-1, 0.25]] in a spec)

  weights   the weights between neighbouring layers, from the bottom up: a row a unit of the upper layer, a
            number a unit of the lower one. Of a machine with weights of recognition their rows follow
  biases    a number a unit, in the same order
"#;

fn control_text(text: &mut String, indent: usize, control: &Control) {
    let (allowed, default) = match &control.kind {
        ControlKind::Number { min, max, default, .. } => (format!("{min} to {max}"), default.to_string()),
        ControlKind::Integer { min, max, default } => {
            (format!("a whole number, {min} to {max}"), default.to_string())
        }
        ControlKind::Choice { default, .. } => ("one of the words below".to_owned(), (*default).to_owned()),
        ControlKind::Toggle { default } => ("true or false".to_owned(), default.to_string()),
        ControlKind::Course { max, over, default } => (
            format!("a list of fractions of {over} (0 to 1) and numbers (0 to {max}) in turn"),
            format!("{default:?}"),
        ),
    };
    let symbol = if control.symbol.is_empty() { String::new() } else { format!(" {}", control.symbol) };
    let line = format!("{}: {}{symbol}; {allowed}, {default} if left out", control.key, control.label);
    paragraph(text, indent, &line);
    paragraph(text, indent + 4, control.help);
    for when in &control.when {
        paragraph(text, indent + 4, &format!("Only while {} is {}.", when.key, when.values.join(" or ")));
    }
    if let ControlKind::Choice { options, .. } = &control.kind {
        for option in options {
            let help = if option.help.is_empty() { String::new() } else { format!(". {}", option.help) };
            paragraph(text, indent + 4, &format!("{}: {}{help}", option.value, option.label));
        }
    }
}

/// Lines of a terminal's width.
const WIDTH: usize = 100;

/// Adds words, wrapped; lines after the first are indented once more.
fn paragraph(text: &mut String, indent: usize, words: &str) {
    let mut column = 0;
    for word in words.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length <= WIDTH {
            *text += " ";
            column += 1 + length;
        } else {
            let margin = if column == 0 { indent } else { indent + 2 };
            if column > 0 {
                *text += "\n";
            }
            *text += &" ".repeat(margin);
            column = margin + length;
        }
        *text += word;
    }
    *text += "\n";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_stand_over_something() {
        for entry in &CATALOGUE {
            let mut description = entry.describe(&Spec::new(entry.name));
            let headings = |description: &Description| {
                let text = model_text(entry, description);
                ["\nSettings", "\nBefore the run", "\nObservables"].map(|heading| text.contains(heading))
            };
            let prepares = description.actions.iter().any(|a| a.prepares() && !a.args.is_empty());
            assert_eq!(headings(&description), [true, prepares, true]);
            description.actions.retain(|a| !a.prepares() || a.args.is_empty());
            assert_eq!(headings(&description), [true, false, true]);
            description.controls.clear();
            description.observables.clear();
            assert_eq!(headings(&description), [false; 3]);
        }
    }
}
