//! Controls: what can be set or given, described as data, and checked once.

use serde::Serialize;

use crate::LabError;
use crate::value::{Figure, Value, number_of};
use crate::values::Values;

/// One control or argument: what it is, what it may be, and what happens if it is moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Control {
    /// Name in specs and links.
    pub key: &'static str,
    /// Name in everyday speech.
    pub label: &'static str,
    /// Symbol of the field, e.g. `T`; may be empty.
    pub symbol: &'static str,
    /// Unit, or empty.
    pub unit: &'static str,
    /// What happens if it is moved.
    pub help: &'static str,
    /// Heading under which it is shown.
    pub group: &'static str,
    /// What it may be.
    pub kind: ControlKind,
    /// Shown, and used, only while each of these controls has one of the values named.
    pub when: Vec<When>,
    /// Whether a spec that says it means more than one that leaves it out, even if it says the default.
    #[serde(skip)]
    pub explicit: bool,
    /// The word that it is if it is left out while another setting is given a number other than 0.
    #[serde(skip)]
    pub implied: Option<Implied>,
}

/// A word that follows from another setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Implied {
    /// The other setting.
    pub by: &'static str,
    /// The word.
    pub value: &'static str,
}

/// A condition on another control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct When {
    /// The other control.
    pub key: &'static str,
    /// Its values that count.
    pub values: Vec<&'static str>,
}

/// What a control may be.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ControlKind {
    /// A number within a range.
    Number {
        /// Least.
        min: f64,
        /// Most.
        max: f64,
        /// Step of a slider.
        step: f64,
        /// How a slider spreads them.
        scale: Scale,
        /// If nothing is said.
        default: f64,
        /// Shown as per cent.
        percent: bool,
    },
    /// A whole number within a range.
    Integer {
        /// Least.
        min: f64,
        /// Most.
        max: f64,
        /// If nothing is said.
        default: f64,
    },
    /// One of several words.
    Choice {
        /// The words.
        options: Vec<Choice>,
        /// If nothing is said.
        default: &'static str,
    },
    /// Yes or no.
    Toggle {
        /// If nothing is said.
        default: bool,
    },
    /// A course drawn through points: a list of fractions, from 0 to 1, and values, in turn. Fractions do not fall.
    Course {
        /// Largest value; the least is 0.
        max: f64,
        /// The control that says how many sweeps it goes over.
        over: &'static str,
        /// If nothing is said.
        default: Vec<f64>,
    },
}

/// Most points of a course.
pub const MAX_POINTS: usize = 64;

/// Spread of a slider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// Evenly.
    Linear,
    /// By factors.
    Log,
}

/// One of the words of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Name in specs and links.
    pub value: &'static str,
    /// Name in everyday speech.
    pub label: &'static str,
    /// What it does.
    pub help: &'static str,
}

impl Control {
    /// A control of the given kind, without symbol, unit or condition.
    #[must_use]
    pub fn new(
        key: &'static str,
        label: &'static str,
        group: &'static str,
        kind: ControlKind,
        help: &'static str,
    ) -> Self {
        Self {
            key,
            label,
            symbol: "",
            unit: "",
            help,
            group,
            kind,
            when: Vec::new(),
            explicit: false,
            implied: None,
        }
    }

    /// With the symbol of the field.
    #[must_use]
    pub fn symbol(mut self, symbol: &'static str) -> Self {
        self.symbol = symbol;
        self
    }

