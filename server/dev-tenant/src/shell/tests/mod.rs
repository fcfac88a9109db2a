//! Real TLS and HTTP on loopback.

mod browser;
mod control;
mod credentials;
mod exchange;
mod farm;
mod faults;
mod house;
mod services;
mod usage;
mod webhooks;
