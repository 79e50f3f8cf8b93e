//! Temperatures over the course of a run.

use alloc::vec::Vec;
use core::fmt;

use crate::math;

/// Most points of a course drawn by hand.
pub const MAX_POINTS: usize = 1000;

/// Most sweeps of a schedule: whole numbers that are exact as floating-point numbers.
pub const MAX_SWEEPS: u64 = 1 << 53;

/// A temperature at a moment of the run.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Point {
    /// Fraction of the run, from 0 (the first sweep) to 1 (the last).
    pub fraction: f64,
    /// Temperature T there, in units of energy.
    pub temperature: f64,
}

/// How the temperature goes from the first sweep to the last. With f the fraction of the run that is behind:
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Course {
    /// The same throughout.
    Constant(f64),
    /// `T = T0 + (T1 − T0) f`.
    Linear {
        /// Temperature T0 of the first sweep.
        from: f64,
        /// Temperature T1 of the last.
        to: f64,
    },
    /// `T = T0 (T1/T0)^f`: every sweep is colder than the one before by the same factor (Kirkpatrick, Gelatt & Vecchi
    /// 1983). Both ends above zero.
    Geometric {
        /// Temperature T0 of the first sweep.
        from: f64,
        /// Temperature T1 of the last.
        to: f64,
    },
    /// `1/T` grows as the logarithm of the time: for sweep k of n, from 0,
    /// `1/T = 1/T0 + (1/T1 − 1/T0) ln(1 + k)/ln n`. That is the course `T = c/ln k` of S. Geman & D. Geman, IEEE Trans.
    /// PAMI 6 (1984) 721, Theorem B, with its constant and its origin of time laid so that it leads from T0 to T1; there
    /// c must be so large for the ground state to be certain that no run is that long. Both ends above zero.
    Logarithmic {
        /// Temperature T0 of the first sweep.
        from: f64,
        /// Temperature T1 of the last.
        to: f64,
    },
    /// Straight lines through points whose fractions do not fall; before the first point and after the last the
    /// temperature is theirs, and where two points share a fraction it jumps to the later one.
    Drawn(Vec<Point>),
}

/// What comes after the last sweep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum After {
    /// The last temperature, for ever.
    #[default]
    Stay,
    /// T = 0, until no unit wants to change.
    Quench,
}

/// Why a schedule could not be made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ScheduleError {
    /// No sweeps, or more than [`MAX_SWEEPS`].
    Sweeps(u64),
    /// A temperature that is negative, infinite or not a number.
    Temperature {
        /// Whose: `the temperature`, `the first temperature` …
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A temperature of zero, which the course can only draw near to.
    Zero {
        /// Whose.
        what: &'static str,
        /// Name of the course.
        course: &'static str,
    },
    /// No points, or more than [`MAX_POINTS`].
    Points(usize),
    /// The fraction of a point is not within 0 to 1.
    Fraction {
        /// Which point, from 0.
        point: usize,
        /// Its fraction.
        value: f64,
    },
    /// The temperature of a point is negative, infinite or not a number.
    PointTemperature {
        /// Which point, from 0.
        point: usize,
        /// Its temperature.
        value: f64,
    },
    /// A point lies before the one that it follows.
    Order {
        /// Which point, from 0.
        point: usize,
        /// Its fraction.
        value: f64,
        /// Fraction of the point before.
        before: f64,
    },
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sweeps(n) => write!(f, "a schedule needs 1 to {MAX_SWEEPS} sweeps, not {n}"),
            Self::Temperature { what, value } => {
                write!(f, "{what} is {value}; it must be a number of 0 or more")
            }
            Self::Zero { what, course } => {
                write!(f, "{what} is 0, which a {course} course never reaches; it must be above 0")
            }
            Self::Points(n) => write!(f, "a drawn course needs 1 to {MAX_POINTS} points, not {n}"),
            Self::Fraction { point, value } => {
                write!(f, "point {point} lies at {value} of the run; it must be a fraction from 0 to 1")
            }
            Self::PointTemperature { point, value } => {
                write!(f, "the temperature of point {point} is {value}; it must be a number of 0 or more")
            }
            Self::Order { point, value, before } => write!(
                f,
                "point {point} lies at {value} of the run, before the point ahead of it at {before}; fractions must not fall"
            ),
        }
    }
}

impl core::error::Error for ScheduleError {}

/// Temperature as a function of the sweep: a course over so many sweeps, and what comes after.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Schedule {
    course: Course,
    sweeps: u64,
    after: After,
}

