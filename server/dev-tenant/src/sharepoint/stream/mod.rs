//! `RenderListDataAsStream`: rows of a list as texts, for list views and web parts.

pub mod parameters;
pub mod render;
mod row_xml;
pub mod since_token;
mod value;

#[cfg(test)]
mod tests;
