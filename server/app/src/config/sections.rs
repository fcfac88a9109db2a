//! What may stand in the configuration file, section by section.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use m365::Realm;
use serde::Deserialize;
use url::Url;
use uuid::Uuid;

use super::{Credentials, Deletions, Destination, Federation};

/// The whole file. Relative paths are relative to the folder of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where all of it was read.
    #[serde(skip)]
    pub file: Option<PathBuf>,
    pub tenant: Tenant,
    pub app: App,
    pub site: Site,
    /// Present: the site is one of SharePoint Server.
    pub farm: Option<Farm>,
    pub server: Server,
    pub database: Database,
    /// Present: what proves the app can be renewed.
    pub credentials: Option<Credentials>,
    pub evidence: Evidence,
    pub mail: Mail,
    pub people: People,
    #[serde(default)]
    pub calendar: Calendar,
    #[serde(default)]
    pub organisation: Organisation,
    /// Present: Outlook is asked whether people who are to decide are away, and deputies are proposed.
    pub absences: Option<Absences>,
    #[serde(default)]
    pub timing: Timing,
    #[serde(default)]
    pub scopes: Scopes,
    #[serde(default)]
    pub deletions: Deletions,
    #[serde(default)]
    pub nightly: Nightly,
    #[serde(default)]
    pub attachments: Attachments,
    /// By name: other systems that workflows may ask for something. Nothing is sent anywhere else.
    #[serde(default)]
    pub actions: BTreeMap<String, Destination>,
    #[serde(default)]
    pub licences: super::Licences,
    #[serde(default)]
    pub naming: super::Naming,
    /// What else ends on some day: the registration of a domain, say.
    #[serde(default)]
    pub expiries: Vec<super::OwnExpiry>,
    #[serde(default)]
    pub network: Network,
}

/// The Microsoft 365 tenant.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tenant {
    pub id: Uuid,
    /// The domain that new accounts get, e.g. `contoso.onmicrosoft.com`.
    pub domain: String,
}

/// Our app registration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    pub client_id: Uuid,
    /// PEM file with the private key and the certificate that Entra knows; the first credential.
    pub certificate: Option<PathBuf>,
    /// A token of another issuer proves the app instead.
    pub federation: Option<Federation>,
    /// Client ids that may read by our API with a person's token (`azp`): the tenant's SPFx principal.
    #[serde(default)]
    pub allowed_clients: Vec<Uuid>,
    /// Client ids that may read and decide by our API with a person's token of scope `decide`; none of the above.
    #[serde(default)]
    pub deciding_clients: Vec<Uuid>,
}

/// The workflow site.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    pub url: Url,
    /// Folder with the definitions of the workflows (`*.json`) that are offered instead of the shipped ones.
    pub workflows: Option<PathBuf>,
}

/// Reading automatic replies. Needs the application permission `MailboxSettings.Read`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Absences {
    /// Seconds between two readings of one mailbox.
    pub every: u32,
}

impl Default for Absences {
    fn default() -> Self {
        Self { every: 3_600 }
    }
}

/// The company's days off and hours of business.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Calendar {
    /// A file as `manifests/calendar.json`; absent: that one.
    pub file: Option<PathBuf>,
}

/// What the company itself says of its organisation, beside the directory. Read whenever a route is found.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Organisation {
    /// Posts with rank and days, and units with those above them; absent: department and title of the directory.
    pub file: Option<PathBuf>,
    /// Folder with the master tables (`*.csv`, `*.json`) that routes look into, each under the name of its file.
    pub masters: Option<PathBuf>,
}

/// SharePoint Server, which takes tokens that we sign ourselves. Accounts, licences and mail stay with Entra and
/// Graph.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Farm {
    /// Id under which the farm trusts us to issue tokens (`New-SPTrustedSecurityTokenIssuer`).
    pub issuer: Uuid,
    /// PEM file with the private key and the certificate that the farm trusts.
    pub certificate: PathBuf,
    /// What `Get-SPAuthenticationRealm` says; the farm is asked when it is absent.
    pub realm: Option<Realm>,
    /// Claims login of the administrators' group in Active Directory, e.g. `c:0+.w|s-1-5-21-…`.
    pub administrators: String,
    /// NetBIOS name of the Windows domain whose accounts are synchronised to Entra, e.g. `CONTOSO`.
    pub domain: String,
}

/// Our own server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub listen: SocketAddr,
    /// The address under which browsers and SharePoint reach us (https, port 443).
    pub public_url: Url,
    /// Absent behind a proxy that ends TLS.
    pub tls: Option<Tls>,
    /// Where `/metrics` is served, without TLS and without sign-in: an address that only monitoring reaches. Absent:
    /// nowhere.
    pub metrics: Option<SocketAddr>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite://file` (relative to the configuration file) or `postgres://…`.
    pub url: String,
    /// What people wrote lies encrypted in it, under a key that the master key of `credentials` wraps.
    #[serde(default)]
    pub encrypted: bool,
}

impl Database {
    /// Whether the address holds one in the clear.
    pub fn has_password(&self) -> bool {
        let in_query = |url: &Url| url.query_pairs().any(|(name, _)| name == "password");
        Url::parse(&self.url).is_ok_and(|url| url.password().is_some() || in_query(&url))
    }
}

