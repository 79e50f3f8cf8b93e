//! A spec as the log of edits keeps it: what one edit leaves alone is held once for all that follow.

use std::rc::Rc;

use crate::spec::Spec;

/// Weights and biases given outright. No edit changes them.
type Given = (Option<Vec<Vec<f64>>>, Option<Vec<f64>>);

/// Where a spec has its pictures.
pub fn texts(spec: &mut Spec, grey: bool) -> &mut Option<Vec<String>> {
    if grey { &mut spec.patterns.grey } else { &mut spec.patterns.bits }
}

/// A spec in parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// All but the parts.
    rest: Spec,
    pictures: Option<Vec<Rc<str>>>,
    /// Whether the pictures are grey.
    grey: bool,
    given: Rc<Given>,
}

impl Kept {
    /// Keeps a spec beside that of the edit before.
    #[must_use]
    pub fn new(mut spec: Spec, before: Option<&Self>) -> Self {
        let known = before.and_then(|kept| kept.pictures.as_deref()).unwrap_or_default();
        let share = |(k, text): (usize, String)| {
            // Mostly where it was.
            let there = known.get(k).filter(|picture| ***picture == *text);
            let found = there.or_else(|| known.iter().find(|picture| ***picture == *text));
            found.cloned().unwrap_or_else(|| text.into())
        };
        let grey = spec.patterns.bits.is_none() && spec.patterns.grey.is_some();
        let pictures = texts(&mut spec, grey).take();
        let pictures = pictures.map(|all| all.into_iter().enumerate().map(share).collect());
        let given = (spec.weights.take(), spec.biases.take());
        let given = match before {
            Some(kept) if *kept.given == given => kept.given.clone(),
            _ => Rc::new(given),
        };
        Self { rest: spec, pictures, grey, given }
    }

    /// The spec.
    #[must_use]
    pub fn spec(&self) -> Spec {
        let mut spec = self.rest.clone();
        let owned = |all: &Vec<Rc<str>>| all.iter().map(|picture| String::from(&**picture)).collect();
        *texts(&mut spec, self.grey) = self.pictures.as_ref().map(owned);
        (spec.weights, spec.biases) = (*self.given).clone();
        spec
    }

    /// The spec without the pictures, but with an empty list of them if they are grey, and these. Weights and biases only if they are wanted: all edits have the same.
    #[must_use]
    pub fn parts(&self, given: bool) -> (Spec, Option<&[Rc<str>]>) {
        let mut spec = self.rest.clone();
        if given {
            (spec.weights, spec.biases) = (*self.given).clone();
        }
        if self.grey {
            spec.patterns.grey = Some(Vec::new());
        }
        (spec, self.pictures.as_deref())
    }
}
