//! What other programs must know of the tenant, as shell exports.

use std::path::Path;

use crate::directory::{Directory, User};
use crate::seed::{ALMIGHTY, EVERYDAY, OURS, SENDER, SITE, SPE_E3, certificate_file};
use crate::shell::Running;

/// People that programs may work with.
const PEOPLE: usize = 3;

/// One `export NAME='value'` a line. Certificates are named by their files; nothing here is secret.
pub(crate) fn exports(running: &Running, data: &Path) -> String {
    let names = &running.world.names;
    let tenant = running.world.tenant();
    let directory = &tenant.directory;
    let certificate = |name: &str| certificate_file(data, name).display().to_string();
    let mut all = vec![
        ("TENANT_ID".to_owned(), names.id.to_string()),
        ("TENANT_DOMAIN".to_owned(), names.domain.clone()),
        ("CLIENT_ID".to_owned(), client_id(directory, ALMIGHTY)),
        ("CERT_PEM".to_owned(), certificate("almighty")),
        ("WRONG_CERT_PEM".to_owned(), certificate("wrong")),
        ("APP_CLIENT_ID".to_owned(), client_id(directory, OURS)),
        ("APP_CERT_PEM".to_owned(), certificate("app")),
        ("CA_FILE".to_owned(), data.join("ca.pem").display().to_string()),
        (
            "CLOCK_OFFSET_FILE".to_owned(),
            data.join("clock-offset").display().to_string(),
        ),
        (
            "SITE_URL".to_owned(),
            format!("https://{}.sharepoint.com{SITE}", names.name),
        ),
        (
            "ADMIN_URL".to_owned(),
            format!("https://{}-admin.sharepoint.com", names.name),
        ),
        ("GROUP_ID".to_owned(), group_id(directory, EVERYDAY[0])),
        ("SKU_ID".to_owned(), SPE_E3.to_string()),
        ("SENDER".to_owned(), format!("{SENDER}@{}", names.domain)),
        (
            "CONTROL_URL".to_owned(),
            format!("http://{}", running.control_address),
        ),
        ("LISTEN".to_owned(), running.address.to_string()),
    ];
    if let Some(farm) = running.world.farm() {
        all.push(("SERVER_URL".to_owned(), format!("https://{}{SITE}", farm.host)));
        all.push(("SERVER_REALM".to_owned(), farm.realm.to_string()));
    }
    for (at, person) in people(directory).enumerate() {
        all.push((format!("USER_{}", at + 1), person.user_principal_name.clone()));
        all.push((format!("USER_{}_ID", at + 1), person.id.0.to_string()));
    }
    all.iter().map(|(name, value)| line(name, value)).collect()
}

fn line(name: &str, value: &str) -> String {
    format!("export {name}='{}'\n", value.replace('\'', r"'\''"))
}

fn client_id(directory: &Directory, name: &str) -> String {
    let mut apps = directory.apps.values();
    let found = apps.find(|app| app.display_name == name);
    found.map(|app| app.app_id.0.to_string()).unwrap_or_default()
}

fn group_id(directory: &Directory, name: &str) -> String {
    let mut groups = directory.groups.values();
    let found = groups.find(|group| group.display_name == name);
    found.map(|group| group.id.0.to_string()).unwrap_or_default()
}

/// Staff who can sign in, in order of id.
fn people(directory: &Directory) -> impl Iterator<Item = &User> {
    let staff = directory.users.values();
    staff.filter(|person| person.account_enabled).take(PEOPLE)
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_value_cannot_leave_its_quotes() {
        assert_eq!(line("A", "it's; rm"), "export A='it'\\''s; rm'\n");
    }
}
