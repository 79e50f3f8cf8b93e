//! Learning that is stopped goes on as if it had not been.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Some seconds of learning.
const SPEC: &str = r#"{ "v": 1, "model": "rbm", "params": { "data": "digits", "names": "learned", "hidden": 64,
    "epochs": 120, "sampling": "tempered", "temperatures": 4, "chains": 20, "momentum": 0.5 } }"#;

fn engram(folder: &Path, out: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_engram"));
    command.current_dir(folder).args(["train", "spec.json", "--out", out]);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("spec.json"), SPEC).unwrap();
    folder
}

/// Waits until it has written where it is; whether it has, and has not come to its end before.
fn wait(child: &mut Child, part: &Path) -> bool {
    let begin = Instant::now();
    while !part.exists() {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        assert!(begin.elapsed() < Duration::from_secs(120), "it wrote nothing");
        std::thread::sleep(Duration::from_millis(20));
    }
    true
}

#[test]
fn what_is_learned_does_not_depend_on_being_killed() {
    let folder = folder("killed");
    assert!(engram(&folder, "whole.safetensors").status().unwrap().success());
    let part = folder.join("cut.safetensors.part");
    let mut child = engram(&folder, "cut.safetensors").spawn().unwrap();
    let killed = wait(&mut child, &part);
    let _ = child.kill();
    child.wait().unwrap();
    // A machine on which it takes less than the second after which it first writes shows nothing here.
    if killed {
        assert!(!folder.join("cut.safetensors").exists());
    }
    let done = engram(&folder, "cut.safetensors").output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success(), "{said}");
    assert!(!killed || said.contains("it goes on where it was stopped, after epoch"), "{said}");
    let bytes = |name: &str| fs::read(folder.join(name)).unwrap();
    assert_eq!(bytes("whole.safetensors"), bytes("cut.safetensors"));
    assert!(!part.exists());
}

#[cfg(unix)]
#[test]
fn told_to_stop_it_writes_where_it_is() {
    let folder = folder("told");
    let child = engram(&folder, "a.npz").spawn().unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    if done.status.success() {
        return;
    }
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(
        said.contains("a.npz.part: stopped after epoch") && said.contains("goes on from there"),
        "{said}"
    );
    // Another spec does not go on from there.
    fs::write(folder.join("spec.json"), SPEC.replace("64", "32")).unwrap();
    let other = engram(&folder, "a.npz").output().unwrap();
    let said = String::from_utf8(other.stderr).unwrap();
    assert!(
        !other.status.success() && said.contains("another spec was learned here; --fresh begins anew"),
        "{said}"
    );
    fs::write(folder.join("a.npz.part"), b"rubbish").unwrap();
    let said = String::from_utf8(engram(&folder, "a.npz").output().unwrap().stderr).unwrap();
    assert!(said.contains("no work that was stopped"), "{said}");
}
