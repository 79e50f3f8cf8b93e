//! The machines of a stack as they learn one after the other.

use engram::bipartite::{Lists, Step};
use engram::learning::contrastive::{Contrastive, Learner, Scratch};
use engram::models::rbm::Sampler;
use engram::rng::Lanes;
use serde::{Deserialize, Serialize};

/// Machines from the bottom up, and what draws between them.
#[derive(Clone, Serialize, Deserialize)]
pub struct Stack {
    /// All of them; those above the one that learns know nothing yet.
    pub machines: Vec<Learner>,
    /// The number of the one that learns, or learned last: the top of the net as it is.
    pub course: usize,
    /// The dice of what the lower ones make of pictures to learn from.
    pub dice: [[u32; 4]; 4],
}

impl Stack {
    /// The machine at the top of the net as it is.
    pub fn top(&self) -> &Sampler {
        self.machines[self.course].sampler()
    }

    /// Whether the machine at the top sees names.
    pub fn is_whole(&self) -> bool {
        self.course + 1 == self.machines.len()
    }

    /// What the top sees of pictures of so many cells, with their names if it sees these: one draw of the layers below.
    pub fn seen(&self, pictures: &Lists, cells: usize, dice: &mut Lanes) -> Lists {
        let top = self.top();
        let mut seen = pictures.with_units(cells);
        for machine in &self.machines[..self.course] {
            let mut above = Lists::new(machine.sampler().hidden(), 0);
            machine.sampler().draw_hidden(&seen, &[], dice, &mut above);
            seen = above;
        }
        let single = top.visible() - top.labels();
        let mut seen = seen.with_units(top.visible());
        for (copy, on) in pictures.iter().enumerate().filter(|_| top.labels() > 0) {
            if let Some(name) = on.last().and_then(|&unit| usize::from(unit).checked_sub(cells)) {
                seen.push(copy, (single + name) as u16);
            }
        }
        seen
    }

    /// One pass down from what the top sees and its hidden units: the first hidden layer, and the cells drawn from it.
    pub fn descend(&self, seen: &Lists, hidden: &Lists, dice: &mut Lanes) -> [Lists; 2] {
        let top = self.top();
        let mut layer = seen.with_units(top.visible() - top.labels());
        if self.course == 0 {
            return [hidden.clone(), layer];
        }
        let mut first = layer.clone();
        for machine in self.machines[..self.course].iter().rev() {
            let mut below = Lists::new(machine.sampler().visible(), 0);
            machine.sampler().draw_visible(&layer, &[], dice, &mut below);
            first = std::mem::replace(&mut layer, below);
        }
        [first, layer]
    }

    /// The machine whose turn it is learns from what the others make of some pictures.
    pub fn learn(
        &mut self,
        how: &Contrastive,
        pictures: &Lists,
        cells: usize,
        step: Step,
        scratch: &mut Scratch,
    ) {
        let mut dice = Lanes::of(self.dice);
        let seen = self.seen(pictures, cells, &mut dice);
        self.dice = dice.state();
        self.machines[self.course].learn(how, &seen, step, scratch);
    }
}