/// The key that signs journal heads. Kept apart from database and lists.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// PEM file with an Ed25519 private key; made by the first `setup` when absent.
    pub key: PathBuf,
    /// The page that checks packages (`verify.html`), to be served at `/evidence`; absent: it is not served.
    pub page: Option<PathBuf>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The mailbox that sends; Exchange should restrict the app to it.
    pub sender: String,
    #[serde(default)]
    pub language: Language,
    /// Whether whoever decided in a list is told that it was recorded.
    #[serde(default = "yes")]
    pub tell_deciders: bool,
    /// Folder with texts (`ja/decide.txt`, `en/decide.txt`, …) that take the place of the shipped ones.
    pub templates: Option<PathBuf>,
    /// When people who wish one mail a day get it: local time on business days of the company's calendar.
    #[serde(default = "morning")]
    pub digest: jiff::civil::Time,
}

fn morning() -> jiff::civil::Time {
    jiff::civil::time(8, 30, 0, 0)
}

fn yes() -> bool {
    true
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Ja,
    En,
}

impl Language {
    /// As in addresses and names of folders.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// That of a language tag such as `en-US` (BCP 47), if it is one of ours.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        [Self::Ja, Self::En]
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.word()))
    }

    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Ja => Self::En,
            Self::En => Self::Ja,
        }
    }
}

impl From<Language> for forms::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Ja => Self::Ja,
            Language::En => Self::En,
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Object id of the security group whose members administer and audit.
    pub administrators: Uuid,
    /// SharePoint login of those who may apply; the default is everyone except external users.
    pub participants: Option<String>,
}

/// Seconds; every value has a default.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Timing {
    /// How long a step token must have stood before an edit without 判断対象 (EditForm) counts.
    pub standing: u32,
    /// How often the lists are walked although no webhook came.
    pub walk: u32,
    /// How often masters (licences, groups) are read from the tenant.
    pub masters: u32,
    /// How often a row of our own is changed in the inbox, to see whether its webhook comes back.
    pub heartbeat: u32,
    /// How often the directory is asked which people changed.
    pub people: u32,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            standing: 300,
            walk: 180,
            masters: 900,
            heartbeat: 900,
            people: 180,
        }
    }
}

/// The nightly comparison of SharePoint with our rows.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Nightly {
    /// Local time of day.
    pub at: jiff::civil::Time,
    /// Time zone of `at`, e.g. `Asia/Tokyo`.
    pub zone: String,
    /// Items that are compared between two savings of the progress.
    pub page: u16,
    /// So many requests to adopt what nobody answers for are opened by one night's search; 0: none.
    pub adoptions: u16,
}

impl Nightly {
    /// `None`: no zone has this name.
    pub fn zone(&self) -> Option<TimeZone> {
        TimeZone::get(&self.zone).ok()
    }
}

impl Default for Nightly {
    fn default() -> Self {
        Self {
            at: jiff::civil::time(2, 0, 0, 0),
            zone: "UTC".into(),
            page: 100,
            adoptions: 20,
        }
    }
}

/// The budget of unique permission scopes: how many a list of applications may hold.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scopes {
    /// A list never holds more. Microsoft recommends 5,000; the limit is [`Scopes::LIMIT`].
    pub cap: u32,
    /// Percent of the cap from which on `doctor` warns.
    pub warn: u32,
    /// Percent of the cap at which the next list is opened and closed applications are folded.
    pub roll: u32,
}

impl Scopes {
    /// "SharePoint limits", unique security scopes per list or library.
    pub const LIMIT: u32 = 50_000;

    /// Scopes from which on `doctor` warns.
    pub fn warn_mark(&self) -> i64 {
        self.percent(self.warn)
    }

    /// Scopes at which the next list is opened.
    pub fn roll_mark(&self) -> i64 {
        self.percent(self.roll)
    }

    fn percent(&self, percent: u32) -> i64 {
        (i64::from(self.cap) * i64::from(percent) / 100).max(1)
    }
}

impl Default for Scopes {
    fn default() -> Self {
        Self {
            cap: 5_000,
            warn: 70,
            roll: 90,
        }
    }
}

/// SharePoint takes no larger attachment of a list item ("SharePoint limits": 250 MB).
pub const SHAREPOINT_MAX_MB: u32 = 250;

/// What may be attached to an application. 1 MB = 1,048,576 bytes.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Attachments {
    /// The largest file; at most [`SHAREPOINT_MAX_MB`].
    pub max_file_mb: u32,
    /// All files of a submission; they are held in memory while they are taken.
    pub max_total_mb: u32,
    pub max_files: u32,
    /// Ends of names, without the dot, of what is not taken.
    pub refused_types: Vec<String>,
}

/// What Windows or a browser would run.
const REFUSED_TYPES: &str = "ade adp app appref-ms appx appxbundle bat cer chm cmd com cpl crt diagcab dll dmg \
exe gadget grp hta img inf ins iso isp jar jnlp js jse ksh lnk mad maf mag mam maq mar mas mat mau mav maw mcf mda \
mdb mde mdt mdw mdz msc msh msh1 msh2 mshxml msh1xml msh2xml msi msix msp mst msu ops osd pcd pif pl plg prf prg \
printerexport ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psm1 pst py pyc pyo pyw pyz pyzw reg scf scr sct settingcontent-ms \
sh shb shs theme udl url vb vbe vbp vbs vhd vhdx vsmacros vsw wasm webpnp website ws wsc wsf wsh xbap xll xnk";

impl Default for Attachments {
    fn default() -> Self {
        Self {
            max_file_mb: 20,
            max_total_mb: 60,
            max_files: 20,
            refused_types: REFUSED_TYPES.split_whitespace().map(str::to_owned).collect(),
        }
    }
}

/// For a tenant that is not the real one: how to reach it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Network {
    /// The only certificate authority to trust (PEM) instead of the system's.
    pub ca_file: Option<PathBuf>,
    /// Host name -> address.
    pub resolve: BTreeMap<String, SocketAddr>,
    /// File with the offset of the dev tenant's clock in milliseconds.
    pub clock_offset: Option<PathBuf>,
}
