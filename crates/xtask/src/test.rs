//! `cargo xtask test`: everything that must hold, in the order of what fails fastest.

use std::time::Instant;

use crate::process::Program;
use crate::setup::Browsers;
use crate::{Result, cli, flavour, place, setup, web};

/// One thing that is checked: its name, what it checks, how.
struct Stage {
    name: &'static str,
    about: &'static str,
    check: fn(&Browsers) -> Result<Count>,
}

/// The seed of what property tests draw, so that what held once holds again; `cargo test` by itself draws anew.
const PROPERTIES: &str = "1982";

const STAGES: [Stage; 14] = [
    Stage { name: "fmt", about: "rustfmt", check: |_| one(Program::new("cargo").words("fmt --all --check")) },
    Stage { name: "clippy", about: "lints, native", check: |_| clippy("--workspace --all-targets") },
    Stage {
        name: "clippy-bare",
        about: "lints of the science without any feature",
        check: |_| clippy("--package engram --lib"),
    },
    Stage {
        name: "clippy-wasm",
        about: "lints of the bindings, for wasm",
        check: |_| {
            clippy("--package engram-wasm --all-targets --all-features --target wasm32-unknown-unknown")
        },
    },
    Stage { name: "doc", about: "documentation without warnings", check: |_| doc() },
    Stage {
        name: "rust",
        about: "unit, property, law, contract and architecture tests, the no_std link",
        check: |_| {
            let test = Program::cargo().words("test --locked --workspace --no-fail-fast");
            counted(test.with("PROPTEST_RNG_SEED", PROPERTIES))
        },
    },
    Stage { name: "wasm", about: "tests of the bindings in Node", check: |_| wasm() },
    Stage { name: "build", about: "dist/, as published", check: |_| web::build().map(|()| Count::ONE) },
    Stage { name: "size", about: "byte budgets", check: |_| one(web::budgets()) },
    Stage {
        name: "types",
        about: "tsc --noEmit",
        check: |_| one(Program::new("node_modules/.bin/tsc").arg("--noEmit")),
    },
    Stage {
        name: "lint",
        about: "Biome",
        check: |_| one(Program::new("node_modules/.bin/biome").words("check --error-on-warnings")),
    },
    Stage {
        name: "golden",
        about: "the same bits in Node and both browsers, with SIMD and without",
        check: golden,
    },
    Stage { name: "chromium", about: "the page in Chromium", check: |browsers| page("chromium", browsers) },
    Stage { name: "firefox", about: "the page in Firefox", check: |browsers| page("firefox", browsers) },
];

/// The help of the command, with its stages.
pub fn help() -> String {
    let mut text = String::from(
        "Check everything that must hold. Installs what it needs, browsers included.\n\n\
         Usage: cargo xtask test [OPTIONS]\n\nOptions:\n  \
         --only <STAGE>   this stage only; may be repeated, or a list with commas\n  \
         --skip <STAGE>   all stages but this; likewise\n\nStages:\n",
    );
    for stage in &STAGES {
        text.push_str(&format!("  {:<12} {}\n", stage.name, stage.about));
    }
    text
}

/// Which stages to run.
#[derive(Default)]
pub struct Selection {
    only: Vec<String>,
    skip: Vec<String>,
}

impl Selection {
    /// Reads the arguments after `cargo xtask test`.
    pub fn parse(rest: &[String]) -> Result<Self> {
        let mut selection = Self::default();
        let mut rest = rest.iter();
        while let Some(argument) = rest.next() {
            let list = match argument.as_str() {
                "--only" => &mut selection.only,
                "--skip" => &mut selection.skip,
                other => return Err(cli::unknown("test", other)),
            };
            for name in cli::value(argument, &mut rest)?.split(',') {
                if STAGES.iter().all(|stage| stage.name != name) {
                    let names: Vec<_> = STAGES.iter().map(|stage| stage.name).collect();
                    return Err(format!("no stage \"{name}\": one of {}", names.join(", ")));
                }
                list.push(name.to_owned());
            }
        }
        Ok(selection)
    }

    fn has(&self, name: &str) -> bool {
        let named = |list: &[String]| list.iter().any(|other| other == name);
        (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
    }
}

/// How many checks held and how many did not, and which ones these were as far as their program says so.
#[derive(Default)]
struct Count {
    passed: u32,
    failed: u32,
    failures: Vec<String>,
}

impl Count {
    const ONE: Self = Self { passed: 1, failed: 0, failures: Vec::new() };

