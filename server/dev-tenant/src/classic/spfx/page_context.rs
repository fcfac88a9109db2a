//! `_spPageContextInfo`: what a page tells its scripts of site, person and tenant.

use serde_json::{Value, json};

use crate::classic::visit::Visit;
use crate::entra::PRINCIPAL_NAME;
use crate::sharepoint::operations::principal::PrincipalKind;
use crate::sharepoint::rest::digest;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::people::SiteUser;

pub(super) fn page_context(visit: &Visit<'_, '_>) -> Value {
    let mut context = site(visit);
    for part in [person(visit), tenant(visit)] {
        if let (Value::Object(context), Value::Object(part)) = (&mut context, part) {
            context.extend(part);
        }
    }
    context
}

fn mask(permissions: BasePermissions) -> Value {
    json!({"High": permissions.high(), "Low": permissions.low()})
}

fn site(visit: &Visit<'_, '_>) -> Value {
    let session = &visit.session;
    let site = session.site();
    let url = session.web_url();
    json!({
        "webAbsoluteUrl": url,
        "webServerRelativeUrl": site.path,
        "webId": format!("{{{}}}", site.web_id),
        "webTitle": site.title,
        "webDescription": site.description,
        "webTemplate": "1",
        "webUIVersion": 15,
        "webLanguage": 1041,
        "webLanguageName": "ja-JP",
        "webLogoUrl": "_layouts/15/images/siteicon.png",
        "webPermMasks": mask(session.web_permissions()),
        "webTimeZoneData": time_zone(),
        "webFirstDayOfWeek": 0,
        "siteAbsoluteUrl": url,
        "siteServerRelativeUrl": site.path,
        "siteId": format!("{{{}}}", site.id),
        "sitePagesEnabled": true,
        "layoutsUrl": "_layouts/15",
        "serverRequestPath": visit.call.path,
        "isAppWeb": false,
        "isNoScriptEnabled": true,
        "hasManageWebPermission": session.web_permissions().has(BasePermissions::MANAGE_WEB),
        "pagePermsMask": mask(session.web_permissions()),
        "formDigestValue": digest::issue(session),
        "formDigestTimeoutSeconds": 1800,
        "serverTime": session.at.to_string(),
        "CorrelationId": visit.call.request_id,
    })
}

/// Japan has no daylight saving time.
fn time_zone() -> Value {
    let never = json!({"Day": 0, "DayOfWeek": 0, "Hour": 0, "Milliseconds": 0, "Minute": 0, "Month": 0, "Second": 0, "Year": 0});
    json!({
        "Description": "(UTC+09:00) 大阪、札幌、東京",
        "Id": 20,
        "Bias": -540,
        "DaylightBias": 0,
        "DaylightDate": never,
        "StandardBias": 0,
        "StandardDate": never,
    })
}

fn person(visit: &Visit<'_, '_>) -> Value {
    let session = &visit.session;
    let me = session.site().users.get(&session.author());
    let text = |of: fn(&SiteUser) -> &str| me.map(of).unwrap_or_default();
    let object = match &session.principal.kind {
        PrincipalKind::Person { person, .. } => Some(person.0),
        PrincipalKind::App { .. } => None,
    };
    json!({
        "userId": session.author().0,
        "userDisplayName": text(|me| &me.title),
        "userEmail": text(|me| &me.email),
        "userLoginName": text(|me| me.user_principal_name.as_deref().unwrap_or(&me.login_name)),
        "userPrincipalName": text(|me| me.user_principal_name.as_deref().unwrap_or_default()),
        "systemUserKey": text(|me| &me.login_name),
        "aadUserId": object,
        "isAnonymousGuestUser": false,
        "isExternalGuestUser": false,
        "isEmailAuthenticationGuestUser": false,
        "currentLanguage": 1041,
        "currentCultureName": "ja-JP",
        "currentUICultureName": "ja-JP",
        "preferUserTimeZone": false,
        "userFirstDayOfWeek": 0,
    })
}

fn tenant(visit: &Visit<'_, '_>) -> Value {
    let session = &visit.session;
    let apps = session.tenant.directory.apps.values();
    let mut extensibility = apps.filter(|app| app.display_name == PRINCIPAL_NAME);
    let extensibility = extensibility.next().map(|app| app.app_id.0);
    json!({
        "aadTenantId": session.names.id,
        "aadInstanceUrl": "https://login.microsoftonline.com",
        "aadSessionId": visit.sid,
        "siteSubscriptionId": session.names.id,
        "homeTenantId": session.names.id,
        "msGraphEndpointUrl": "https://graph.microsoft.com",
        "spfx3rdPartyServicePrincipalId": extensibility.unwrap_or_default(),
        "hasSpfx3rdPartyCustomPrincipal": false,
        "spfxOBOFlowEnabled": true,
        "thirdPartyReplyUrisUpdated": true,
        "IsMsalTokenProviderPopupEnabled": false,
        "isSPO": true,
        "cloudType": "prod",
        "env": "prod",
        "env2": "prod",
        "farmLabel": "DEV_1_Content",
        "farmName": "DEV_1_Content",
        "fullBuildVersion": "16.0.25912.12000",
        "cdnPrefix": "",
        "featureInfo": {},
        "killSwitches": {},
        "ExpFeatures": [],
        "ECSClientFeatures": [],
        "experimentData": "",
        "experimentDataLookup": [],
        "navigationInfo": {},
        "crossDomainPhotosEnabled": false,
        "PreviewFeaturesEnabled": false,
        "socialBarEnabled": false,
        "alertsEnabled": false,
    })
}
