//! Real TLS and HTTP on loopback.

mod browser;
mod control;
mod farm;
mod faults;
mod house;
mod services;
mod webhooks;
