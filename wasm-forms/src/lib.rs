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
//! | `rows` | `fields`, `minRows` (default 0), `maxRows` (default 50, at most 1,000) | array of objects, a field's key to its value; in a list column a [`RowsFile`] may stand for it |
//!
//! `options` is `[{"value": "…", "label": {"ja": "…", "en": "…"}, "when"?: "…"}]` or
//! `{"master": "costCentres", "where"?: {"department": "department"}, "fill"?: {"owner": "ownerUpn"}}`: of the
//! master those entries whose column `department` says what the field `department` says; the choice fills the field
//! `owner` from the column `ownerUpn`.
//! `rule` is one of `{"name": "digits", "length": 6}`, `{"name": "katakana"}`, `{"name": "upnLocal"}`,
//! `{"name": "displayName"}`, `{"name": "mailNickname"}`, `{"name": "mail"}`.
//! A field may also have `help` (ja, en), `required`, `availability` (one of `"upn"`, `"alias"`, `"address"`,
//! `"groupName"`: a name that must be free; asked of the directory, outside of this crate), `naming` (a [`Naming`]: how
//! the name must look, beside the rules of the house, which hold for fields with an availability too), and, in the
//! language of [`condition`]:
//!
//! | member | of | looks at | |
//! | --- | --- | --- | --- |
//! | `visibleWhen` | field, section | fields before it | asked only when it holds |
//! | `requiredWhen` | field | the form, `today` | required also when it holds |
//! | `when` | option | the form, `today` | offered only when it holds |
//! | `default` | field | `applicant.upn`, `.name`, `.department`, `.jobTitle`, `today` | a value: `today + 7`, `"a"` |
//! | `rules` | schema | the form, `today` | `[{"when": "endDate < startDate", "message": {ja, en}, "field": "endDate"}]`: an issue when it holds |
//!
//! Fields of rows call each other `row.…` there, and those of the form by their bare names.
//!
//! **Values** are one JSON object, field key to value. A field that was left empty is absent, `null`, `""` or
//! `[]`. [`normalise`] first, then [`validate`]: an empty list of [`Issue`]s means the form is good. Issues are
//! codes, never prose; the words stand in the front end's and the server's resource files.

mod answers;
mod check;
mod choices;
pub mod condition;
pub mod csv;
mod date;
mod defaults;
mod field;
mod issue;
mod judge;
mod naming;
mod normalise;
mod offered;
mod people;
mod rows;
mod rows_file;
mod rule;
mod schema;
mod summary;
mod text;
mod validate;
mod values;
mod width;

#[cfg(all(target_arch = "wasm32", feature = "browser"))]
pub mod browser;

pub use check::SchemaError;
pub use choices::{Choice, Entry, FieldName, FromMaster, Master, Options};
pub use condition::{Condition, Formula};
pub use date::{Date, DateError};
pub use defaults::{Start, defaults, filled};
pub use field::{Availability, Field, FieldKey, Input, Label};
pub use issue::{Code, Issue};
pub use naming::{HouseNaming, Naming};
pub use normalise::normalise;
pub use offered::{Offer, RowLook, RowPlace, look_at_rows, offered};
pub use rows_file::{ROWS_FILE, RowsFile, read_rows, rows_files};
pub use rule::Rule;
pub use schema::{CrossRule, Schema, Section};
pub use summary::{Language, Line, ROWS_IN_SUMMARY, summary};
pub use validate::{Context, required, validate, visible};
pub use values::{MAX_ROWS_BYTES, MAX_VALUES_BYTES, Values, ValuesError};
