use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::learning::WakeSleep;
use crate::rng::Stream;

fn rng() -> Rng {
    Rng::new(1, Stream::Learning, 0)
}

fn table(receivers: usize, weights: usize) -> LayerParameters {
    LayerParameters { weights: (0..weights).map(|k| k as f64).collect(), biases: vec![0.5; receivers] }
}

/// Of 3, 2 and 1 units.
fn parameters() -> Parameters {
    Parameters {
        generative: vec![table(3, 6), table(2, 2), table(1, 0)],
        recognition: vec![table(2, 6), table(1, 2)],
    }
}

fn refused(change: impl Fn(&mut Parameters), expected: HelmholtzError, says: &str) {
    let mut parameters = parameters();
    change(&mut parameters);
    let error = Helmholtz::new(&parameters).unwrap_err();
    // Not by ==: what is not a number is not equal to itself.
    assert_eq!(alloc::format!("{error:?}"), alloc::format!("{expected:?}"));
    assert_eq!(error.to_string(), says);
}

#[test]
fn parameters_come_back_as_they_were_given() {
    let net = Helmholtz::new(&parameters()).unwrap();
    assert_eq!((net.sizes(), net.units(), net.visible()), (&[3usize, 2, 1][..], 6, 3));
    assert_eq!([0, 1, 2, 3].map(|layer| net.layer(layer)), [0..3, 3..5, 5..6, 6..6]);
    assert_eq!(net.parameters(), parameters());
    // The second row of the weights that lead down is what the second hidden unit sends; the second column of those that
    // lead up is what the second visible unit sends.
    assert_eq!(net.generative()[0].sent(1), [3.0, 4.0, 5.0]);
    assert_eq!(net.recognition()[0].sent(1), [1.0, 4.0]);
    assert!(net.generative()[2].sent(0).is_empty() && net.recognition()[1].sent(2).is_empty());
    assert_eq!(net.generative()[2].biases(), [0.5]);
}

#[test]
fn means_are_those_of_the_fields() {
    let net = Helmholtz::new(&parameters()).unwrap();
    let states = [1, 0, 1, 0, 1, 1];
    let of = |fields: [f64; 6]| fields.map(crate::math::sigmoid).to_vec();
    assert_eq!(net.generative_means(&states), Ok(of([3.5, 4.5, 5.5, 0.5, 1.5, 0.5])));
    let mut expected = of([0.0, 0.0, 0.0, 2.5, 8.5, 1.5]);
    expected[..3].copy_from_slice(&[1.0, 0.0, 1.0]);
    assert_eq!(net.recognition_means(&states), Ok(expected));
}

#[test]
fn parameters_that_cannot_be_are_named() {
    refused(
        |p| p.generative.clear(),
        HelmholtzError::Layers(0),
        "there are 0 layers; at least 2 are needed, one visible and one hidden",
    );
    refused(
        |p| p.generative.truncate(1),
        HelmholtzError::Layers(1),
        "there are 1 layers; at least 2 are needed, one visible and one hidden",
    );
    refused(
        |p| p.generative[1].biases.clear(),
        HelmholtzError::Empty(1),
        "layer 1 has no units; at least 1 is needed",
    );
    refused(
        |p| p.generative[0].biases = vec![0.0; MAX_UNITS],
        HelmholtzError::Units(MAX_UNITS + 3),
        "the layers have 4099 units; at most 4096 are allowed",
    );
    refused(
        |p| p.recognition.truncate(1),
        HelmholtzError::Recognition { found: 1, expected: 2 },
        "there are recognition weights for 1 layers; the net has 2 hidden layers",
    );
    refused(
        |p| p.generative[2].weights.push(1.0),
        HelmholtzError::Count { what: "generative weights", layer: 2, found: 1, expected: 0 },
        "there are 1 generative weights for layer 2; it needs 0",
    );
    refused(
        |p| p.recognition[1].biases.push(1.0),
        HelmholtzError::Count { what: "recognition biases", layer: 2, found: 2, expected: 1 },
        "there are 2 recognition biases for layer 2; it needs 1",
    );
    refused(
        |p| p.recognition[0].weights[4] = f64::NAN,
        HelmholtzError::Number { what: "recognition weights", layer: 1, index: 4, value: f64::NAN },
        "number 4 of the recognition weights for layer 1 is NaN; it must be a number between -1e6 and 1e6",
    );
    refused(
        |p| p.generative[0].biases[2] = -1.1e6,
        HelmholtzError::Number { what: "generative biases", layer: 0, index: 2, value: -1.1e6 },
        "number 2 of the generative biases for layer 0 is -1100000; it must be a number between -1e6 and 1e6",
    );
    for value in [f64::INFINITY, f64::NEG_INFINITY] {
        let what = "generative weights";
        let mut parameters = parameters();
        parameters.generative[1].weights[0] = value;
        let error = HelmholtzError::Number { what, layer: 1, index: 0, value };
        assert_eq!(Helmholtz::new(&parameters), Err(error));
    }
}

