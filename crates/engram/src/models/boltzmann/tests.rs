//! What is refused, by name.

use alloc::string::ToString as _;
use alloc::vec;

use super::*;
use crate::learning::Example;
use crate::rng::Stream;

/// Two visible units and a hidden one.
fn machine() -> Boltzmann {
    let (weights, bias) = (vec![0.3, 1.2, -0.7], vec![-0.1, 0.2, 0.4]);
    Boltzmann::new(2, Encoding::Binary, Links::all(3).unwrap(), weights, bias).unwrap()
}

#[test]
fn machines_that_cannot_be_are_refused_by_name() {
    let links = || Links::all(3).unwrap();
    let made = |visible, weights: &[f64], bias: &[f64]| {
        Boltzmann::new(visible, Encoding::Binary, links(), weights.to_vec(), bias.to_vec()).unwrap_err()
    };
    assert_eq!(Links::all(0), Err(BoltzmannError::Units(0)));
    assert_eq!(Links::all(1025), Err(BoltzmannError::Units(1025)));
    assert_eq!(Links::encoder(usize::MAX, 2, true), Err(BoltzmannError::Units(usize::MAX)));
    assert_eq!(Links::bipartite(usize::MAX, 2), Err(BoltzmannError::Units(usize::MAX)));
    assert_eq!(Links::of(3, &[[1, 1]]), Err(BoltzmannError::Link { pair: [1, 1], units: 3 }));
    assert_eq!(Links::of(3, &[[1, 3]]), Err(BoltzmannError::Link { pair: [1, 3], units: 3 }));
    assert_eq!(made(0, &[0.0; 3], &[0.0; 3]), BoltzmannError::Visible { visible: 0, units: 3 });
    assert_eq!(made(4, &[0.0; 3], &[0.0; 3]), BoltzmannError::Visible { visible: 4, units: 3 });
    assert_eq!(made(2, &[0.0; 2], &[0.0; 3]), BoltzmannError::Weights { found: 2, expected: 3 });
    assert_eq!(made(2, &[0.0; 3], &[0.0; 4]), BoltzmannError::Biases { found: 4, expected: 3 });
    assert!(matches!(made(2, &[0.0, f64::NAN, 0.0], &[0.0; 3]), BoltzmannError::Weight { i: 0, j: 2, .. }));
    assert!(matches!(made(2, &[0.0; 3], &[0.0, 1e300, 0.0]), BoltzmannError::Bias { unit: 1, .. }));
    let message = made(2, &[0.0, 0.0, 2e5], &[0.0; 3]).to_string();
    assert_eq!(
        message,
        "the weight between units 1 and 2 is 200000; it must be a number from -100000 to 100000"
    );

    let rows = |entries: &[(usize, usize, f64)]| {
        let mut rows = vec![vec![0.0; 3]; 3];
        entries.iter().for_each(|&(i, j, w)| rows[i][j] = w);
        let links = Links::of(3, &[[2, 0], [0, 1], [1, 0]]).unwrap();
        Boltzmann::from_rows(2, Encoding::Spin, links, &rows, vec![0.0; 3])
    };
    let made = rows(&[(0, 2, 0.5), (2, 0, 0.5)]).unwrap();
    assert_eq!((made.weights(), made.links().find(2, 0)), (&[0.0, 0.5][..], Some(1)));
    let asymmetric = BoltzmannError::Asymmetric { i: 0, j: 1, values: [1.0, 0.0] };
    assert_eq!(rows(&[(0, 1, 1.0)]).unwrap_err(), asymmetric);
    let unlinked = rows(&[(1, 2, 1.0), (2, 1, 1.0)]).unwrap_err();
    assert_eq!(unlinked, BoltzmannError::NoLink { i: 1, j: 2, value: 1.0 });
    assert_eq!(rows(&[(1, 1, 1.0)]).unwrap_err(), BoltzmannError::NoLink { i: 1, j: 1, value: 1.0 });
    assert!(matches!(
        rows(&[(0, 1, f64::NAN), (1, 0, f64::NAN)]).unwrap_err(),
        BoltzmannError::Weight { .. }
    ));
    let ragged = Boltzmann::from_rows(2, Encoding::Spin, links(), &[vec![0.0; 3], vec![], vec![]], vec![]);
    assert_eq!(ragged.unwrap_err(), BoltzmannError::RowLength { row: 1, found: 0, expected: 3 });
    let none = Boltzmann::from_rows(2, Encoding::Spin, links(), &[], vec![]);
    assert_eq!(none.unwrap_err(), BoltzmannError::Rows { found: 0, expected: 3 });
    let mut rng = Rng::new(0, Stream::Learning, 0);
    assert!(Boltzmann::random(2, Encoding::Spin, links(), f64::NAN, &mut rng).is_err());

    let mut machine = machine();
    let before = machine.weights().to_vec();
    assert!(machine.set_parameters(vec![f64::INFINITY; 3], vec![0.0; 3]).is_err());
    assert_eq!(machine.weights(), before);
}

