//! A database that an earlier version made: everybody on the machine could read it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use e2e::house::{House, Wishes};
use e2e::registration::said;

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
const TOLD: &str = "mode 0600";

fn files(house: &House) -> Vec<PathBuf> {
    let names = ["flow.sqlite", "flow.sqlite-wal", "flow.sqlite-shm"];
    let files = names.map(|name| house.folder.path().join(name));
    files.into_iter().filter(|file| file.exists()).collect()
}

fn modes(house: &House) -> Vec<u32> {
    let mode = |file: PathBuf| fs::metadata(file).expect("a file").permissions().mode() & 0o777;
    files(house).into_iter().map(mode).collect()
}

fn open(house: &House, mode: u32) {
    for file in files(house) {
        fs::set_permissions(file, Permissions::from_mode(mode)).expect("other rights");
    }
}

fn is_told(house: &House) -> bool {
    let doctor = said(&house.run(&["doctor"]));
    doctor
        .lines()
        .any(|line| line.contains("database.url") && line.contains("chmod 600"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_everybody_could_read_is_narrowed_and_told_once_and_a_groups_right_stays() {
    let mut house = House::build(BACKEND, Wishes::default()).await;
    let made = house.run(&["migrate"]);
    assert!(
        made.status.success() && !said(&made).contains(TOLD),
        "{}",
        said(&made)
    );
    open(&house, 0o644);
    assert!(is_told(&house), "the doctor changes nothing");
    assert!(modes(&house).contains(&0o644));
    let migrated = house.run(&["migrate"]);
    assert!(migrated.status.success(), "{}", said(&migrated));
    assert!(said(&migrated).contains("flow.sqlite") && said(&migrated).contains(TOLD));
    assert!(
        modes(&house).iter().all(|mode| *mode == 0o600),
        "{:?}",
        modes(&house)
    );
    assert!(!is_told(&house));
    assert!(!said(&house.run(&["migrate"])).contains(TOLD), "once");
    open(&house, 0o644);
    house.serve().await;
    assert!(
        modes(&house).iter().all(|mode| *mode == 0o600),
        "{:?}",
        modes(&house)
    );
    assert_eq!(modes(&house).len(), 3, "with all that lies beside it");
    assert!(house.log().contains(TOLD), "{}", house.log());
    house.kill();
    open(&house, 0o640);
    let migrated = house.run(&["migrate"]);
    assert!(migrated.status.success() && !said(&migrated).contains(TOLD));
    assert!(
        modes(&house).contains(&0o640),
        "somebody gave it: {:?}",
        modes(&house)
    );
    open(&house, 0o600);
}