#[test]
fn sizes_that_cannot_be_are_refused_before_anything_is_made() {
    let of = |sizes: &[usize], deviation: f64| Helmholtz::random(sizes, deviation, &mut rng()).unwrap_err();
    assert_eq!(of(&[], 1.0), HelmholtzError::Layers(0));
    assert_eq!(of(&[4], 1.0), HelmholtzError::Layers(1));
    assert_eq!(of(&[4, 0, 1], 1.0), HelmholtzError::Empty(1));
    assert_eq!(of(&[4096, 1], 1.0), HelmholtzError::Units(4097));
    assert_eq!(of(&[usize::MAX, usize::MAX], 1.0), HelmholtzError::Units(usize::MAX));
    assert_eq!(of(&[2, 1], -0.1), HelmholtzError::Deviation(-0.1));
    assert!(matches!(of(&[2, 1], f64::NAN), HelmholtzError::Deviation(_)));
}

#[test]
fn random_weights_are_scattered_as_asked() {
    let net = Helmholtz::random(&[100, 50, 10], 0.3, &mut rng()).unwrap();
    let given = net.parameters();
    let layers = given.generative.iter().chain(&given.recognition);
    let weights: Vec<f64> = layers.clone().flat_map(|layer| layer.weights.clone()).collect();
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    let square = weights.iter().map(|w| w * w).sum::<f64>() / weights.len() as f64;
    assert_eq!(weights.len(), 11_000);
    // 4.5 standard errors: σ/√n and σ²√(2/n).
    assert!(mean.abs() < 4.5 * 0.3 / 104.0 && (square - 0.09).abs() < 4.5 * 0.09 * 0.0135, "{mean} {square}");
    assert!(layers.flat_map(|layer| &layer.biases).all(|&bias| bias == 0.0));
    let mut coins = rng();
    assert_eq!(Helmholtz::random(&[3, 2], 0.0, &mut coins).unwrap().generative()[0].sent(1), [0.0; 3]);
    assert_eq!(coins, rng());
}

#[test]
fn what_is_asked_wrongly_is_refused() {
    let net = Helmholtz::new(&parameters()).unwrap();
    let length = |found, expected| HelmholtzError::StateLength { found, expected };
    let state = HelmholtzError::State { unit: 1, value: 2 };
    assert_eq!(net.recognise(&[1, 0], &mut rng()), Err(length(2, 3)));
    assert_eq!(net.recognise(&[0, 2, 7], &mut rng()), Err(state));
    assert_eq!(net.generative_means(&[0; 3]), Err(length(3, 6)));
    assert_eq!(net.recognition_means(&[0; 7]), Err(length(7, 6)));
    assert_eq!(net.generative_log_probability(&[]), Err(length(0, 6)));
    assert_eq!(net.recognition_log_probability(&[0, 2, 0, 0, 0, 0]), Err(state));
    assert_eq!(net.sampled_bound(&[0; 4], 10, &mut rng()), Err(length(4, 3)));
    assert_eq!(net.sampled_bound(&[0; 3], 1, &mut rng()), Err(HelmholtzError::Samples(1)));
    let many = MAX_SAMPLES + 1;
    assert_eq!(net.importance(&[0; 3], many, &mut rng()), Err(HelmholtzError::Samples(many)));

    let large = Helmholtz::random(&[2, 20, 1], 0.0, &mut rng()).unwrap();
    assert_eq!(Exact::enumerate(&large).unwrap_err(), HelmholtzError::Hidden(21));
    for sizes in [[17, 1], [16, 11]] {
        let wide = Helmholtz::random(&sizes, 0.0, &mut rng()).unwrap();
        let [visible, first] = sizes;
        let found = Exact::enumerate(&wide).unwrap().distribution();
        assert_eq!(found, Err(HelmholtzError::Table { visible, first }));
    }
    let exact = Exact::enumerate(&net).unwrap();
    assert_eq!(exact.log_likelihood(&[0; 2]), Err(length(2, 3)));
    assert_eq!(exact.bound(&[0, 2, 0]), Err(state));
    let fit = |patterns: &[u8], probabilities: &[f64]| exact.fit(patterns, probabilities).unwrap_err();
    assert_eq!(fit(&[], &[]), HelmholtzError::Patterns { found: 0, units: 3 });
    assert_eq!(fit(&[0; 4], &[1.0]), HelmholtzError::Patterns { found: 4, units: 3 });
    assert_eq!(fit(&[0; 6], &[1.0]), HelmholtzError::Probabilities { found: 1, expected: 2 });
    assert_eq!(fit(&[0; 6], &[1.0, 0.0]), HelmholtzError::Twice { first: 0, again: 1 });
    assert_eq!(fit(&[0; 3], &[0.99]), HelmholtzError::Sum(0.99));
    let odd = HelmholtzError::Probability { pattern: 1, value: -0.5 };
    assert_eq!(fit(&[0, 0, 0, 1, 1, 1], &[1.0, -0.5]), odd);
    assert!(matches!(fit(&[0; 3], &[f64::NAN]), HelmholtzError::Probability { pattern: 0, .. }));
}

