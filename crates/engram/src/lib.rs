//! Associative memories.
#![no_std]
