//! How the numbers of a layer are spread.

use std::ops::RangeInclusive;

use engram::observe::{Bins, Survey};
use serde::Serialize;

use crate::LabError;
use crate::describe::Palette;
use crate::machine::{Machine, Numbers};
use crate::value::Figure;

/// How many bins may be asked for.
const BINS: RangeInclusive<f64> = 3.0..=512.0;

/// The numbers of a layer, counted. Cells that are no number, such as weights that damage has cut, are not counted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Histogram {
    /// Lower edge of the first bin.
    pub low: f64,
    /// Upper edge of the last bin; all bins are equally wide.
    pub high: f64,
    /// Numbers in each bin.
    pub counts: Vec<u32>,
    /// Numbers that were there before the damage, in the same bins; none without damage.
    pub before: Option<Vec<u32>>,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation.
    pub deviation: f64,
    /// How many there are.
    pub total: usize,
}

impl Histogram {
    /// Of a layer, in up to so many bins. Weights are counted once a pair of units and without the diagonal.
    ///
    /// # Errors
    /// No such layer or index, or too many or too few bins.
    pub fn of(machine: &dyn Machine, layer: &str, index: usize, bins: f64) -> Result<Self, LabError> {
        if !BINS.contains(&bins) || bins != bins.trunc() {
            let (least, most) = (BINS.start(), BINS.end());
            let message =
                format!("{} is not allowed; it must be a whole number from {least} to {most}", Figure(bins));
            return Err(LabError::new("bins", message));
        }
        let (after, before) =
            (Numbers { layer, index, before: false }, Numbers { layer, index, before: true });
        let (mut survey, mut earlier) = (Survey::default(), Survey::default());
        machine.numbers(&after, &mut |numbers| survey.add(numbers))?;
        let damaged = machine.numbers(&before, &mut |numbers| earlier.add(numbers))?;
        let sizes = machine
            .describe()
            .layers
            .iter()
            .any(|info| info.key == layer && info.palette == Palette::Magnitude);
        let (total, mean, deviation) = (survey.count(), survey.mean(), survey.deviation());
        let bins = Bins::new(&survey.with(&earlier), bins as usize, sizes);
        let count = |of: &Numbers<'_>| {
            let mut counts = bins.counts();
            machine.numbers(of, &mut |numbers| bins.add(numbers, &mut counts)).map(|_| counts)
        };
        let counts = count(&after)?;
        let before = if damaged { Some(count(&before)?) } else { None };
        Ok(Self { low: bins.low(), high: bins.high(), counts, before, mean, deviation, total })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::spec::Spec;

    fn open(extra: &str) -> Box<dyn Machine> {
        let spec = format!(
            r#"{{"v":1,"model":"hopfield","seed":3,"patterns":{{"set":"letters","take":"AJX","size":10}}{extra}}}"#
        );
        catalogue::open(&Spec::parse(&spec).unwrap()).unwrap()
    }

    fn spread(machine: &dyn Machine, layer: &str, index: usize) -> Histogram {
        let seen = Histogram::of(machine, layer, index, 40.0).unwrap();
        assert_eq!(seen.counts.iter().sum::<u32>() as usize, seen.total);
        seen
    }

    #[test]
    fn weights_are_counted_once_a_pair_in_steps_of_their_own() {
        let machine = open("");
        let all = spread(machine.as_ref(), "weights", 0);
        // Three pictures of a hundred pixels: −3, −1, 1 or 3 hundredths, so four bins about zero.
        assert_eq!((all.counts.len(), all.total, all.before.clone()), (4, 4950, None));
        assert!((all.low + 0.04).abs() < 1e-12 && (all.high - 0.04).abs() < 1e-12);
        let drawn = machine.layer("weights", 0).unwrap().values;
        let of = |value: f32| drawn.iter().filter(|&&w| (w - value).abs() < 1e-6).count() as u32 / 2;
        assert_eq!(all.counts, [of(-0.03), of(-0.01), of(0.01), of(0.03)]);
        let mean = drawn.iter().map(|&w| f64::from(w)).sum::<f64>() / 9900.0;
        assert!((all.mean - mean).abs() < 1e-8 && all.deviation > 0.0);
        assert_eq!(spread(machine.as_ref(), "incoming", 7).total, 99);
        assert_eq!(spread(machine.as_ref(), "state", 0).counts.len(), 2);
        assert_eq!(spread(machine.as_ref(), "flips", 0).low, -0.5);
        spread(machine.as_ref(), "field", 0);
        spread(machine.as_ref(), "difference", 2);
    }

