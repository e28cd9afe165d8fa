//! The border: the only place that knows JavaScript.

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the border.
#[wasm_bindgen]
#[must_use]
pub fn version() -> u32 {
    1
}
