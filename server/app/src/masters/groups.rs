//! Groups that forms offer: those to which somebody can be added, and those that something can be asked of.

use std::collections::BTreeSet;

use m365::graph::{Group, UnifiedGroup};
use serde_json::{Value, json};
use uuid::Uuid;

use super::sort;

/// Behind the names of groups that a directory on premises masters.
const ON_PREMISES: [&str; 2] = ["（社内 AD）", " (on premises)"];
/// Behind the names of those for which nobody answers who may sign in.
const OWNERLESS: [&str; 2] = ["（所有者なし）", " (no owner)"];

/// A master, and what it offers.
type Kind = (&'static str, fn(&UnifiedGroup) -> bool);

/// To which people are added. Files name them by their labels, which are therefore their names and nothing else.
const FILLED: Kind = ("groups", is_security_group);
/// Of which something is asked that the product does itself. What is more of a kind comes first.
const MANAGED: [Kind; 5] = [
    ("teams", is_team),
    ("distributionGroups", is_distribution_group),
    ("managedGroups", is_security_group),
    ("microsoft365Groups", is_microsoft_365_group),
    ("mailingLists", is_mailing_list),
];
/// Of which something is asked that people do where a directory on premises masters it.
const STANDING: [Kind; 3] = [
    ("standingGroups", is_security_group),
    ("standingMailingLists", is_mailing_list),
    ("standingDistributionGroups", is_distribution_group),
];

/// Of each kind those that the product can fill, and of some kinds also those that people change by hand. Never the
/// administrators: nobody asks himself in there.
pub(super) fn masters(
    all: &[UnifiedGroup],
    administrators: Uuid,
    ownerless: &BTreeSet<Uuid>,
) -> Vec<(&'static str, Value)> {
    let others: Vec<_> = all.iter().filter(|one| one.group.id != administrators).collect();
    let marked = |group: &Group| mark(group, ownerless);
    let mut masters = vec![offered(&others, FILLED, is_filled_by_hand, |_| [""; 2])];
    masters.extend(MANAGED.map(|kind| offered(&others, kind, is_filled_by_hand, marked)));
    masters.extend(STANDING.map(|kind| offered(&others, kind, is_not_dynamic, marked)));
    masters
}

/// Whether this master offers the group, be it the administrators'.
pub(crate) fn offers(master: &str, group: &UnifiedGroup) -> bool {
    let mut kinds = std::iter::once(FILLED).chain(MANAGED);
    let is_of_kind = kinds.any(|(name, is_kind)| name == master && is_kind(group));
    is_of_kind && is_filled_by_hand(&group.group)
}

/// Where a master of groups that the product manages stands among the others: what is more of a kind comes first.
pub(crate) fn rank(master: &str) -> usize {
    let managed = MANAGED.iter().position(|(name, _)| *name == master);
    managed.unwrap_or(MANAGED.len())
}

fn offered(
    all: &[&UnifiedGroup],
    (name, is_kind): Kind,
    is_fit: fn(&Group) -> bool,
    mark: impl Fn(&Group) -> [&'static str; 2],
) -> (&'static str, Value) {
    let fit = all.iter().filter(|one| is_kind(one) && is_fit(&one.group));
    let mut options: Vec<_> = fit
        .filter_map(|one| choice(&one.group, mark(&one.group)))
        .collect();
    sort(&mut options);
    (name, json!({ "options": options }))
}

fn choice(group: &Group, [ja, en]: [&str; 2]) -> Option<Value> {
    let name = group.display_name.as_deref()?;
    let label = json!({ "ja": format!("{name}{ja}"), "en": format!("{name}{en}") });
    Some(json!({ "value": group.id, "label": label }))
}

fn mark(group: &Group, ownerless: &BTreeSet<Uuid>) -> [&'static str; 2] {
    if group.on_premises_sync_enabled == Some(true) {
        ON_PREMISES
    } else if ownerless.contains(&group.id) {
        OWNERLESS
    } else {
        [""; 2]
    }
}

fn is_team(one: &UnifiedGroup) -> bool {
    one.is_team() && is_microsoft_365_group(one)
}

fn is_security_group(one: &UnifiedGroup) -> bool {
    one.group.security_enabled == Some(true) && one.group.mail_enabled != Some(true)
}

fn is_microsoft_365_group(one: &UnifiedGroup) -> bool {
    one.group.group_types.iter().any(|kind| kind == "Unified")
}

/// Exchange's to write.
fn is_mailing_list(one: &UnifiedGroup) -> bool {
    one.group.mail_enabled == Some(true) && !is_microsoft_365_group(one)
}

/// Mail and no rights.
fn is_distribution_group(one: &UnifiedGroup) -> bool {
    is_mailing_list(one) && one.group.security_enabled != Some(true)
}

/// No rule fills it and no directory on premises masters it.
fn is_filled_by_hand(group: &Group) -> bool {
    is_not_dynamic(group) && group.on_premises_sync_enabled != Some(true)
}

fn is_not_dynamic(group: &Group) -> bool {
    !group.group_types.iter().any(|kind| kind == "DynamicMembership")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADMINISTRATORS: Uuid = Uuid::from_u128(1);

    fn group(id: u128, name: &str, change: impl Fn(&mut Group)) -> UnifiedGroup {
        let mut group: UnifiedGroup = serde_json::from_value(json!({
            "id": Uuid::from_u128(id), "displayName": name, "mailEnabled": false, "securityEnabled": true,
        }))
        .unwrap();
        change(&mut group.group);
        group
    }

    fn synced(group: &mut Group) {
        group.on_premises_sync_enabled = Some(true);
    }

    fn mailed(group: &mut Group) {
        group.mail_enabled = Some(true);
    }

    /// What a master shows in Japanese.
    fn shown(all: &[UnifiedGroup], ownerless: &BTreeSet<Uuid>, master: &str) -> Vec<String> {
        let masters = masters(all, ADMINISTRATORS, ownerless);
        let (_, master) = masters.into_iter().find(|(name, _)| *name == master).unwrap();
        let options = master["options"].as_array().cloned().unwrap_or_default();
        let labels = options.iter().map(|option| option["label"]["ja"].as_str());
        labels.map(|label| label.unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn only_groups_that_we_can_fill_are_offered() {
        let all = [
            group(3, "営業", |_| {}),
            group(1, "管理者", |_| {}),
            group(2, "配布", mailed),
            group(4, "同期", synced),
            group(5, "動的", |group| {
                group.group_types = vec!["DynamicMembership".into()];
            }),
            group(6, "共同", |group| {
                group.group_types = vec!["Unified".into()];
                mailed(group);
            }),
        ];
        for (master, names) in [
            ("groups", vec!["営業"]),
            ("managedGroups", vec!["営業"]),
            ("microsoft365Groups", vec!["共同"]),
            ("teams", vec![]),
            ("mailingLists", vec!["配布"]),
            // It gives rights.
            ("distributionGroups", vec![]),
        ] {
            assert_eq!(shown(&all, &BTreeSet::new(), master), names, "{master}");
        }
    }

    #[test]
    fn r18_forms_about_groups_that_are_there_offer_those_of_the_directory_on_premises_and_say_so() {
        let all = [
            group(1, "管理者", synced),
            group(2, "営業", |_| {}),
            group(3, "経理", synced),
            group(4, "全社", |group| {
                synced(group);
                mailed(group);
            }),
            group(5, "動的", |group| {
                group.group_types = vec!["DynamicMembership".into()];
            }),
        ];
        for (master, names) in [
            ("standingGroups", vec!["営業", "経理（社内 AD）"]),
            ("standingMailingLists", vec!["全社（社内 AD）"]),
            ("standingDistributionGroups", vec![]),
        ] {
            assert_eq!(shown(&all, &BTreeSet::new(), master), names, "{master}");
        }
    }

    /// Tables of people to be name the groups of each by their labels.
    #[test]
    fn r19_what_nobody_answers_for_says_so_wherever_something_is_asked_of_it_and_nowhere_else() {
        let all = [
            group(2, "営業", |_| {}),
            group(3, "経理", synced),
            group(4, "全社", mailed),
        ];
        let ownerless = (2..=4).map(Uuid::from_u128).collect();
        for (master, names) in [
            ("groups", vec!["営業"]),
            ("managedGroups", vec!["営業（所有者なし）"]),
            ("standingGroups", vec!["営業（所有者なし）", "経理（社内 AD）"]),
            ("mailingLists", vec!["全社（所有者なし）"]),
            ("standingMailingLists", vec!["全社（所有者なし）"]),
        ] {
            assert_eq!(shown(&all, &ownerless, master), names, "{master}");
        }
    }

    #[test]
    fn a_master_offers_what_it_shows_and_the_narrower_one_stands_before_the_wider() {
        let list = group(2, "配布", |group| {
            mailed(group);
            group.security_enabled = Some(false);
        });
        for (master, is_offered) in [
            ("distributionGroups", true),
            ("mailingLists", true),
            ("managedGroups", false),
            ("licences", false),
        ] {
            assert_eq!(offers(master, &list), is_offered, "{master}");
        }
        assert!(!offers("groups", &group(3, "同期", synced)));
        assert!(rank("distributionGroups") < rank("mailingLists"));
        assert!(rank("teams") < rank("microsoft365Groups"));
    }
}
