//! The object model as clients meet it: requests as XML, answers as JSON.

mod client;
mod errors;
mod folders;
mod members;
mod objects;
mod parsing;
mod permissions;
mod sealing;
