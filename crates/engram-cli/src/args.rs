//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Experiments with associative memories, described by a spec: one JSON document, the same for the page, a share
/// link and this command.
#[derive(Debug, Parser)]
#[command(name = "engram", version, arg_required_else_help = true, max_term_width = 100, after_long_help = EXAMPLES)]
#[command(
    long_about = "Experiments with associative memories, described by a spec: one JSON document, the same for \
the page, a share link and this command. The same spec gives the same bits everywhere.

Results go to standard output as JSON, problems and notes to standard error. The exit code is 0 if all went well, \
1 if something is wrong with a spec, a link or a file, and 2 if the command was not understood."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = r#"Examples:
  A spec in a file letters.json: three letters, the A with a quarter of its pixels turned over
      { "v": 1, "model": "hopfield",
        "patterns": { "set": "letters", "take": "AJX", "size": 10 },
        "start": { "pattern": 0, "corrupt": { "flip": 0.25 } } }

  engram run letters.json                      run it until it rests, a line a sweep
  engram run letters.json --unit update        the same, neuron by neuron
  engram list hopfield                         what else the spec may say
  engram link letters.json                     the same experiment as a share link
  engram train digits.json --out digits.npz    let a machine learn, for NumPy
  echo '{ "v": 1, "model": "hopfield", "weights": [[0,1],[1,0]], "params": { "temperature": 1 } }' | engram exact -"#;

/// What is to be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lists the models and picture sets; or all that can be said of one model
    List(List),
    /// Prints the JSON Schema of specs, for editors and programs
    Schema,
    /// Runs an experiment and prints a line of JSON a step
    Run(Run),
    /// Lets a machine learn, and writes what it has learned to a file
    Train(Train),
    /// Draws pictures from what was learned
    Sample(Sample),
    /// Estimates how likely a machine finds its pictures, by annealed importance sampling
    Ais(Ais),
    /// Names pictures that were never learned from
    Classify(Classify),
    /// Works out a small net (up to 20 neurons) exactly, by looking at every state
    Exact(Exact),
    /// Turns a spec into a share link
    Link(Link),
    /// Turns a share link into its spec
    Spec(Spec),
    /// Prints a script that completes commands in a shell
    Completions(Completions),
}

#[derive(Args, Debug)]
pub struct List {
    /// A model, for its settings with ranges and defaults
    pub model: Option<String>,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = r#"The first line, step 0, is the start. Each line holds
  step        steps done            updates     updates done (one neuron asked, or all together)
  state       "1" for +1, "0" for -1, "?" for unknown, row by row; a list of numbers where cells may be grey
  energy, overlaps, hamming, … every observable that `engram list MODEL` names, lists hold one value a memory
  hash        of the state and the dice: equal hashes, equal runs from here
The last line also holds the verdict:
  "outcome":"recalled","memory":0         the state is this memory (counted from 0), in every neuron
  "outcome":"inverse","memory":0          the negative of this memory
  "outcome":"mixture","memories":[…]      what most of these memories say, each as {"memory":0,"sign":1}; sign -1
                                          counts its negative
  "outcome":"spurious","nearest":{…}      at rest in none of these
  "outcome":"two_cycle"                   two states alternate for ever
  "outcome":"not_settled","unstable":3    stopped before it came to rest; so many neurons want to change. With heat
                                          (temperature above 0) it samples for ever: "sampling":true. Where an
                                          average is taken, "reads" is the verdict on that of the last sweeps

The run stops early when nothing more can happen: when no neuron wants to change, or when two states alternate.
With heat above temperature 0 something can always happen, unless all neurons are held.

Examples:
  engram run letters.json
  engram run letters.json --steps 500 --unit update
  engram run letters.json --beside 0           the first of the machines that stand beside it
  engram run letters.json | tail -n 1"#)]
pub struct Run {
    /// A file with a spec, or - for standard input
    #[arg(value_name = "SPEC.json|-")]
    pub spec: String,
    /// Stop after so many steps
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = steps, allow_negative_numbers = true)]
    pub steps: u64,
    /// What one step is
    #[arg(long, value_enum, default_value_t = Unit::Sweep)]
    pub unit: Unit,
    /// Run the machine of this number that the spec sets beside its own, counted from 0
    #[arg(long, value_name = "K")]
    pub beside: Option<usize>,
    #[command(flatten)]
    pub own: Own,
}

