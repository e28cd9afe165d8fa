//! Native tests of the core.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod expression;
mod golden;
mod item;
mod key;
mod refusal;
mod schema;
mod support;
mod table;
