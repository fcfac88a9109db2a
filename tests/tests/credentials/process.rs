//! What is left of the product's memory when a process dies, and what everybody on the machine sees of each of its
//! processes: arguments and environment.

use e2e::house::House;
use e2e::registration::said;

use super::{A_DAY, house, kept, msal, renew};

/// A vault's program: it prints the master key, and writes down its own limits, arguments and environment, and those of
/// whoever called it, as far as they are to be read.
const VAULT: &str = concat!(
    "cat /proc/self/limits >> $0/vault.log; ",
    r#"tr "\0" " " < /proc/$$/cmdline >> $0/vault.log; echo >> $0/vault.log; "#,
    r#"tr "\0" "\n" < /proc/$$/environ >> $0/vault.log; "#,
    r#"tr "\0" " " < /proc/$PPID/cmdline >> $0/caller.log; echo >> $0/caller.log; "#,
    r#"tr "\0" "\n" < /proc/$PPID/environ >> $0/caller.log; "#,
    "cat $0/master.key",
);

fn read(file: &str) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Neither now nor by its own wish later.
fn is_never_dumped(limits: &str) -> bool {
    let mut lines = limits.lines();
    let core = lines.find_map(|line| line.strip_prefix("Max core file size"));
    core.is_some_and(|line| line.split_whitespace().take(2).eq(["0", "0"]))
}

fn take_the_key_from_a_vault(house: &House) {
    let folder = house.folder.path().display();
    let vault = format!("{{ command = ['sh', '-c', '{VAULT}', '{folder}'] }}");
    house.configure(|text| text.replace("{ file = \"master.key\" }", &vault));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_process_is_ever_dumped_and_none_has_a_secret_among_its_arguments_or_in_its_environment() {
    let mut house = house("secret = true").await;
    take_the_key_from_a_vault(&house);
    renew(&house);
    let secret = house.file("secret.txt");
    for command in [
        &["credentials", "rewrap"][..],
        &["credentials", "secret", &secret],
    ] {
        let done = house.run(command);
        assert!(done.status.success(), "{command:?}: {}", said(&done));
    }
    house.serve().await;
    let setup = house.run(&["setup"]);
    assert!(setup.status.success(), "{}", said(&setup));
    // The service itself takes the old one out, and proves itself by the new one.
    house.tenant.advance(A_DAY).expect("the clock moves");
    super::until_phase(&house, "removed").await;
    let process = house.process().expect("it serves");
    let limits = read(&format!("/proc/{process}/limits"));
    assert!(is_never_dumped(&limits), "serve: {limits}");
    let vault = read(&house.file("vault.log"));
    assert!(is_never_dumped(&vault), "what it starts: {vault}");
    let callers = read(&house.file("caller.log"));
    for process in ["credentials renew --by", "credentials rewrap", " serve "] {
        assert!(callers.contains(process), "{process}: {callers}");
    }
    assert!(vault.contains("\nPATH="), "the vault's own environment: {vault}");
    let arguments = read(&format!("/proc/{process}/cmdline")).replace('\0', " ");
    assert!(arguments.ends_with("serve "), "{arguments}");
    let mut certificate: Vec<String> = msal::first_pem(&house).await.lines().map(str::to_owned).collect();
    certificate.retain(|line| !line.starts_with('-'));
    certificate.push(read(&secret));
    for (place, seen) in [("vault", &vault), ("callers", &callers), ("serve", &arguments)] {
        house.assert_hides(place, seen.as_bytes(), &certificate);
    }
    // The look itself: it finds what stands there.
    let leak = format!("{vault}{}", read(&house.file("master.key")));
    let found = std::panic::AssertUnwindSafe(|| house.assert_hides("leak", leak.as_bytes(), &[]));
    assert!(
        std::panic::catch_unwind(found).is_err(),
        "the master key is found"
    );
    // As a log it is searched for every other secret when the house is taken down, as that of the vault is.
    std::fs::write(house.file("arguments.log"), arguments).expect("a file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_in_a_variable_is_not_handed_on_to_the_command_that_gives_another() {
    let house = house("").await;
    let former = read(&house.file("master.key"));
    renew(&house);
    std::fs::rename(house.file("master.key"), house.file("former.key")).expect("the key is moved");
    let made = house.run(&["credentials", "master-key", &house.file("master.key")]);
    assert!(made.status.success(), "{}", said(&made));
    take_the_key_from_a_vault(&house);
    house.configure(|text| {
        let former = "former_master_keys = [{ environment = \"PF_FORMER_KEY\" }]\n[credentials.automatic]\n";
        text.replace("[credentials.automatic]\n", former)
    });
    let mut rewrap = house.command(&["credentials", "rewrap"]);
    let rewrap = rewrap
        .env("PF_FORMER_KEY", former.trim())
        .output()
        .expect("it runs");
    assert!(rewrap.status.success(), "{}", said(&rewrap));
    let lies_under = kept::first(&house).await.master;
    assert!(
        said(&rewrap).contains(&format!("1 件をマスターキー {lies_under} の下に")),
        "{}",
        said(&rewrap)
    );
    let vault = read(&house.file("vault.log"));
    assert!(
        vault.contains("\nPATH=") && !vault.contains("PF_FORMER_KEY"),
        "{vault}"
    );
}
