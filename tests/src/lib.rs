//! What end-to-end tests stand on: a dev tenant over real TLS, and the product as a process of its own.

pub mod administrators;
pub mod client;
pub mod forms;
pub mod house;
pub mod person;
pub mod post;
pub mod ways;
