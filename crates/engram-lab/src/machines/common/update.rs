//! The update rules that a spec can name, for every model whose units can be asked what they feel.

use engram::dynamics::{
    Asynchronous, Greedy, HeatBath, Metropolis, Sequential, State, Synchronous, Thermal, Tie, UpdateRule,
    Visit,
};
use engram::energy::Conditional;
#[cfg(feature = "exact")]
use engram::exact;
use engram::rng::Rng;
use serde::{Deserialize, Serialize};

use super::thermal;
use crate::control::{Control, kind};
use crate::figure::FigureInfo;
use crate::values::Values;

/// An update rule, by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Asynchronous,
    Sequential,
    Greedy,
    Synchronous,
    HeatBath,
    Metropolis,
}

impl Kind {
    /// Name in specs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Asynchronous => "asynchronous",
            Self::Sequential => "sequential",
            Self::Greedy => "greedy",
            Self::Synchronous => "synchronous",
            Self::HeatBath => "heat_bath",
            Self::Metropolis => "metropolis",
        }
    }

    /// Whether it has a temperature.
    const fn is_hot(self) -> bool {
        matches!(self, Self::HeatBath | Self::Metropolis)
    }

    /// Name and what it does, in everyday speech.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Asynchronous => {
                ("one at a time, in random order", "The energy never rises (with symmetric weights)")
            }
            Self::Sequential => ("one at a time, in order", "From first to last, the same every time"),
            Self::Greedy => ("steepest first", "The neuron that lowers the energy most goes first"),
            Self::Synchronous => (
                "all together",
                "All look, then all change. The network can swing between two states for ever",
            ),
            Self::HeatBath => (
                "with heat",
                "Neurons follow only with a probability; the hotter, the less they follow. Taken if a temperature is given and nothing else is said",
            ),
            Self::Metropolis => (
                "with heat, by proposals",
                "A change of one neuron is proposed: always made if the energy falls, else with a probability that falls with what it costs",
            ),
        }
    }
}

/// The update rules that a model can be run by.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Which, the default first.
    pub kinds: &'static [Kind],
    /// The temperature if nothing is said.
    pub temperature: f64,
    /// Whether the temperature can follow a course, and a run is measured as it goes.
    pub thermal: bool,
}

impl Rules {
    /// All of them, asynchronous if nothing is said.
    pub const ALL: Self = Self {
        kinds: &[Kind::Asynchronous, Kind::Sequential, Kind::Greedy, Kind::Synchronous, Kind::HeatBath],
        temperature: 0.3,
        thermal: false,
    };

    /// Those with heat, measured; with this temperature if nothing is said.
    pub const fn thermal(temperature: f64) -> Self {
        Self { kinds: &[Kind::HeatBath, Kind::Metropolis], temperature, thermal: true }
    }

    /// Controls of the rule, the temperature and the tie, as far as there is something to choose.
    pub fn controls(&self, group: &'static str) -> Vec<Control> {
        let mut controls = Vec::new();
        let choice = self.kinds.len() > 1;
        let hot: Vec<_> = self.kinds.iter().filter(|kind| kind.is_hot()).map(|kind| kind.key()).collect();
        let all_hot = hot.len() == self.kinds.len();
        if choice {
            let options: Vec<_> = self
                .kinds
                .iter()
                .map(|kind| {
                    let (label, help) = kind.words();
                    (kind.key(), label, help)
                })
                .collect();
            let control = Control::new(
                UPDATE,
                "updates",
                group,
                kind::choice(&options),
                "Who is asked next, and whether neurons follow for certain",
            )
            .explicit();
            controls.push(if !hot.is_empty() && !all_hot {
                control.implied(TEMPERATURE, Kind::HeatBath.key())
            } else {
                control
            });
        }
        if !hot.is_empty() {
            let control = Control::new(
                TEMPERATURE,
                "temperature",
                group,
                kind::log(0.0, 1000.0, 0.01, self.temperature),
                "More heat lets neurons go against the pull: the network can leave false memories, and then true ones",
            )
            .symbol("T")
            .explicit();
            controls.push(if all_hot { control } else { control.when(UPDATE, &hot) });
        }
        let certain: Vec<_> =
            self.kinds.iter().filter(|kind| !kind.is_hot()).map(|kind| kind.key()).collect();
        if self.thermal {
            thermal::add_controls(&mut controls, group);
        }
        if !certain.is_empty() {
            let control = Control::new(
                TIE,
                "when nothing pulls",
                group,
                kind::choice(&[
                    ("keep", "stay", "A neuron without a field stays as it is"),
                    ("plus", "become ink", "A neuron without a field becomes +1"),
                    ("minus", "become paper", "A neuron without a field becomes −1"),
                ]),
                "What a neuron does when its field is exactly zero",
            );
            controls.push(if choice { control.when(UPDATE, &certain) } else { control });
        }
        controls
    }

