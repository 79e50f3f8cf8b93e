//! The dense associative memory at the bench.

use engram::dynamics::State;
use engram::learning::Example;
use engram::models::dense::{Dense, Interaction, Scale, theory};
use engram::observe::Explanation;

use super::common::{self, Bench, Rules, SpinModel};
use crate::LabError;
use crate::catalogue::{Entry, Takes, Weights};
use crate::control::{Control, kind};
use crate::describe::{Description, Level, Mark as Place, Meter};
use crate::figure::{Axis, Figure, FigureInfo, Mark, Part, Role};
use crate::machine::Source;
use crate::setup::Setup;
use crate::spec::Spec;
use crate::value::number_of;

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "dense",
    label: "dense associative memory",
    summary: "A Hopfield network with a steeper energy: a memory that is near speaks far louder than many that are far, so it holds far more of them",
    source: "D. Krotov & J. J. Hopfield, NIPS 2016, arXiv:1606.01164; M. Demircigil et al., J. Stat. Phys. 168 (2017) 288",
    example: r#"{ "v": 1, "model": "dense", "patterns": { "set": "letters", "size": 10 },
             "start": { "pattern": 0, "corrupt": { "flip": 0.25 } } }"#,
    takes: Takes { weights: Weights::None, ..Takes::NET },
    size: None,
    describe: fill,
    check: |_| Ok(()),
    open: |setup| Bench::<Model>::open(setup, &RULES),
};

static RULES: Rules = Rules::ALL;

/// Fills in the description.
fn fill(_: &Spec, description: &mut Description) {
    const GROUP: &str = "How it remembers";
    description.controls = vec![
        Control::new("interaction", "energy function", GROUP, kind::choice(&[
            ("power", "power", "F(x) = xⁿ. With an even n a memory and its negative count alike"),
            ("rectified", "power, one-sided", "F(x) = xⁿ above zero, else 0: only memories that the picture leans towards count"),
            ("exponential", "exponential", "F(x) = eˣ: exponentially many memories (Demircigil et al. 2017)"),
        ]), "How loudly a memory speaks that the picture is like"),
        Control::new("degree", "power", GROUP, kind::integer(1, 30, 3),
            "With 2 it is Hebb's network; each more holds about n times as many memories again, where n counts the neurons")
            .symbol("n").when("interaction", &["power", "rectified"]),
        Control::new("scale", "unit of energy", GROUP, kind::choice(&[
            ("paper", "as in print", "E = −Σ F(x·s)"),
            ("depth", "by depth", "A memory that stands alone lies at −N, whatever the function: temperatures are then of order 1"),
        ]), "What the energy, and with it the temperature, is counted in"),
    ];
    description.controls.extend(RULES.controls("How it runs"));
    description.observables = common::spin_observables(
        "How far the picture is from all memories, E = −Σ F(x·s). It falls as the network settles",
    );
    description.layers = common::spin_layers();
    description.figures = vec![FigureInfo {
        key: "interaction",
        label: "how loud each memory is",
        help: "The function F, and where each memory's overlap with the picture lies on it",
        leads: false,
        press: None,
        drag: None,
        beside: false,
    }];
    description.actions = common::cue_actions(false);
    description.actions.extend(common::memory_actions());
}

struct Model {
    net: Dense,
}

fn interaction(setup: &Setup) -> Interaction {
    let degree = setup.values.number("degree") as u32;
    match setup.values.word("interaction") {
        "rectified" => Interaction::RectifiedPower(degree),
        "exponential" => Interaction::Exponential,
        _ => Interaction::Power(degree),
    }
}

impl SpinModel for Model {
    type Net = Dense;

    const EXPLAINS_BY: Source = Source::Memory;

    fn make(setup: &Setup, known: Option<(&Setup, &Self)>) -> Result<Option<Self>, LabError> {
        if known.is_some_and(|(old, _)| Self::is_same(old, setup)) {
            return Ok(None);
        }
        let units = setup.units();
        let scale = match setup.values.word("scale") {
            "depth" => Scale::Depth(units as f64),
            _ => Scale::Factor(1.0),
        };
        // Without memories nothing pulls: as with one that counts for nothing.
        let nothing = vec![1; units];
        let mut examples: Vec<_> = setup
            .resolved
            .memories
            .iter()
            .map(|m| Example { spins: m.pattern.spins(), importance: m.importance })
            .collect();
        if examples.is_empty() {
            examples.push(Example { spins: &nothing, importance: 0.0 });
        }
        let net = Dense::new(interaction(setup), &examples, scale);
        Ok(Some(Self { net: net.map_err(|error| LabError::new("patterns", error))? }))
    }

