//! Every parser that reads bytes from outside as one function over bytes, called by `tests/seeded.rs` with a bounded
//! number of mutations of the corpus and with as many as a minute allows, and by `scripts/fuzz` with libFuzzer. A target panics when the parser does, or
//! when what was read breaks a promise.

mod client;
mod farm;
mod forms;
pub mod mutation;
mod people;
mod service;
mod tenant;

/// One parser, or several that read the same thing.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Also the name of its folder in `corpus/`.
    pub name: &'static str,
    pub run: fn(&[u8]),
}

const fn target(name: &'static str, run: fn(&[u8])) -> Target {
    Target { name, run }
}

pub const TARGETS: [Target; 26] = [
    target("csom_request", tenant::csom_request),
    target("batch", tenant::batch),
    target("graph_batch", tenant::graph_batch),
    target("caml", tenant::caml),
    target("filter", tenant::filter),
    target("address", tenant::address),
    target("change_token", tenant::change_token),
    target("soap", tenant::soap),
    target("manifest", tenant::manifest),
    target("byte_range", tenant::byte_range),
    target("farm_token", farm::token),
    target("challenge", farm::challenge),
    target("csom_answer", client::csom_answer),
    target("refusal", client::refusal),
    target("delta", client::delta),
    target("exchange_answer", client::exchange_answer),
    target("notification", service::notification),
    target("remote_event", service::remote_event),
    target("token", service::token),
    target("form", people::form),
    target("csv", forms::csv),
    target("rows_file", forms::rows_file),
    target("condition", forms::condition),
    target("definition", people::definition),
    target("journal", people::journal),
    target("decision", people::decision),
];

/// The bytes as text, if they are text.
fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// Text before and after its first line end.
fn first_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}