#[test]
fn what_cannot_be_learned_from_leaves_the_net_and_the_dice() {
    let before = Helmholtz::new(&parameters()).unwrap();
    let (mut net, mut dice, mut rule) = (before.clone(), rng(), WakeSleep::default());
    let patterns = |found, units| Err(HelmholtzError::Patterns { found, units });
    assert_eq!(rule.update(&mut net, &[], 0.1, &mut dice), patterns(0, 3));
    assert_eq!(rule.update(&mut net, &[0; 5], 0.1, &mut dice), patterns(5, 3));
    let state = HelmholtzError::State { unit: 2, value: 9 };
    assert_eq!(rule.update(&mut net, &[0, 0, 9], 0.1, &mut dice), Err(state));
    for rate in [-0.1, 1.1] {
        assert_eq!(rule.update(&mut net, &[0; 3], rate, &mut dice), Err(HelmholtzError::Rate(rate)));
        assert_eq!(rule.sleep(&mut net, 1, rate, &mut dice), Err(HelmholtzError::Rate(rate)));
    }
    assert!(matches!(rule.wake(&mut net, &[0; 3], f64::NAN, &mut dice), Err(HelmholtzError::Rate(_))));
    for batch in [0, MAX_BATCH + 1, usize::MAX] {
        assert_eq!(rule.sleep(&mut net, batch, 0.1, &mut dice), Err(HelmholtzError::Batch(batch)));
    }
    let many = vec![0; 3 * (MAX_BATCH + 1)];
    assert_eq!(rule.update(&mut net, &many, 0.1, &mut dice), Err(HelmholtzError::Batch(MAX_BATCH + 1)));
    assert_eq!(rule.ascend_generative(&mut net, &[0; 3], 0.1), patterns(3, 6));
    assert_eq!(rule.ascend_recognition(&mut net, &[0; 6], 2.0), Err(HelmholtzError::Rate(2.0)));
    assert_eq!((net, dice), (before, rng()));
}

#[test]
fn weights_stay_within_their_bounds() {
    let mut parameters = parameters();
    parameters.generative[0].biases = vec![MAX_SIZE; 3];
    parameters.generative[0].weights = vec![-MAX_SIZE; 6];
    let mut net = Helmholtz::new(&parameters).unwrap();
    // The hidden units are on, against which the visible ones should be: every number is at its bound and is pulled on.
    WakeSleep::default().ascend_generative(&mut net, &[1, 1, 1, 1, 1, 1], 1.0).unwrap();
    assert_eq!(net.generative()[0].biases(), [MAX_SIZE; 3]);
    assert_eq!(net.generative()[0].sent(0), [1.0 - MAX_SIZE; 3]);
    assert_eq!(Helmholtz::new(&net.parameters()), Ok(net));
}