    /// With a unit.
    #[must_use]
    pub fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// Only while another control has one of these values.
    #[must_use]
    pub fn when(mut self, key: &'static str, values: &[&'static str]) -> Self {
        self.when.push(When { key, values: values.to_vec() });
        self
    }

    /// Kept in specs and links once it is said: other settings follow from whether it is.
    #[must_use]
    pub fn explicit(mut self) -> Self {
        self.explicit = true;
        self
    }

    /// This word, if it is left out while another setting is given a number other than 0.
    #[must_use]
    pub fn implied(mut self, by: &'static str, value: &'static str) -> Self {
        self.implied = Some(Implied { by, value });
        self
    }

    /// Whether a spec that gives it this value can as well leave it out.
    #[must_use]
    pub fn goes_without_saying(&self, value: &Value) -> bool {
        !self.explicit && self.default_value() == *value
    }

    /// A value of its, as people say it.
    #[must_use]
    pub fn said(&self, value: &Value) -> String {
        match (&self.kind, value) {
            (ControlKind::Choice { options, .. }, Value::Text(word)) => {
                let option = options.iter().find(|option| option.value == word);
                option.map_or(word.as_str(), |option| option.label).to_owned()
            }
            (_, Value::Bool(on)) => if *on { "on" } else { "off" }.to_owned(),
            (ControlKind::Course { .. }, Value::Numbers(points)) => {
                format!("through {}", number_of(points.len() / 2, "point"))
            }
            _ => value.to_string(),
        }
    }

    /// Its value if nothing is said.
    #[must_use]
    pub fn default_value(&self) -> Value {
        match &self.kind {
            ControlKind::Number { default, .. } | ControlKind::Integer { default, .. } => {
                Value::Number(*default)
            }
            ControlKind::Choice { default, .. } => Value::Text((*default).to_owned()),
            ControlKind::Toggle { default } => Value::Bool(*default),
            ControlKind::Course { default, .. } => Value::Numbers(default.clone()),
        }
    }

    /// Its value where these are given: as it is said, as it follows, or its default.
    fn value_among(&self, given: &Values) -> Value {
        if let Some(value) = given.get(self.key) {
            return value.clone();
        }
        match &self.implied {
            Some(implied) if given.number(implied.by) != 0.0 => Value::Text(implied.value.to_owned()),
            _ => self.default_value(),
        }
    }

    /// Whether a value is one it may have.
    ///
    /// # Errors
    /// Names the value and what is allowed.
    pub fn check(&self, at: &str, value: &Value) -> Result<(), LabError> {
        let fault = match (&self.kind, value) {
            (ControlKind::Number { min, max, .. }, Value::Number(x)) => {
                (!(min..=max).contains(&x)).then(|| format!("a number from {min} to {max}"))
            }
            (ControlKind::Integer { min, max, .. }, Value::Number(x)) => (!(min..=max).contains(&x)
                || *x != x.trunc())
            .then(|| format!("a whole number from {min} to {max}")),
            (ControlKind::Choice { options, .. }, Value::Text(word)) => {
                (!options.iter().any(|o| o.value == word)).then(|| one_of(options))
            }
            (ControlKind::Toggle { .. }, Value::Bool(_)) => None,
            (ControlKind::Number { min, max, .. }, _) => Some(format!("a number from {min} to {max}")),
            (ControlKind::Integer { min, max, .. }, _) => Some(format!("a whole number from {min} to {max}")),
            (ControlKind::Choice { options, .. }, _) => Some(one_of(options)),
            (ControlKind::Toggle { .. }, _) => Some("true or false".to_owned()),
            (ControlKind::Course { max, .. }, Value::Numbers(points)) => return course(at, points, *max),
            (ControlKind::Course { max, .. }, _) => {
                Some(format!("a list of fractions from 0 to 1 and numbers from 0 to {max}, in turn"))
            }
        };
        match fault {
            Some(allowed) => {
                Err(LabError::new(at, format_args!("{value} is not allowed; it must be {allowed}")))
            }
            None => Ok(()),
        }
    }

    /// The nearest value that is allowed to a number out of range; none if the value is of another kind.
    #[must_use]
    pub fn nearest(&self, value: &Value) -> Option<Value> {
        match (&self.kind, value) {
            (ControlKind::Number { min, max, .. }, Value::Number(x)) if !x.is_nan() => {
                Some(Value::Number(within(*x, *min, *max)))
            }
            (ControlKind::Integer { min, max, .. }, Value::Number(x)) if !x.is_nan() => {
                Some(Value::Number(within(*x, *min, *max).trunc()))
            }
            _ => None,
        }
    }
}

/// Checks a course point by point.
fn course(at: &str, points: &[f64], max: f64) -> Result<(), LabError> {
    if points.is_empty() || !points.len().is_multiple_of(2) || points.len() > 2 * MAX_POINTS {
        let message = format!(
            "{} are not allowed; it must be fractions and numbers in turn, for 1 to {MAX_POINTS} points",
            number_of(points.len(), "number")
        );
        return Err(LabError::new(at, message));
    }
    let mut least = 0.0;
    for (k, point) in points.chunks(2).enumerate() {
        let fault = if !(least..=1.0).contains(&point[0]) {
            Some((2 * k, least, 1.0))
        } else if !(0.0..=max).contains(&point[1]) {
            Some((2 * k + 1, 0.0, max))
        } else {
            None
        };
        if let Some((place, least, most)) = fault {
            let message = format!(
                "{} is not allowed; it must be a number from {least} to {most}",
                Figure(points[place])
            );
            return Err(LabError::new(format!("{at}[{place}]"), message));
        }
        least = point[0];
    }
    Ok(())
}

