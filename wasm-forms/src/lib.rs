//! Form schemas, values and validation: one source for server and browser.
//!
//! A **schema** says what a form asks. Its JSON:
//!
//! ```json
//! {"sections": [{
//!   "key": "person",
//!   "title": {"ja": "対象者", "en": "Person"},
//!   "fields": [
//!     {"key": "employeeNumber", "label": {"ja": "社員番号", "en": "Employee number"}, "required": true,
//!      "input": {"type": "text", "rule": {"name": "digits", "length": 6}}},
//!     {"key": "upnLocal", "label": {"ja": "ユーザー名", "en": "User name"}, "required": true,
//!      "availability": "upn",
//!      "input": {"type": "text", "rule": {"name": "upnLocal"}}},
//!     {"key": "startDate", "label": {"ja": "利用開始日", "en": "Start date"}, "required": true,
//!      "input": {"type": "date", "earliest": 1, "latest": 180}},
//!     {"key": "licence", "label": {"ja": "ライセンス", "en": "Licence"},
//!      "input": {"type": "choice", "options": {"master": "licences"}}}
//!   ]
//! }]}
//! ```
//!
//! | `input.type` | further members | value in the form |
//! | --- | --- | --- |
//! | `text` | `minLength`, `maxLength` (default 255), `rule` | string, one line |
//! | `lines` | `maxLength` (default 2000) | string, several lines |
//! | `date` | `earliest`, `latest`: days from today, may be negative | `"YYYY-MM-DD"` |
//! | `choice` | `options` | string, an option's value |
//! | `choices` | `options`, `maxItems` (default 50) | array of strings |
//! | `person` | | `{"upn": "…", "id"?: "object id", "name"?: "…"}` |
//! | `people` | `maxItems` (default 50) | array of such objects |
//! | `number` | `min`, `max` | whole number |
//!
//! `options` is `[{"value": "…", "label": {"ja": "…", "en": "…"}}]` or `{"master": "licences"}`.
//! `rule` is one of `{"name": "digits", "length": 6}`, `{"name": "katakana"}`, `{"name": "upnLocal"}`,
//! `{"name": "displayName"}`, `{"name": "mailNickname"}`, `{"name": "mail"}`.
//! A field may also have `help` (ja, en), `required`, `availability: "upn"` (asked of the directory, outside
//! of this crate) and `visibleWhen: {"field": "kind", "in": ["temporary"]}` about a choice asked before it.
//!
//! **Values** are one JSON object, field key to value. A field that was left empty is absent, `null`, `""` or
//! `[]`. [`normalise`] first, then [`validate`]: an empty list of [`Issue`]s means the form is good. Issues are
//! codes, never prose; the words stand in the front end's and the server's resource files.

mod check;
mod choices;
pub mod condition;
mod date;
mod field;
mod issue;
mod normalise;
mod people;
mod rule;
mod schema;
mod summary;
mod text;
mod validate;
mod values;
mod width;

#[cfg(target_arch = "wasm32")]
pub mod browser;

pub use check::SchemaError;
pub use choices::{Choice, Master, Options};
pub use date::{Date, DateError};
pub use field::{Availability, Condition, Field, FieldKey, Input, Label};
pub use issue::{Code, Issue};
pub use normalise::normalise;
pub use rule::Rule;
pub use schema::{Schema, Section};
pub use summary::{Language, Line, summary};
pub use validate::{Context, validate, visible};
pub use values::{MAX_VALUES_BYTES, Values, ValuesError};
