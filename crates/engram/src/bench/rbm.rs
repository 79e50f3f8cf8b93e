//! Epochs of contrastive divergence, CD-1, over 10,000 binary digits of 28 × 28 cells in mini-batches of 100, in the order
//! of the set. How long one takes hangs on how many units are on, and on how many change: the machine has learned for ten
//! epochs, and goes on learning from call to call.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Row;
use crate::bipartite::{Lists, Step};
use crate::learning::contrastive::{Chains, Contrastive, Learner, Scratch};
use crate::models::rbm::Rbm;
use crate::pattern::Pictures;
use crate::rng::{Lanes, Rng, Stream};

pub(super) const ROWS: &[Row] = &[
    Row { name: "rbm-epoch-784x256", operations: 1, job: || epoch(256) },
    Row { name: "rbm-epoch-784x500", operations: 1, job: || epoch(500) },
];

const DIGITS: &[u8] = include_bytes!("../../../../www/data/mnist28.bin");
const CELLS: usize = 28 * 28;
const BATCH: usize = 100;
const EPOCHS_BEFORE: u32 = 10;

/// The first pictures of the set, batch by batch.
fn batches() -> Vec<Lists> {
    let set = Pictures::parse(DIGITS).expect("the file is in the format");
    let levels = set.training().all_levels();
    levels.chunks_exact(CELLS * BATCH).map(|batch| Lists::of(CELLS, batch)).collect()
}

fn epoch(hidden: usize) -> Box<dyn FnMut()> {
    let batches = batches();
    let mut rng = Rng::new(1, Stream::Learning, 0);
    let machine = Rbm::fresh(hidden, 0, 0.01, &[0.5; CELLS], &mut rng).expect("sizes are within range");
    let how = Contrastive { chains: Chains::Data, steps: 1, centred: false, sparsity: None };
    let dice = Lanes::new(1, Stream::Learning, 1);
    let mut learner =
        Learner::new(&machine, &how, &[0.5; CELLS], &mut rng, &dice).expect("rates of its units");
    let (mut scratch, step) = (Scratch::default(), Step { rate: 0.05, momentum: 0.0, decay: 0.0 });
    let mut epoch = move || {
        for batch in &batches {
            learner.learn(&how, batch, step, &mut scratch);
        }
    };
    (0..EPOCHS_BEFORE).for_each(|_| epoch());
    Box::new(epoch)
}
