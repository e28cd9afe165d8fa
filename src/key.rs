//! Keys: composites to key texts and back, which index a query uses, which keys a write touches.

pub mod build;
mod choose;
mod convert;
mod field;
mod filter;
mod fragment;
pub mod impact;
mod number;
pub mod parse;
pub mod query;
mod refuse;
pub mod template;
mod text;
mod touch;

pub use build::{Composites, KeyWrite, check_given, primary_key, scan_prefixes};
pub use choose::choose_index;
pub use convert::convert;
pub use filter::KeyFilter;
pub use impact::{Change, KeyChange, put_keys, update_keys};
pub use parse::{Parsed, parse_key};
pub use query::{Comparison, KeyTerm, QueryKeys, query_keys};
pub use template::{Half, Template};
