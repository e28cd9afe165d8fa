//! The tag stream: how values lie in linear memory. Reading never copies; a malformed stream reads as its end.

mod read;
mod write;

pub use read::{List, Map, Reader};
pub use write::Writer;

const UNDEFINED: u8 = 0;
const NULL: u8 = 1;
const FALSE: u8 = 2;
const TRUE: u8 = 3;
const INTEGER: u8 = 4;
const DECIMAL: u8 = 5;
const BIGINT: u8 = 6;
const STRING: u8 = 7;
const LONG_STRING: u8 = 8;
const ILL_FORMED: u8 = 9;
const BYTES: u8 = 10;
const LIST: u8 = 11;
const MAP: u8 = 12;
const SET: u8 = 13;
const FUNCTION: u8 = 14;
const REGEXP: u8 = 15;
const OTHER: u8 = 16;
const SMALL_INTEGER: u8 = 17;
