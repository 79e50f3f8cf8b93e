//! Chromium and Firefox, for the tests of the page.

use std::path::PathBuf;

use crate::process::{Program, step};
use crate::{Result, place};

/// Where the browsers are.
pub struct Browsers {
    /// The program of Chromium.
    pub chromium: PathBuf,
    /// The program of Firefox.
    pub firefox: PathBuf,
}

const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
const FIREFOX: [&str; 2] = ["firefox-esr", "firefox"];

/// Finds both browsers; installs the missing ones where Debian's apt-get can.
pub fn install() -> Result<Browsers> {
    let missing: Vec<&str> = [("chromium", chromium().is_none()), ("firefox-esr", firefox().is_none())]
        .into_iter()
        .filter_map(|(package, missing)| missing.then_some(package))
        .collect();
    if !missing.is_empty() {
        let packages = missing.join(" ");
        let by_hand = format!(
            "the tests need {packages}: install with `apt-get install {packages}` as root, \
             or name a program in ENGRAM_CHROMIUM, ENGRAM_FIREFOX"
        );
        let is_root = Program::new("id").arg("-u").capture().is_ok_and(|user| user.trim() == "0");
        if !is_root || place::find_program(&["apt-get"]).is_none() {
            return Err(by_hand);
        }
        step(&format!("browsers: {packages}"), || {
            let apt = || Program::new("apt-get").with("DEBIAN_FRONTEND", "noninteractive");
            apt().words("update -q").capture()?;
            apt().words("install -q -y --no-install-recommends").words(&packages).capture().map(drop)
        })?;
    }
    match (chromium(), firefox()) {
        (Some(chromium), Some(firefox)) => Ok(Browsers { chromium, firefox }),
        _ => Err("the browsers were installed but are not in PATH".into()),
    }
}

fn chromium() -> Option<PathBuf> {
    named("ENGRAM_CHROMIUM").or_else(|| place::find_program(&CHROMIUM))
}

fn firefox() -> Option<PathBuf> {
    named("ENGRAM_FIREFOX").or_else(|| place::find_program(&FIREFOX))
}

fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|program| program.is_file())
}
