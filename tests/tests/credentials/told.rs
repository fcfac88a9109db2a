//! What the commands say to whoever runs them for the first time: in words, with what to do next.

use e2e::house::{House, Wishes};
use e2e::registration::said;

use super::{BACKEND, house, renew};

#[tokio::test(flavor = "multi_thread")]
async fn without_a_renewal_there_is_no_report_and_the_command_fails_with_a_word_on_it() {
    let house = house("").await;
    for (arguments, told) in [
        (&["credentials", "report"][..], "credentials renew"),
        (&["credentials", "report", "--number", "7"], "更新 7 はありません"),
    ] {
        let none = house.run(arguments);
        assert!(
            !none.status.success() && none.stdout.is_empty(),
            "{}",
            said(&none)
        );
        assert!(said(&none).contains(told), "{}", said(&none));
    }
    renew(&house);
    assert!(house.run(&["credentials", "report"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_that_proves_nothing_is_told_in_words_with_what_to_do() {
    let house = house("").await;
    let right = said(&house.run(&["credentials", "verify"]));
    assert!(right.contains("設定ファイルのもの: OK"), "{right}");
    let ours = house.thumbprints().await;
    house.unregister(&ours[0]).await;
    let refused = house.run(&["credentials", "verify"]);
    let told = said(&refused);
    assert!(!refused.status.success(), "{told}");
    for words in [
        "Entra: Entra がこの資格情報を知りません",
        "AADSTS700027",
        "`provisioning-flow credentials status`",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let line = told.lines().find(|line| line.starts_with("設定ファイルのもの"));
    let line = line.unwrap_or_else(|| panic!("no line: {told}"));
    assert!(
        !line.contains("Credentials(") && !line.contains("Some("),
        "{line}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_certificate_that_would_end_sooner_is_told_of_before_it_is_made_and_not_refused() {
    let house = house("lifetime_days = 31").await;
    let plan = house.plan();
    let warned = plan["warnings"][0].as_str().unwrap_or_default();
    assert!(warned.contains("credentials.renewal.lifetime_days"), "{plan}");
    let shown = house.run(&["credentials", "plan"]);
    assert!(
        shown.status.success() && said(&shown).contains("注意: 新しい証明書の期限"),
        "{}",
        said(&shown)
    );
    let told = renew(&house);
    assert!(told.contains("新しい証明書の期限"), "{told}");
    house.configure(|text| text.replace("lifetime_days = 31\n", ""));
    let plan = house.plan();
    assert_eq!(plan["warnings"], serde_json::json!([]), "{plan}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_recommends_what_this_machine_offers_and_what_the_master_key_makes_possible() {
    let house = House::build(BACKEND, Wishes::default()).await;
    let advice = "正常    database: ";
    assert!(house.run(&["migrate"]).status.success());
    let told = said(&house.run(&["doctor"]));
    assert!(told.contains("正常    database\n"), "{told}");
    house.can_renew(false, "");
    house.keep("workload-token", "a token of the platform");
    let token = house.file("workload-token");
    let mut doctor = house.command(&["doctor"]);
    let doctor = doctor.env("AZURE_FEDERATED_TOKEN_FILE", &token).output();
    let told = said(&doctor.expect("it runs"));
    let setting = format!("federation = {{ token_file = \"{token}\" }}");
    assert!(
        told.contains(&setting) && told.contains(advice) && told.contains("encrypted = true"),
        "{told}"
    );
    let told = said(&house.run(&["doctor"]));
    assert!(!told.contains(&setting), "{told}");
    house.configure(|text| text.replace("[database]\n", "[database]\nencrypted = true\n"));
    assert!(house.run(&["migrate"]).status.success());
    let told = said(&house.run(&["doctor"]));
    assert!(told.contains("正常    database\n"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_master_key_is_told_of_by_its_name_in_the_language_that_was_asked_for() {
    let house = House::build(BACKEND, Wishes::default()).await;
    for (file, arguments, told) in [
        ("ja.key", &[][..], "に作りました"),
        ("en.key", &["--english"], "was made in"),
    ] {
        let path = house.file(file);
        let arguments = [&["credentials", "master-key", &path][..], arguments].concat();
        let made = house.run(&arguments);
        let words = said(&made);
        assert!(made.status.success() && words.contains(told), "{words}");
        let key = std::fs::read_to_string(&path).expect("the key");
        assert!(words.contains(&path) && !words.contains(key.trim()), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_who_reads_on_is_no_failure() {
    let house = house("").await;
    for command in [
        "credentials status",
        "credentials plan",
        "credentials renew",
        "credentials report",
    ] {
        // The pipe is closed before the first line comes.
        let closed = format!("\"$@\" {command} | true; exit ${{PIPESTATUS[0]}}");
        let done = house.run_by(&["bash", "-c", &closed, "closed"], &[]);
        assert!(done.status.success(), "{command}: {}", said(&done));
        assert!(!said(&done).contains("panicked"), "{command}: {}", said(&done));
    }
    assert_eq!(super::phase(&house), "switched", "it came to its end");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_chose_to_renew_by_hand_is_told_so_and_not_to_write_what_is_there() {
    let house = house("").await;
    let told = said(&house.run(&["doctor"]));
    assert!(told.contains("credentials.automatic.enabled = false"), "{told}");
    assert!(!told.contains("[credentials] を設定してください"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_that_does_not_answer_is_told_in_words_with_what_to_do() {
    let house = house("").await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
    let nobody = nobody.expect("a free port");
    house.configure(|text| {
        let login = text.lines().find(|line| line.starts_with("\"login."));
        let login = login.expect("where Entra answers").to_owned();
        text.replace(&login, &format!("\"login.microsoftonline.com\" = \"{nobody}\""))
    });
    let plan = house.run(&["credentials", "plan"]);
    let told = said(&plan);
    assert!(!plan.status.success(), "{told}");
    let line = told.lines().find(|line| line.starts_with("provisioning-flow: "));
    let line = line.unwrap_or_else(|| panic!("no line: {told}"));
    assert!(
        line.contains("ネットワークとプロキシを確かめて") && !line.contains("Transient"),
        "{line}"
    );
}