    /// Figures of what was measured, where it is.
    pub fn figures(&self) -> Vec<FigureInfo> {
        self.thermal.then(thermal::info).into_iter().collect()
    }

    /// The highest temperature that checked settings name.
    pub fn hottest(&self, values: &Values) -> f64 {
        thermal::schedule(values).map_or(values.number(TEMPERATURE), |course| course.hottest())
    }

    /// The kind of rule that checked settings name.
    pub fn kind(&self, values: &Values) -> Kind {
        let word = values.word(UPDATE);
        let named = self.kinds.iter().find(|kind| kind.key() == word);
        *named.unwrap_or(&self.kinds[0])
    }

    /// The rule that checked settings name, at the start of a sweep.
    pub fn start(&self, values: &Values, units: usize) -> Update {
        let tie = tie(values);
        match self.kind(values) {
            Kind::Asynchronous => Update::Asynchronous(Asynchronous::new(units, tie)),
            Kind::Sequential => Update::Sequential(Sequential::new(tie)),
            Kind::Greedy => Update::Greedy(Greedy::new(tie)),
            Kind::Synchronous => Update::Synchronous(Synchronous::new(tie)),
            Kind::HeatBath => Update::HeatBath(HeatBath::new(units, values.number(TEMPERATURE))),
            Kind::Metropolis => Update::Metropolis(Metropolis::new(values.number(TEMPERATURE))),
        }
    }

    /// The rule of a run that goes on under other settings: if it is of the same kind it stays where it was in its
    /// sweep. Two alternating states are looked for afresh.
    pub fn adjust(&self, update: &mut Update, before: &Values, now: &Values, units: usize) {
        let same = self.kind(before) == self.kind(now) && tie(before) == tie(now);
        match update {
            Update::HeatBath(_) | Update::Metropolis(_) if same => {
                update.set_temperature(now.number(TEMPERATURE));
            }
            Update::Asynchronous(_) | Update::Sequential(_) | Update::Greedy(_) if same => {}
            _ => *update = self.start(now, units),
        }
    }
}

/// Key of the control that names the rule.
pub const UPDATE: &str = "update";

/// Key of the control of the temperature.
pub const TEMPERATURE: &str = "temperature";

const TIE: &str = "tie";

/// Whether a model, as opposed to its run, does not depend on a setting.
pub fn is_of_run(key: &str) -> bool {
    [UPDATE, TEMPERATURE, TIE].contains(&key) || thermal::SETTINGS.contains(&key)
}

/// The tie rule that checked settings name.
pub fn tie(values: &Values) -> Tie {
    match values.word(TIE) {
        "plus" => Tie::Plus,
        "minus" => Tie::Minus,
        _ => Tie::Keep,
    }
}

/// An update rule with where it is in its sweep. Snapshots hold the variants by number: new ones come last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Update {
    Asynchronous(Asynchronous),
    Sequential(Sequential),
    Greedy(Greedy),
    Synchronous(Synchronous),
    HeatBath(HeatBath),
    Metropolis(Metropolis),
}

impl Update {
    /// Changes the temperature of a rule that has one.
    pub fn set_temperature(&mut self, temperature: f64) {
        match self {
            Self::HeatBath(rule) => rule.set_temperature(temperature),
            Self::Metropolis(rule) => rule.set_temperature(temperature),
            _ => {}
        }
    }

    /// Whether updates follow the fields for certain, so that the net can come to rest.
    pub fn is_deterministic(&self) -> bool {
        !matches!(self, Self::HeatBath(_) | Self::Metropolis(_))
    }

    /// Whether two states alternate.
    pub fn is_cycling(&self) -> bool {
        matches!(self, Self::Synchronous(rule) if rule.is_cycling())
    }

