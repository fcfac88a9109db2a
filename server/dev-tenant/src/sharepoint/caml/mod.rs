//! CAML queries: what list views, REST `GetItems`, CSOM `GetItems` and RenderListDataAsStream have in common.

pub mod cell;
pub mod evaluate;
pub mod parse;
mod parse_where;
pub mod view;
