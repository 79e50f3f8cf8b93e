//! The Hopfield network with hidden units that only add room, at the bench.

use engram::dynamics::State;
use engram::learning::{Padding, PaddingError};
use engram::models::hebbian::Hebbian;
use engram::models::padded::Padded;
use engram::observe::Explanation;
use engram::rng::{Rng, Stream};

use super::common::{self, Bench, Rules, SpinModel};
use crate::LabError;
use crate::catalogue::{Entry, Takes, Weights};
use crate::control::{Control, kind};
use crate::describe::{Description, Layer, LayerInfo, Palette};
use crate::machine::Source;
use crate::setup::Setup;
use crate::spec::Spec;

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "padded",
    label: "Hopfield network with spare neurons",
    summary: "Hidden neurons whose states nobody cares for are added to every picture: a larger network has room for more of them",
    source: "D. H. Ackley, G. E. Hinton & T. J. Sejnowski, Cognitive Science 9 (1985) 147",
    example: r#"{ "v": 1, "model": "padded", "patterns": { "random": { "count": 12, "units": 64 } },
             "start": { "pattern": 0, "corrupt": { "flip": 0.1 } } }"#,
    takes: Takes { weights: Weights::None, ..Takes::NET },
    size: None,
    describe: fill,
    check,
    open: |setup| Bench::<Model>::open(setup, &RULES),
};

static RULES: Rules = Rules::ALL;

/// Most operations of choosing the hidden units well: some seconds in a browser.
const MAX_WORK: f64 = 4e9;

/// Sweeps over the hidden units in which they are chosen well.
const SWEEPS: usize = 20;

fn fill(_: &Spec, description: &mut Description) {
    const GROUP: &str = "Spare neurons";
    description.controls = vec![
        Control::new(
            "hidden",
            "spare neurons",
            GROUP,
            kind::integer(0, 2048, 64),
            "More of them hold more pictures. None: the network of Hebb's rule without any",
        )
        .symbol("K"),
        Control::new(
            "fill",
            "what they are in a picture",
            GROUP,
            kind::choice(&[
                ("optimised", "chosen well", "So that the pictures disturb each other least"),
                ("coins", "fair coins", "Drawn at random for every picture"),
            ]),
            "What each picture is continued with",
        ),
        Control::new(
            "hidden_start",
            "what they start as",
            GROUP,
            kind::choice(&[
                ("guess", "guessed", "Each follows what it feels from the picture alone, all at once"),
                ("unknown", "unknown", "They count for nothing until they are asked"),
            ]),
            "What the run begins with where the cue says nothing",
        ),
    ];
    description.controls.extend(RULES.controls("How it runs"));
    description.observables = common::spin_observables(
        "How much all neurons, spare ones too, pull against each other. It falls as the network settles",
    );
    description.layers = common::spin_layers();
    description.layers.push(
        LayerInfo::new(
            "hidden",
            "the spare neurons",
            Palette::Spins,
            "State of each neuron that the picture does not show",
        )
        .apart(),
    );
    description.actions = common::cue_actions(false);
    description
        .actions
        .extend(common::memory_actions().into_iter().filter(|action| action.key != "importance"));
}

fn hidden(setup: &Setup) -> usize {
    setup.values.number("hidden") as usize
}

fn check(setup: &Setup) -> Result<(), LabError> {
    let (visible, hidden, count) = (setup.units(), hidden(setup), setup.resolved.memories.len());
    let most = Takes::NET.cells;
    if visible + hidden > most {
        let error = PaddingError::Units { visible, hidden };
        return Err(LabError::new("params.hidden", error));
    }
    let work = SWEEPS as f64 * hidden as f64 * (count * count) as f64;
    if setup.values.word("fill") == "optimised" && work > MAX_WORK {
        let fits = (MAX_WORK / SWEEPS as f64 / (count * count) as f64) as usize;
        let message = format!(
            "{hidden} spare neurons chosen well for {count} pictures would take minutes; at most {fits} fit, or take coins"
        );
        return Err(LabError::new("params.hidden", message));
    }
    Ok(())
}

struct Model {
    net: Padded,
    scale: f64,
}

impl SpinModel for Model {
    type Net = Hebbian;

    const EXPLAINS_BY: Source = Source::Memory;

    fn make(setup: &Setup, known: Option<(&Setup, &Self)>) -> Result<Option<Self>, LabError> {
        if known.is_some_and(|(old, _)| Self::is_same(old, setup)) {
            return Ok(None);
        }
        let mut patterns = setup.patterns();
        // Without memories nothing pulls: as with one that counts for nothing.
        let nothing = vec![1; setup.units()];
        let scale = if patterns.is_empty() { 0.0 } else { 1.0 / setup.units() as f64 };
        if patterns.is_empty() {
            patterns.push(&nothing);
        }
        let fail = |error: &dyn std::fmt::Display| LabError::new("patterns", error);
        let mut rng = Rng::new(setup.spec.seed, Stream::Learning, 0);
        let mut padding = Padding::coins(&patterns, hidden(setup), &mut rng).map_err(|error| fail(&error))?;
        if setup.values.word("fill") == "optimised" {
            padding.refine(SWEEPS);
        }
        Ok(Some(Self { net: Padded::new(&padding, scale).map_err(|error| fail(&error))?, scale }))
    }

    fn is_same(setup: &Setup, other: &Setup) -> bool {
        let settings = |setup: &Setup| {
            let mut values = setup.values.clone();
            values.retain(|key, _| !common::update::is_of_run(key) && key != "hidden_start");
            values
        };
        settings(setup) == settings(other)
            && setup.spec.seed == other.spec.seed
            && setup.patterns() == other.patterns()
    }

    fn net(&self) -> &Hebbian {
        self.net.net()
    }

    fn cue(&self, setup: &Setup) -> Vec<i8> {
        if setup.values.word("hidden_start") == "guess" {
            self.net.guess(&setup.start)
        } else {
            self.net.cue(&setup.start)
        }
    }

    fn energy(&self, state: &State<Vec<i16>>) -> f64 {
        engram::energy::Conditional::energy_cached(self.net(), state.spins(), state.cache())
    }

    fn explain(&self, state: &State<Vec<i16>>, unit: usize) -> Explanation {
        let own = i32::from(state.spins()[unit]);
        let term = |(pattern, &overlap): (&Vec<i8>, &i16)| {
            // What the other units have of this memory.
            let rest = i32::from(overlap) - i32::from(pattern[unit]) * own;
            (self.scale * f64::from(rest), pattern[unit])
        };
        let memories = self.net.patterns().iter().zip(state.cache());
        Explanation::of_terms(state.field(self.net(), unit), 0.0, memories.map(term))
    }

    fn layer(
        &self,
        setup: &Setup,
        state: &State<Vec<i16>>,
        key: &str,
        _: usize,
    ) -> Result<Option<Layer>, LabError> {
        if key != "hidden" {
            return Ok(None);
        }
        let hidden = &state.spins()[setup.units()..];
        let width = (1..=hidden.len()).find(|width| width * width >= hidden.len()).unwrap_or(1);
        let height = hidden.len().div_ceil(width).max(1);
        let mut values: Vec<f32> = hidden.iter().map(|&s| f32::from(s)).collect();
        values.resize(width * height, f32::NAN);
        Ok(Some(Layer { width, height, values }))
    }
}
