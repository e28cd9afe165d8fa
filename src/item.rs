//! placeholder of item