    /// Updates in one sweep.
    pub fn sweep_length(&self, units: usize) -> usize {
        match self {
            Self::Asynchronous(rule) => rule.sweep_length(units),
            Self::Sequential(rule) => rule.sweep_length(units),
            Self::Greedy(rule) => rule.sweep_length(units),
            Self::Synchronous(rule) => rule.sweep_length(units),
            Self::HeatBath(rule) => rule.sweep_length(units),
            Self::Metropolis(rule) => rule.sweep_length(units),
        }
    }

    /// The rule whose attractors stand for this one's, with its name: itself where every state leads to one other.
    /// Random rules have no basins of their own; neurons asked in order rest in the same states.
    #[cfg(feature = "exact")]
    pub fn exact_rule(&self, tie: Tie) -> (&'static str, exact::Rule) {
        match self {
            Self::Asynchronous(_) | Self::HeatBath(_) | Self::Metropolis(_) | Self::Sequential(_) => {
                ("sequential", exact::Rule::Sequential(tie))
            }
            Self::Greedy(_) => ("greedy", exact::Rule::Greedy(tie)),
            Self::Synchronous(_) => ("synchronous", exact::Rule::Synchronous(tie)),
        }
    }

    /// Makes updates until `after` says to stop; it is told what an update did and whether two states alternate. The
    /// kind of rule is looked at once, not once an update.
    pub fn run<M: Conditional>(
        &mut self,
        model: &M,
        state: &mut State<M::Cache>,
        rng: &mut Rng,
        after: impl FnMut(&mut State<M::Cache>, &Visit, bool) -> bool,
    ) {
        fn go<R: UpdateRule, M: Conditional>(
            rule: &mut R,
            model: &M,
            state: &mut State<M::Cache>,
            rng: &mut Rng,
            cycling: fn(&R) -> bool,
            mut after: impl FnMut(&mut State<M::Cache>, &Visit, bool) -> bool,
        ) {
            loop {
                let visit = rule.step(model, state, rng);
                if !after(state, &visit, cycling(rule)) {
                    return;
                }
            }
        }
        match self {
            Self::Asynchronous(rule) => go(rule, model, state, rng, |_| false, after),
            Self::Sequential(rule) => go(rule, model, state, rng, |_| false, after),
            Self::Greedy(rule) => go(rule, model, state, rng, |_| false, after),
            Self::Synchronous(rule) => go(rule, model, state, rng, Synchronous::is_cycling, after),
            Self::HeatBath(rule) => go(rule, model, state, rng, |_| false, after),
            Self::Metropolis(rule) => go(rule, model, state, rng, |_| false, after),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::filled;
    use crate::value::Value;

    fn values(rules: &Rules, given: &[(&str, Value)]) -> Values {
        let given = given.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        filled(&rules.controls("running"), &given)
    }

    #[test]
    fn a_temperature_alone_asks_for_heat() {
        let rules = Rules::ALL;
        let kind = |given: &[(&str, Value)]| rules.kind(&values(&rules, given));
        let hot = (TEMPERATURE, Value::Number(0.5));
        assert_eq!(kind(&[]), Kind::Asynchronous);
        assert_eq!(kind(std::slice::from_ref(&hot)), Kind::HeatBath);
        assert_eq!(kind(&[(TEMPERATURE, Value::Number(0.0))]), Kind::Asynchronous);
        assert_eq!(kind(&[hot, (UPDATE, Value::Text("greedy".to_owned()))]), Kind::Greedy);
    }

    #[test]
    fn a_rule_without_a_choice_needs_no_control() {
        let only = Rules { kinds: &[Kind::HeatBath], temperature: 2.0, thermal: false };
        let controls = only.controls("running");
        assert_eq!(controls.iter().map(|c| c.key).collect::<Vec<_>>(), [TEMPERATURE]);
        assert!(controls[0].when.is_empty());
        let expected = Update::HeatBath(HeatBath::new(3, 2.0));
        assert_eq!(only.start(&values(&only, &[]), 3), expected);
        let certain = Rules { kinds: &[Kind::Sequential], temperature: 0.0, thermal: false };
        assert_eq!(certain.controls("running").iter().map(|c| c.key).collect::<Vec<_>>(), [TIE]);
    }
}
