//! Engram's experiments on the command line.

use std::io::{self, BufWriter};
use std::process::ExitCode;

fn main() -> ExitCode {
    let (stdin, stdout, stderr) = (io::stdin(), io::stdout(), io::stderr());
    let mut out = BufWriter::new(stdout.lock());
    let code = engram_cli::run(std::env::args_os(), &mut stdin.lock(), &mut out, &mut stderr.lock());
    // What a broken pipe left behind has nowhere to go; dropping the buffer would try once more.
    let _ = out.into_parts();
    ExitCode::from(code)
}
