mod admission;
mod contacts;
mod groups;
mod lag;
mod mailboxes;
mod protocol;
mod world;