impl Schedule {
    /// A schedule of so many sweeps. Of one sweep alone, the temperature is that of the start.
    ///
    /// # Errors
    /// No sweeps or too many; temperatures that are not numbers of 0 or more, or 0 at an end of a course that cannot
    /// reach it; points that are none, too many, outside the run or out of order.
    pub fn new(course: Course, sweeps: u64, after: After) -> Result<Self, ScheduleError> {
        if sweeps == 0 || sweeps > MAX_SWEEPS {
            return Err(ScheduleError::Sweeps(sweeps));
        }
        match &course {
            &Course::Constant(temperature) => check("the temperature", temperature)?,
            &Course::Linear { from, to } => check_ends(from, to, None)?,
            &Course::Geometric { from, to } => check_ends(from, to, Some("geometric"))?,
            &Course::Logarithmic { from, to } => check_ends(from, to, Some("logarithmic"))?,
            Course::Drawn(points) => check_points(points)?,
        }
        Ok(Self { course, sweeps, after })
    }

    /// Sweeps of the course.
    #[must_use]
    pub fn sweeps(&self) -> u64 {
        self.sweeps
    }

    /// The course.
    #[must_use]
    pub fn course(&self) -> &Course {
        &self.course
    }

    /// The highest temperature of the course.
    #[must_use]
    pub fn hottest(&self) -> f64 {
        match &self.course {
            Course::Constant(temperature) => *temperature,
            Course::Linear { from, to }
            | Course::Geometric { from, to }
            | Course::Logarithmic { from, to } => from.max(*to),
            Course::Drawn(points) => points.iter().fold(0.0, |most, point| point.temperature.max(most)),
        }
    }

    /// What comes after the last sweep.
    #[must_use]
    pub fn after(&self) -> After {
        self.after
    }

    /// Temperature of a sweep, counted from 0: sweep 0 has the first temperature, sweep `sweeps() − 1` the last. From
    /// `sweeps()` on it is the last one or 0.
    #[must_use]
    pub fn temperature_at(&self, sweep: u64) -> f64 {
        if sweep < self.sweeps {
            return self.temperature_after(sweep as f64 / (self.sweeps - 1).max(1) as f64);
        }
        match self.after {
            After::Stay => self.temperature_after(1.0),
            After::Quench => 0.0,
        }
    }

    /// Temperature when a fraction of the course is behind, as if there were sweeps between the sweeps; below 0 and
    /// above 1 that of the nearer end.
    #[must_use]
    pub fn temperature_after(&self, fraction: f64) -> f64 {
        let (from, to) = match self.course {
            Course::Constant(temperature) => return temperature,
            Course::Drawn(ref points) => return along(points, fraction),
            Course::Linear { from, to }
            | Course::Geometric { from, to }
            | Course::Logarithmic { from, to } => (from, to),
        };
        // The ends are met to the bit.
        if fraction >= 1.0 {
            return to;
        }
        if from == to || fraction.is_nan() || fraction <= 0.0 {
            return from;
        }
        let temperature = match self.course {
            Course::Geometric { .. } => {
                math::exp(math::ln(from) * (1.0 - fraction) + math::ln(to) * fraction)
            }
            Course::Logarithmic { .. } => {
                let last = (self.sweeps - 1).max(1) as f64;
                let passed = math::ln(1.0 + fraction * last) / math::ln(1.0 + last);
                1.0 / ((1.0 - passed) / from + passed / to)
            }
            _ => from + (to - from) * fraction,
        };
        temperature.clamp(from.min(to), from.max(to))
    }
}

/// Temperature on the line through points.
fn along(points: &[Point], fraction: f64) -> f64 {
    let next = points.partition_point(|point| point.fraction <= fraction);
    match (next.checked_sub(1).map(|last| points[last]), points.get(next)) {
        (Some(a), Some(b)) => {
            let part = (fraction - a.fraction) / (b.fraction - a.fraction);
            a.temperature + (b.temperature - a.temperature) * part
        }
        (Some(end), None) => end.temperature,
        (None, Some(end)) => end.temperature,
        (None, None) => 0.0,
    }
}

fn is_temperature(value: f64) -> bool {
    value.is_finite() && value >= 0.0
}

fn check(what: &'static str, value: f64) -> Result<(), ScheduleError> {
    if is_temperature(value) { Ok(()) } else { Err(ScheduleError::Temperature { what, value }) }
}

/// Both ends; above zero if the course has a name.
fn check_ends(from: f64, to: f64, course: Option<&'static str>) -> Result<(), ScheduleError> {
    for (what, value) in [("the first temperature", from), ("the last temperature", to)] {
        check(what, value)?;
        if let (Some(course), true) = (course, value == 0.0) {
            return Err(ScheduleError::Zero { what, course });
        }
    }
    Ok(())
}

fn check_points(points: &[Point]) -> Result<(), ScheduleError> {
    if points.is_empty() || points.len() > MAX_POINTS {
        return Err(ScheduleError::Points(points.len()));
    }
    let mut before = 0.0;
    for (point, &Point { fraction: value, temperature }) in points.iter().enumerate() {
        if !(0.0..=1.0).contains(&value) {
            return Err(ScheduleError::Fraction { point, value });
        }
        if !is_temperature(temperature) {
            return Err(ScheduleError::PointTemperature { point, value: temperature });
        }
        if value < before {
            return Err(ScheduleError::Order { point, value, before });
        }
        before = value;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
