//! From settings and memories to weights.

use engram::damage::Damage;
use engram::kernel::Real;
use engram::learning::{
    EnergyGradient, Example, Hebb, HebbScale, LearnError, Learned, LearningRule, Perceptron, PseudoInverse,
    Storkey, Unlearning, Valleys,
};
use engram::rng::{Rng, Stream};
use engram::weights::{self, Weights, WeightsError};

use crate::LabError;
use crate::resolve::Memory;
use crate::setup::Setup;
use crate::value::{Figure, number_of};
use crate::values::Values;

/// A rule with its settings.
pub enum Rule {
    Hebb(Hebb),
    Storkey(Storkey),
    PseudoInverse(PseudoInverse),
    Perceptron(Perceptron),
    EnergyGradient(EnergyGradient),
    Unlearning(Unlearning),
}

impl Rule {
    /// The rule that checked settings name.
    pub fn from_values(values: &Values) -> Self {
        let bias = values.flag("bias");
        let scale = match values.word("scale") {
            "patterns" => HebbScale::Patterns,
            "one" => HebbScale::One,
            _ => HebbScale::Units,
        };
        let hebb = Hebb { scale, bias };
        let perceptron = |symmetric| {
            Self::Perceptron(Perceptron {
                margin: values.number("margin"),
                symmetric,
                rate: 1.0,
                max_rounds: values.number("rounds") as u32,
                bias,
            })
        };
        match values.word("rule") {
            "storkey" => Self::Storkey(Storkey { second_order: false, bias }),
            "storkey2" => Self::Storkey(Storkey { second_order: true, bias }),
            "pseudo_inverse" => Self::PseudoInverse(PseudoInverse { bias }),
            "perceptron" => perceptron(true),
            "perceptron_asymmetric" => perceptron(false),
            "energy_gradient" => {
                let sweeps = values.number("valley_sweeps") as u32;
                let valleys = match values.word("valleys") {
                    "memories" => Valleys::Memories,
                    "few_from_memories" => Valleys::FewFromMemories { sweeps },
                    "few_from_noisy" => {
                        Valleys::FewFromNoisy { sweeps, noise: values.number("valley_noise") }
                    }
                    _ => Valleys::Random,
                };
                let (rate, steps) = (values.number("rate"), values.number("steps") as u32);
                Self::EnergyGradient(EnergyGradient { valleys, rate, steps, bias })
            }
            "unlearning" => {
                let (dreams, epsilon) = (values.number("dreams") as u32, values.number("epsilon"));
                Self::Unlearning(Unlearning { dreams, epsilon, hebb })
            }
            _ => Self::Hebb(hebb),
        }
    }

    fn as_rule<T: Real>(&self) -> &dyn LearningRule<T> {
        match self {
            Self::Hebb(rule) => rule,
            Self::Storkey(rule) => rule,
            Self::PseudoInverse(rule) => rule,
            Self::Perceptron(rule) => rule,
            Self::EnergyGradient(rule) => rule,
            Self::Unlearning(rule) => rule,
        }
    }

    /// Whether the weights are nothing but the sum over the patterns, all counting alike.
    pub fn is_plain_sum(&self, memories: &[Memory]) -> bool {
        matches!(self, Self::Hebb(_)) && memories.iter().all(|m| m.importance == 1.0)
    }
}

fn examples(memories: &[Memory]) -> Vec<Example<'_>> {
    memories.iter().map(|m| Example { spins: m.pattern.spins(), importance: m.importance }).collect()
}

/// Most visits of a weight that learning and all that is done after it may make together: some tens of seconds in a
/// browser.
const MAX_VISITS: f64 = 4e10;

/// Time, counted in visits of a weight, before any of it is spent.
struct Work {
    left: f64,
    units: usize,
}

impl Work {
    /// Takes `count` rounds of so many visits each; the refusal says what would fit.
    fn take(&mut self, at: &str, count: f64, round: f64, of: &str) -> Result<(), LabError> {
        let round = round.max(1.0);
        let most = (self.left / round).floor();
        if count <= most {
            self.left -= count * round;
            return Ok(());
        }
        let message = format!(
            "{}{of} would take minutes in a net of {}; at most {} fit",
            Figure(count),
            number_of(self.units, "unit"),
            Figure(most)
        );
        Err(LabError::new(at, message))
    }
}

/// Refuses what would take minutes, naming where it becomes too much and what would fit. Visits are those of the worst
/// case; most rules are done sooner.
fn check_work(setup: &Setup) -> Result<(), LabError> {
    let Setup { spec, values, resolved, prepare, .. } = setup;
    let units = setup.units();
    let (n, p) = (units as f64, resolved.memories.len() as f64);
    let mut work = Work { left: MAX_VISITS, units };
    if spec.weights.is_none() {
        let rounds = |key| (format!("params.{key}"), values.number(key));
        let patterns = || ("patterns".to_owned(), p);
        let with = format!(" with {}", number_of(resolved.memories.len(), "pattern"));
        // What counts the rounds, and visits a round.
        let ((at, count), round, of) = match values.word("rule") {
            "perceptron" | "perceptron_asymmetric" => (rounds("rounds"), p * n * n, with.as_str()),
            "energy_gradient" => (rounds("steps"), 8.0 * n * n, ""),
            "unlearning" => (rounds("dreams"), DREAM_VISITS * n * n, ""),
            "storkey" | "storkey2" => (patterns(), 10.0 * n * n, " patterns"),
            "pseudo_inverse" => (patterns(), n * (n + p), " patterns"),
            // Bits are counted, many at a time.
            _ => (patterns(), 0.1 * n * n, " patterns"),
        };
        work.take(&at, count, round, of)?;
    }
    for (k, step) in prepare.iter().enumerate() {
        if step.action == "dream" {
            let of = if k == 0 { " dreams" } else { " dreams after all that is done before" };
            let at = format!("prepare[{k}].count");
            work.take(&at, step.args.number("count"), DREAM_VISITS * n * n, of)?;
        } else {
            // Normal numbers are drawn by a logarithm each.
            let round = if step.args.word("how") == "noise" { 200.0 } else { 80.0 } * n * n;
            work.take("", 1.0, round, "").map_err(|_| {
                let message = format!(
                    "with this step all that is done to the net would take minutes at {units} units; the {k} steps before it fit"
                );
                LabError::new(format!("prepare[{k}]"), message)
            })?;
        }
    }
    Ok(())
}

