//! Features of a site collection, as far as they change what the tenant does.

use uuid::Uuid;

use crate::world::Tenant;

#[derive(Debug, Clone, Copy)]
pub struct SiteFeature {
    pub id: Uuid,
    pub name: &'static str,
}

/// Limited-access user permission lockdown mode.
pub const LOCKDOWN: SiteFeature = SiteFeature {
    id: Uuid::from_u128(0x7c63_7b23_06c4_472d_9a9a_7c17_5762_c5c4),
    name: "ViewFormPagesLockDown",
};

/// Those that are active.
pub fn active(tenant: &Tenant) -> impl Iterator<Item = SiteFeature> {
    let lockdown = tenant.switches.limited_access_lockdown;
    lockdown.then_some(LOCKDOWN).into_iter()
}
