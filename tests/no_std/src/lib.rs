//! A program without the standard library that recalls a memory. It is nothing on a target that has an operating
//! system, so that the workspace can be built as one.
#![cfg_attr(target_os = "none", no_std)]

#[cfg(target_os = "none")]
mod program;
