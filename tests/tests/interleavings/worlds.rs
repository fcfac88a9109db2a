//! What Microsoft leaves open, as the tenant has switches for it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dev_tenant::switches::Switches;
use serde_json::json;

/// What Microsoft leaves open: all settings, each with its opposite next to it.
pub(crate) fn worlds() -> Vec<u8> {
    (0..16).flat_map(|world| [world, 31 - world]).collect()
}

type Flag = fn(&mut Switches) -> &mut bool;

/// What touches lists. Each follows from an odd number of bits of a world: any three of them meet in every combination,
/// and the opposite world has all of them the other way round.
const VARIED: [(Flag, u8); 11] = [
    (|switches| &mut switches.override_list_behaviors_at_item, 0b0_0001),
    (|switches| &mut switches.anyone_sets_editor, 0b0_0010),
    (|switches| &mut switches.app_keeps_assignment_on_break, 0b0_0100),
    (|switches| &mut switches.change_token_exclusive, 0b0_1000),
    (|switches| &mut switches.csom_request_is_atomic, 0b1_0000),
    (|switches| &mut switches.webhook_out_of_order, 0b1_1111),
    (|switches| &mut switches.changes_untrimmed, 0b0_0111),
    (|switches| &mut switches.limited_access_lockdown, 0b0_1011),
    (|switches| &mut switches.empty_401_bodies, 0b1_0011),
    (|switches| &mut switches.move_logged_as_away_and_into, 0b0_1101),
    (|switches| &mut switches.folders_need_list_setting, 0b1_0101),
];

pub(crate) fn set(switches: &mut Switches, world: u8) {
    is_decided(*switches);
    let mut usual = Switches::default();
    for (flag, bits) in VARIED {
        let is_flipped = (world & bits).count_ones() % 2 == 1;
        *flag(switches) = *flag(&mut usual) != is_flipped;
    }
}

/// A switch that the tenant has been given does not compile until somebody decides where it is varied.
fn is_decided(switches: Switches) {
    let Switches {
        // What lists make of permissions, versions, changes and webhooks: here.
        override_list_behaviors_at_item: _,
        anyone_sets_editor: _,
        app_keeps_assignment_on_break: _,
        change_token_exclusive: _,
        csom_request_is_atomic: _,
        webhook_out_of_order: _,
        changes_untrimmed: _,
        limited_access_lockdown: _,
        empty_401_bodies: _,
        move_logged_as_away_and_into: _,
        folders_need_list_setting: _,
        // How late, lost and doubled webhooks are: faults.rs, intake/hooks.rs.
        webhook_delay_seconds: _,
        webhook_lost_percent: _,
        webhook_doubled_percent: _,
        // Of benches: cheap.rs, onboarding.rs.
        latency_millis: _,
        resource_units: _,
        graph_budgets: _,
        calls_are_kept: _,
        // What Graph and Exchange make of accounts, groups and licences: requests/undocumented.rs,
        // requests/passwords.rs and faults.rs, and those that set a lag of Exchange.
        replication_lag_seconds: _,
        replication_flaps_percent: _,
        assign_licence_is_accepted: _,
        group_licences_seconds: _,
        complex_values_are_replaced: _,
        administrators_are_protected: _,
        deleted_upn_is_prefixed: _,
        exchange: _,
        teams: _,
        // Credentials of the app: credentials/hindered.rs.
        entra: _,
        // Names and who bears them: recycled.rs, people.rs.
        profile_sync_seconds: _,
        recycled_upn_gets_new_site_user: _,
        recycled_upn_inherits_rights: _,
        // How the directory tells of changes: people.rs.
        delta_page_size: _,
        delta_empty_page_percent: _,
        delta_replay_percent: _,
        delta_reset_percent: _,
        delta_tells_unchanged: _,
        delta_expiry_is_gone: _,
    } = switches;
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found
}

/// `switches.name`, as tests write it that set one.
#[test]
fn every_switch_is_varied_by_some_test() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = ["src", "tests"].map(|folder| sources(&top.join(folder)));
    let read = |source: PathBuf| std::fs::read_to_string(source).expect("a source file");
    let sources: String = sources.concat().into_iter().map(read).collect();
    let places = sources.split("switches.").skip(1);
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let named: BTreeSet<&str> = places
        .filter_map(|place| place.split(|c| !is_name(c)).next())
        .collect();
    let switches = json!(Switches::default());
    let switches = switches.as_object().expect("switches by name");
    let still: Vec<_> = switches
        .keys()
        .filter(|name| !named.contains(name.as_str()))
        .collect();
    assert!(still.is_empty(), "no test sets these: {still:?}");
}

/// Flags that two worlds have otherwise.
fn differing(one: u8, other: u8) -> BTreeSet<String> {
    let [one, other] = [one, other].map(|world| {
        let mut switches = Switches::default();
        set(&mut switches, world);
        json!(switches)
    });
    let flags = one.as_object().expect("switches by name").iter();
    let differing = flags.filter(|(name, value)| other[name.as_str()] != **value);
    differing.map(|(name, _)| name.clone()).collect()
}

/// Two batches suffice for every setting of each.
#[test]
fn a_world_and_the_next_have_every_varied_switch_both_ways() {
    let varied = differing(worlds()[0], worlds()[1]);
    assert!(!varied.is_empty());
    for pair in worlds().chunks(2) {
        assert_eq!(differing(pair[0], pair[1]), varied, "worlds {pair:?}");
    }
    let usual = |world: &u8| differing(0, *world);
    let met: BTreeSet<_> = worlds().iter().map(usual).collect();
    assert_eq!(met.len(), worlds().len(), "each world is another one");
}
