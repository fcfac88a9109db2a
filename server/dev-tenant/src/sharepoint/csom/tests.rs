//! The object model as clients meet it: requests as XML, answers as JSON.

mod errors;
mod fixture;
mod objects;
mod parsing;
mod permissions;
mod sealing;
