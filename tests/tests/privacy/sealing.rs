//! What the ledger says of a sealing.

use dev_tenant::ledger::Effect;
use e2e::house::House;

/// Creation, number, own permissions and every level of the first state: one request of ours, and no other
/// wrote to the item before somebody decided. Only its files come after it: each needs a request of its own.
pub(crate) fn sealed_by_one_request(house: &House) {
    let who = format!("app:{}", house.our_app().app_id.0);
    let tenant = house.world().tenant();
    let of_item = |effect: &&Effect| {
        effect.key.contains(":Lists/PFApplications/1:")
            || effect
                .key
                .starts_with("sharepoint:create-item:Lists/PFApplications:")
    };
    let effects = tenant.ledger.effects.iter().filter(of_item);
    let ours = effects.take_while(|effect| effect.who == who);
    let is_file = |effect: &&Effect| effect.key.starts_with("sharepoint:add-attachment:");
    let (files, sealing): (Vec<_>, Vec<_>) = ours.partition(is_file);
    assert!(files.iter().all(|file| file.at >= sealing[0].at), "{files:?}");
    let request = sealing.first().expect("a sealed item").request_id;
    assert!(
        sealing.iter().all(|effect| effect.request_id == request),
        "{sealing:?}"
    );
    let with = |verb: &str| sealing.iter().filter(|effect| effect.key.contains(verb)).count();
    let numbered = with(":create-item:Lists/PFApplications:PFNumber=USR-");
    let counts = [numbered, with(":break-inheritance:"), with(":add-assignment:")];
    assert_eq!(
        counts,
        [1, 1, 3],
        "applicant, manager and administrators: {sealing:?}"
    );
    let requests = tenant.ledger.requests.iter();
    let requests: Vec<_> = requests.filter(|known| known.request_id == request).collect();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].path.ends_with("/ProcessQuery") && requests[0].status == 200);
}
