//! What `setup app` says.

use url::Url;

use super::NAME;
use super::certificate::{Certificate, Held};
use super::site_grant::Written;
use crate::setup::{Mode, Words};

pub(crate) fn permissions_title() -> Words {
    Words::new(
        "アプリの登録に必要なアプリケーションの許可(これだけ):",
        "Application permissions that the app registration needs, and no others:",
    )
}

pub(crate) fn consent_words(link: &Url) -> Words {
    Words::new(
        format!("同意(特権ロール管理者またはグローバル管理者。次のリンクを開く。済んでいれば不要): {link}"),
        format!(
            "Consent (a Privileged Role Administrator or Global Administrator opens this link, unless it was given): {link}"
        ),
    )
}

pub(crate) fn certificate_words(certificate: &Certificate) -> Words {
    match certificate {
        Certificate::NotNeeded => Words::new(
            "証明書: 要りません(app.federation を使います)",
            "Certificate: none is needed (app.federation)",
        ),
        Certificate::Planned(file) => Words::new(
            format!("証明書: {} に作ります", file.display()),
            format!("Certificate: {} would be made", file.display()),
        ),
        Certificate::Held(held) => held_words(held),
    }
}

fn held_words(held: &Held) -> Words {
    let Held {
        file,
        public,
        is_public_there,
        is_new,
        thumbprint,
        ends,
    } = held;
    let (ja, en) = if *is_new {
        ("作りました", "made")
    } else {
        ("あります", "is there")
    };
    let (half_ja, half_en) = if *is_public_there {
        ("", "")
    } else {
        (" に作ります", " would be made")
    };
    let (file, public) = (file.display(), public.display());
    Words::new(
        format!("証明書: {file} {ja}(拇印 {thumbprint}、期限 {ends}、公開部分 {public}{half_ja})"),
        format!(
            "Certificate: {file} {en} (thumbprint {thumbprint}, ends {ends}, public half {public}{half_en})"
        ),
    )
}

pub(crate) fn grant_words(written: Written, mode: Mode) -> Words {
    match (written, mode) {
        (Written::Already, _) => Words::new(
            "サイトへの許可: 与えられています。行き渡るまで数分かかることがあります",
            "Site grant: it is there; SharePoint may need some minutes to know it",
        ),
        (_, Mode::Plan) => Words::new(
            "サイトへの許可: アプリ自身が fullcontrol を与えます",
            "Site grant: the app would grant itself fullcontrol",
        ),
        (Written::Granted, Mode::Apply) => Words::new(
            "サイトへの許可: fullcontrol を与えました",
            "Site grant: fullcontrol was granted",
        ),
        (Written::Raised, Mode::Apply) => Words::new(
            "サイトへの許可: fullcontrol に上げました",
            "Site grant: it was raised to fullcontrol",
        ),
    }
}

/// Where the certificate's public half goes.
pub(super) fn upload_words(held: &Held) -> Words {
    let (public, thumbprint) = (held.public.display(), &held.thumbprint);
    Words::new(
        format!(
            "次にすること: {public}(拇印 {thumbprint})を Entra 管理センターの「アプリの登録」→ {NAME} →「証明書とシークレット」→「証明書」でアップロードしてください。反映に数分かかることがあります"
        ),
        format!(
            "Next: upload {public} (thumbprint {thumbprint}) in the Entra admin center: App registrations, {NAME}, Certificates & secrets, Certificates. It may take some minutes until it counts"
        ),
    )
}
