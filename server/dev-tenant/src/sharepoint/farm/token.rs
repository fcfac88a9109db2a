//! High-trust tokens: what an add-in signs itself, by a certificate that the farm was told to believe.

use openssl::asn1::Asn1Time;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::sign::Verifier;
use openssl::x509::X509Ref;
use uuid::Uuid;

use super::Farm;
use super::accounts::{ACTIVE_DIRECTORY, by_sid};
use super::trust::Issuer;
use crate::call::Call;
use crate::caller::{AppCaller, Caller, Channel, PersonCaller};
use crate::directory::{AppId, ObjectId};
use crate::entra::jws::{Jws, decode};
use crate::sharepoint::state::ids::SiteId;
use crate::sharepoint::state::people::GrantRole;
use crate::world::World;

/// The principal of SharePoint itself in tokens.
pub(super) const SHAREPOINT: &str = "00000003-0000-0ff1-ce00-000000000000";
/// By so many seconds the add-in's clock may be ahead.
const SKEW: f64 = 300.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("There is no token.")]
    Missing,
    #[error("The token is malformed.")]
    Malformed,
    #[error("The issuer of the token is not a trusted issuer.")]
    Issuer,
    #[error("The token has an invalid signature.")]
    Signature,
    #[error("The certificate of the issuer is not within its validity.")]
    Certificate,
    #[error("The token is for another audience.")]
    Audience,
    #[error("The token is expired or not valid yet.")]
    Lifetime,
    #[error("The actor token does not fit its use.")]
    Delegation,
    #[error("The user of the token is not known.")]
    User,
    #[error("The add-in principal has no right here.")]
    NoRight,
    #[error("The add-in may not act without a user.")]
    AppOnly,
}

/// Who calls; `site` is the one that the call's path leads to.
pub(super) fn verify(
    world: &World,
    farm: &Farm,
    call: &Call,
    site: Option<SiteId>,
) -> Result<Caller, Refusal> {
    let text = bearer(call)
        .filter(|text| !text.is_empty())
        .ok_or(Refusal::Missing)?;
    let jws = Jws::parse(text).ok_or(Refusal::Malformed)?;
    let check = Check { world, farm, call };
    if jws.header["alg"] != "none" {
        let client = check.actor(&jws, false)?;
        return app(farm, client, site);
    }
    if !jws.signature.is_empty() {
        return Err(Refusal::Malformed);
    }
    let actor = Jws::parse(jws.text("actortoken")).ok_or(Refusal::Malformed)?;
    let client = check.actor(&actor, true)?;
    check.audience(&jws)?;
    check.lifetime(&jws)?;
    if check.named(&jws, "iss") != Some(client) || jws.text("nii") != ACTIVE_DIRECTORY {
        return Err(Refusal::Issuer);
    }
    let person = by_sid(&world.tenant().directory, jws.text("nameid")).map(|user| user.id);
    person_by(farm, client, site, person.ok_or(Refusal::User)?)
}

/// What stands behind `Bearer`, perhaps nothing; `None` without such a header.
pub(super) fn bearer(call: &Call) -> Option<&str> {
    let header = call.header("authorization")?.trim();
    let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

struct Check<'a> {
    world: &'a World,
    farm: &'a Farm,
    call: &'a Call,
}

