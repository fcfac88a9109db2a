//! The database's columns under the data key: whoever has the files alone reads nothing that people wrote.

use e2e::forms;
use e2e::house::House;
use e2e::registration::said;
use serde_json::Value;

use super::{INBOX, access_becomes, house, status, vote};

/// Of the form that is applied with, in a spelling of nobody else's.
const WRITTEN: [&str; 2] = ["タカハシアサミ", "アサミ・特命"];

/// What of it stands in the database's files as they lie there.
fn in_clear(house: &House) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    for file in std::fs::read_dir(house.folder.path()).expect("the folder") {
        let file = file.expect("a file");
        let name = file.file_name().to_string_lossy().into_owned();
        if !name.contains(".sqlite") {
            continue;
        }
        let content = std::fs::read(file.path()).expect("a file of the database");
        let stands = |text: &&str| content.windows(text.len()).any(|part| part == text.as_bytes());
        found.extend(
            WRITTEN
                .into_iter()
                .filter(stands)
                .map(|text| (name.clone(), text)),
        );
    }
    found
}

fn form(house: &House) -> Value {
    let mut form = forms::account(house, "asami.takahashi");
    form["lastNameKana"] = WRITTEN[0].into();
    form["firstName"] = WRITTEN[1].into();
    form
}

fn set_encrypted(house: &House, encrypted: bool) {
    house.configure(|text| {
        let text = text.replace("encrypted = true\n", "");
        if encrypted {
            text.replace("[database]\n", "[database]\nencrypted = true\n")
        } else {
            text
        }
    });
}

/// Switched on in mid-flight, what was written before is encrypted, too; another master key opens and changes nothing;
/// switched off, everything is there as it was.
#[tokio::test(flavor = "multi_thread")]
async fn what_people_wrote_lies_encrypted_once_that_is_switched_on_and_the_application_goes_on() {
    let (mut house, cast) = house(|_| ()).await;
    let row = forms::application(&form(&house));
    cast.applicant.add(INBOX, &row).await;
    status(&house, &cast.applicant, "IA").await;
    house.kill();
    // The look itself: it finds what stands there.
    assert!(in_clear(&house).iter().any(|(_, text)| *text == WRITTEN[0]));
    set_encrypted(&house, true);
    let lacking = house.run(&["migrate"]);
    assert!(
        !lacking.status.success() && said(&lacking).contains("database.encrypted"),
        "{}",
        said(&lacking)
    );
    house.can_renew(false, "");
    house.serve().await;
    vote(&cast.manager).await;
    let asked = ["toru.soma", "kaori.uchida", "ren.nakahara"];
    access_becomes(&house, &["kei.morita", "takashi.hasegawa"], &asked).await;
    house.kill();
    assert_eq!(in_clear(&house), []);

    let (master, right) = (house.file("master.key"), house.file("right.key"));
    std::fs::rename(&master, &right).expect("the key is moved");
    assert!(
        house
            .run(&["credentials", "master-key", &master])
            .status
            .success()
    );
    let wrong = house.run(&["migrate"]);
    assert!(
        !wrong.status.success() && said(&wrong).contains("master key"),
        "{}",
        said(&wrong)
    );
    std::fs::rename(&right, &master).expect("the key is back");

    set_encrypted(&house, false);
    let migrated = house.run(&["migrate"]);
    assert!(migrated.status.success(), "{}", said(&migrated));
    assert!(in_clear(&house).iter().any(|(_, text)| *text == WRITTEN[0]));
    set_encrypted(&house, true);
    house.serve().await;
    vote(&cast.first).await;
    vote(&cast.second).await;
    status(&house, &cast.applicant, "CO").await;
    house.kill();
    assert_eq!(in_clear(&house), []);
    let proof = house.run(&["verify-journal"]);
    assert!(proof.status.success(), "{}", said(&proof));
}
