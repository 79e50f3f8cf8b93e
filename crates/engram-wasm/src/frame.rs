//! One frame, as an object of scalars and flat typed arrays.

use engram_lab::company::Company;
use engram_lab::info::{self, Frame};
use engram_lab::session::Session;
use js_sys::{Float32Array, Float64Array, Int8Array, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::{fields, object, plain};

/// What the frame before showed of a session, to tell which units have changed since, and the width of the series.
#[derive(Default)]
pub struct Shown {
    spins: Vec<i8>,
    columns: usize,
}

/// The frame of the moment looked at, with the frames of those beside the leader.
pub fn of(company: &mut Company, shown: &mut Vec<Shown>) -> JsValue {
    shown.resize_with(1 + company.others().len(), Shown::default);
    let (leader, rest) = shown.split_at_mut(1);
    let frame = leader[0].frame(company.leader_mut());
    let others = company.others_mut().iter_mut().zip(rest).map(|(session, shown)| shown.frame(session));
    let others: js_sys::Array = others.collect();
    fields(&frame, &[("beside", others.into())]);
    if company.others().is_empty() {
        return frame;
    }
    // The clock of all of them.
    fields(
        &frame,
        &[
            ("time", (company.time() as f64).into()),
            ("end", (company.end() as f64).into()),
            ("settled", company.at_rest().into()),
        ],
    );
    frame
}

/// Of larger grids no changes are told: so many cannot be followed.
const MOST_FOLLOWED: usize = 1 << 14;

impl Shown {
    /// Which units have changed since the frame before.
    fn flipped(&mut self, spins: &[i8]) -> Vec<u32> {
        let known = self.spins.len() == spins.len() && spins.len() <= MOST_FOLLOWED;
        let pairs = (0u32..).zip(self.spins.iter().zip(spins)).filter(|_| known);
        let flipped = pairs.filter(|(_, (old, new))| old != new).map(|(i, _)| i).collect();
        self.spins.clear();
        self.spins.extend_from_slice(spins);
        flipped
    }

    /// The frame of the moment looked at.
    pub fn frame(&mut self, session: &mut Session) -> JsValue {
        let frame = Frame::of(session);
        let (cells, flipped) = match &frame.cells {
            info::Shown::Spins(spins) => (Int8Array::from(spins.as_slice()).into(), self.flipped(spins)),
            info::Shown::Grey(levels) => (Float32Array::from(levels.as_slice()).into(), Vec::new()),
        };
        let trace = session.take_trace().map_or(JsValue::NULL, |(rows, columns)| {
            self.columns = columns;
            Float64Array::from(rows.as_slice()).into()
        });
        object(&[
            ("time", (frame.time as f64).into()),
            ("begin", (frame.begin as f64).into()),
            ("end", (frame.end as f64).into()),
            ("sweep", frame.sweep.into()),
            ("settled", frame.settled.into()),
            // The worker knows; a machine does not run by itself.
            ("running", false.into()),
            ("outcome", plain(&frame.outcome)),
            ("cells", cells),
            ("visited", frame.visited.map_or(-1.0, f64::from).into()),
            ("flipped", Uint32Array::from(flipped.as_slice()).into()),
            ("scalars", Float64Array::from(frame.scalars.as_slice()).into()),
            ("perMemory", Float64Array::from(frame.per_memory.as_slice()).into()),
            // None if it is that of the frame before.
            ("trace", trace),
            ("traceColumns", self.columns.into()),
            ("events", plain(&frame.events)),
            ("canUndo", session.can_undo().into()),
            ("canRedo", session.can_redo().into()),
            ("hash", frame.hash.into()),
            ("changed", session.take_changed().into()),
        ])
    }
}
