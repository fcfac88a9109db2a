//! Teams.

use serde_json::json;

use super::super::ground::{BLOCKED, MEMBER, OWNER};
use super::super::objects::{ADOPTED_TEAM, CHANGED_TEAM, DELETED_TEAM, JOINED_TEAM};
use super::{NEXT_MEMBER, Sample, adopted, changed, gone, new_unified, sample};

pub(super) const SAMPLES: &[Sample] = &[
    sample(
        "team-create",
        |_| {},
        |ground| new_unified(ground, "新製品の会議", "new-product-talk"),
    ),
    sample(
        "team-change",
        |ground| {
            ground.new_unified(CHANGED_TEAM, "sales-meeting", OWNER, MEMBER);
            // Teams counts whoever owns a team among its members.
            ground.joined(CHANGED_TEAM, OWNER);
        },
        |ground| {
            let mut form = changed(ground, "team", CHANGED_TEAM, "営業本部会議");
            form["items"] = json!([
                "name",
                "description",
                "visibility",
                "owners",
                "members",
                "settings",
                "archive"
            ]);
            for (field, value) in [
                ("visibility", "public"),
                ("deleteChannels", "forbid"),
                ("archive", "archive"),
            ] {
                form[field] = json!(value);
            }
            form
        },
    )
    .asked_anew_where(|ground| ground.described(CHANGED_TEAM)),
    sample(
        "team-delete",
        |ground| ground.new_unified(DELETED_TEAM, "old-sales-meeting", OWNER, MEMBER),
        |ground| gone(ground, "team", DELETED_TEAM),
    )
    .asked_anew_where(|ground| ground.renamed(DELETED_TEAM)),
    sample(
        "team-join",
        |ground| ground.new_unified(JOINED_TEAM, "kaizen", OWNER, MEMBER),
        |ground| {
            json!({ "team": ground.group(JOINED_TEAM), "people": [ground.person(NEXT_MEMBER)],
            "reason": "兼務のため" })
        },
    )
    .parked_where(|ground| ground.joined(JOINED_TEAM, NEXT_MEMBER)),
    sample(
        "team-adopt",
        |ground| {
            ground.new_unified(ADOPTED_TEAM, "waiting", BLOCKED, MEMBER);
            ground.blocked_owner(ADOPTED_TEAM);
        },
        |ground| adopted(ground, "team", ADOPTED_TEAM),
    )
    .parked_where(|ground| ground.owned(ADOPTED_TEAM, OWNER, MEMBER)),
];
