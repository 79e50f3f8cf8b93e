//! Engram's experiments on the command line.

fn main() {}
