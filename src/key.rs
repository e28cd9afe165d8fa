//! Keys: composites to key texts and back, which index a query uses, which keys a write touches.

mod fragment;
pub mod template;

pub use template::Template;
