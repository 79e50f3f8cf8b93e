use super::*;
use crate::pattern::SpinsError;
use crate::rng::Stream;

const INTERACTIONS: [Interaction; 9] = [
    Interaction::Power(1),
    Interaction::Power(2),
    Interaction::Power(3),
    Interaction::Power(8),
    Interaction::Power(19),
    Interaction::Power(30),
    Interaction::RectifiedPower(1),
    Interaction::RectifiedPower(7),
    Interaction::Exponential,
];

fn examples<'a>(patterns: &'a [Vec<i8>], importance: impl Fn(usize) -> f64) -> Vec<Example<'a>> {
    patterns.iter().enumerate().map(|(k, x)| Example { spins: x, importance: importance(k) }).collect()
}

fn random(patterns: usize, units: usize, rng: &mut Rng) -> Vec<Vec<i8>> {
    (0..patterns).map(|_| (0..units).map(|_| rng.spin()).collect()).collect()
}

fn near(found: f64, wanted: f64, size: f64) {
    assert!((found - wanted).abs() <= 1e-11 * size, "{found:e} instead of {wanted}, of {size}");
}

#[test]
fn fields_are_half_of_the_differences_of_energies() {
    let mut rng = Rng::new(3, Stream::Experiment, 0);
    for (units, count) in [(1, 3), (7, 5), (40, 33)] {
        let patterns = random(count, units, &mut rng);
        let importances: [&dyn Fn(usize) -> f64; 3] =
            [&|_| 1.0, &|k| (k % 4) as f64 - 1.0, &|k| 0.3 * (k % 3) as f64 + 0.1];
        for (interaction, importance) in
            INTERACTIONS.iter().flat_map(|&f| importances.map(move |importance| (f, importance)))
        {
            let net = Dense::new(interaction, &examples(&patterns, importance), Scale::Depth(2.5)).unwrap();
            let mut spins: Vec<i8> = (0..units).map(|_| rng.below(3) as i8 - 1).collect();
            let mut overlaps = net.cache(&spins);
            for _ in 0..60 {
                let i = rng.below(units as u32) as usize;
                let mut with = |to| {
                    let from = core::mem::replace(&mut spins[i], to);
                    net.changed(&spins, &mut overlaps, i, from);
                    let energy = net.energy(&spins);
                    assert_eq!(energy, net.energy_cached(&overlaps));
                    (
                        energy,
                        net.field(&spins, &overlaps, i),
                        net.delta(&spins, i, -1),
                        net.delta(&spins, i, 1),
                    )
                };
                let (down, up, none) = (with(-1), with(1), with(0));
                with(rng.below(3) as i8 - 1);
                let most = |(k, &m): (usize, &i16)| {
                    let z = if interaction == Interaction::Exponential { m } else { m.abs() };
                    importance(k).abs()
                        * (interaction.value(i32::from(z) + 2) / interaction.value(units as i32))
                };
                let size = 2.5 * overlaps[..count].iter().enumerate().map(most).sum::<f64>();
                for (_, field, to_down, to_up) in [down, none, up] {
                    near(field, 0.5 * (down.0 - up.0), size);
                    near(to_up - to_down, up.0 - down.0, size);
                }
                near(down.3, up.0 - down.0, size);
                near(none.2, down.0 - none.0, size);
                near(none.3, up.0 - none.0, size);
            }
            assert_eq!(overlaps, net.cache(&spins));
        }
    }
}

#[test]
fn every_way_to_a_field_has_the_sign_of_the_exact_sum() {
    // Squares and cubes in 64 bits, higher powers in f64 with 128 bits in doubt: all against plain 128 bits.
    let mut rng = Rng::new(4, Stream::Experiment, 0);
    for (degree, units, count) in [(2, 64, 90), (3, 64, 91), (11, 60, 40), (14, 20, 12), (20, 40, 8)] {
        let patterns = random(count, units, &mut rng);
        let mut ties = 0;
        for interaction in [Interaction::Power(degree), Interaction::RectifiedPower(degree)] {
            let net = Dense::new(interaction, &examples(&patterns, |_| 1.0), Scale::default()).unwrap();
            for _ in 0..40 {
                // Half way between two memories, where they cancel and the others decide.
                let spins: Vec<i8> = (0..units)
                    .map(|i| if patterns[0][i] == patterns[1][i] { patterns[0][i] } else { rng.spin() })
                    .collect();
                let overlaps = net.cache(&spins);
                for i in 0..units {
                    let f = |z: i128| match interaction {
                        Interaction::RectifiedPower(_) => z.max(0).pow(degree),
                        _ => z.pow(degree),
                    };
                    let exact: i128 = patterns
                        .iter()
                        .zip(&overlaps)
                        .map(|(x, &m)| {
                            let (x, r) = (i128::from(x[i]), i128::from(m) - i128::from(x[i] * spins[i]));
                            f(r + x) - f(r - x)
                        })
                        .sum();
                    let field = net.field(&spins, &overlaps, i);
                    assert!((field > 0.0) == (exact > 0) && (field < 0.0) == (exact < 0), "{field} {exact}");
                    near(field, 0.5 * exact as f64, field.abs());
                    ties += usize::from(exact == 0);
                }
            }
        }
        assert!(ties > 0 || degree > 2, "no ties");
    }
}