/// Pictures of one's own to learn from. A spec names them by `"patterns": { "set": "own-…" }`; one without patterns learns
/// from them all the same.
#[derive(Args, Debug)]
#[command(next_help_heading = "Pictures of your own")]
pub struct Own {
    /// Learn from the pictures of a file: a table (CSV) with a row a picture, IDX, NPY, or a set that the page saved
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    /// Their classes, in a file of the same kind: IDX or NPY. A table has them in a column with the heading label
    #[arg(long, value_name = "FILE", requires = "data")]
    pub labels: Option<PathBuf>,
    /// Their width and height, if the file does not say them and they are no squares
    #[arg(long, value_name = "WxH", requires = "data", value_parser = size)]
    pub size: Option<(usize, usize)>,
    /// The part of them that is kept back for testing, 0 to 0.5 [default: 0.2]
    #[arg(long, value_name = "PART", requires = "data")]
    pub share: Option<f64>,
}

/// Width and height.
fn size(text: &str) -> Result<(usize, usize), String> {
    let sides =
        text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    sides.ok_or_else(|| "it must be two whole numbers with an x between them, such as 28x28".to_owned())
}

/// Most steps of a run.
const MAX_STEPS: u64 = 1_000_000_000_000;

/// A number of steps.
fn steps(text: &str) -> Result<u64, String> {
    let range = format!("it must be a whole number from 0 to {MAX_STEPS}");
    text.parse().ok().filter(|&steps| steps <= MAX_STEPS).ok_or(range)
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Unit {
    /// One neuron is asked; or all, if they update together; or the steepest changes (greedy)
    Update,
    /// Every neuron is asked once, held ones too; greedy: as many changes as there are neurons
    Sweep,
}

#[derive(Args, Debug)]
#[command(
    after_help = r#"Prints one JSON object: with probabilities P = exp(-E/T)/Z over all 2^n states of ±1,
  temperature, ln_z, energy_mean, heat_capacity, free_energy, entropy, mean, energy_min, energy_max
  pair           [i, j, <s_i s_j>] for every pair
  minima         states from which every flip costs energy, counted by energy
  weak_minima    states from which no flip gains energy
  attractors     where the update rule ends: its fixed points with their basins (how many of all start states
                 end there), its 2-cycles, and all longer cycles together. For updates that chance has a part
                 in, those of sequential updates, which rest in the same states
Numbers that are infinite (ln_z at temperature 0) are null.

Of a machine that learns from pictures, as its spec begins:
  ln_z, log_likelihood (a picture), divergence (of the pictures' distribution from the machine's), free_energies
  gradient       of the log-likelihood: weights, a row a hidden unit (where any two units may be linked, a row a
                 unit); biases of visible, then of hidden units; log_variances of visible units, if they are learned
  expected       with --cd K: what K steps of its sampler would teach in its place, on average
  distribution   [state, probability] of every picture, up to 10 visible units
and where any two units may be linked, left to itself, with units of the values that they have,
  temperature, energy_mean, entropy, free_energy (-T ln Z), mean, pair
  estimates      mean and free_energy by mean field and by TAP, and whether their equations were solved (converged)
  completion     of a start with unknown units: the likeliest state of the visible ones, and its probability

Example: the basins of a net whose neurons update all together
  echo '{ "v": 1, "model": "hopfield", "params": { "update": "synchronous", "temperature": 1 },
          "patterns": { "width": 4, "height": 4, "walsh": [8, 4, 2, 1] } }' | engram exact -"#
)]
pub struct Exact {
    /// A file with a spec, or - for standard input
    #[arg(value_name = "SPEC.json|-")]
    pub spec: String,
    /// Of a machine that learns from pictures: also what K steps of its sampler would teach
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub cd: Option<u32>,
    /// Of a machine that learns from pictures: as it is with these weights, .safetensors or .npz
    #[arg(long, value_name = "FILE")]
    pub weights: Option<PathBuf>,
    #[command(flatten)]
    pub own: Own,
}

#[derive(Args, Debug)]
#[command(
    after_help = r#"Prints a line of JSON an epoch: epoch, and every observable that `engram list MODEL` names. The last line says what
it has come to, and the file.

About once a second, and when it is told to stop (Ctrl-C, or a signal to end), it writes where it is to a file beside the
other one, which ends in .part; the same command goes on from there. What it learns does not depend on where it was
stopped: the file in the end has the same bytes.

