//! What SharePoint remembers: sites, people, lists, items with versions, permissions, changes.

pub mod base_permissions;
pub mod built_in_fields;
pub mod change;
pub mod change_log;
pub mod content_type;
pub mod event_receiver;
pub mod field;
pub mod field_key;
pub mod field_value;
pub mod ids;
pub mod item;
pub mod items;
pub mod list;
pub mod part;
pub mod people;
pub mod recycled;
pub mod role;
pub mod scope;
pub mod site;
pub mod subscription;
pub mod view;
