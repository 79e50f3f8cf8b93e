//! Spectra held to numbers known by other means.

use engram::learning::{Example, Hebb, LearningRule as _};
use engram::observe::{MAX_SPECTRUM, Spectrum, SpectrumError};
use engram::pattern::hadamard;
use engram::rng::{Rng, Stream};

fn near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found} instead of {expected}");
}

fn symmetric(n: usize, rng: &mut Rng) -> Vec<f64> {
    let mut a = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..=i {
            let x = rng.normal();
            (a[i * n + j], a[j * n + i]) = (x, x);
        }
    }
    a
}

/// Vectors of length 1 at right angles, which make the matrix again.
fn holds(n: usize, a: &[f64], found: &Spectrum, within: f64) {
    assert!(found.values().windows(2).all(|pair| pair[0] >= pair[1]));
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    for k in 0..n {
        for l in 0..=k {
            near(dot(found.vector(k), found.vector(l)), f64::from(u8::from(k == l)), within);
        }
    }
    for i in 0..n {
        for j in 0..n {
            let made = (0..n).map(|k| found.values()[k] * found.vector(k)[i] * found.vector(k)[j]);
            near(made.sum(), a[i * n + j], within);
        }
    }
}

#[test]
fn random_symmetric_matrices_come_back() {
    let mut rng = Rng::new(1, Stream::Experiment, 0);
    for n in [1, 2, 3, 4, 7, 20, 50, 120] {
        let a = symmetric(n, &mut rng);
        let found = Spectrum::of_matrix(n, &a).unwrap();
        holds(n, &a, &found, 1e-9);
        near(found.values().iter().sum(), (0..n).map(|i| a[i * n + i]).sum(), 1e-9);
    }
}

#[test]
fn matrices_that_need_no_turning_or_much_of_it() {
    let diagonal = |values: &[f64]| {
        let n = values.len();
        (0..n * n).map(|at| if at / n == at % n { values[at / n] } else { 0.0 }).collect::<Vec<_>>()
    };
    let found = Spectrum::of_matrix(4, &diagonal(&[2.0, -1.0, 0.0, 5.0])).unwrap();
    assert_eq!(found.values(), [5.0, 2.0, 0.0, -1.0]);
    assert_eq!(Spectrum::of_matrix(3, &[0.0; 9]).unwrap().values(), [0.0; 3]);
    // All ones but the diagonal: n − 1 once, −1 for the rest.
    let n = 9;
    let ones: Vec<f64> = (0..n * n).map(|at| if at / n == at % n { 0.0 } else { 1.0 }).collect();
    let found = Spectrum::of_matrix(n, &ones).unwrap();
    holds(n, &ones, &found, 1e-12);
    near(found.values()[0], 8.0, 1e-12);
    found.values()[1..].iter().for_each(|&value| near(value, -1.0, 1e-12));
    // Far apart in size, and one as large as weights may be.
    let pair = [0.0, 1e9, 1e9, 0.0];
    let found = Spectrum::of_matrix(2, &pair).unwrap();
    near(found.values()[0], 1e9, 1e-6);
    near(found.values()[1], -1e9, 1e-6);
    // A chain: 2 cos(kπ/(n+1)), in closed form for n = 5.
    let chain: Vec<f64> =
        (0..25usize).map(|at| f64::from(u8::from((at / 5).abs_diff(at % 5) == 1))).collect();
    let found = Spectrum::of_matrix(5, &chain).unwrap();
    let root = 3f64.sqrt();
    found.values().iter().zip([root, 1.0, 0.0, -1.0, -root]).for_each(|(&a, b)| near(a, b, 1e-14));
}