    fn is_same(setup: &Setup, other: &Setup) -> bool {
        let settings = |setup: &Setup| {
            let mut values = setup.values.clone();
            values.retain(|key, _| !common::update::is_of_run(key));
            values
        };
        settings(setup) == settings(other) && setup.resolved.memories == other.resolved.memories
    }

    fn net(&self) -> &Dense {
        &self.net
    }

    fn energy(&self, state: &State<Vec<i16>>) -> f64 {
        self.net.energy_cached(state.cache())
    }

    fn explain(&self, state: &State<Vec<i16>>, unit: usize) -> Explanation {
        self.net.explain(state.spins(), state.cache(), unit)
    }

    fn meters(&self, setup: &Setup) -> Vec<Meter> {
        let (units, stored) = (setup.units(), setup.resolved.memories.len());
        let (safe, most) = match interaction(setup) {
            Interaction::Exponential => {
                let all = theory::exponential_capacity(units);
                (all, all)
            }
            Interaction::Power(degree) | Interaction::RectifiedPower(degree) if degree >= 2 => {
                (theory::capacity_without_errors(degree, units), theory::capacity_with_errors(degree, units))
            }
            _ => return Vec::new(),
        };
        let most = most.max(safe);
        if !(most.is_finite() && most >= 1.0) {
            return Vec::new();
        }
        let load = stored as f64;
        let (level, fate) = if load > most {
            (Level::Over, "more than it holds, and most are lost")
        } else if load > safe {
            (Level::Near, "and some may come back with a few pixels wrong")
        } else {
            (Level::Ok, "and should come back")
        };
        let told = match stored {
            0 => "Nothing is stored yet".to_owned(),
            1 => format!("1 picture is stored, {fate}"),
            _ => format!("{} are stored, {fate}", number_of(stored, "picture")),
        };
        let about = |count: f64| {
            if count < 1e6 { format!("about {:.0}", count.floor()) } else { format!("about {count:.0e}") }
        };
        let mark = |at, label, help| Place { at, label, help };
        vec![Meter {
            key: "load",
            label: "how full it is",
            symbol: "P",
            help: "Pictures stored. Beyond what the energy function holds they spoil each other; alike ones spoil each other sooner",
            value: load,
            max: 1.5 * most,
            marks: vec![
                mark(
                    safe,
                    "all exact",
                    "Up to here pictures of fair coins are stable in every pixel: n^(d−1) / (2 (2d−3)!! ln n) for a power d, 2^(n/2) for the exponential",
                ),
                mark(
                    most,
                    "at most",
                    "Here about one pixel in two hundred is unstable; of the exponential nothing beyond is proved",
                ),
            ],
            level,
            expect: format!(
                "{told}. By this function {} pictures of coins of this size are exact, and {} nearly so.",
                about(safe),
                about(most)
            ),
        }]
    }

    fn figure(&self, setup: &Setup, state: &State<Vec<i16>>, key: &str, part: Part) -> Option<Figure> {
        (key == "interaction").then(|| loudness(setup, interaction(setup), state.cache(), part))
    }
}

/// The function, and where the memories lie on it; as parts of its largest value.
fn loudness(setup: &Setup, function: Interaction, overlaps: &[i16], part: Part) -> Figure {
    let units = setup.units() as i32;
    let most = function.value(units);
    let share = |overlap: i32| {
        // Beyond the range of numbers only the exponential goes: its share is still one.
        let value = match function {
            Interaction::Exponential => engram::math::exp(f64::from(overlap - units)),
            _ => function.value(overlap) / most,
        };
        [overlap as f32 / units as f32, value as f32]
    };
    let marks = match part {
        Part::Still => {
            let step = (units / 100).max(1);
            let path = (-units..=units).step_by(step as usize).chain([units]).map(share).collect();
            vec![Mark::Lines { role: Role::Theory, label: "F".to_owned(), paths: vec![path] }]
        }
        Part::Moving => {
            let memories = &setup.resolved.memories;
            let at = overlaps.iter().take(memories.len()).map(|&m| share(i32::from(m))).collect();
            let names = memories.iter().map(|memory| memory.name.clone()).collect();
            vec![Mark::Points {
                role: Role::Measured,
                label: "memories".to_owned(),
                at,
                error: Vec::new(),
                names,
            }]
        }
    };
    Figure {
        x: Axis { label: "likeness", symbol: "m", range: Some([-1.0, 1.0]), ..Axis::default() },
        y: Axis { label: "how loud, beside a perfect match", symbol: "F(x·s) / F(n)", ..Axis::default() },
        marks,
        ..Figure::default()
    }
}
