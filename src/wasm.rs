//! The border: the only place that knows JavaScript. One function a crossing; all data lies in the buffers of [`memory`].

pub mod entity;
pub mod memory;