#[test]
fn hebb_over_orthogonal_patterns_has_an_eigenvalue_a_pattern() {
    let rows = hadamard(8, 4).unwrap();
    let memories: Vec<&[i8]> = [3, 5, 9, 17, 30].iter().map(|&k: &usize| rows[k].spins()).collect();
    let examples: Vec<_> = memories.iter().map(|m| Example::new(m)).collect();
    let mut rng = Rng::new(0, Stream::Learning, 0);
    let learned = Hebb::default().learn(32, &examples, &mut rng).unwrap();
    let mut found = Spectrum::of_weights::<f64>(&learned.weights).unwrap();
    // W = XX′/n less its diagonal p/n: 1 − p/n for each pattern, −p/n for the rest.
    let lift = 5.0 / 32.0;
    for (k, &value) in found.values().iter().enumerate() {
        near(value, if k < 5 { 1.0 - lift } else { -lift }, 1e-12);
    }
    near(found.values().iter().sum(), 0.0, 1e-12);
    // However the five vectors lie in their space, each pattern lies in it as a whole.
    for memory in &memories {
        let shares = found.shares(memory);
        near(shares[..5].iter().sum(), 1.0, 1e-12);
        near(shares.iter().sum(), 1.0, 1e-12);
    }
    let before = found.clone();
    found.turn_towards(&memories);
    assert_eq!(found.values(), before.values());
    for (k, memory) in memories.iter().enumerate() {
        found
            .shares(memory)
            .iter()
            .enumerate()
            .for_each(|(l, &s)| near(s, f64::from(u8::from(k == l)), 1e-12));
    }
    let all: Vec<f64> = (0..32 * 32).map(|at| learned.weights.get(at / 32, at % 32)).collect();
    holds(32, &all, &found, 1e-12);
}

#[test]
fn a_projector_has_a_one_for_each_dimension_that_it_keeps() {
    let mut rng = Rng::new(4, Stream::Experiment, 0);
    let (n, p) = (24, 7);
    let patterns: Vec<Vec<i8>> = (0..p).map(|_| (0..n).map(|_| rng.spin()).collect()).collect();
    // Through an orthonormal basis of the patterns, made by hand.
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for pattern in &patterns {
        let mut v: Vec<f64> = pattern.iter().map(|&s| f64::from(s)).collect();
        for _ in 0..2 {
            for b in &basis {
                let along: f64 = v.iter().zip(b).map(|(x, y)| x * y).sum();
                v.iter_mut().zip(b).for_each(|(x, y)| *x -= along * y);
            }
        }
        let length = v.iter().map(|x| x * x).sum::<f64>().sqrt();
        basis.push(v.iter().map(|x| x / length).collect());
    }
    let at = |i: usize, j: usize| basis.iter().map(|b| b[i] * b[j]).sum::<f64>();
    let all: Vec<f64> = (0..n * n).map(|k| at((k / n).min(k % n), (k / n).max(k % n))).collect();
    let mut found = Spectrum::of_matrix(n, &all).unwrap();
    for (k, &value) in found.values().iter().enumerate() {
        near(value, f64::from(u8::from(k < p)), 1e-12);
    }
    found.turn_towards(&patterns.iter().map(Vec::as_slice).collect::<Vec<_>>());
    holds(n, &all, &found, 1e-9);
    near(found.shares(&patterns[0])[0], 1.0, 1e-9);
    near(found.shares(&patterns[6])[..p].iter().sum(), 1.0, 1e-9);
}

#[test]
fn what_has_no_spectrum_is_refused() {
    let refused = |n: usize, a: &[f64]| Spectrum::of_matrix(n, a).unwrap_err();
    assert_eq!(refused(0, &[]), SpectrumError::Units(0));
    assert_eq!(refused(257, &vec![0.0; 257 * 257]), SpectrumError::Units(257));
    assert_eq!(refused(2, &[0.0; 3]), SpectrumError::Entries { found: 3, expected: 4 });
    assert_eq!(refused(2, &[0.0, 1.0, 2.0, 0.0]), SpectrumError::Asymmetric { row: 0, column: 1 });
    assert!(matches!(refused(1, &[f64::NAN]), SpectrumError::Entry { row: 0, column: 0, .. }));
    assert!(refused(300, &[]).to_string().contains("1 to 256 units; this net has 300"));
}

#[test]
fn the_largest_matrix_is_done() {
    let n = MAX_SPECTRUM;
    let a = symmetric(n, &mut Rng::new(2, Stream::Experiment, 0));
    let found = Spectrum::of_matrix(n, &a).unwrap();
    let square: f64 = found.values().iter().map(|value| value * value).sum();
    near(square, a.iter().map(|x| x * x).sum(), 1e-6);
}
