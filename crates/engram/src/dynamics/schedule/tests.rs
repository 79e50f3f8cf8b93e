use alloc::string::ToString as _;
use alloc::vec;
use alloc::vec::Vec;

use super::*;

fn drawn(points: &[(f64, f64)]) -> Course {
    Course::Drawn(points.iter().map(|&(fraction, temperature)| Point { fraction, temperature }).collect())
}

fn told(course: Course, sweeps: u64) -> Vec<f64> {
    let schedule = Schedule::new(course, sweeps, After::Stay).unwrap();
    (0..sweeps).map(|sweep| schedule.temperature_at(sweep)).collect()
}

fn near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (x, y) in found.iter().zip(expected) {
        assert!((x - y).abs() <= 1e-14 * y.abs(), "{found:?}");
    }
}

#[test]
fn courses_by_hand() {
    near(&told(Course::Constant(1.5), 3), &[1.5; 3]);
    near(&told(Course::Linear { from: 2.0, to: 0.0 }, 5), &[2.0, 1.5, 1.0, 0.5, 0.0]);
    near(&told(Course::Geometric { from: 8.0, to: 0.5 }, 5), &[8.0, 4.0, 2.0, 1.0, 0.5]);
    // 1/T = 1/4 + (7/4) log2(1 + k)/3 over eight sweeps.
    let log = told(Course::Logarithmic { from: 4.0, to: 0.5 }, 8);
    near(&[log[0], log[1], log[3], log[7]], &[4.0, 1.2, 12.0 / 17.0, 0.5]);
    near(&told(drawn(&[(0.0, 3.0), (0.5, 1.0), (1.0, 2.0)]), 5), &[3.0, 2.0, 1.0, 1.5, 2.0]);
    // Flat before and after the points; where two meet, the later one holds.
    near(&told(drawn(&[(0.25, 4.0), (0.5, 2.0), (0.5, 1.0)]), 5), &[4.0, 4.0, 1.0, 1.0, 1.0]);
}

#[test]
fn the_geman_course_is_a_constant_over_a_logarithm_of_time() {
    let (from, to, n) = (5.0, 0.4, 1000);
    let schedule = Schedule::new(Course::Logarithmic { from, to }, n, After::Stay).unwrap();
    // T = c / ln(k0 (1 + k)).
    let c = math::ln(1000.0) / (1.0 / to - 1.0 / from);
    for k in [0, 1, 10, 500, 999] {
        let expected = c / (c / from + math::ln(1.0 + k as f64));
        assert!((schedule.temperature_at(k) / expected - 1.0).abs() < 1e-13);
    }
}

#[test]
fn the_ends_are_met_to_the_bit_and_what_follows_is_said() {
    for course in [
        Course::Linear { from: 0.3, to: 0.1 },
        Course::Geometric { from: 0.3, to: 0.1 },
        Course::Logarithmic { from: 0.3, to: 0.1 },
        drawn(&[(0.0, 0.3), (1.0, 0.1)]),
    ] {
        for sweeps in [2, 3, 49, 1_000_003] {
            let stays = Schedule::new(course.clone(), sweeps, After::Stay).unwrap();
            assert_eq!((stays.temperature_at(0), stays.temperature_at(sweeps - 1)), (0.3, 0.1));
            assert_eq!((stays.temperature_at(sweeps), stays.temperature_at(u64::MAX)), (0.1, 0.1));
            let quenched = Schedule::new(course.clone(), sweeps, After::Quench).unwrap();
            assert_eq!((quenched.temperature_at(sweeps - 1), quenched.temperature_at(sweeps)), (0.1, 0.0));
        }
        let one = Schedule::new(course, 1, After::Stay).unwrap();
        assert_eq!((one.temperature_at(0), one.temperature_at(1)), (0.3, 0.1));
        assert_eq!(one.hottest(), 0.3);
    }
}

#[test]
fn extreme_temperatures_stay_between_the_ends() {
    let (low, high) = (f64::MIN_POSITIVE, f64::MAX);
    for course in [
        Course::Linear { from: high, to: 0.0 },
        Course::Geometric { from: high, to: low },
        Course::Logarithmic { from: low / 4.0, to: high },
    ] {
        let schedule = Schedule::new(course, MAX_SWEEPS, After::Stay).unwrap();
        for fraction in [f64::NAN, -1.0, 0.0, 1e-17, 0.3, 1.0 - 1e-16, 1.0, 7.0] {
            assert!((0.0..=high).contains(&schedule.temperature_after(fraction)), "{fraction}");
        }
    }
}

#[test]
fn what_is_no_schedule_is_refused_with_its_reason() {
    let refused = |course: Course, sweeps: u64| Schedule::new(course, sweeps, After::Stay).unwrap_err();
    let constant = Course::Constant(1.0);
    assert_eq!(refused(constant.clone(), 0), ScheduleError::Sweeps(0));
    assert_eq!(refused(constant, MAX_SWEEPS + 1), ScheduleError::Sweeps(MAX_SWEEPS + 1));
    for value in [-0.1, f64::INFINITY, f64::NAN] {
        assert!(matches!(refused(Course::Constant(value), 1), ScheduleError::Temperature { .. }));
        let linear = Course::Linear { from: 1.0, to: value };
        assert!(refused(linear, 9).to_string().starts_with("the last temperature is"));
        assert!(matches!(
            refused(drawn(&[(0.0, 1.0), (0.5, value)]), 9),
            ScheduleError::PointTemperature { point: 1, .. }
        ));
    }
    let zero = refused(Course::Geometric { from: 0.0, to: 1.0 }, 9);
    assert_eq!(zero, ScheduleError::Zero { what: "the first temperature", course: "geometric" });
    let zero = refused(Course::Logarithmic { from: 1.0, to: 0.0 }, 9).to_string();
    assert_eq!(
        zero,
        "the last temperature is 0, which a logarithmic course never reaches; it must be above 0"
    );
    assert_eq!(refused(drawn(&[]), 9), ScheduleError::Points(0));
    assert_eq!(
        refused(Course::Drawn(vec![Point { fraction: 0.0, temperature: 1.0 }; 1001]), 9),
        ScheduleError::Points(1001)
    );
    assert_eq!(
        refused(drawn(&[(0.0, 1.0), (1.1, 1.0)]), 9),
        ScheduleError::Fraction { point: 1, value: 1.1 }
    );
    assert_eq!(
        refused(drawn(&[(0.5, 1.0), (0.4, 1.0)]), 9),
        ScheduleError::Order { point: 1, value: 0.4, before: 0.5 }
    );
}
