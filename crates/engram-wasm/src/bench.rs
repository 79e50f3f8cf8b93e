//! The workloads of the speed table, to be timed in a tab.

use engram_lab::bench;
use wasm_bindgen::prelude::*;

/// Names of the workloads, as JSON.
#[wasm_bindgen]
pub fn bench_names() -> String {
    let names: Vec<_> = bench::rows().map(|row| format!("\"{}\"", row.name)).collect();
    format!("[{}]", names.join(","))
}

/// Median nanoseconds of one operation of a workload over so many milliseconds.
#[wasm_bindgen]
pub fn bench_time(name: &str, millis: f64) -> Result<f64, JsError> {
    let missing = || JsError::new(&format!("there is no workload '{name}'"));
    let row = bench::rows().find(|row| row.name == name).ok_or_else(missing)?;
    let mut job = (row.job)();
    let clock = js_sys::global();
    let performance: web_sys::Performance =
        js_sys::Reflect::get(&clock, &"performance".into()).unwrap_or_default().unchecked_into();
    job();
    let mut times = Vec::new();
    let start = performance.now();
    while performance.now() - start < millis || times.is_empty() {
        // Clocks in a tab are coarse: time batches of at least five milliseconds.
        let (begin, mut count) = (performance.now(), 0u32);
        while performance.now() - begin < 5.0 {
            job();
            count += 1;
        }
        times.push((performance.now() - begin) * 1e6 / f64::from(count));
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2] / f64::from(row.operations))
}
