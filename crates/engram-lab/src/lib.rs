//! The lab bench: what a session is.
