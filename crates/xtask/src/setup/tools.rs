//! Trunk and wasm-bindgen's command line, built once into a cache that all checkouts of a person share.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use crate::process::{Program, step};
use crate::{Result, pins, place};

struct Tool {
    package: &'static str,
    version: &'static str,
    programs: &'static [&'static str],
}

const TOOLS: [Tool; 2] = [
    Tool { package: "trunk", version: pins::TRUNK, programs: &["trunk"] },
    Tool {
        package: "wasm-bindgen-cli",
        version: pins::WASM_BINDGEN,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    },
];

/// Installs the tools that are missing. Two set-ups at once wait for each other.
pub fn install() -> Result<()> {
    let folder = place::tools()?;
    let bin = folder.join("bin");
    if TOOLS.iter().all(|tool| tool.is_in(&bin)) {
        return Ok(());
    }
    let failed = |what: &Path, error: std::io::Error| format!("{}: {error}", what.display());
    fs::create_dir_all(&bin).map_err(|error| failed(&bin, error))?;
    let _lock = lock(&folder.join("lock"))?;
    for (index, tool) in TOOLS.iter().enumerate().filter(|(_, tool)| !tool.is_in(&bin)) {
        let name = format!("tool {} of {}: {} {}", index + 1, TOOLS.len(), tool.package, tool.version);
        step(&name, || {
            let partial = folder.join("partial");
            tool.install_to(&partial, &folder.join("build"))?;
            for program in tool.programs {
                // A rename is whole or not at all: what is in bin/ is always finished.
                let from = partial.join("bin").join(program);
                fs::rename(&from, bin.join(program)).map_err(|error| failed(&from, error))?;
            }
            Ok(())
        })?;
    }
    // The build folder served both; a leftover costs disk space only.
    for leftover in ["build", "partial"] {
        let _ = fs::remove_dir_all(folder.join(leftover));
    }
    Ok(())
}

/// Held until it is dropped, or the process ends.
fn lock(path: &Path) -> Result<File> {
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let file = File::create(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            println!("waiting for another set-up to finish ({})", path.display());
            file.lock().map_err(failed)?;
            Ok(file)
        }
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

impl Tool {
    fn is_in(&self, bin: &Path) -> bool {
        self.programs.iter().all(|program| bin.join(program).is_file())
    }

    fn install_to(&self, partial: &Path, build: &Path) -> Result<()> {
        let wanted = format!("{}@{}", self.package, self.version);
        if place::find_program(&["cargo-binstall"]).is_some() {
            let fetched = Program::new("cargo-binstall")
                .words("--no-confirm --force --log-level error --disable-telemetry --disable-strategies compile --root")
                .arg(partial)
                .arg(&wanted)
                .run();
            if fetched.is_ok() {
                return Ok(());
            }
            println!("no ready-made {wanted}: compiling it");
        }
        let mut install = Program::cargo().words("install --locked --debug --no-default-features --root");
        install = install.arg(partial).arg(&wanted);
        for program in self.programs {
            install = install.arg("--bin").arg(program);
        }
        install
            // Compiled once and run for seconds: all that counts is the time to compile.
            .with("CARGO_PROFILE_DEV_DEBUG", "0")
            .with("CARGO_PROFILE_DEV_OPT_LEVEL", "0")
            .with("CARGO_INCREMENTAL", "0")
            .with("CARGO_TARGET_DIR", build)
            // Not in the checkout, whose settings are not for tools.
            .within(build.parent().unwrap_or(build))
            .hint("is the crate registry reachable, and a C compiler installed (on Debian: apt-get install gcc)?")
            .run()
    }
}