#[test]
fn questions_that_make_no_sense_are_refused_by_name() {
    let machine = machine();
    for t in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-9] {
        assert!(matches!(machine.equilibrium(t), Err(BoltzmannError::Temperature(_))));
        assert!(matches!(machine.complete(&[1, 0], t), Err(BoltzmannError::Temperature(_))));
        assert!(MeanField::default().solve(&machine, &[0, 0], t).is_err());
    }
    assert_eq!(machine.posterior(&[1], 1.0), Err(BoltzmannError::Length { found: 1, expected: 2 }));
    let unknown = BoltzmannError::Spin { unit: 1, value: 0, allowed: "-1 or 1" };
    assert_eq!(machine.posterior(&[1, 0], 1.0), Err(unknown));
    let two = BoltzmannError::Spin { unit: 0, value: 2, allowed: "-1, 1, or 0 for unknown" };
    assert_eq!(machine.free_energy(&[2, 0], 1.0), Err(two));
    let classes = |range| machine.class_posterior(&[0, 0], range, 1.0).unwrap_err();
    assert_eq!(classes(1..3), BoltzmannError::Classes { first: 1, end: 3, visible: 2 });
    assert_eq!(classes(0..1), BoltzmannError::Classes { first: 0, end: 1, visible: 2 });
    let links = Links::bipartite(19, 3).unwrap();
    let large = Boltzmann::new(19, Encoding::Binary, links, vec![0.1; 57], vec![0.0; 22]).unwrap();
    assert_eq!(large.equilibrium(1.0).unwrap_err(), BoltzmannError::Large(22));
    assert_eq!(large.visible_distribution(1.0).unwrap_err(), BoltzmannError::Large(22));
    // What is known need not be looked at.
    assert!(large.posterior(&[1; 19], 1.0).is_ok());

    let of = |spins: &[i8], importance: f64| Data::new(2, &[Example { spins, importance }]).unwrap_err();
    assert_eq!(of(&[1], 1.0), BoltzmannError::Pattern { pattern: 0, found: 1, expected: 2 });
    assert_eq!(of(&[1, 0], 1.0), BoltzmannError::PatternSpin { pattern: 0, unit: 1, value: 0 });
    assert_eq!(of(&[1, 1], -1.0), BoltzmannError::Importance { pattern: 0, value: -1.0 });
    assert!(matches!(of(&[1, 1], f64::NAN), BoltzmannError::Importance { .. }));
    assert_eq!(of(&[1, 1], 0.0), BoltzmannError::NoPatterns);
    assert_eq!(of(&[1, 1], 1e-320), BoltzmannError::NoPatterns);
    assert_eq!(Data::new(2, &[]), Err(BoltzmannError::NoPatterns));
    let other = Data::new(3, &[Example::new(&[1, 1, 1])]).unwrap();
    let wrong = BoltzmannError::Pattern { pattern: 0, found: 3, expected: 2 };
    assert_eq!(machine.likelihood(&other, 1.0).unwrap_err(), wrong);

    let solve = |method: MeanField| method.solve(&machine, &[0, 0], 1.0).unwrap_err();
    let d = MeanField::default();
    for (method, name) in [
        (MeanField { damping: 1.0, ..d }, "damping"),
        (MeanField { damping: f64::NAN, ..d }, "damping"),
        (MeanField { tolerance: 0.0, ..d }, "tolerance"),
        (MeanField { max_rounds: 0, ..d }, "max_rounds"),
    ] {
        assert!(matches!(solve(method), BoltzmannError::Setting { name: found, .. } if found == name));
    }
    assert!(d.solve_from(&machine, &[0, 0], &[0.5; 2], 1.0).is_err());
    assert!(d.solve_from(&machine, &[0, 0], &[0.5, 0.5, -0.1], 1.0).is_err());
}
