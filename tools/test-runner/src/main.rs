//! The wasm test runner that cargo calls; it is wasm-bindgen's own, built here so that this project's lock pins it to the
//! version of the crate.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
