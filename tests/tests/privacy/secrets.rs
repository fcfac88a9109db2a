//! A test in which a secret leaks fails, whatever it is about.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use e2e::house::{House, Wishes};

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");

/// A house with one token that its product got, and that token.
async fn house() -> (House, String) {
    let house = House::build(BACKEND, Wishes::default()).await;
    house.run(&["setup"]);
    let token = house.tenant.secrets().pop().expect("a token");
    (house, token)
}

fn told_at_the_end(house: House) -> String {
    let end = catch_unwind(AssertUnwindSafe(|| drop(house)));
    let panic = end.expect_err("the leak is not noticed");
    panic.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_in_a_log_a_database_or_the_directory_fails_the_test_it_leaks_in() {
    for file in ["serve.log", "flow.sqlite-wal"] {
        let (house, token) = house().await;
        let line = format!("sent with Bearer {token}");
        fs::write(house.folder.path().join(file), line).expect("a file");
        let told = told_at_the_end(house);
        assert!(told.contains(file) && !told.contains(&token), "{told}");
    }
    let (house, token) = house().await;
    {
        let mut tenant = house.world().tenant();
        let person = tenant.directory.users.values_mut().next();
        let properties = &mut person.expect("one of the staff").properties;
        properties.insert("officeLocation".to_owned(), token.into());
    }
    assert!(told_at_the_end(house).contains("the directory"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_a_database_or_a_secret_that_others_may_read_fails_the_test_too() {
    let (house, token) = house().await;
    let folder = house.folder.path();
    fs::write(folder.join("handed-on.txt"), format!("Bearer {token}")).expect("a file");
    let files = [
        "server.key",
        "tenant/app.pem",
        "flow.sqlite",
        "handed-on.txt",
        "server.crt",
    ];
    for file in files {
        fs::set_permissions(folder.join(file), Permissions::from_mode(0o640)).expect("other rights");
    }
    let told = told_at_the_end(house);
    for file in files {
        let is_public = file == "server.crt";
        assert_eq!(told.contains(file), !is_public, "{file}: {told}");
    }
}
