mod admission;
mod authorization;
mod contacts;
mod groups;
mod lag;
mod mailboxes;
mod protocol;
mod world;
