//! The tenant as a program of its own.

use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

fn tenant(folder: &Path, control: &str) -> io::Result<Child> {
    Command::new(env!("CARGO_BIN_EXE_dev-tenant"))
        .args(["--listen", "127.0.0.1:0", "--control", control])
        .arg("--data")
        .arg(folder.join("data"))
        .arg("--env-file")
        .arg(folder.join("tenant.env"))
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

#[tokio::test]
async fn it_says_where_its_parts_are_and_stops_when_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let env_file = folder.path().join("tenant.env");
    let mut child = tenant(folder.path(), "127.0.0.1:0").unwrap();
    let mut ticks = tokio::time::interval(Duration::from_millis(20));
    while !env_file.exists() {
        assert_eq!(child.try_wait().unwrap(), None, "it ended before it was ready");
        ticks.tick().await;
    }
    let script = format!(
        ". {} && test -s \"$CERT_PEM\" -a -s \"$WRONG_CERT_PEM\" -a -s \"$APP_CERT_PEM\" -a -s \"$CA_FILE\" && \
         echo \"$TENANT_DOMAIN $SITE_URL $USER_1 $USER_2 $USER_3 $CONTROL_URL\"",
        env_file.display()
    );
    let shown = Command::new("sh").args(["-c", &script]).output().unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    let words: Vec<&str> = shown.split_whitespace().collect();
    let site = "https://contoso.sharepoint.com/sites/flow";
    assert_eq!(words[..2], ["contoso.onmicrosoft.com", site]);
    let upn = |word: &&str| word.ends_with("@contoso.onmicrosoft.com");
    assert!(words[2..5].iter().all(upn), "{words:?}");
    let clock = reqwest::get(format!("{}/clock", words[5])).await.unwrap();
    assert_eq!(clock.status(), 200);

    let told = Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(told.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn it_does_not_start_with_its_control_in_the_open() {
    let folder = tempfile::tempdir().unwrap();
    let ended = tenant(folder.path(), "0.0.0.0:0").unwrap().wait().unwrap();
    assert_eq!(ended.code(), Some(1));
    assert!(!folder.path().join("tenant.env").exists());
}
