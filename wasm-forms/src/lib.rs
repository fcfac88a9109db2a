//! Form schemas, values and validation: one source for server and browser.