    #[test]
    fn damage_is_seen_beside_what_was() {
        let machine = open(r#","prepare":[{"do":"damage","how":"cut","amount":0.4}]"#);
        let (cut, whole) = (spread(machine.as_ref(), "weights", 0), spread(open("").as_ref(), "weights", 0));
        assert_eq!((cut.total, cut.before), (2970, Some(whole.counts)));
        let incoming = machine.layer("incoming", 5).unwrap().values;
        let lost = machine.layer("lost", 5).unwrap().values;
        let gone = incoming.iter().filter(|w| w.is_nan()).count();
        assert_eq!(spread(machine.as_ref(), "incoming", 5).total, 99 - gone);
        assert!((20..60).contains(&gone));
        assert!(incoming.iter().zip(&lost).all(|(left, lost)| left.is_nan() == (*lost != 0.0)));
        // Cutting takes as much of each neuron's weights as the cut ones weighed.
        let share = machine.layer("damage", 0).unwrap().values[5];
        let whole = open("").layer("incoming", 5).unwrap().values;
        let weighed: f32 = whole.iter().map(|w| w.abs()).sum();
        assert!((share - lost.iter().map(|w| w.abs()).sum::<f32>() / weighed).abs() < 1e-6);
    }

    #[test]
    fn damage_after_a_dream_is_told_from_the_dream() {
        let dream = r#"{"do":"dream","count":5}"#;
        let dreamt = open(&format!(r#","prepare":[{dream}]"#));
        let layers =
            |machine: &dyn Machine| machine.describe().layers.iter().map(|l| l.key).collect::<Vec<_>>();
        assert!(!layers(dreamt.as_ref()).contains(&"damage"));
        assert!(dreamt.layer("damage", 0).is_err());
        let harm = r#"{"do":"damage","how":"signs","amount":1}"#;
        let both = open(&format!(r#","prepare":[{dream},{harm}]"#));
        assert!(layers(both.as_ref()).contains(&"lost"));
        let (before, after) =
            (dreamt.layer("incoming", 3).unwrap().values, both.layer("incoming", 3).unwrap().values);
        let lost = both.layer("lost", 3).unwrap().values;
        for ((before, after), lost) in before.iter().zip(&after).zip(&lost) {
            assert_eq!((*after, *lost), (-before, 2.0 * before));
        }
        assert_eq!(both.layer("damage", 0).unwrap().values, [2.0; 100]);
        let dead = open(r#","prepare":[{"do":"damage","how":"kill","amount":1}]"#);
        assert_eq!(dead.layer("damage", 0).unwrap().values, [1.0; 100]);
        let none = spread(dead.as_ref(), "weights", 0);
        assert_eq!((none.total, none.mean, none.deviation), (0, 0.0, 0.0));
    }

    #[test]
    fn what_cannot_be_counted_is_refused_with_a_sentence() {
        let machine = open("");
        for bins in [0.0, 2.0, 513.0, 1e9, -1.0, 4.5, f64::NAN, f64::INFINITY] {
            let error = Histogram::of(machine.as_ref(), "weights", 0, bins).unwrap_err();
            assert!(error.to_string().starts_with("bins: ") && error.message.contains("3 to 512"), "{error}");
        }
        for (layer, index) in [("incoming", 100), ("incoming", usize::MAX), ("nothing", 0), ("difference", 3)]
        {
            assert!(Histogram::of(machine.as_ref(), layer, index, 40.0).is_err(), "{layer} {index}");
        }
    }

    #[test]
    fn millions_of_weights_are_counted_without_being_drawn() {
        let spec = r#"{"v":1,"model":"hopfield","patterns":{"random":{"count":5,"units":4096}}}"#;
        let machine = catalogue::open(&Spec::parse(spec).unwrap()).unwrap();
        assert!(machine.layer("weights", 0).is_err());
        let all = spread(machine.as_ref(), "weights", 0);
        assert_eq!((all.total, all.counts.len()), (4096 * 4095 / 2, 6));
        // Five coins: 1, 5, 10, 10, 5, 1 of 32.
        for (count, part) in all.counts.iter().zip([1.0, 5.0, 10.0, 10.0, 5.0, 1.0]) {
            assert!((f64::from(*count) / all.total as f64 - part / 32.0).abs() < 0.003, "{:?}", all.counts);
        }
    }
}