/// The nearest number of a range. The standard library's `clamp` can fail, and brings another printer of numbers for
/// it.
fn within(x: f64, min: f64, max: f64) -> f64 {
    x.max(min).min(max)
}

fn one_of(options: &[Choice]) -> String {
    let words: Vec<_> = options.iter().map(|o| o.value).collect();
    format!("one of {}", words.join(", "))
}

/// Checks named values against controls.
///
/// # Errors
/// The first name that no control has, or value that is not allowed.
pub fn check_all(controls: &[Control], values: &Values, at: &str) -> Result<(), LabError> {
    for (key, value) in values {
        let place = format!("{at}.{key}");
        find(controls, key, &place)?.check(&place, value)?;
    }
    Ok(())
}

/// The control of a name.
///
/// # Errors
/// There is none; the message names those there are.
pub(crate) fn find<'a>(controls: &'a [Control], key: &str, at: &str) -> Result<&'a Control, LabError> {
    controls.iter().find(|c| c.key == key).ok_or_else(|| {
        let known: Vec<_> = controls.iter().map(|c| c.key).collect();
        LabError::new(at, format_args!("there is no such setting; there are {}", known.join(", ")))
    })
}

/// Every control's value: as given, as it follows from another, or its default.
#[must_use]
pub fn filled(controls: &[Control], values: &Values) -> Values {
    controls.iter().map(|c| (c.key.to_owned(), c.value_among(values))).collect()
}

/// Shorthand for the kinds.
pub mod kind {
    use super::{Choice, ControlKind, Scale};

    /// A number on an even slider.
    #[must_use]
    pub fn number(min: f64, max: f64, step: f64, default: f64) -> ControlKind {
        ControlKind::Number { min, max, step, scale: Scale::Linear, default, percent: false }
    }

    /// A number on a slider by factors.
    #[must_use]
    pub fn log(min: f64, max: f64, step: f64, default: f64) -> ControlKind {
        ControlKind::Number { min, max, step, scale: Scale::Log, default, percent: false }
    }

    /// A fraction from 0 to 1, shown as per cent.
    #[must_use]
    pub fn fraction(default: f64) -> ControlKind {
        ControlKind::Number { min: 0.0, max: 1.0, step: 0.01, scale: Scale::Linear, default, percent: true }
    }

    /// A whole number.
    #[must_use]
    pub fn integer(min: u32, max: u32, default: u32) -> ControlKind {
        ControlKind::Integer { min: f64::from(min), max: f64::from(max), default: f64::from(default) }
    }

    /// Yes or no.
    #[must_use]
    pub fn toggle(default: bool) -> ControlKind {
        ControlKind::Toggle { default }
    }

    /// A course through points, over as many sweeps as another control says.
    #[must_use]
    pub fn course(max: f64, over: &'static str, default: &[f64]) -> ControlKind {
        ControlKind::Course { max, over, default: default.to_vec() }
    }

    /// One of several: (value, label, help); the first is the default.
    #[must_use]
    pub fn choice(options: &[(&'static str, &'static str, &'static str)]) -> ControlKind {
        ControlKind::Choice {
            options: options.iter().map(|&(value, label, help)| Choice { value, label, help }).collect(),
            default: options[0].0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn temperature() -> Control {
        Control::new("temperature", "temperature", "time", kind::number(0.0, 10.0, 0.1, 1.0), "")
    }

    #[test]
    fn errors_name_value_range_and_place() {
        let error = temperature().check("params.temperature", &Value::Number(12.0)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "params.temperature: 12 is not allowed; it must be a number from 0 to 10"
        );
        assert!(temperature().check("", &Value::Number(f64::NAN)).is_err());
        assert!(temperature().check("", &Value::Text("hot".into())).is_err());
        assert!(temperature().check("", &Value::Number(10.0)).is_ok());
    }

    #[test]
    fn unknown_settings_are_errors() {
        let values = Values::from([("tmperature".to_owned(), Value::Number(1.0))]);
        let error = check_all(&[temperature()], &values, "params").unwrap_err();
        assert!(error.message.contains("temperature"), "{error}");
        assert_eq!(error.at, "params.tmperature");
    }
}
