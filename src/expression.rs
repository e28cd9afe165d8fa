//! The expressions of a request: conditions, key conditions, updates and projections over one numbering of names and values.
//! Texts depend on the structure of a call only; values are named by their sources and never looked into.

mod attribute_path;
mod condition;
mod conditions;
mod conjunction;
mod key_condition;
mod operand;
mod placeholder;
mod projection;
mod text;
mod update;

pub use attribute_path::AttributePath;
pub use condition::{Existence, compare, equals, existence, members, multi_ownership, ownership, scan_keys, where_clause};
pub use conditions::{conditions, equality_values};
pub use conjunction::Conjunction;
pub use key_condition::{KeyTest, key_condition, multi_key_condition};
pub use operand::item_source;
pub use placeholder::{Placeholders, Scope};
pub use projection::projection;
pub use update::{Update, check_overlaps};
