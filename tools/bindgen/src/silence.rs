//! Lets a panic of the core be the trap that JavaScript sees of it anyway, without the code that would format its message. It changes nothing
//! of what the core does before.
//!
//! The standard library comes compiled, with a panic handler that formats a message and tells it to nobody; nothing else in the core
//! formats. That code is reachable by tables only, which no optimiser can see through, and is 3 % of the file.

use std::{collections::HashSet, path::Path};

use anyhow::{Result, bail};
use walrus::{
    FunctionId, FunctionKind, Module,
    ir::{Visitor, dfs_in_order},
    passes::gc,
};

/// What is called for a panic, and for memory that is not there.
const HANDLERS: [&str; 2] = ["rust_begin_unwind", "__rust_alloc_error_handler"];

/// The methods that a panic's message is formatted by.
const FORMATTING: [&str; 5] = ["PanicPayload>::", "::fmt::Write::", "::fmt::Write>::", "::fmt::Display>::", "::fmt::Debug>::"];

/// Rewrites the file, whose functions must have names.
pub fn silence_panics(file: &Path) -> Result<()> {
    let mut module = Module::from_file(file)?;
    for handler in HANDLERS {
        if trap(&mut module, |name| name.ends_with(handler)).is_empty() {
            bail!("`{}` holds no function `{handler}`", file.display());
        }
    }
    let silenced = trap(&mut module, |name| FORMATTING.iter().any(|part| name.contains(part)));
    gc::run(&mut module);
    check(&module, &silenced)?;
    module.emit_wasm_file(file)
}

/// Makes traps of the functions that are named so.
fn trap(module: &mut Module, is_meant: impl Fn(&str) -> bool) -> HashSet<FunctionId> {
    let mut trapped = HashSet::new();
    for function in module.funcs.iter_mut().filter(|function| function.name.as_deref().is_some_and(&is_meant)) {
        if let FunctionKind::Local(local) = &mut function.kind {
            let mut body = local.builder_mut().func_body();
            body.instrs_mut().clear();
            body.unreachable();
            trapped.insert(function.id());
        }
    }
    trapped
}

/// Refuses a core that formats something itself: that would trap now.
fn check(module: &Module, silenced: &HashSet<FunctionId>) -> Result<()> {
    for (id, function) in module.funcs.iter_local() {
        let mut calls = Calls { silenced, found: false };
        dfs_in_order(&mut calls, function, function.entry_block());
        let name = module.funcs.get(id).name.as_deref().unwrap_or_default();
        if calls.found || name.ends_with("::fmt::write") {
            bail!("the core formats by the standard library in `{name}`, which the build leaves out: put texts together with `text::fill`");
        }
    }
    Ok(())
}

/// Looks for calls of functions that are traps now.
struct Calls<'a> {
    silenced: &'a HashSet<FunctionId>,
    found: bool,
}

impl Visitor<'_> for Calls<'_> {
    fn visit_function_id(&mut self, id: &FunctionId) {
        self.found |= self.silenced.contains(id);
    }
}
