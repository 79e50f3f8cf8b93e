//! A spec as the log of edits keeps it: what one edit leaves alone is held once for all that follow.

use std::rc::Rc;

use crate::spec::Spec;

/// Weights and biases given outright. No edit changes them.
type Given = (Option<Vec<Vec<f64>>>, Option<Vec<f64>>);

/// A spec in parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// All but the parts.
    rest: Spec,
    pictures: Option<Vec<Rc<str>>>,
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
        let pictures = spec.patterns.bits.take();
        let pictures = pictures.map(|all| all.into_iter().enumerate().map(share).collect());
        let given = (spec.weights.take(), spec.biases.take());
        let given = match before {
            Some(kept) if *kept.given == given => kept.given.clone(),
            _ => Rc::new(given),
        };
        Self { rest: spec, pictures, given }
    }

    /// The spec.
    #[must_use]
    pub fn spec(&self) -> Spec {
        let mut spec = self.rest.clone();
        let texts = |all: &Vec<Rc<str>>| all.iter().map(|picture| String::from(&**picture)).collect();
        spec.patterns.bits = self.pictures.as_ref().map(texts);
        (spec.weights, spec.biases) = (*self.given).clone();
        spec
    }

    /// The spec without the pictures, and these. Weights and biases only if they are wanted: all edits have the same.
    #[must_use]
    pub fn parts(&self, given: bool) -> (Spec, Option<&[Rc<str>]>) {
        let mut spec = self.rest.clone();
        if given {
            (spec.weights, spec.biases) = (*self.given).clone();
        }
        (spec, self.pictures.as_deref())
    }
}
