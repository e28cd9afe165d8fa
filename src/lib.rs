//! The electroxide core: entity models compiled once, then keys, checks, expressions and requests. It does no I/O.

pub mod call;
pub mod error;
pub mod expression;
pub mod item;
pub mod key;
pub mod operation;
pub mod request;
pub mod schema;
pub mod service;
pub mod table;
pub mod text;
pub mod value;

#[cfg(target_arch = "wasm32")]
pub mod wasm;
