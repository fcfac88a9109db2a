//! What SharePoint remembers: sites, people, lists, items with versions, permissions, changes.

pub mod base_permissions;
pub mod built_in_fields;
pub mod change;
pub mod field;
pub mod field_value;
pub mod ids;
pub mod item;
pub mod list;
pub mod people;
pub mod recycled;
pub mod role;
pub mod scope;
pub mod site;
pub mod subscription;
pub mod view;
