//! Bindings of the lab bench to JavaScript.
