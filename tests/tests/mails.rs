//! Mails: their texts are the company's, and their links lead to a decision and never make one.

use std::time::Duration;

use e2e::house::{House, Wishes, pause};
use e2e::person::Person;
use e2e::post::{self, mails};
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{self, APPLICANT, EXPERTS, MANAGER, open, sign_in};
use e2e::scene::{IT_STEP, MANAGERS_STEP, apply, until, until_told, vote};
use reqwest::StatusCode;

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
/// Who is given the new account's password.
const KEEPER: &str = "naoki.kiryu";
const LOOK: Duration = Duration::from_millis(200);

fn said(output: &std::process::Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

fn put(house: &House, name: &str, text: &str) {
    let path = house.folder.path().join("mails").join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a text");
}

#[tokio::test(flavor = "multi_thread")]
async fn w30_a_company_writes_its_own_texts_and_a_wrong_one_is_refused_before_anything_is_published() {
    let mut house = House::build(BACKEND, Wishes::default()).await;
    house.configure(|text| text.replace("[mail]\n", "[mail]\ntemplates = \"mails\"\n"));
    put(
        &house,
        "ja/decide.txt",
        "承認のお願い {{ number }}\n{{ to }} 様\n{{ plan }}\n{{ url }}\n{{ password }}\n",
    );
    put(
        &house,
        "en/decide.txt",
        "Please approve {{ number }}\n{{ url }}\n",
    );
    for command in [vec!["setup"], vec!["definitions", "check", "none.json"]] {
        let refused = house.run(&command);
        let said = said(&refused);
        assert!(!refused.status.success(), "{said}");
        assert!(
            said.contains("ja/decide.txt: line 5") && said.contains("\"password\""),
            "{said}"
        );
    }
    put(
        &house,
        "ja/decide.txt",
        "承認のお願い {{ number }}\n{{ to }} 様\n{{ plan }}\n{{ url }}\n",
    );
    let made = house.run(&["setup"]);
    assert!(!said(&made).contains("mail.templates"), "{}", said(&made));
    house.serve().await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    open(&house, &applicant, &manager).await;
    let told = until_told(&house, &manager, "承認のお願い USR-").await;
    assert!(
        told[0].contains("様") && told[0].contains("EditForm.aspx"),
        "{told:?}"
    );
    until_told(&house, &applicant, "【申請受付】").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn w30_each_reader_is_written_to_in_the_language_that_he_prefers() {
    let house = cast::house(BACKEND).await;
    house.prefers(house.id_of(MANAGER), "en-GB");
    house.prefers(house.id_of(EXPERTS[0]), "fr-FR");
    let [applicant, manager, expert] = sign_in(&house, [APPLICANT, MANAGER, EXPERTS[0]]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    let asked = until_told(&house, &manager, "[Decision needed] USR-").await;
    assert!(
        asked[0].contains("Step: Manager's approval") || asked[0].contains("Step: Manager&#39;s approval"),
        "{asked:?}"
    );
    assert!(mails(&house, &manager, "【判断依頼】").is_empty());
    vote(&house, &manager, item, MANAGERS_STEP).await;
    // Neither the applicant's language nor a language that we do not write changes anything for others.
    for (reader, subject) in [(&applicant, "【申請受付】"), (&expert, "【判断依頼】")] {
        let told = until_told(&house, reader, subject).await;
        assert!(told[0].contains("様"), "{told:?}");
    }
    vote(&house, &expert, item, IT_STEP).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn w30_opening_every_link_of_every_mail_decides_nothing_and_writes_nothing() {
    let house = cast::house(BACKEND).await;
    let [applicant, manager, first, second] =
        sign_in(&house, [APPLICANT, MANAGER, EXPERTS[0], EXPERTS[1]]).await;
    let (row, item) = open(&house, &applicant, &manager).await;
    vote(&house, &manager, item, MANAGERS_STEP).await;
    vote(&house, &first, item, IT_STEP).await;
    vote(&house, &second, item, IT_STEP).await;
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
    let keeper = Person::sign_in(&house, KEEPER).await;
    until_told(&house, &keeper, "【パスワードの受け渡し】").await;
    let (_, waiting) = apply(&house, &applicant, &manager, "hana.sato").await;
    until_told(&house, &applicant, "【完了】").await;
    while mails(&house, &manager, "【判断依頼】").len() < 2 {
        pause(LOOK).await;
    }
    quiet(&house).await;
    let before = house.count_all_effects();
    let opened = open_all(&house, &[&applicant, &manager, &first, &second, &keeper]).await;
    assert!(opened >= 10, "only {opened} links");
    quiet(&house).await;
    assert_eq!(house.count_all_effects(), before, "a link wrote something");
    let still = manager
        .read(APPLICATIONS, waiting)
        .await
        .expect("the manager reads");
    assert!(
        still["PFStepName"] == MANAGERS_STEP && still["PFDecision"].is_null(),
        "{still}"
    );
}

/// As the reader, and as a scanner that is nobody; how many links there were.
async fn open_all(house: &House, readers: &[&Person]) -> usize {
    let mut opened = 0;
    for mail in post::all(house) {
        let links = mail.links();
        assert!(
            !links.is_empty() || !mail.html.contains("https://"),
            "{}",
            mail.subject
        );
        for link in &links {
            let reader = readers.iter().find(|reader| reader.id == mail.owner);
            if let Some(reader) = reader {
                let status = reader.visit(link).await;
                // Whoever has decided may not edit any more.
                let is_over = status == StatusCode::FORBIDDEN && link.contains("EditForm.aspx");
                assert!(
                    status.is_success() || status.is_redirection() || is_over,
                    "{link}: {status}"
                );
            }
            let nobody = house.client().get(link).send().await.expect("an answer");
            assert!(!nobody.status().is_server_error(), "{link}: {}", nobody.status());
            opened += 1;
        }
    }
    opened
}

/// Nobody has written anything for a few looks.
async fn quiet(house: &House) {
    let mut known = 0;
    let mut still = 0;
    while still < 15 {
        let effects = house.count_all_effects();
        still = if effects == known { still + 1 } else { 0 };
        known = effects;
        pause(LOOK).await;
    }
}
