//! Expressions: held against what electrodb 3.9.3 renders, then what electroxide does otherwise on purpose, then the laws of both.

mod conditions;
mod decided;
mod harness;
mod laws;
mod recorded;
