//! placeholder of operation
