//! A large company: Microsoft's budget of resource units grows with the licences that a tenant has bought.

use dev_tenant::seed::SPE_E3;

use crate::house::{House, Wishes};
use crate::{hire, watch::Watch};

/// From 50,000 licences on there is no larger budget; and seats enough for everyone.
const LICENCES: u32 = 60_000;

/// As [`hire::open`]; `sections` are further sections of the product's configuration.
pub async fn open(backend: &str, sections: &str) -> Watch {
    let house = House::build(backend, Wishes::default()).await;
    house.configure(|text| text + sections);
    buy_seats(&house, LICENCES);
    hire::settle(house).await
}

/// The tenant has bought so many licences for new people; its budgets grow with them.
pub fn buy_seats(house: &House, seats: u32) {
    let mut tenant = house.world().tenant();
    let mut skus = tenant.directory.skus.iter_mut();
    let sku = skus.find(|sku| sku.sku_id == SPE_E3);
    sku.expect("the licence").enabled_units = seats;
}
