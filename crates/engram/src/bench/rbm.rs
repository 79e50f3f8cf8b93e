//! Epochs of contrastive divergence, CD-1, over 10,000 pictures of 28 × 28 cells in mini-batches of 100. The pictures are
//! blots: about as much ink as in handwritten digits, and neighbours alike, so that there is something to learn.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Row;
use crate::bipartite::{Lists, Step};
use crate::learning::contrastive::{Chains, Contrastive, Learner, Scratch};
use crate::models::rbm::Rbm;
use crate::rng::{Lanes, Rng, Stream};

pub(super) const ROWS: &[Row] = &[
    Row { name: "rbm-epoch-784x256", operations: 1, job: || epoch(256) },
    Row { name: "rbm-epoch-784x500", operations: 1, job: || epoch(500) },
];

const SIDE: usize = 28;
const CELLS: usize = SIDE * SIDE;
const PICTURES: usize = 10_000;
const BATCH: usize = 100;

/// Three discs each, somewhere.
fn blots() -> Vec<Lists> {
    let mut rng = Rng::new(1, Stream::Patterns, 0);
    let mut batches = Vec::new();
    for _ in 0..PICTURES / BATCH {
        let mut batch = Lists::new(CELLS, BATCH);
        for copy in 0..BATCH {
            let discs: [(i32, i32); 3] =
                core::array::from_fn(|_| (5 + rng.below(18) as i32, 5 + rng.below(18) as i32));
            for cell in 0..CELLS {
                let (x, y) = ((cell % SIDE) as i32, (cell / SIDE) as i32);
                if discs.iter().any(|(a, b)| (x - a) * (x - a) + (y - b) * (y - b) <= 16) {
                    batch.push(copy, cell as u16);
                }
            }
        }
        batches.push(batch);
    }
    batches
}

fn epoch(hidden: usize) -> Box<dyn FnMut()> {
    let batches = blots();
    let mut rng = Rng::new(1, Stream::Learning, 0);
    let machine = Rbm::fresh(hidden, 0, 0.01, &[0.5; CELLS], &mut rng).expect("sizes are within range");
    let how = Contrastive { chains: Chains::Data, steps: 1, centred: false, sparsity: None };
    let dice = Lanes::new(1, Stream::Learning, 1);
    let mut learner =
        Learner::new(&machine, &how, &[0.5; CELLS], &mut rng, &dice).expect("rates of its units");
    let (mut scratch, step) = (Scratch::default(), Step { rate: 0.05, momentum: 0.0, decay: 0.0 });
    Box::new(move || {
        for batch in &batches {
            learner.learn(&how, batch, step, &mut scratch);
        }
    })
}
