//! Turns what cargo compiled into a wasm file that JavaScript can instantiate; it is not wasm-bindgen's command line, only
//! the one call of it that the build needs.

mod silence;

use anyhow::{Context, Result, bail};
use std::{env, fs, path::Path};
use wasm_bindgen_cli_support::Bindgen;

/// The arguments are the wasm file that cargo made, the folder to write to and the name of the files there.
fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, folder, name] = arguments.as_slice() else {
        bail!("usage: electroxide-bindgen <input.wasm> <output folder> <name>");
    };
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(input)
        .out_name(name)
        .web(true)
        .context("wasm-bindgen refused the `web` target")?
        // The wrapper instantiates the core itself, so no address of a wasm file belongs into the glue.
        .omit_default_module_path(true)
        .typescript(false)
        .remove_producers_section(true);
    fs::create_dir_all(folder).with_context(|| format!("cannot create `{folder}`"))?;
    bindgen.generate(Path::new(folder)).with_context(|| format!("wasm-bindgen failed on `{input}`"))?;
    silence::silence_panics(&Path::new(folder).join(format!("{name}_bg.wasm")))
}
