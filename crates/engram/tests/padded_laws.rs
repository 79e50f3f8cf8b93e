//! Hidden units make room: how much more of the visible patterns comes back.

use engram::corrupt::Corruption;
use engram::dynamics::{Asynchronous, State, Tie, settle};
use engram::energy::{Conditional as _, Energy as _};
use engram::learning::{LearningRule as _, MAX_PATTERNS, Padding, PaddingError, PseudoInverse};
use engram::math;
use engram::models::hopfield::{BiasSign, Hopfield};
use engram::models::padded::Padded;
use engram::observe::{Moments, Outcome};
use engram::pattern::{SpinsError, hadamard};
use engram::rng::{Rng, Stream};

fn coins(units: usize, count: usize, index: u64) -> Vec<Vec<i8>> {
    let mut rng = Rng::new(41, Stream::Patterns, index);
    (0..count).map(|_| (0..units).map(|_| rng.spin()).collect()).collect()
}

fn views(patterns: &[Vec<i8>]) -> Vec<&[i8]> {
    patterns.iter().map(Vec::as_slice).collect()
}

/// How the hidden units are chosen.
#[derive(Clone, Copy)]
struct Choice {
    hidden: usize,
    refined: bool,
}

/// Fraction of the visible patterns that come back whole from cues with a tenth of their units turned over: mean over 40
/// draws of the patterns, and its standard error.
fn recalled(units: usize, count: usize, choice: Choice, guess: bool) -> (f64, f64) {
    let mut fractions = Moments::default();
    for draw in 0..40 {
        let patterns = coins(units, count, draw);
        let mut rng = Rng::new(42, Stream::Learning, draw);
        let mut padding = Padding::coins(&views(&patterns), choice.hidden, &mut rng).unwrap();
        if choice.refined {
            assert!(padding.refine(1000));
        }
        let all = units + choice.hidden;
        let padded = Padded::new(&padding, 1.0 / all as f64).unwrap();
        let mut whole = 0;
        for (k, pattern) in patterns.iter().enumerate() {
            let mut cue = pattern.clone();
            Corruption::Flip(0.1).apply(&mut cue, units, &mut Rng::new(43, Stream::Corruption, k as u64));
            let start = if guess { padded.guess(&cue) } else { padded.cue(&cue) };
            let mut state = State::new(padded.net(), start);
            let mut rule = Asynchronous::new(all, Tie::Keep);
            settle(&mut rule, padded.net(), &mut state, Tie::Keep, &mut rng, 100);
            whole += u32::from(padded.outcome(state.spins()) == Outcome::Recalled(k));
        }
        fractions.add(f64::from(whole) / count as f64);
    }
    (fractions.mean(), fractions.deviation() / 40f64.sqrt())
}

#[test]
fn hidden_units_bring_back_what_the_plain_net_has_lost() {
    // Above 0.138 patterns a unit; the means of this test's own draws and what they may be off by on others.
    for (units, count, expected) in
        [(64, 12, [0.50, 0.95, 1.00]), (64, 20, [0.04, 0.49, 1.00]), (100, 30, [0.01, 0.39, 1.00])]
    {
        let choices = [
            Choice { hidden: 0, refined: false },
            Choice { hidden: units, refined: false },
            Choice { hidden: units, refined: true },
        ];
        let found = choices.map(|choice| recalled(units, count, choice, true));
        println!("{units} units, {count} patterns: plain, coins, refined {found:.3?}");
        for ((mean, error), expected) in found.into_iter().zip(expected) {
            assert!((mean - expected).abs() <= 4.5 * error + 0.03, "{mean} ± {error} instead of {expected}");
        }
        assert!(found[1].0 > found[0].0 + 0.2 && found[2].0 >= found[1].0);
    }
}

#[test]
fn a_guess_of_the_hidden_units_helps() {
    let choice = Choice { hidden: 64, refined: false };
    let [blind, guessed] = [false, true].map(|guess| recalled(64, 20, choice, guess));
    println!("unknown {blind:.3?}, guessed {guessed:.3?}");
    assert!(guessed.0 - blind.0 > 4.5 * math::sqrt(blind.1 * blind.1 + guessed.1 * guessed.1));
}

#[test]
fn refining_lowers_the_interference_that_is_really_there_and_comes_to_rest() {
    let patterns = coins(50, 20, 7);
    let mut padding = Padding::coins(&views(&patterns), 40, &mut Rng::new(1, Stream::Learning, 0)).unwrap();
    let by_hand = |padding: &Padding| {
        let x = padding.patterns();
        let q = |a: usize, b: usize| x[a].iter().zip(&x[b]).map(|(&p, &q)| i64::from(p * q)).sum::<i64>();
        (0..20).flat_map(|b| (0..b).map(move |a| (a, b))).map(|(a, b)| q(a, b) * q(a, b)).sum::<i64>() as u64
    };
    assert_eq!(padding.interference(), by_hand(&padding));
    let twin = padding.clone();
    for _ in 0..100 {
        for unit in 0..40 {
            let before = padding.interference();
            let turned = padding.refine_unit(unit);
            assert_eq!(padding.interference(), by_hand(&padding));
            assert_eq!(turned > 0, padding.interference() < before);
        }
    }
    assert!(padding.interference() < by_hand(&twin) / 10, "{}", padding.interference());
    // No single hidden bit can do better, and the visible ones are as they were.
    for (k, pattern) in patterns.iter().enumerate() {
        assert_eq!(padding.patterns()[k][..50], pattern[..]);
        for unit in 50..90 {
            let mut turned: Vec<Vec<i8>> = padding.patterns().to_vec();
            turned[k][unit] *= -1;
            let none = &mut Rng::new(0, Stream::Learning, 0);
            let turned = Padding::coins(&views(&turned), 0, none).unwrap();
            assert!(turned.interference() >= padding.interference());
        }
    }
    let mut again = twin;
    assert!(again.refine(100));
    assert_eq!(again, padding);
}