    /// Takes up what a line of a program's output says.
    fn read(&mut self, line: &str) {
        if let (Some(passed), Some(failed)) = (number_before(line, " passed"), number_before(line, " failed"))
        {
            self.passed += passed;
            self.failed += failed;
        }
        if line.trim_start().starts_with("✗ ") || line.starts_with("test ") && line.ends_with(" FAILED") {
            self.failures.push(line.trim().to_owned());
        }
    }
}

/// Runs the command; an error if anything failed.
pub fn run(selection: &Selection) -> Result<()> {
    let start = Instant::now();
    let browsers = setup::for_tests()?;
    let (mut all_passed, mut all_failed) = (0, 0);
    let mut lines = Vec::new();
    for stage in STAGES.iter().filter(|stage| selection.has(stage.name)) {
        println!("▸ {}: {}", stage.name, stage.about);
        let begun = Instant::now();
        let count = (stage.check)(&browsers).unwrap_or_else(|problem| {
            eprintln!("error: {problem}");
            Count { failed: 1, failures: vec![problem], ..Count::default() }
        });
        let mark = if count.failed == 0 { "✓" } else { "✗" };
        let Count { passed, failed, failures } = count;
        all_passed += passed;
        all_failed += failed;
        let seconds = begun.elapsed().as_secs_f64();
        let line = format!("{mark} {:<12}{passed:>6} passed{failed:>6} failed{seconds:>9.1} s", stage.name);
        println!("{line}");
        lines.push(line);
        // Repeated below: what failed early is far up by then.
        lines.extend(failures.iter().map(|failure| format!("    {failure}")));
    }
    println!("\n{}\nin {:.1} s\n", lines.join("\n"), start.elapsed().as_secs_f64());
    println!("{all_passed} passed, {all_failed} failed");
    if all_failed == 0 { Ok(()) } else { Err("not everything holds; see ✗ above".into()) }
}

/// A program that checks one thing.
fn one(program: Program) -> Result<Count> {
    program.run().map(|()| Count::ONE)
}

/// A program that prints how many of its checks held: the sum of all lines with "N passed" and "N failed".
fn counted(program: Program) -> Result<Count> {
    let mut count = Count::default();
    let succeeded = program.watch(|line| count.read(line))?;
    match (succeeded, count.passed, count.failed) {
        // A crash, or a test that did not compile, counts as one failure though no line says so.
        (false, _, 0) => count.failed = 1,
        (true, 0, 0) => return Err("it ran no test".into()),
        _ => {}
    }
    Ok(count)
}

/// The number that stands just before `word` in `line`.
fn number_before(line: &str, word: &str) -> Option<u32> {
    let before = &line[..line.find(word)?];
    let digits = before
        .rfind(|letter: char| !letter.is_ascii_digit())
        .map_or(before, |at| before.get(at + 1..).unwrap_or_default());
    digits.parse().ok()
}

fn clippy(scope: &str) -> Result<Count> {
    one(Program::cargo().words("clippy --locked").words(scope).words("-- -D warnings"))
}

fn doc() -> Result<Count> {
    // Libraries only: the program `engram` and the library of that name would write to one folder.
    one(Program::cargo()
        .words("doc --locked --workspace --lib --no-deps")
        .with("RUSTDOCFLAGS", "-D warnings"))
}

fn wasm() -> Result<Count> {
    counted(
        Program::cargo()
            .words("test --locked --target wasm32-unknown-unknown --package engram-wasm")
            .with("PATH", place::path_with_tools()?),
    )
}

fn golden(browsers: &Browsers) -> Result<Count> {
    let simd = flavour::SIMD.build()?;
    let scalar = flavour::SCALAR.build()?;
    counted(node("golden", browsers).arg(simd).arg(scalar))
}

fn page(browser: &str, browsers: &Browsers) -> Result<Count> {
    if !web::is_built() {
        web::build()?;
    }
    counted(node("run", browsers).arg(browser).arg(place::dist()))
}

/// A script of tests/browser, told where the browsers are.
fn node(script: &str, browsers: &Browsers) -> Program {
    Program::new("node")
        .arg(format!("tests/browser/{script}.mjs"))
        .with("ENGRAM_CHROMIUM", &browsers.chromium)
        .with("ENGRAM_FIREFOX", &browsers.firefox)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_the_lines_of_cargo_and_of_the_browser_tests() {
        let cargo = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured";
        assert_eq!(number_before(cargo, " passed"), Some(12));
        assert_eq!(number_before(cargo, " failed"), Some(3));
        assert_eq!(number_before("7 passed, 0 failed", " passed"), Some(7));
        assert_eq!(number_before("nothing passed", " passed"), None);
    }

    #[test]
    fn failures_are_read_by_name() {
        let mut count = Count::default();
        for line in [
            "test grid::fits ... ok",
            "test grid::wraps ... FAILED",
            "  ✓ page: opens (1.0 s)",
            "  ✗ page: closes (2.0 s): it stayed open",
            "chromium: 1 passed, 1 failed",
        ] {
            count.read(line);
        }
        assert_eq!((count.passed, count.failed), (1, 1));
        assert_eq!(count.failures, ["test grid::wraps ... FAILED", "✗ page: closes (2.0 s): it stayed open"]);
    }

    #[test]
    fn a_stage_that_does_not_exist_is_an_error_that_names_the_others() {
        let problem = Selection::parse(&["--only".into(), "fmt,chrome".into()]).err().unwrap_or_default();
        assert!(problem.contains("chrome") && problem.contains("chromium"), "{problem}");
    }

    #[test]
    fn only_and_skip_choose_stages() {
        let selection = Selection::parse(&["--skip".into(), "firefox,doc".into()]).unwrap_or_default();
        assert!(selection.has("fmt") && !selection.has("firefox") && !selection.has("doc"));
        let selection = Selection::parse(&["--only".into(), "rust".into()]).unwrap_or_default();
        assert!(selection.has("rust") && !selection.has("fmt"));
    }
}