impl Check<'_> {
    /// Believes a token signed by a trusted issuer; the client id that it speaks for.
    fn actor(&self, jws: &Jws<'_>, delegated: bool) -> Result<Uuid, Refusal> {
        let id = self.named(jws, "iss").ok_or(Refusal::Issuer)?;
        let issuer = self
            .farm
            .trust()
            .issuers
            .get(&id)
            .cloned()
            .ok_or(Refusal::Issuer)?;
        if jws.header["alg"] != "RS256"
            || jws.header["typ"] != "JWT"
            || !signed(&issuer, jws).unwrap_or(false)
        {
            return Err(Refusal::Signature);
        }
        if !self.in_validity(&issuer.certificate).unwrap_or(false) {
            return Err(Refusal::Certificate);
        }
        self.audience(jws)?;
        self.lifetime(jws)?;
        let claim = &jws.claims["trustedfordelegation"];
        if delegated != (claim == "true" || claim == true) {
            return Err(Refusal::Delegation);
        }
        let client = self.named(jws, "nameid").ok_or(Refusal::Malformed)?;
        if client == id || issuer.is_trust_broker {
            Ok(client)
        } else {
            Err(Refusal::Issuer)
        }
    }

    /// The GUID of `{guid}@{realm}`, in lower case as it must be.
    fn named(&self, jws: &Jws<'_>, claim: &str) -> Option<Uuid> {
        let (guid, realm) = jws.text(claim).split_once('@')?;
        let id = Uuid::try_parse(guid).ok()?;
        (realm == self.farm.realm.to_string() && guid == id.to_string()).then_some(id)
    }

    fn audience(&self, jws: &Jws<'_>) -> Result<(), Refusal> {
        let (host, realm) = (&self.farm.host, self.farm.realm);
        let authority = self.call.header("host").unwrap_or(host);
        let known = [host.as_str(), &format!("{host}:443"), authority];
        let ours = known
            .iter()
            .any(|at| jws.text("aud") == format!("{SHAREPOINT}/{at}@{realm}"));
        if ours { Ok(()) } else { Err(Refusal::Audience) }
    }

    fn lifetime(&self, jws: &Jws<'_>) -> Result<(), Refusal> {
        let now = self.world.clock.now().as_duration().as_secs_f64();
        // Microsoft's sample writes the seconds as text.
        let seconds = |claim: &str| {
            let value = &jws.claims[claim];
            value.as_f64().or_else(|| value.as_str()?.parse().ok())
        };
        let begun = seconds("nbf").is_some_and(|nbf| nbf <= now + SKEW);
        let lasts = seconds("exp").is_some_and(|exp| now < exp);
        if begun && lasts {
            Ok(())
        } else {
            Err(Refusal::Lifetime)
        }
    }

    fn in_validity(&self, certificate: &X509Ref) -> Result<bool, ErrorStack> {
        let now = Asn1Time::from_unix(self.world.clock.now().as_second())?;
        Ok(certificate.not_before() <= now.as_ref() && certificate.not_after() > now.as_ref())
    }
}

fn signed(issuer: &Issuer, jws: &Jws<'_>) -> Result<bool, ErrorStack> {
    let print = jws.header["x5t"].as_str().and_then(decode).unwrap_or_default();
    if *issuer.certificate.digest(MessageDigest::sha1())? != *print {
        return Ok(false);
    }
    let key = issuer.certificate.public_key()?;
    let mut verifier = Verifier::new(MessageDigest::sha256(), &key)?;
    verifier.verify_oneshot(&jws.signature, jws.input.as_bytes())
}

/// What the add-in may do on the site; on no site at all it may at least be told so.
fn right(farm: &Farm, client: Uuid, site: Option<SiteId>) -> Result<(String, GrantRole, bool), Refusal> {
    let trust = farm.trust();
    let add_in = trust.add_ins.get(&AppId(client)).ok_or(Refusal::NoRight)?;
    let right = match site {
        Some(site) => add_in.right(site),
        None => Some(GrantRole::Read),
    };
    Ok((
        add_in.title.clone(),
        right.ok_or(Refusal::NoRight)?,
        add_in.app_only,
    ))
}

fn app(farm: &Farm, client: Uuid, site: Option<SiteId>) -> Result<Caller, Refusal> {
    let (title, right, app_only) = right(farm, client, site)?;
    if !app_only {
        return Err(Refusal::AppOnly);
    }
    let role = match right {
        GrantRole::Read => "Sites.Read.All",
        GrantRole::Write => "Sites.ReadWrite.All",
        GrantRole::Manage => "Sites.Manage.All",
        GrantRole::FullControl => "Sites.FullControl.All",
    };
    Ok(Caller::App(AppCaller {
        app_id: AppId(client),
        principal: ObjectId(client),
        display_name: title,
        roles: vec![role.to_owned()],
        wids: Vec::new(),
        by_certificate: true,
    }))
}

/// A person through an add-in: what both may do.
fn person_by(farm: &Farm, client: Uuid, site: Option<SiteId>, person: ObjectId) -> Result<Caller, Refusal> {
    let (_, right, _) = right(farm, client, site)?;
    let scope = match right {
        GrantRole::Read => "AllSites.Read",
        GrantRole::Write => "AllSites.Write",
        GrantRole::Manage => "AllSites.Manage",
        GrantRole::FullControl => "AllSites.FullControl",
    };
    Ok(Caller::Person(PersonCaller {
        person,
        channel: Channel::Token {
            app_id: AppId(client),
            scopes: vec![scope.to_owned()],
        },
    }))
}