#[test]
fn coins_interfere_as_they_should() {
    // (N + K) P (P − 1)/2 on average.
    let mut shares = Moments::default();
    for draw in 0..200 {
        let patterns = coins(30, 10, draw);
        let mut rng = Rng::new(44, Stream::Learning, draw);
        let padding = Padding::coins(&views(&patterns), 20, &mut rng).unwrap();
        shares.add(padding.interference() as f64 / (50.0 * 45.0));
    }
    let error = shares.deviation() / 200f64.sqrt();
    assert!((shares.mean() - 1.0).abs() <= 4.5 * error, "{} ± {error}", shares.mean());
    let rows: Vec<Vec<i8>> = hadamard(8, 1).unwrap().into_iter().map(|row| row.into_spins()).collect();
    let mut rng = Rng::new(0, Stream::Learning, 0);
    assert_eq!(Padding::coins(&views(&rows), 0, &mut rng).unwrap().interference(), 0);
}

#[test]
fn any_rule_learns_continued_patterns_and_the_hidden_units_are_judged_by_nobody() {
    let patterns = coins(10, 14, 3);
    let mut rng = Rng::new(45, Stream::Learning, 0);
    let padding = Padding::coins(&views(&patterns), 20, &mut rng).unwrap();
    assert_eq!((padding.visible(), padding.hidden()), (10, 20));
    // More patterns than visible units: only the continued ones are independent.
    let learned = PseudoInverse::default().learn(30, &padding.examples(), &mut rng).unwrap();
    assert!(learned.notes.is_empty());
    let net = Hopfield::<f64>::new(learned.weights, learned.bias, BiasSign::Consistent).unwrap();
    for x in padding.patterns() {
        assert_eq!(State::new(&net, x.clone()).unstable(&net, Tie::Keep), 0);
        assert!((net.energy(x) + 8.0).abs() < 1e-9);
    }
    let padded = Padded::new(&padding, 1.0 / 30.0).unwrap();
    let mut state = padding.patterns()[4].clone();
    state[10..].iter_mut().for_each(|s| *s = -*s);
    assert_eq!(padded.outcome(&state), Outcome::Recalled(4));
    assert_eq!((padded.overlap(4, &state), padded.overlap(14, &state)), (1.0, 0.0));
    assert_eq!((padded.shown(&state), padded.patterns()), (&patterns[4][..], &patterns[..]));
    // A cue leaves the hidden units unknown; a guess is what they feel from it.
    let cue = padded.cue(&patterns[2]);
    assert_eq!((&cue[..10], &cue[10..]), (&patterns[2][..], &[0; 20][..]));
    assert_eq!(padded.cue(&[1, -1])[..4], [1, -1, 0, 0]);
    let guess = padded.guess(&patterns[2]);
    let sums = padded.net().cache(&cue);
    for (unit, &spin) in guess.iter().enumerate().skip(10) {
        let field = padded.net().field(&cue, &sums, unit);
        assert_eq!(f64::from(spin), if field == 0.0 { 0.0 } else { field.signum() });
    }
}

#[test]
fn what_cannot_be_continued_is_refused() {
    let mut rng = Rng::new(0, Stream::Learning, 0);
    let mut refused = |patterns: &[&[i8]], hidden| Padding::coins(patterns, hidden, &mut rng).unwrap_err();
    assert_eq!(refused(&[], 3), PaddingError::Patterns(0));
    assert_eq!(refused(&vec![&[1i8][..]; MAX_PATTERNS + 1], 3), PaddingError::Patterns(MAX_PATTERNS + 1));
    assert_eq!(refused(&[&[]], 3), PaddingError::Units { visible: 0, hidden: 3 });
    assert_eq!(refused(&[&[1, -1]], 4095), PaddingError::Units { visible: 2, hidden: 4095 });
    assert_eq!(refused(&[&[1]], usize::MAX), PaddingError::Units { visible: 1, hidden: usize::MAX });
    assert_eq!(refused(&[&[1, 1], &[1]], 0), SpinsError::Length { pattern: 1, found: 1, expected: 2 }.into());
    assert_eq!(refused(&[&[1, 1], &[1, 0]], 0), SpinsError::Spin { pattern: 1, unit: 1, value: 0 }.into());
}
