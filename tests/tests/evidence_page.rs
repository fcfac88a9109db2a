//! The page that checks evidence, in a real browser, with the package of a whole job.

use std::path::Path;
use std::process::Command;

use e2e::hire;
use e2e::house::Wishes;

const NUMBER: &str = "USR-2026-00001";

#[tokio::test(flavor = "multi_thread")]
async fn x17_x18_the_page_proves_a_package_and_names_a_changed_byte_and_a_rewritten_chain() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = root.join("server/app/evidence/verify.html");
    assert!(page.exists(), "run first: scripts/build-wasm evidence");
    let mut watch = hire::open(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    hire::carry_through(&mut watch).await;
    watch.quiet().await;
    let file = watch.house.folder.path().join("package.json");
    let out = file.display().to_string();
    let exported = watch
        .house
        .run(&["evidence", "export", "--application", NUMBER, "--out", &out]);
    assert!(exported.status.success(), "{exported:?}");
    let clients = root.join("tests/clients");
    let ran = Command::new("node")
        .arg(clients.join("evidence.mjs"))
        .args([&page, &file])
        .current_dir(&clients)
        .output()
        .expect("node runs");
    let said = String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned();
    assert!(ran.status.success() && said.contains("4 passed"), "{said}");
}
