//! The command as a process: its streams and exit codes.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

fn engram(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_engram"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // A command that reads nothing may be gone before all is written.
    let _ = child.stdin.take().expect("it has an input").write_all(input.as_bytes());
    child.wait_with_output().expect("the command ends")
}

/// Never at rest: as many lines as steps.
const HOT: &str = r#"{"v":1,"model":"hopfield","weights":[[0,1],[1,0]],"params":{"temperature":1}}"#;

#[test]
fn results_go_to_output_and_problems_to_error() {
    let good = engram(&["run", "-", "--steps", "3"], HOT);
    assert_eq!((good.status.code(), good.stderr.as_slice()), (Some(0), b"".as_slice()));
    assert_eq!(good.stdout.iter().filter(|&&byte| byte == b'\n').count(), 4);
    let bad = engram(&["run", "-"], r#"{"v":1,"model":"hopfield","weights":[[0,1],[1]]}"#);
    assert_eq!((bad.status.code(), bad.stdout.as_slice()), (Some(1), b"".as_slice()));
    let said = String::from_utf8(bad.stderr).unwrap();
    assert_eq!(said, "engram: standard input: weights: row 1 of the weights has 1 numbers; it needs 2\n");
    assert_eq!(engram(&["fly"], "").status.code(), Some(2));
    assert_eq!(engram(&[], "").status.code(), Some(2));
    assert_eq!(engram(&["--help"], "").status.code(), Some(0));
    let missing = engram(&["exact", "no/such/file.json"], "");
    assert_eq!(missing.status.code(), Some(1));
    assert_eq!(missing.stderr, b"engram: no/such/file.json: there is no such file\n");
}

#[test]
fn a_reader_that_goes_away_is_no_problem() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_engram"))
        .args(["run", "-", "--steps", "200000"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    child.stdin.take().expect("an input").write_all(HOT.as_bytes()).expect("it reads");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("an output")).read_line(&mut first).expect("a line");
    assert!(first.starts_with(r#"{"step":0,"#), "{first}");
    let ended = child.wait_with_output().expect("the command ends");
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), b"".as_slice()));
}
