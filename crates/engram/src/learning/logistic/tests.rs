use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::rng::{Rng, Stream};

/// Normal features around a centre of each class, which overlap, and their classes.
fn crowd(features: usize, classes: usize, rows: usize, seed: u64) -> (Vec<f64>, Vec<u8>) {
    let mut rng = Rng::new(seed, Stream::Patterns, 0);
    let centres: Vec<f64> = (0..features * classes).map(|_| rng.normal()).collect();
    let of_rows: Vec<u8> = (0..rows).map(|row| (row % classes) as u8).collect();
    let centre = |class: &u8| centres[usize::from(*class) * features..][..features].to_vec();
    let cells = of_rows.iter().flat_map(centre).collect::<Vec<_>>();
    (cells.into_iter().map(|x| x + rng.normal()).collect(), of_rows)
}

/// A head of random weights.
fn anywhere(features: usize, classes: usize, seed: u64) -> Logistic {
    let mut rng = Rng::new(seed, Stream::Start, 0);
    let weights = (0..classes * (features + 1)).map(|_| 2.0 * rng.normal()).collect();
    Logistic::of(features, classes, weights).unwrap()
}

fn after(mut head: Logistic, problem: &LogisticProblem, steps: usize) -> Logistic {
    for _ in 0..steps {
        head.step(problem).unwrap();
    }
    head
}

fn loss(head: &Logistic, problem: &LogisticProblem) -> f64 {
    head.slope(problem).unwrap().loss
}

#[test]
fn the_gradient_is_what_finite_differences_say() {
    let (features, classes) = crowd(5, 3, 40, 1);
    let head = anywhere(5, 3, 2);
    let problem = LogisticProblem::new(&head, &features, &classes, 0.1).unwrap();
    let gradient = head.slope(&problem).unwrap().gradient;
    for (place, slope) in gradient.iter().enumerate() {
        let at = |change: f64| {
            let mut weights = head.weights().to_vec();
            weights[place] += change;
            loss(&Logistic::of(5, 3, weights).unwrap(), &problem)
        };
        let found = (at(1e-5) - at(-1e-5)) / 2e-5;
        assert!((found - slope).abs() < 1e-8, "{place}: {found} and {slope}");
    }
}

#[test]
fn two_pictures_have_the_weights_that_can_be_worked_out() {
    // One feature, +1 of one class and −1 of the other: weights ±w with λ w = σ(−2w), so that λ = σ(−2) makes w = 1.
    let head = Logistic::new(1, 2).unwrap();
    let problem = LogisticProblem::new(&head, &[1.0, -1.0], &[0, 1], 0.119_202_922_022_117_55).unwrap();
    let head = after(head, &problem, 200);
    for (found, wanted) in head.weights().iter().zip([1.0, 0.0, -1.0, 0.0]) {
        assert!((found - wanted).abs() < 1e-9, "{:?}", head.weights());
    }
    let probability = head.probabilities(&[1.0]).unwrap()[0];
    assert!((probability - 0.880_797_077_977_882_4).abs() < 1e-9);
}

#[test]
fn what_is_seen_with_one_switch_is_named_as_often_as_it_was() {
    let (off, on) = ([1, 2, 5], [4, 3, 1]);
    let (mut features, mut classes) = (Vec::new(), Vec::new());
    for (x, counts) in [(0.0, off), (1.0, on)] {
        for (class, &count) in counts.iter().enumerate() {
            features.extend(vec![x; count]);
            classes.extend(vec![class as u8; count]);
        }
    }
    let head = Logistic::new(1, 3).unwrap();
    let problem = LogisticProblem::new(&head, &features, &classes, 1e-12).unwrap();
    let head = after(head, &problem, 500);
    let found = head.probabilities(&[0.0, 1.0]).unwrap();
    for (found, &count) in found.iter().zip(off.iter().chain(&on)) {
        assert!((found - count as f64 / 8.0).abs() < 1e-8, "{found} and {count} of 8");
    }
    // The likeliest names are the third and the first.
    assert_eq!(head.error(&features, &classes).unwrap(), 7.0 / 16.0);
}

