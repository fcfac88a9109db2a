//! Many applications at once, each on its way without waiting for the others.

mod cast;
mod outcome;
mod passage;

pub use cast::Cast;
pub use outcome::{Outcome, of};
pub use passage::carry_through;

use dev_tenant::seed::SPE_E3;

use crate::hire;
use crate::house::Wishes;
use crate::watch::Watch;

/// The local part of the new account's user principal name in the application of this number.
pub fn account(number: usize) -> String {
    format!("hana{number:05}")
}

/// Every so many applications carry a file.
pub const FILED: usize = 10;

/// A house with licences enough for everyone.
pub async fn open(backend: &str, size: usize) -> Watch {
    let watch = hire::open(backend, Wishes::default()).await;
    {
        let mut tenant = watch.house.world().tenant();
        let mut skus = tenant.directory.skus.iter_mut();
        let sku = skus.find(|sku| sku.sku_id == SPE_E3);
        sku.expect("the licence").enabled_units += u32::try_from(size).unwrap_or(u32::MAX);
    }
    watch
}
