//! `cargo xtask bench`: the kernels natively and in a Chromium tab, beside the goals.
//!
//! Both time the workloads of `engram::bench`: Criterion natively, through the benches of crates/engram; the tab
//! through the exports `bench_names` and `bench_time` of engram-wasm (feature `bench`), by the same names. Last the page:
//! tests/browser/bench-page.mjs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::process::{Program, step};
use crate::{Result, cli, flavour, place, setup, web};

/// A job whose time has a goal: name, what it is, the goal in nanoseconds.
struct Goal(&'static str, &'static str, f64);

/// The peers' times on 2 cores over the wanted ratio (ARCHITECTURE.md tells how they were measured).
const GOALS: [Goal; 21] = [
    Goal("hopfield-recall-784-patterns", "recall, n = 784, 39 memories, Hebb over the patterns", 26e3),
    Goal("hopfield-recall-784-weights", "recall, n = 784, 39 memories, weights", 77e3),
    Goal("hopfield-recall-784-fractions", "the same, weights that are no whole numbers", 77e3),
    Goal("hopfield-recall-2500-patterns", "recall, n = 2500, 125 memories, Hebb over the patterns", 225e3),
    Goal("hopfield-recall-2500-weights", "recall, n = 2500, 125 memories, weights", 1_080e3),
    Goal("hopfield-recall-2500-fractions", "the same, weights that are no whole numbers", 1_080e3),
    Goal("hopfield-flip-784", "one flip, all fields kept current, n = 784", 120.0),
    Goal("hopfield-flip-2500", "one flip, all fields kept current, n = 2500", 960.0),
    Goal("hopfield-capacity-patterns", "capacity scan, n = 500, over the patterns", 52e6),
    Goal("hopfield-capacity-weights", "capacity scan, n = 500, explicit weights", 242e6),
    Goal(
        "stochastic-recall-784-patterns",
        "ten heat-bath sweeps from a cue, n = 784, over the patterns",
        450e3,
    ),
    Goal("stochastic-recall-784-weights", "the same, weights", 450e3),
    Goal("stochastic-recall-2500-patterns", "the same, n = 2500, over the patterns", 1_500e3),
    Goal("stochastic-recall-2500-weights", "the same, weights", 1_500e3),
    Goal("ising-metropolis-512", "a Metropolis sweep of 512 × 512 spins at T_c", 73e3),
    Goal("modern-update-10000x784", "a modern update, 10,000 patterns of 784, every pattern added", 2_800e3),
    Goal("modern-update-10000x784-bytes", "the same, patterns in bytes, few of them added", 1_670e3),
    Goal("rbm-epoch-784x256", "an epoch of CD-1, 10,000 pictures, 784 × 256 units", 122e6),
    Goal("rbm-epoch-784x500", "the same, 784 × 500 units", 220e6),
    Goal("math-exp", "exp of an array, an element", 1.17),
    Goal("math-sigmoid", "the logistic function of an array, an element", 2.0),
];

/// How long the tab measures each job.
const TAB_MILLISECONDS: &str = "1000";

/// Runs the command.
pub fn run(options: &cli::Bench) -> Result<()> {
    let native = if options.native { run_native(&options.filter)? } else { BTreeMap::new() };
    let tab = if options.tab { run_in_tab(&options.filter)? } else { BTreeMap::new() };
    if options.native || options.tab {
        print_table(&native, &tab);
    }
    if options.page { measure_page(&options.minutes) } else { Ok(()) }
}

fn measure_page(minutes: &str) -> Result<()> {
    let browsers = setup::for_bench()?;
    web::build()?;
    step("the page in Chromium", || {
        Program::new("node")
            .arg("tests/browser/bench-page.mjs")
            .arg(place::dist())
            .arg(minutes)
            .with("ENGRAM_CHROMIUM", &browsers.chromium)
            .run()
    })
}

fn run_native(filter: &str) -> Result<BTreeMap<String, f64>> {
    let folder = place::target().join("criterion");
    // Else a bench that was renamed would still be in the table.
    let _ = fs::remove_dir_all(&folder);
    step("native benches", || {
        let bench = Program::cargo().words("bench --locked --package engram --features bench --benches");
        if filter.is_empty() { bench.run() } else { bench.arg("--").arg(filter).run() }
    })?;
    let mut times = BTreeMap::new();
    collect(&folder, &mut times);
    Ok(times)
}