Examples:
  engram train digits.json --out digits.safetensors
  engram train digits.json --out digits.npz          the same for numpy.load
  engram train rbm.json --data mine.csv --out mine.npz   from pictures of your own, a row each"#
)]
pub struct Train {
    /// A file with a spec, or - for standard input
    #[arg(value_name = "SPEC.json|-")]
    pub spec: String,
    /// Where what was learned is written: a name that ends in .safetensors or .npz
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// In how many bits numbers are written, of .safetensors: 16, or 8 a weight beside a scale for each row; as they are if
    /// nothing is said
    #[arg(long, value_name = "8|16")]
    pub bits: Option<Bits>,
    /// Begin anew even if it was stopped before
    #[arg(long)]
    pub fresh: bool,
    #[command(flatten)]
    pub own: Own,
}

/// In how many bits numbers are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Bits {
    /// In 16.
    #[value(name = "16")]
    Sixteen,
    /// Weights in 8.
    #[value(name = "8")]
    Eight,
}

#[derive(Args, Debug)]
pub struct Trained {
    /// A file with the spec of what was learned, or - for standard input
    #[arg(value_name = "SPEC.json|-")]
    pub spec: String,
    /// What was learned, .safetensors or .npz
    #[arg(long, value_name = "FILE")]
    pub weights: PathBuf,
    #[command(flatten)]
    pub own: Own,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Prints a line of JSON a picture: its state, \"1\" for ink and \"0\" for paper, or with --chances \
how likely ink is in each cell given the hidden units. Up to 100 chains are drawn at once, each a picture; for more they \
go on for as many sweeps again.

Example:
  engram sample digits.json --weights digits.safetensors --count 10"
)]
pub struct Sample {
    #[command(flatten)]
    pub trained: Trained,
    /// How many pictures
    #[arg(long, value_name = "N", default_value_t = 25, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub count: u32,
    /// How often both layers are drawn before each picture
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000_000))]
    pub sweeps: u32,
    /// Print how likely ink is, and not what was drawn
    #[arg(long)]
    pub chances: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Prints one JSON object:
  ln_z, standard_error     of ln Z. It is too low on average, the more so the fewer runs and steps: so a likelihood is
                           too high, never forget that
  seen, unseen             the mean log-likelihood in nats of the pictures it learned from, and of those it never saw,
                           with the same standard error

Example:
  engram ais digits.json --weights digits.safetensors --runs 100 --steps 10000")]
pub struct Ais {
    #[command(flatten)]
    pub trained: Trained,
    /// How many runs
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(2..=10_000))]
    pub runs: u32,
    /// How many machines each run goes through
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub steps: u32,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Prints one JSON object: how many pictures, how many of them got the wrong name, the part of them, \
the names, and for each true name how often it got each name. With --each, a line a picture before it.

With --head it prints how many pictures there are that it never saw, and what logistic regression comes to that has learned \
the names of the others, once of the means of hidden units and once of the cells themselves: how many features there are, \
after how many steps it is at rest, and the part that gets the wrong name of the pictures seen and of those never seen.

Examples:
  engram classify digits.json --weights digits.safetensors
  engram classify features.json --weights features.safetensors --head"
)]
pub struct Classify {
    #[command(flatten)]
    pub trained: Trained,
    /// Put a head that learns names on the hidden units of a machine that learned none
    #[arg(long, conflicts_with = "each")]
    pub head: bool,
    /// Also print each picture's true name, the name it got, and how likely each name is
    #[arg(long)]
    pub each: bool,
}

#[derive(Args, Debug)]
#[command(
    after_help = "A link carries the experiment and how it is shown, but not the tags and expectations of a preset.

Examples:
  engram link letters.json
  engram link letters.json --base https://example.org/engram/"
)]
pub struct Link {
    /// A file with a spec, or - for standard input
    #[arg(value_name = "SPEC.json|-")]
    pub spec: String,
    /// Address of a page to put before the link
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
}

#[derive(Args, Debug)]
#[command(after_help = "Put the link in quotes: it has characters that a shell would take for its own.

Example:
  engram spec 'https://example.org/engram/#v=1&e=1&m=…&k=…' > letters.json")]
pub struct Spec {
    /// A share link, whole or from its # on, or - for standard input
    #[arg(value_name = "LINK|-")]
    pub link: String,
    /// Take what can be read of a broken link, and say what was left out
    #[arg(long)]
    pub lenient: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Example, for bash:
  engram completions bash > ~/.local/share/bash-completion/completions/engram")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}
