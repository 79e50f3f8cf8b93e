//! The command line, called as a function, and what it prints as data.

use serde_json::Value as Json;

/// Exit code, output and problems.
pub fn engram(args: &[&str], input: &str) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let all = std::iter::once("engram").chain(args.iter().copied());
    let code = engram_cli::run(all, &mut input.as_bytes(), &mut out, &mut err);
    (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// The lines of a run that went well.
pub fn run(spec: &str, more: &[&str]) -> Vec<Json> {
    let (code, out, err) = engram(&[&["run", "-"], more].concat(), spec);
    assert_eq!(code, 0, "{err}");
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What is known exactly of a spec.
pub fn exact(spec: &str) -> Json {
    exact_with(spec, &[])
}

/// The same with more arguments.
pub fn exact_with(spec: &str, more: &[&str]) -> Json {
    let (code, out, err) = engram(&[&["exact", "-"], more].concat(), spec);
    assert_eq!(code, 0, "{err}");
    assert_eq!(out.lines().count(), 1);
    serde_json::from_str(&out).unwrap()
}

/// As a number.
pub fn number(json: &Json) -> f64 {
    json.as_f64().unwrap_or_else(|| panic!("{json} is not a number"))
}

/// As a list of numbers.
pub fn numbers(json: &Json) -> Vec<f64> {
    json.as_array().unwrap_or_else(|| panic!("{json} is not a list")).iter().map(number).collect()
}

/// To nine or ten digits.
pub fn close(found: f64, known: f64) {
    assert!((found - known).abs() < 6e-10 * known.abs().max(1.0), "{found} is not {known}");
}
