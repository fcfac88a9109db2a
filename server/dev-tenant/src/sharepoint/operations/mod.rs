//! What can be done in SharePoint, the same for REST, CSOM and the classic pages.
//! Every function checks the permissions of the session's principal on every read and write.

pub mod assignments;
pub mod attachments;
pub mod changes;
pub mod check;
pub mod conflict;
pub mod delete;
pub mod effective;
pub mod fault;
pub mod field_schema;
pub mod field_schema_xml;
pub mod fields;
pub mod form_values;
pub mod groups;
pub mod inheritance;
pub mod items;
pub mod limits;
pub mod list_settings;
pub mod lists;
pub mod log;
pub mod people;
pub mod principal;
pub mod recycle_bin;
pub(crate) mod recycled_names;
pub mod role_definitions;
pub mod securable;
pub mod session;
pub mod subscriptions;
pub mod update;
pub mod versions;
pub mod view_fields;
pub mod views;
pub mod web_settings;