#[test]
fn where_two_memories_cancel_the_third_decides_however_far_it_is() {
    let units = 1024;
    let mut rng = Rng::new(5, Stream::Experiment, 0);
    let patterns = random(3, units, &mut rng);
    let mut spins = patterns[0].clone();
    let apart: Vec<usize> = (0..units).filter(|&i| patterns[0][i] != patterns[1][i]).collect();
    for &i in &apart[..apart.len() / 2] {
        spins[i] = -spins[i];
    }
    for interaction in [Interaction::Power(29), Interaction::RectifiedPower(29), Interaction::Exponential] {
        let two = Dense::new(interaction, &examples(&patterns[..2], |_| 1.0), Scale::default()).unwrap();
        let three = Dense::new(interaction, &examples(&patterns, |_| 1.0), Scale::default()).unwrap();
        let third = Dense::new(interaction, &examples(&patterns[2..], |_| 1.0), Scale::default()).unwrap();
        let (a, b, c) = (two.cache(&spins), three.cache(&spins), third.cache(&spins));
        assert!((a[0] - a[1]).abs() <= 2 && a[0] > 400 && b[2].abs() < 100 && b[2] != 0, "{b:?}");
        let mut cancelled = 0;
        for &i in &apart {
            // The overlaps without the unit are the same: what one says, the other takes back.
            if a[0] - i16::from(patterns[0][i] * spins[i]) != a[1] - i16::from(patterns[1][i] * spins[i]) {
                continue;
            }
            cancelled += 1;
            assert_eq!(two.field(&spins, &a, i), 0.0);
            assert_eq!(three.field(&spins, &b, i), third.field(&spins, &c, i));
        }
        assert!(cancelled > 100, "{cancelled}");
    }
}

#[test]
fn an_exponential_out_of_range_keeps_its_signs_and_its_logarithm() {
    let units = 1024;
    let mut rng = Rng::new(6, Stream::Experiment, 0);
    let patterns = random(2, units, &mut rng);
    let net = |scale| Dense::new(Interaction::Exponential, &examples(&patterns, |_| 1.0), scale).unwrap();
    let (plain, scaled) = (net(Scale::default()), net(Scale::Depth(1024.0)));
    let overlaps = plain.cache(&patterns[0]);
    assert_eq!(plain.energy_cached(&overlaps), -f64::MAX);
    assert_eq!(plain.ln_energy(&overlaps), Some(1024.0));
    near(scaled.energy_cached(&overlaps), -1024.0, 1024.0);
    assert!(
        (0..units).all(|i| plain.field(&patterns[0], &overlaps, i) == f64::MAX * f64::from(patterns[0][i]))
    );
    // Far from both the field is as small as numbers are.
    let far: Vec<i8> = (0..units).map(|i| if i < 100 { patterns[1][i] } else { rng.spin() }).collect();
    let overlaps = scaled.cache(&far);
    let loud = usize::from(overlaps[1] > overlaps[0]);
    assert!((overlaps[0] - overlaps[1]).abs() > 4 && overlaps[loud] < 200, "{overlaps:?}");
    assert!(
        (0..units)
            .all(|i| scaled.field(&far, &overlaps, i) == f64::MIN_POSITIVE * f64::from(patterns[loud][i]))
    );
}

#[test]
fn what_the_memories_say_adds_up_to_the_field() {
    let mut rng = Rng::new(7, Stream::Experiment, 0);
    let patterns = random(6, 12, &mut rng);
    for interaction in INTERACTIONS {
        let net = Dense::new(interaction, &examples(&patterns, |k| k as f64), Scale::Depth(12.0)).unwrap();
        let overlaps = net.cache(&patterns[5]);
        let why = net.explain(&patterns[5], &overlaps, 4);
        assert_eq!((why.field, why.bias), (net.field(&patterns[5], &overlaps, 4), 0.0));
        near(why.contributions.iter().map(|term| term.value).sum(), why.field, 12.0);
        for term in &why.contributions {
            assert_eq!(term.state, patterns[term.unit][4]);
        }
        assert!(interaction.degree() == Some(1) || why.contributions[0].unit == 5);
    }
}

#[test]
fn what_is_not_possible_is_refused() {
    let (x, y) = ([1i8, -1, 1], [1i8, 0, 1]);
    let refused =
        |interaction, examples: &[Example<'_>], scale| Dense::new(interaction, examples, scale).unwrap_err();
    let (square, one) = (Interaction::Power(2), Scale::default());
    assert_eq!(refused(square, &[], one), DenseError::Units(0));
    assert_eq!(refused(Interaction::Power(0), &[Example::new(&x)], one), DenseError::Degree(0));
    assert_eq!(refused(Interaction::RectifiedPower(31), &[Example::new(&x)], one), DenseError::Degree(31));
    assert_eq!(refused(square, &[Example::new(&x)], Scale::Depth(0.0)), DenseError::Scale(0.0));
    assert!(matches!(refused(square, &[Example::new(&x)], Scale::Factor(f64::NAN)), DenseError::Scale(_)));
    assert_eq!(
        refused(square, &[Example::new(&x), Example::new(&y)], one),
        SpinsError::Spin { pattern: 1, unit: 1, value: 0 }.into()
    );
    assert_eq!(
        refused(square, &[Example::new(&x), Example::new(&x[..2])], one),
        SpinsError::Length { pattern: 1, found: 2, expected: 3 }.into()
    );
    assert_eq!(
        refused(square, &[Example { spins: &x, importance: 101.0 }], one),
        DenseError::Importance { pattern: 0, value: 101.0 }
    );
    let mut rng = Rng::new(0, Stream::Patterns, 0);
    assert_eq!(Dense::random(square, 5, 0, one, &mut rng).unwrap_err(), DenseError::Patterns(0));
    assert_eq!(Dense::random(square, 5000, 3, one, &mut rng).unwrap_err(), DenseError::Units(5000));
}
