//! Security groups and groups of Microsoft 365.

use dev_tenant::seed::EVERYDAY;

use super::super::ground::{MEMBER, OWNER};
use super::{Sample, adopted, changed, gone, new, new_unified, sample};

/// Groups of the tenant, each for one sample.
const CHANGED_GROUP: &str = EVERYDAY[2];
const DELETED_GROUP: &str = EVERYDAY[3];
const CHANGED_UNIFIED: &str = "経理部";
const DELETED_UNIFIED: &str = "人事部";

pub(super) const SAMPLES: &[Sample] = &[
    sample(
        "group-create",
        |_| {},
        |ground| new(ground, "新製品プロジェクト", "new-product"),
    ),
    sample(
        "group-change",
        |ground| ground.owned(CHANGED_GROUP, OWNER, MEMBER),
        |ground| changed(ground, "group", CHANGED_GROUP, "営業支援"),
    )
    .asked_anew_where(|ground| ground.described(CHANGED_GROUP)),
    sample(
        "group-delete",
        |ground| ground.owned(DELETED_GROUP, OWNER, MEMBER),
        |ground| gone(ground, "group", DELETED_GROUP),
    )
    .asked_anew_where(|ground| ground.renamed(DELETED_GROUP)),
    sample(
        "m365-group-create",
        |_| {},
        |ground| new_unified(ground, "新製品チーム", "new-product-team"),
    ),
    sample(
        "m365-group-change",
        |ground| ground.unified(CHANGED_UNIFIED, "accounting", OWNER, MEMBER),
        |ground| changed(ground, "group", CHANGED_UNIFIED, "経理財務部"),
    )
    .asked_anew_where(|ground| ground.described(CHANGED_UNIFIED)),
    sample(
        "m365-group-delete",
        |ground| ground.unified(DELETED_UNIFIED, "people", OWNER, MEMBER),
        |ground| gone(ground, "group", DELETED_UNIFIED),
    )
    .asked_anew_where(|ground| ground.renamed(DELETED_UNIFIED)),
    sample(
        "group-adopt",
        |ground| ground.without_owners("経営企画部"),
        |ground| adopted(ground, "group", "経営企画部"),
    )
    .parked_where(|ground| ground.owned("経営企画部", OWNER, MEMBER)),
    sample(
        "m365-group-adopt",
        |ground| {
            ground.new_unified("経理の会", "accounting-club", OWNER, MEMBER);
            ground.without_owners("経理の会");
        },
        |ground| adopted(ground, "group", "経理の会"),
    )
    .parked_where(|ground| ground.owned("経理の会", OWNER, MEMBER)),
];
