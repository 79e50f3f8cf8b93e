//! How full the memory is: what the learning rule holds, and what to expect of it now.

use std::cell::OnceCell;

use engram::learning::{Capacity, Unlearning};
use engram::observe::Likeness;

use super::learn::Rule;
use crate::describe::{Level, Mark, Meter};
use crate::object::shown;
use crate::setup::Setup;
use crate::value::{Figure, number_of};

/// How a rule takes pictures that are no fair coins.
enum Alike {
    /// They spoil each other as many more unlike ones would.
    Spoil,
    /// Some of them are lost before their time.
    Suffer,
    /// It keeps them apart.
    Stand,
}

const HEBB: &str = "0.138 pictures a neuron: a pixel or two in a hundred are wrong there, and beyond it all is lost at once (Amit, Gutfreund & Sompolinsky 1985)";

/// What is said of a rule beside its numbers: how the pictures beyond the safe ones come back, what its most means, and
/// how it takes look-alikes.
fn words(rule: &Rule) -> (&'static str, &'static str, Alike) {
    const WRONG: &str = "with a few pixels wrong";
    const BARELY: &str = "only while they are hardly spoiled";
    match rule {
        Rule::Hebb(_) => (WRONG, HEBB, Alike::Spoil),
        Rule::Unlearning(_) => (
            WRONG,
            "Dreams make room for more than the 0.138 pictures a neuron of Hebb's rule, until they have taken away as much as was stored",
            Alike::Spoil,
        ),
        Rule::Storkey(rule) if rule.second_order => {
            (BARELY, "Half a picture a neuron: soon beyond it the weights run away", Alike::Suffer)
        }
        Rule::Storkey(_) => (
            WRONG,
            "1 / √(2 ln N) pictures a neuron (Storkey 1997): beyond it fewer and fewer are held",
            Alike::Suffer,
        ),
        Rule::PseudoInverse(_) => (
            BARELY,
            "One picture a neuron: as many can be independent. Half as many already have narrow basins (Kanter & Sompolinsky 1987)",
            Alike::Stand,
        ),
        Rule::Perceptron(rule) if rule.symmetric => {
            (BARELY, "The most that symmetric weights hold: fewer with a wider margin", Alike::Stand)
        }
        Rule::Perceptron(_) => (
            BARELY,
            "The most that any weights hold: two pictures a neuron without a margin, fewer with a wider one (Gardner 1988)",
            Alike::Stand,
        ),
        Rule::EnergyGradient(_) => {
            (BARELY, "About half a picture a neuron, if there are steps enough", Alike::Stand)
        }
    }
}

/// The dreams that follow Hebb's rule: the rule's own, and those dreamt afterwards.
fn dreams(setup: &Setup, rule: Rule) -> Rule {
    let later = setup.prepare.iter().filter(|step| step.action == "dream");
    let later: f64 = later.map(|step| step.args.number("count") * step.args.number("epsilon")).sum();
    let (hebb, own) = match &rule {
        Rule::Hebb(hebb) => (*hebb, 0.0),
        Rule::Unlearning(dreamt) => (dreamt.hebb, dreamt.worth()),
        _ => return rule,
    };
    if own + later > 0.0 {
        Rule::Unlearning(Unlearning { dreams: 1, epsilon: own + later, hebb })
    } else {
        Rule::Hebb(hebb)
    }
}

fn capacity(rule: &Rule, units: usize) -> Capacity {
    match rule {
        Rule::Hebb(rule) => rule.capacity(units),
        Rule::Storkey(rule) => rule.capacity(units),
        Rule::PseudoInverse(rule) => rule.capacity(),
        Rule::Perceptron(rule) => rule.capacity(),
        Rule::EnergyGradient(rule) => rule.capacity(units),
        Rule::Unlearning(rule) => rule.capacity(units),
    }
}

