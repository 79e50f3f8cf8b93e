//! Learners that are saved and read again learn on as if nothing had been; what is no learner is refused.

use engram::bipartite::{Lists, Step};
use engram::learning::contrastive::{Chains, Contrastive, Learner, Place, Scratch};
use engram::learning::gaussian_contrastive::{GaussianContrastive, GaussianLearner};
use engram::learning::variational::{Variational, VariationalLearner};
use engram::models::belief_net::BeliefNetSampler;
use engram::models::deep_boltzmann::{DeepBoltzmann, MeanField};
use engram::models::gaussian_rbm::GaussianRbm;
use engram::models::rbm::Rbm;
use engram::rng::{Lanes, Rng, Stream};
use serde_json::{Value, json};

const STEP: Step = Step { rate: 0.1, momentum: 0.5, decay: 1e-3 };
const CONTRASTIVE: Contrastive =
    Contrastive { chains: Chains::Persistent { count: 4 }, steps: 2, centred: false, sparsity: None };

/// What is read of what is saved.
macro_rules! again {
    ($kind:ty, $saved:expr) => {
        serde_json::from_str::<$kind>(&serde_json::to_string($saved).unwrap()).unwrap()
    };
}

fn dice() -> (Rng, Lanes) {
    (Rng::new(3, Stream::Learning, 50), Lanes::new(3, Stream::Learning, 0))
}

fn fresh(visible: usize, hidden: usize) -> Rbm {
    Rbm::fresh(hidden, 0, 0.5, &vec![0.5; visible], &mut Rng::new(1, Stream::Learning, 0)).unwrap()
}

fn data() -> Lists {
    Lists::of(5, &[1, 0, 1, 0, 1, 0, 1, 1, 0, 0])
}

#[test]
fn a_machine_of_a_stack_learns_on() {
    let (mut rng, dice) = dice();
    for place in [Place::Bottom, Place::Middle, Place::Top] {
        let mut learner =
            Learner::in_a_stack(&fresh(5, 3), place, &CONTRASTIVE, &[0.5; 5], &mut rng, &dice).unwrap();
        let mut scratch = Scratch::default();
        learner.learn(&CONTRASTIVE, &data(), STEP, &mut scratch);
        let mut other = again!(Learner, &learner);
        assert_eq!(other, learner);
        learner.learn(&CONTRASTIVE, &data(), STEP, &mut scratch);
        other.learn(&CONTRASTIVE, &data(), STEP, &mut scratch);
        assert_eq!(other, learner);
    }
}

#[test]
fn a_gaussian_machine_learns_on() {
    let how = GaussianContrastive { chains: 3, steps: 2, variances: true };
    let machine = GaussianRbm::fresh(2, 3, 0.5, &mut Rng::new(1, Stream::Learning, 0)).unwrap();
    let (rng, dice) = dice();
    let mut learner = GaussianLearner::new(&machine, &how, rng, &dice).unwrap();
    let batch = [0.5, -1.0, 1.5, 0.25];
    learner.learn(&how, &batch, STEP).unwrap();
    let mut other = again!(GaussianLearner, &learner);
    assert!(other == learner && other.fits(2, 3, &how) && !other.fits(3, 2, &how));
    learner.learn(&how, &batch, STEP).unwrap();
    other.learn(&how, &batch, STEP).unwrap();
    assert_eq!(other, learner);
    let with_variances = |numbers: Value| {
        let mut saved = serde_json::to_value(&learner).unwrap();
        saved["sampler"]["log_variance"] = numbers;
        serde_json::from_value::<GaussianLearner>(saved)
    };
    assert!(with_variances(json!([0.0])).is_err());
    // What has run away is still a state to come back to.
    assert!(with_variances(json!([0.0, 1e3])).is_ok_and(|saved| saved.fits(2, 3, &how) && !saved.is_sound()));
}

#[test]
fn a_deep_machine_learns_on() {
    let mean_field = MeanField { damping: 0.0, tolerance: 1e-4, rounds: 20 };
    let how = Variational { chains: 4, steps: 2, mean_field };
    let stack = [fresh(5, 4), fresh(4, 3), fresh(3, 2)];
    let machine = DeepBoltzmann::of_stack(&stack).unwrap();
    let (mut rng, dice) = dice();
    let mut learner = VariationalLearner::new(&machine, &how, &[0.5; 5], &mut rng, &dice).unwrap();
    learner.learn(&how, &data(), STEP).unwrap();
    let mut other = again!(VariationalLearner, &learner);
    assert!(other == learner && other.fits(&[5, 4, 3, 2], &how) && !other.fits(&[5, 4, 3], &how));
    learner.learn(&how, &data(), STEP).unwrap();
    other.learn(&how, &data(), STEP).unwrap();
    assert_eq!(other, learner);
    for wrong in [json!([5, 4, 3]), json!([5, 5, 3, 2]), json!([5, 4, 3, 0]), json!([])] {
        let mut saved = serde_json::to_value(&learner).unwrap();
        saved["sampler"]["sizes"] = wrong;
        assert!(serde_json::from_value::<VariationalLearner>(saved).is_err());
    }
    // Layers that are put together otherwise have links where there are none.
    let mut saved: Value = serde_json::to_value(&learner).unwrap();
    saved["sampler"]["sizes"] = json!([6, 4, 2, 2]);
    assert!(serde_json::from_value::<VariationalLearner>(saved).is_err());
}

#[test]
fn a_belief_net_dreams_on() {
    let net = engram::models::belief_net::BeliefNet::new(vec![fresh(5, 4), fresh(4, 3)]).unwrap();
    let sampler = BeliefNetSampler::new(&net);
    assert_eq!(again!(BeliefNetSampler, &sampler), sampler);
    let mut saved = serde_json::to_value(&sampler).unwrap();
    saved.as_array_mut().unwrap().reverse();
    let error = serde_json::from_value::<BeliefNetSampler>(saved).unwrap_err();
    assert!(error.to_string().contains("sees 5 units; it must see the 3"), "{error}");
}