/// Criterion writes `GROUP/FUNCTION/new/{estimates,benchmark}.json`.
fn collect(folder: &Path, times: &mut BTreeMap<String, f64>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if !path.is_dir() {
            continue;
        }
        if entry.file_name() == "new" {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let read = |file: &str| fs::read_to_string(path.join(file)).unwrap_or_default();
            // One run of a workload may be many operations, which Criterion counts as throughput.
            let operations = number_after(&read("benchmark.json"), &["\"Elements\":"]).unwrap_or(1.0);
            let median = number_after(&read("estimates.json"), &["\"median\":", "\"point_estimate\":"]);
            times.extend(median.map(|median| (name, median / operations)));
        } else {
            collect(&path, times);
        }
    }
}

/// The number after these keys, one after another, from JSON without spaces.
fn number_after(json: &str, keys: &[&str]) -> Option<f64> {
    let rest = keys.iter().try_fold(json, |rest, key| rest.split_once(key).map(|(_, rest)| rest))?;
    rest.split([',', '}']).next()?.trim().parse().ok()
}

fn run_in_tab(filter: &str) -> Result<BTreeMap<String, f64>> {
    let browsers = setup::for_bench()?;
    let folder = flavour::BENCH.build()?;
    let mut times = BTreeMap::new();
    let succeeded = step("benches in a tab", || {
        Program::new("node")
            .arg("tests/browser/bench.mjs")
            .arg(&folder)
            .arg(TAB_MILLISECONDS)
            .arg(filter)
            .with("ENGRAM_CHROMIUM", &browsers.chromium)
            .watch(|line| {
                if let Some((name, time)) = line.split_once('\t') {
                    times.extend(time.parse().ok().map(|time: f64| (name.to_owned(), time)));
                }
            })
    })?;
    if succeeded { Ok(times) } else { Err("the benches in the tab failed; the reason is above".into()) }
}

fn print_table(native: &BTreeMap<String, f64>, tab: &BTreeMap<String, f64>) {
    println!("\n| job | goal | native | tab |\n|---|---|---|---|");
    let row = |label: &str, goal: Option<f64>, name: &str| {
        let cell = |time: Option<&f64>| match (time, goal) {
            (Some(time), Some(goal)) if *time > goal => format!("{} (over)", duration(*time)),
            (Some(time), _) => duration(*time),
            (None, _) => "–".into(),
        };
        let goal = goal.map_or("–".into(), duration);
        println!("| {label} | {goal} | {} | {} |", cell(native.get(name)), cell(tab.get(name)));
    };
    for Goal(name, label, goal) in &GOALS {
        row(label, Some(*goal), name);
    }
    let names: std::collections::BTreeSet<_> = native.keys().chain(tab.keys()).collect();
    for name in names.into_iter().filter(|name| GOALS.iter().all(|goal| goal.0 != name.as_str())) {
        row(name, None, name);
    }
}

fn duration(nanoseconds: f64) -> String {
    match nanoseconds {
        time if time < 10.0 => format!("{time:.2} ns"),
        time if time < 1e3 => format!("{time:.0} ns"),
        time if time < 1e6 => format!("{:.1} µs", time / 1e3),
        time if time < 1e9 => format!("{:.2} ms", time / 1e6),
        time => format!("{:.2} s", time / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_read_and_not_the_mean() {
        let json = r#"{"mean":{"point_estimate":7.5},"median":{"confidence_interval":{"lower_bound":1.0},"point_estimate":2.5,"standard_error":0.1}}"#;
        assert_eq!(number_after(json, &["\"median\":", "\"point_estimate\":"]), Some(2.5));
        assert_eq!(number_after(r#"{"throughput":null}"#, &["\"Elements\":"]), None);
        assert_eq!(number_after(r#"{"throughput":{"Elements":1000}}"#, &["\"Elements\":"]), Some(1000.0));
    }

    #[test]
    fn durations_have_the_unit_that_suits_them() {
        let shown = [1.17, 120.0, 26e3, 1_080e3, 1.45e9].map(duration);
        assert_eq!(shown, ["1.17 ns", "120 ns", "26.0 µs", "1.08 ms", "1.45 s"]);
    }
}
