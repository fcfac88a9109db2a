//! What end-to-end tests stand on: a dev tenant over real TLS, and the product as a process of its own.

pub mod administrators;
pub mod almighty;
pub mod api;
pub mod client;
pub mod control;
pub mod crowd;
pub mod farm;
pub mod forms;
pub mod hire;
pub mod house;
pub mod kills;
pub mod ledger;
pub mod many;
pub mod meddling;
pub mod model;
pub mod normal;
pub mod outcome;
pub mod outsider;
pub mod person;
pub mod post;
pub mod rows;
pub mod run;
pub mod scene;
pub mod soak;
pub mod watch;
pub mod ways;
