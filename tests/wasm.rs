//! Tests of the border under wasm-bindgen-test.
#![cfg(target_arch = "wasm32")]
