//! CAML queries: what list views, REST `GetItems`, CSOM `GetItems` and RenderListDataAsStream have in common.

pub mod cell;
pub mod column;
pub mod evaluate;
mod fault;
mod narrowing;
mod order;
pub mod page;
pub mod parse;
mod parse_where;
mod place;
mod position;
mod threshold;
pub mod view;
mod walk;

#[cfg(test)]
mod tests;
