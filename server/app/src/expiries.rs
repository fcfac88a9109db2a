//! Everything of this installation that ends on some day, in one calendar.

pub(crate) mod accesses;
mod gather;
mod handovers;
mod ics;
pub(crate) mod link;
pub(crate) mod subscriptions;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::config::Language;
use crate::setup::Words;
pub(crate) use gather::gather;
pub(crate) use ics::calendar;

/// What ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Ending {
    /// The certificate by which the app proves itself.
    Credential,
    /// Its client secret.
    Secret,
    /// The certificate that a farm trusts.
    Farm,
    /// The certificate of our own pages.
    Server,
    /// A subscription to changes of a list.
    Webhook,
    /// What an application gave until a day.
    Access,
    /// How far the directory was followed: later than this, everybody is read anew.
    DeltaToken,
    /// A one-time link to a password.
    Handover,
    /// What the configuration tells of.
    Own,
}

/// One thing and its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Expiry {
    pub(crate) kind: Ending,
    /// Which one: a thumbprint, an id, the address of a list, the number of an application.
    pub(crate) name: String,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) at: Timestamp,
    /// Where a whole day is told and no moment: that day in the company's zone.
    #[serde(skip)]
    pub(crate) on: Option<Date>,
    /// Whether this service renews it without anybody.
    pub(crate) by_itself: bool,
}

impl Expiry {
    pub(crate) fn words(&self) -> Words {
        match self.kind {
            Ending::Credential => Words::new("アプリの証明書", "the app's certificate"),
            Ending::Secret => Words::new("アプリのシークレット", "the app's secret"),
            Ending::Farm => Words::new(
                "SharePoint Server が信頼する証明書",
                "the certificate that SharePoint Server trusts",
            ),
            Ending::Server => Words::new("この製品のページの証明書", "the certificate of our own pages"),
            Ending::Webhook => Words::new("Webhook の登録", "a webhook subscription"),
            Ending::Access => Words::new("申請の有効期限", "what an application gave"),
            Ending::DeltaToken => Words::new(
                "ディレクトリの変更をたどる位置(デルタ トークン)",
                "a place in the changes of the directory (delta token)",
            ),
            Ending::Handover => Words::new("パスワードの一度限りのリンク", "a one-time link to a password"),
            Ending::Own => Words::new("設定ファイルの期限", "an end of the configuration"),
        }
    }

    /// What a calendar shows of it: what people named themselves, by their name.
    pub(crate) fn title(&self, language: Language) -> String {
        match self.kind {
            Ending::Own => self.name.clone(),
            _ => self.words().in_language(language).to_owned(),
        }
    }

    /// One line for people.
    pub(crate) fn line(&self, language: Language, now: Timestamp) -> String {
        let words = self.words();
        let what = words.in_language(language);
        let who = match (language, self.by_itself, self.at <= now) {
            (Language::Ja, true, _) => "自動更新",
            (Language::Ja, false, false) => "手作業",
            (Language::Ja, false, true) => "期限切れ、手作業",
            (Language::En, true, _) => "renews itself",
            (Language::En, false, false) => "by hand",
            (Language::En, false, true) => "ran out, by hand",
        };
        let end = match self.on {
            Some(day) => day.to_string(),
            None => format!("{:.0}", self.at),
        };
        format!("{end}  {what}  {}  ({who})", self.name)
    }
}
