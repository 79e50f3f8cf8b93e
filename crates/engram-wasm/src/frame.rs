//! One frame, as an object of scalars and flat typed arrays.

use engram_lab::info::Frame;
use engram_lab::session::Session;
use js_sys::{Float64Array, Int8Array, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::{object, plain};

/// What the frame before showed, to tell which units have changed since, and the width of the series.
#[derive(Default)]
pub struct Shown {
    spins: Vec<i8>,
    columns: usize,
}

impl Shown {
    /// The frame of the moment looked at.
    pub fn frame(&mut self, session: &mut Session) -> JsValue {
        let frame = Frame::of(session);
        let flipped: Vec<u32> = if self.spins.len() == frame.spins.len() {
            (0u32..)
                .zip(self.spins.iter().zip(&frame.spins))
                .filter(|(_, (old, new))| old != new)
                .map(|(i, _)| i)
                .collect()
        } else {
            Vec::new()
        };
        self.spins.clone_from(&frame.spins);
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
            ("spins", Int8Array::from(frame.spins.as_slice()).into()),
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
