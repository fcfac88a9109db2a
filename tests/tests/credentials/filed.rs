//! Years later: whether a report that was filed is as it was signed.

use e2e::house::House;
use e2e::registration::said;

use super::{house, renew};

fn checked(house: &House, name: &str, text: &str) -> (bool, String) {
    house.keep(name, text);
    let done = house.run(&["credentials", "report", "--verify", &house.file(name)]);
    (done.status.success(), said(&done))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filed_report_is_checked_and_what_was_changed_in_it_is_named() {
    let house = house("").await;
    renew(&house);
    for (name, arguments, honest, forged) in [
        ("renewal.txt", &[][..], "実行者: a test", "実行者: nobody"),
        (
            "renewal.json",
            &["--format", "json"],
            "\"by\": \"a test\",\n  \"phase\"",
            "\"by\": \"nobody\",\n  \"phase\"",
        ),
    ] {
        let report = house.run(&[&["credentials", "report"], arguments].concat());
        let report = String::from_utf8(report.stdout).expect("text");
        assert!(report.contains(honest), "{report}");
        let (is_right, told) = checked(&house, name, &report);
        assert!(is_right && told.contains("署名したときのまま"), "{told}");
        let (is_right, told) = checked(&house, name, &report.replace(honest, forged));
        assert!(
            !is_right && told.contains("nobody") && told.contains("a test"),
            "{told}"
        );
    }
    let report = String::from_utf8(house.run(&["credentials", "report"]).stdout).expect("text");
    let proven = |line: &&str| line.ends_with("  検証を終えた");
    let without: Vec<_> = report.lines().filter(|line| !proven(line)).collect();
    assert_eq!(without.len() + 1, report.lines().count(), "{report}");
    let (is_right, told) = checked(&house, "shorter.txt", &without.join("\n"));
    assert!(
        !is_right && told.contains("ファイルにありません") && told.contains("検証を終えた"),
        "{told}"
    );
    assert!(!told.contains("SHA-256") && !told.contains("Ed25519"), "{told}");
    let (is_right, told) = checked(&house, "another.txt", "something else\n");
    assert!(!is_right && told.contains("something else"), "{told}");
}
