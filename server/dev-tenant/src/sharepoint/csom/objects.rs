//! What each type of object can do: its properties, children, methods.

pub(super) mod assignments;
pub(super) mod attachments;
pub(super) mod changes;
pub(super) mod collections;
pub(super) mod fields;
pub(super) mod files;
pub(super) mod item;
pub(super) mod item_reading;
pub(super) mod item_writing;
pub(super) mod list;
pub(super) mod list_constants;
pub(super) mod lists;
pub(super) mod people;
pub(super) mod roles;
pub(super) mod versions;
pub(super) mod views;
pub(super) mod web;