/// Visits of a weight that one dream makes, in units of n².
const DREAM_VISITS: f64 = 5.0;

/// Checks what can be told without learning.
pub fn check(setup: &Setup) -> Result<(), LabError> {
    let Setup { spec, values, .. } = setup;
    if let Some(rows) = &spec.weights {
        check_given(rows, setup.units())?;
    }
    if spec.biases.is_some() && values.flag("bias") {
        let message = "biases are given beside biases that are to be learned (params.bias); only one can be";
        return Err(LabError::new("biases", message));
    }
    check_work(setup)
}

/// Checks weights given outright.
fn check_given(rows: &[Vec<f64>], units: usize) -> Result<(), LabError> {
    if rows.len() != units {
        let found = rows.len();
        return Err(LabError::new(
            "weights",
            format_args!("{} for {}", number_of(found, "row"), number_of(units, "unit")),
        ));
    }
    weights::check_rows(rows).map_err(weights_error)
}

fn weights_error(error: WeightsError) -> LabError {
    LabError::new("weights", error)
}

fn learn_error(error: LearnError) -> LabError {
    let at = match error {
        LearnError::Importance { pattern, .. } => &format!("patterns.importance[{pattern}]"),
        _ => "params.rule",
    };
    LabError::new(at, error)
}

/// Weights and biases of a spec, before anything is done to them.
pub fn learn<T: Real>(setup: &Setup) -> Result<Learned<T>, LabError> {
    let Setup { spec, values, resolved, .. } = setup;
    let units = setup.units();
    if let Some(rows) = &spec.weights {
        let weights = Weights::from_rows(rows).map_err(weights_error)?;
        let bias = spec.biases.clone().unwrap_or_else(|| vec![0.0; units]);
        return Ok(Learned { weights, bias, notes: Vec::new() });
    }
    let mut rng = Rng::new(spec.seed, Stream::Learning, 0);
    let mut learned = Rule::from_values(values)
        .as_rule()
        .learn(units, &examples(&resolved.memories), &mut rng)
        .map_err(learn_error)?;
    if let Some(biases) = &spec.biases {
        learned.bias.clone_from(biases);
    }
    Ok(learned)
}

/// Adds the last of `memories` to what was learned from the others, if the rule can. False: learn anew.
pub fn store<T: Real>(
    learned: &mut Learned<T>,
    values: &Values,
    memories: &[Memory],
) -> Result<bool, LabError> {
    let all = examples(memories);
    match all.split_last() {
        Some((&new, before)) => {
            Rule::from_values(values).as_rule().store(learned, before, new).map_err(learn_error)
        }
        None => Ok(false),
    }
}

/// Takes one memory out of what was learned, if the rule can. False: learn anew.
pub fn forget<T: Real>(learned: &mut Learned<T>, values: &Values, old: &Memory) -> Result<bool, LabError> {
    let example = Example { spins: old.pattern.spins(), importance: old.importance };
    Rule::from_values(values).as_rule().forget(learned, example).map_err(learn_error)
}

/// Does to learned weights what the spec says is done before the run. What they were before the first damage, if that
/// is not what was learned.
pub fn prepare<T: Real>(setup: &Setup, learned: &mut Learned<T>) -> Result<Option<Weights<T>>, LabError> {
    let mut whole = None;
    let mut damaged = false;
    for (k, step) in setup.prepare.iter().enumerate() {
        let at = format!("prepare[{k}]");
        let args = &step.args;
        let fail = |error: &dyn std::fmt::Display| LabError::new(at.clone(), error);
        let rng = |stream| Rng::new(setup.spec.seed, stream, k as u64 + 1);
        match step.action.as_str() {
            "dream" => {
                let hebb = Hebb { bias: learned.bias.iter().any(|&b| b != 0.0), ..Hebb::default() };
                let dreams = Unlearning { dreams: 0, epsilon: args.number("epsilon"), hebb };
                dreams
                    .dream(learned, args.number("count") as u32, &mut rng(Stream::Learning))
                    .map_err(|error| fail(&error))?;
            }
            _ => {
                if k > 0 && !damaged {
                    whole = Some(learned.weights.clone());
                }
                damaged = true;
                let amount = args.number("amount");
                let damage = match args.word("how") {
                    "signs" => Damage::Signs(amount),
                    "noise" => Damage::Noise(amount),
                    "kill" => Damage::Kill(amount),
                    "quantise" => Damage::Quantise(args.number("bits") as u32),
                    _ => Damage::Cut(amount),
                };
                damage
                    .apply(&mut learned.weights, &mut learned.bias, &mut rng(Stream::Damage))
                    .map_err(|error| fail(&error))?;
            }
        }
    }
    Ok(whole)
}