#[test]
fn classes_that_can_be_told_apart_are() {
    // Four corners, each with its own class, moved about by less than a third of what lies between them.
    let mut rng = Rng::new(3, Stream::Patterns, 0);
    let (mut features, mut classes) = (Vec::new(), Vec::new());
    for row in 0..80u8 {
        let class = row % 4;
        features.extend([class & 1, class >> 1].map(|x| f64::from(x) + 0.6 * (rng.unit() - 0.5)));
        classes.push(class);
    }
    let head = Logistic::new(2, 4).unwrap();
    let problem = LogisticProblem::new(&head, &features, &classes, 1e-4).unwrap();
    assert_eq!(head.error(&features, &classes).unwrap(), 0.75);
    assert_eq!(after(head, &problem, 100).error(&features, &classes).unwrap(), 0.0);
}

#[test]
fn all_starts_come_to_one_optimum() {
    let (features, classes) = crowd(6, 4, 200, 4);
    let fresh = Logistic::new(6, 4).unwrap();
    let problem = LogisticProblem::new(&fresh, &features, &classes, 1e-3).unwrap();
    let mut best = after(fresh, &problem, 1500);
    assert!(best.step(&problem).unwrap() < 1e-10);
    let least = loss(&best, &problem);
    assert!(best.slope(&problem).unwrap().gradient.iter().all(|slope| slope.abs() < 1e-10));
    for seed in 5..8 {
        let start = anywhere(6, 4, seed);
        let other = after(start.clone(), &problem, 1500);
        assert!((loss(&other, &problem) - least).abs() < 1e-13);
        // All biases can be moved together: nothing changes then, so that they are counted from their mean.
        let mean = |head: &Logistic| (0..4).map(|k| head.weights()[7 * k + 6]).sum::<f64>() / 4.0;
        for place in 0..28 {
            let of = |head: &Logistic| head.weights()[place] - if place % 7 == 6 { mean(head) } else { 0.0 };
            assert!((of(&other) - of(&best)).abs() < 1e-7, "{place}: {} and {}", of(&other), of(&best));
        }
        // Between the two ends of the way the objective lies below the line from one to the other.
        let far = loss(&start, &problem);
        for share in [0.25, 0.5, 0.75] {
            let between = start.weights().iter().zip(best.weights());
            let between = between.map(|(a, b)| share * a + (1.0 - share) * b).collect();
            let found = loss(&Logistic::of(6, 4, between).unwrap(), &problem);
            assert!(found >= least && found <= share * far + (1.0 - share) * least, "{seed}: {found}");
        }
    }
}

#[test]
fn a_step_from_rest_goes_down_by_what_the_bound_says() {
    let (features, classes) = crowd(6, 4, 100, 9);
    for (seed, penalty) in [(1, 1e-9), (2, 1e-3), (3, 1.0), (4, 100.0)] {
        let head = anywhere(6, 4, seed);
        let problem = LogisticProblem::new(&head, &features, &classes, penalty).unwrap();
        let LogisticSlope { loss: before, gradient } = head.slope(&problem).unwrap();
        let mut way = gradient.clone();
        way.chunks_exact_mut(7).for_each(|row| problem.solve(row));
        let fall = 0.5 * gradient.iter().zip(&way).map(|(g, x)| g * x).sum::<f64>();
        let now = loss(&after(head, &problem, 1), &problem);
        assert!(fall > 0.0 && now <= before - fall + 1e-12 * before, "{penalty}: {before} to {now}, {fall}");
    }
}

#[test]
fn features_may_repeat_each_other_or_say_nothing() {
    let (features, classes) = crowd(2, 3, 60, 11);
    let rows = features.chunks_exact(2);
    // The second twice, one that is always 0, and one that is always 1 as the bias is.
    let wider: Vec<f64> = rows.flat_map(|row| [row[0], row[1], row[1], 0.0, 1.0]).collect();
    let head = Logistic::new(5, 3).unwrap();
    let problem = LogisticProblem::new(&head, &wider, &classes, 1e-2).unwrap();
    let head = after(head, &problem, 2000);
    for row in head.weights().chunks_exact(6) {
        assert!((row[1] - row[2]).abs() < 1e-9 && row[3] == 0.0 && row[4].abs() < 1e-6, "{row:?}");
    }
}

