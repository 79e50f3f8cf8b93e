use alloc::string::ToString;

use super::*;
use crate::rng::Stream;

const LN_2: f64 = core::f64::consts::LN_2;

/// No pattern is there twice, and the probabilities add up to 1.
fn check(problem: &Problem) {
    let mut all: Vec<_> = problem.patterns().chunks(problem.units()).collect();
    assert_eq!(all.len(), problem.count());
    assert!(problem.patterns().iter().all(|&cell| cell < 2));
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), problem.count());
    assert!((problem.probabilities().iter().sum::<f64>() - 1.0).abs() < 1e-13);
}

/// What is drawn comes as often as its probability says, within 4.5 standard errors.
fn check_draws(problem: &Problem, draws: u32, mut draw: impl FnMut(&mut Rng) -> Vec<u8>) {
    let mut rng = Rng::new(11, Stream::Patterns, 0);
    let mut counts = vec![0u32; problem.count()];
    for _ in 0..draws {
        let drawn = draw(&mut rng);
        let known = problem.patterns().chunks(problem.units()).position(|pattern| pattern == drawn);
        counts[known.expect("what is drawn is among all")] += 1;
    }
    for (k, (&count, &p)) in counts.iter().zip(problem.probabilities()).enumerate() {
        let error = math::sqrt(p * (1.0 - p) / f64::from(draws));
        // A count is a whole number: half a draw is no difference.
        let off = (f64::from(count) / f64::from(draws) - p).abs() - 0.5 / f64::from(draws);
        assert!(off <= 4.5 * error, "pattern {k}: {count} of {draws}, p {p}");
    }
}

#[test]
fn an_encoder_has_one_unit_on_in_both_groups() {
    let problem = encoder(4).unwrap();
    check(&problem);
    assert_eq!((problem.units(), problem.count()), (8, 4));
    assert_eq!(problem.patterns()[8..16], [0, 1, 0, 0, 0, 1, 0, 0]);
    assert!((problem.entropy() - 2.0 * LN_2).abs() < 1e-14);
    assert_eq!(encoder(1).unwrap_err().to_string(), "1 units a group are not possible; from 2 to 256 are");
}

#[test]
fn parity_is_even() {
    let problem = even_parity(3).unwrap();
    check(&problem);
    assert_eq!(problem.patterns(), [0, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1]);
    let problem = even_parity(8).unwrap();
    check(&problem);
    assert_eq!(problem.count(), 128);
    assert!((problem.entropy() - 7.0 * LN_2).abs() < 1e-12);
    // Each unit and each pair is as among fair coins.
    for (a, b) in [(0, 0), (0, 7), (3, 4)] {
        let both: u32 = problem.patterns().chunks(8).map(|pattern| u32::from(pattern[a] & pattern[b])).sum();
        assert_eq!(both, if a == b { 64 } else { 32 });
    }
    assert!(even_parity(1).is_err() && even_parity(17).is_err());
}

#[test]
fn a_shifter_shifts() {
    let patterns = |wraps| Shifter::new(4, wraps, 0.5).unwrap().all().unwrap();
    let problem = patterns(true);
    check(&problem);
    assert_eq!((problem.units(), problem.count()), (11, 48));
    assert!((problem.entropy() - (math::ln(3.0) + 4.0 * LN_2)).abs() < 1e-13);
    // The row 1 0 1 1 is word 13, to the left, not at all, and to the right.
    let of = |problem: &Problem, k: usize| problem.patterns()[11 * k..11 * (k + 1)].to_vec();
    assert_eq!(of(&problem, 39), [1, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0]);
    assert_eq!(of(&problem, 40), [1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 0]);
    assert_eq!(of(&problem, 41), [1, 0, 1, 1, 1, 1, 0, 1, 0, 0, 1]);
    let problem = patterns(false);
    check(&problem);
    assert_eq!(of(&problem, 39), [1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 0]);
    assert_eq!(of(&problem, 41), [1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1]);
}

#[test]
fn a_shifter_of_sparse_rows_has_their_entropy() {
    let shifter = Shifter::new(3, true, 0.3).unwrap();
    let problem = shifter.all().unwrap();
    check(&problem);
    let coin = -(0.3 * math::ln(0.3) + 0.7 * math::ln(0.7));
    assert!((problem.entropy() - (math::ln(3.0) + 3.0 * coin)).abs() < 1e-13);
    check_draws(&problem, 60_000, |rng| shifter.draw(rng));
    assert!(Shifter::new(8, true, 1.5).unwrap_err().to_string().contains("1.5 is no probability"));
    assert!(Shifter::new(8, true, f64::NAN).is_err() && Shifter::new(17, true, 0.5).is_err());
    assert!(Shifter::new(15, true, 0.5).unwrap().all().is_err());
}

#[test]
fn two_rows_may_come_about_in_two_ways() {
    let shifter = Shifter::new(4, true, 0.2).unwrap().of_two_rows();
    let problem = shifter.all().unwrap();
    check(&problem);
    // Rows of nothing, of everything and of every other cell look the same to both sides.
    assert_eq!((problem.units(), problem.count()), (8, 28));
    assert!((problem.entropy() - 2.374_246).abs() < 5e-7, "{}", problem.entropy());
    assert_eq!(problem.patterns()[8..24], [1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0]);
    check_draws(&problem, 60_000, |rng| shifter.draw(rng));
}

#[test]
fn bars_have_the_published_entropy() {
    let bars = Bars::published(4, 4).unwrap();
    let problem = bars.all();
    check(&problem);
    assert_eq!((problem.units(), problem.count()), (16, 30));
    assert!((problem.entropy() - 2.376_389).abs() < 5e-7, "{}", problem.entropy());
    // No bar at all is as likely in both orientations; one upright bar is 2/3 · 0.2 · 0.8³.
    assert!((problem.probabilities()[0] - 0.8f64 * 0.8 * 0.8 * 0.8).abs() < 1e-15);
    assert!((problem.probabilities()[1] - 2.0 / 3.0 * 0.2 * 0.512).abs() < 1e-15);
    assert_eq!(problem.patterns()[16..32], [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
    check_draws(&problem, 60_000, |rng| bars.draw(rng));
}

#[test]
fn bars_and_stripes_drawn_by_orientation_are_not_equally_likely() {
    for (side, entropy) in [(4, 3.37909), (3, 2.59930)] {
        let problem = Bars::new(side, side, 0.5, 0.5).unwrap().all();
        check(&problem);
        assert!((problem.entropy() - entropy).abs() < 5e-6, "{}", problem.entropy());
    }
    // Of a single cell there are two pictures, whatever their bars.
    let problem = Bars::new(1, 1, 0.3, 0.25).unwrap().all();
    assert_eq!((problem.patterns(), problem.count()), (&[0, 1][..], 2));
    assert!((problem.probabilities()[1] - 0.25).abs() < 1e-15);
    assert!(Bars::new(11, 4, 0.5, 0.5).is_err() && Bars::new(4, 0, 0.5, 0.5).is_err());
    assert!(Bars::new(4, 4, -0.1, 0.5).is_err() && Bars::new(4, 4, 0.5, f64::INFINITY).is_err());
}
