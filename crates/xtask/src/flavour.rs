//! The wasm package outside the page: with SIMD, without it, with the benches. As a page would load it: a release
//! build through wasm-bindgen and wasm-opt.

use std::path::PathBuf;

use crate::process::{Program, step};
use crate::{Result, pins, place};

/// One build of the wasm package.
pub struct Flavour {
    /// Its folder under the target folder.
    pub folder: &'static str,
    /// Whether the compiler may use SIMD instructions.
    pub simd: bool,
    /// Cargo features of engram-wasm.
    pub features: &'static str,
}

/// The flavour of the page.
pub const SIMD: Flavour = Flavour { folder: "golden/simd", simd: true, features: "golden" };

/// The same without SIMD: it must compute the same bits.
pub const SCALAR: Flavour = Flavour { folder: "golden/scalar", simd: false, features: "golden" };

/// The page's flavour with the bench exports.
pub const BENCH: Flavour = Flavour { folder: "bench-web", simd: true, features: "bench" };

impl Flavour {
    /// Builds it; returns the folder with `engram-wasm.js` and `engram-wasm_bg.wasm`.
    pub fn build(&self) -> Result<PathBuf> {
        let folder = place::target().join(self.folder);
        step(&format!("wasm package: {}", self.folder), || {
            let mut cargo = Program::cargo()
                .words("build --locked --profile web --target wasm32-unknown-unknown --package engram-wasm --features")
                .arg(self.features);
            if !self.simd {
                cargo = cargo.with("RUSTFLAGS", "-Ctarget-feature=-simd128");
            }
            cargo.run()?;
            Program::new(place::tools()?.join("bin/wasm-bindgen"))
                .words("--target web --no-typescript --out-name engram-wasm --out-dir")
                .arg(&folder)
                .arg(place::target().join("wasm32-unknown-unknown/web/engram_wasm.wasm"))
                .run()?;
            let wasm = folder.join("engram-wasm_bg.wasm");
            let [level, parameters] = pins::WASM_OPT;
            Program::new("node_modules/.bin/wasm-opt")
                .arg(format!("-O{level}"))
                .words(parameters)
                // Without SIMD, wasm-opt refuses a package with any such instruction.
                .words(if self.simd { "" } else { "--disable-simd" })
                .arg(&wasm)
                .arg("-o")
                .arg(&wasm)
                .run()
        })?;
        Ok(folder)
    }
}
