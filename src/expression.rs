//! placeholder of expression