/// The load of a net that learns. `likeness` keeps that of its memories, once it has been asked.
#[inline(never)] // One copy for nets of both precisions.
pub fn meters(setup: &Setup, likeness: &OnceCell<Option<Likeness>>) -> Vec<Meter> {
    if setup.spec.weights.is_some() {
        return Vec::new();
    }
    let likeness = *likeness.get_or_init(|| Likeness::of(&setup.patterns()));
    let (units, stored) = (setup.units(), setup.resolved.memories.len());
    let rule = dreams(setup, Rule::from_values(&setup.values));
    let Capacity { safe, most } = capacity(&rule, units);
    let (beyond, help, alike) = words(&rule);
    let load = stored as f64 / units as f64;
    // Coins differ from one draw to the next: what they share by chance makes no look-alikes.
    let unlike = 2.0 * stored.saturating_sub(1) as f64 / units as f64 + 0.02;
    let look_alikes = likeness.filter(|found| found.crosstalk > unlike && found.crosstalk > safe);
    let mut level = if load > most {
        Level::Over
    } else if load > safe {
        Level::Near
    } else {
        Level::Ok
    };
    let mut fate = match level {
        Level::Ok => "and should come back".to_owned(),
        Level::Near => "and some may come back wrong".to_owned(),
        Level::Over => "more than it holds, and most are lost".to_owned(),
    };
    let mut kind = "";
    if let (Some(found), Alike::Spoil | Alike::Suffer) = (look_alikes, &alike) {
        let [a, b] = found.pair.map(|k| shown(&setup.resolved.memories[k].name));
        let overlap = Figure((found.overlap * 100.0).round() / 100.0);
        let full = matches!(alike, Alike::Spoil) && found.crosstalk > most;
        level = level.max(if full { Level::Over } else { Level::Near });
        let how_many = if level == Level::Over { "most" } else { "some" };
        fate = format!(
            "but so alike (overlap of {a} and {b}: {overlap}) that {how_many} may blur into each other"
        );
        kind = " unlike ones";
    }
    if matches!(&rule, Rule::Unlearning(rule) if rule.worth() > stored as f64) && stored > 0 {
        level = Level::Over;
        fate = "but dreams have taken away more than was stored, and little is left".to_owned();
    }
    let told = match stored {
        0 => "Nothing is stored yet".to_owned(),
        1 => format!("1 picture is stored, {fate}"),
        _ => format!("{} are stored, {fate}", number_of(stored, "picture")),
    };
    let about = |load: f64| match (load * units as f64 + 0.5) as usize {
        0 => "none".to_owned(),
        count => format!("about {count}"),
    };
    let expect = format!(
        "{told}. By this rule {}{kind} of this size come back exactly, and up to {} {beyond}.",
        about(safe),
        about(most)
    );
    let marks = [
        (
            safe,
            "all exact",
            "Up to here nearly every picture of fair coins comes back in every pixel, even if a tenth of them was spoiled",
        ),
        (most, "at most", help),
    ];
    vec![Meter {
        key: "load",
        label: "how full it is",
        symbol: "α = P/N",
        help: "Pictures for each neuron. Beyond what the learning rule holds they spoil each other; alike ones spoil each other sooner",
        value: load,
        max: 1.5 * most,
        marks: marks
            .into_iter()
            .filter(|mark| mark.0 > 0.0)
            .map(|(at, label, help)| Mark { at, label, help })
            .collect(),
        level,
        expect,
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::spec::Spec;

    fn meter(fields: &str) -> Meter {
        let text = format!(r#"{{"v":1,"model":"hopfield",{fields}}}"#);
        let machine = catalogue::open(&Spec::parse(&text).unwrap()).unwrap_or_else(|error| panic!("{error}"));
        machine.meters().remove(0)
    }

    fn random(count: usize, params: &str) -> Meter {
        meter(&format!(
            r#""patterns":{{"width":16,"height":16,"random":{{"count":{count}}}}},"params":{{{params}}}"#
        ))
    }

    #[test]
    fn hebbs_rule_says_what_it_holds() {
        let five = random(5, "");
        assert_eq!((five.value, five.level), (5.0 / 256.0, Level::Ok));
        assert_eq!(
            five.marks.iter().map(|mark| mark.at).collect::<Vec<_>>(),
            [0.25 / engram::math::ln(256.0), 0.137_906]
        );
        assert_eq!(
            five.expect,
            "5 pictures are stored, and should come back. By this rule about 12 of this size come back exactly, and up to about 35 with a few pixels wrong."
        );
        let more = random(20, "");
        assert_eq!(more.level, Level::Near);
        assert!(
            more.expect
                .starts_with("20 pictures are stored, and some may come back wrong. By this rule about 12")
        );
        let full = random(60, "");
        assert_eq!((full.level, full.max), (Level::Over, five.max));
        assert!(full.expect.starts_with("60 pictures are stored, more than it holds, and most are lost."));
        assert!(
            random(0, "").expect.starts_with("Nothing is stored yet. By this rule about 12 of this size")
        );
        assert!(random(1, "").expect.starts_with("1 picture is stored, and should come back."));
    }

    #[test]
    fn look_alikes_are_named_to_rules_that_they_spoil() {
        let letters = |rule: &str| {
            meter(&format!(
                r#""patterns":{{"set":"letters","take":"ABCDE","size":10}},"params":{{"rule":"{rule}"}}"#
            ))
        };
        let hebb = letters("hebb");
        assert_eq!(hebb.level, Level::Over);
        assert!(
            hebb.expect.starts_with(
                "5 pictures are stored, but so alike (overlap of B and E: 0.7) that most may blur into each other. By this rule about 5 unlike ones of this size"
            ),
            "{}",
            hebb.expect
        );
        assert_eq!(letters("storkey").level, Level::Near);
        for rule in ["pseudo_inverse", "perceptron", "perceptron_asymmetric", "energy_gradient"] {
            let meter = letters(rule);
            assert_eq!((meter.level, meter.expect.contains("alike")), (Level::Ok, false), "{rule}");
        }
        // Those that a preset has chosen to be unlike, and those of chance.
        let unlike = meter(r#""patterns":{"set":"letters","take":"AJX","size":10}"#);
        assert_eq!(unlike.level, Level::Ok, "{}", unlike.expect);
        for seed in 0..20 {
            let coins = meter(&format!(r#""seed":{seed},"patterns":{{"random":{{"count":5,"units":100}}}}"#));
            assert_eq!(coins.level, Level::Ok, "{}", coins.expect);
        }
    }

    #[test]
    fn dreams_make_room_until_they_take_too_much() {
        let six = r#""patterns":{"random":{"count":6,"units":49}}"#;
        let plain = meter(six);
        let dreamt = |dreams: u32| {
            let prepare = format!(r#""prepare":[{{"do":"dream","count":{dreams},"epsilon":0.1}}]"#);
            let later = meter(&format!("{six},{prepare}"));
            let params = format!(r#""params":{{"rule":"unlearning","epsilon":0.1,"dreams":{dreams}}}"#);
            let own = meter(&format!("{six},{params}"));
            assert_eq!((&later.marks, later.level), (&own.marks, own.level));
            own
        };
        let some = dreamt(20);
        assert!(
            (plain.level, some.level) == (Level::Near, Level::Ok) && some.marks[1].at > plain.marks[1].at
        );
        let wiped = dreamt(61);
        assert_eq!(wiped.level, Level::Over);
        assert!(wiped.expect.contains("dreams have taken away more than was stored"));
        // Without a dream it is Hebb's rule.
        let none = meter(&format!(r#"{six},"params":{{"rule":"unlearning","dreams":0}}"#));
        assert_eq!(none.marks, plain.marks);
    }

    #[test]
    fn every_rule_at_every_size_has_a_scale() {
        let rules = ["hebb", "storkey", "storkey2", "pseudo_inverse", "perceptron", "perceptron_asymmetric"];
        for rule in rules.into_iter().chain(["energy_gradient", "unlearning"]) {
            for units in [1, 2, 3, 16] {
                for count in [0, 1, 2, 5] {
                    let meter = meter(&format!(
                        r#""patterns":{{"random":{{"count":{count},"units":{units}}}}},"params":{{"rule":"{rule}"}}"#
                    ));
                    assert!(
                        meter.max.is_finite() && meter.max > 0.0 && meter.expect.ends_with('.'),
                        "{rule} {units}"
                    );
                    assert!(meter.marks.windows(2).all(|pair| pair[0].at <= pair[1].at), "{rule} {units}");
                    assert!(meter.marks.iter().all(|mark| mark.at > 0.0 && mark.at < meter.max));
                }
            }
        }
        let text = r#"{"v":1,"model":"hopfield","weights":[[0,1],[1,0]]}"#;
        assert!(catalogue::open(&Spec::parse(text).unwrap()).unwrap().meters().is_empty());
    }
}