#[test]
fn a_head_that_was_saved_goes_on_as_if_it_had_not_been() {
    let (features, classes) = crowd(3, 3, 30, 12);
    let head = Logistic::new(3, 3).unwrap();
    let problem = LogisticProblem::new(&head, &features, &classes, 1e-3).unwrap();
    let saved = after(head.clone(), &problem, 7);
    assert_eq!(after(saved.clone(), &problem, 6), after(head, &problem, 13));
    assert!(
        saved.fits(3, 3) && !saved.fits(3, 4) && !saved.fits(4, 3) && !saved.fits(usize::MAX, usize::MAX)
    );
    for broken in [
        Logistic { weights: vec![0.0; 11], ..saved.clone() },
        Logistic { before: vec![f64::NAN; 12], ..saved.clone() },
        Logistic { pace: 0.5, ..saved.clone() },
        Logistic { pace: f64::NAN, ..saved.clone() },
    ] {
        assert!(!broken.fits(3, 3), "{broken:?}");
    }
}

#[test]
fn what_cannot_be_is_refused() {
    fn says<T>(result: Result<T, LogisticError>) -> String {
        result.err().expect("it is refused").to_string()
    }
    for (features, classes) in [(0, 2), (2049, 2), (1, 1), (1, 256), (usize::MAX, usize::MAX)] {
        assert!(says(Logistic::new(features, classes)).contains("from 1 to 2048 and from 2 to 255"));
    }
    assert!(says(Logistic::of(2, 2, vec![0.0; 5])).contains("5 weights, biases among them; needed are 6"));
    assert!(says(Logistic::of(1, 2, vec![0.0, 0.0, f64::NAN, 0.0])).contains("weight 2 is NaN"));
    let head = Logistic::new(2, 3).unwrap();
    let numbers = [0.0, 1.0, 1.0, 0.0];
    let with =
        |features: &[f64], classes: &[u8], penalty| LogisticProblem::new(&head, features, classes, penalty);
    assert!(says(with(&numbers[..3], &[0], 1.0)).contains("3 numbers are no rows of 2 features"));
    assert!(says(with(&[], &[], 1.0)).contains("at least one is needed"));
    assert!(says(with(&numbers, &[0], 1.0)).contains("1 classes for 2 rows"));
    assert!(says(with(&numbers, &[0, 3], 1.0)).contains("row 1 is of class 3; allowed is 0 to 2"));
    assert!(says(with(&[0.0, f64::INFINITY], &[0], 1.0)).contains("feature 1 is inf"));
    assert!(
        says(with(&[-2e6, 0.0], &[0], 1.0)).contains("feature 0 is -2000000; allowed is -1000000 to 1000000")
    );
    for penalty in [0.0, -1.0, 1e7, f64::NAN] {
        assert!(says(with(&numbers, &[0, 1], penalty)).contains("the penalty is"));
    }
    assert!(says(head.probabilities(&numbers[..1])).contains("1 numbers are no rows"));
    assert!(says(head.error(&numbers, &[0, 1, 2])).contains("3 classes for 2 rows"));
    let problem = with(&numbers, &[0, 1], 1.0).unwrap();
    let mut other = Logistic::new(3, 3).unwrap();
    assert!(
        says(other.slope(&problem))
            .contains("the problem has 2 features and 3 classes; this head has 3 and 3")
    );
    assert!(other.step(&problem).is_err());
    // The largest numbers that are allowed.
    let problem = with(&[1e6, -1e6, -1e6, 1e6], &[0, 1], 1e-12).unwrap();
    let head = after(Logistic::of(2, 3, vec![1e6; 9]).unwrap(), &problem, 50);
    assert!(head.fits(2, 3) && loss(&head, &problem).is_finite());
}
