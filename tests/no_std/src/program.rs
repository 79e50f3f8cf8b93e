//! What a program must bring along where there is nothing: memory, an answer to panics; and a recall.

extern crate alloc;

use alloc::vec;
use alloc::vec::Vec;
use core::alloc::{GlobalAlloc, Layout};
use core::sync::atomic::{AtomicUsize, Ordering};

use engram::dynamics::{Asynchronous, State, Tie, settle};
use engram::models::hopfield::{BiasSign, Hopfield};
use engram::rng::{Rng, Stream};
use engram::weights::Weights;

const SIZE: usize = 1 << 16;

/// Gives memory out from one end and takes none back.
struct Bump {
    used: AtomicUsize,
    memory: core::cell::UnsafeCell<[u8; SIZE]>,
}

// Safety: every piece of memory is given out once, because `used` only grows, atomically.
unsafe impl Sync for Bump {}

// Safety: the piece is within `memory`, aligned as asked, and overlaps no other.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let base = self.memory.get().cast::<u8>();
        let mut start = 0;
        let taken = self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| {
            let address = base as usize + used;
            start = used + (address.next_multiple_of(layout.align()) - address);
            start.checked_add(layout.size()).filter(|end| *end <= SIZE)
        });
        if taken.is_ok() { base.wrapping_add(start) } else { core::ptr::null_mut() }
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static MEMORY: Bump = Bump { used: AtomicUsize::new(0), memory: core::cell::UnsafeCell::new([0; SIZE]) };

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// Stores one pattern of 16 units, flips the first three and lets the network settle. Returns how many units are
/// right: 16.
#[unsafe(no_mangle)]
pub extern "C" fn recall(seed: u32) -> u32 {
    let pattern: Vec<i8> = (0..16).map(|i| if i % 3 == 0 { 1 } else { -1 }).collect();
    let Ok(mut weights) = Weights::<f32>::zero(pattern.len(), 1.0) else { return 0 };
    weights.add_outer(1.0, &pattern);
    let Ok(net) = Hopfield::new(weights, vec![0.0; pattern.len()], BiasSign::Consistent) else { return 0 };
    let mut cue = pattern.clone();
    cue[..3].iter_mut().for_each(|spin| *spin = -*spin);
    let mut state = State::new(&net, cue);
    let mut rule = Asynchronous::new(pattern.len(), Tie::Keep);
    let mut rng = Rng::new(u64::from(seed), Stream::Dynamics, 0);
    settle(&mut rule, &net, &mut state, Tie::Keep, &mut rng, 10);
    state.spins().iter().zip(&pattern).filter(|(found, wanted)| found == wanted).count() as u32
}
