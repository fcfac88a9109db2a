//! Which days are business days.

pub mod national;
