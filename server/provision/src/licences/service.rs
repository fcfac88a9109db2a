//! Names that people know services by ("Product names and service plan identifiers for licensing").

const SERVICES: [(&str, &str); 22] = [
    ("EXCHANGE_S_DESKLESS", "Exchange Online Kiosk"),
    ("EXCHANGE_S_STANDARD", "Exchange Online (Plan 1)"),
    ("EXCHANGE_S_ENTERPRISE", "Exchange Online (Plan 2)"),
    ("SHAREPOINTDESKLESS", "SharePoint Kiosk"),
    ("SHAREPOINTSTANDARD", "SharePoint (Plan 1)"),
    ("SHAREPOINTENTERPRISE", "SharePoint (Plan 2)"),
    ("SHAREPOINTWAC", "Office for the Web"),
    ("TEAMS1", "Microsoft Teams"),
    ("MCOSTANDARD", "Skype for Business Online (Plan 2)"),
    ("MCOEV", "Microsoft 365 Phone System"),
    ("OFFICESUBSCRIPTION", "Microsoft 365 Apps for enterprise"),
    ("OFFICE_BUSINESS", "Microsoft 365 Apps for business"),
    ("YAMMER_ENTERPRISE", "Viva Engage"),
    ("SWAY", "Sway"),
    ("FORMS_PLAN_E3", "Microsoft Forms"),
    ("STREAM_O365_E3", "Microsoft Stream"),
    ("PROJECTWORKMANAGEMENT", "Microsoft Planner"),
    ("BPOS_S_TODO_2", "To Do"),
    ("FLOW_O365_P2", "Power Automate"),
    ("POWERAPPS_O365_P2", "Power Apps"),
    ("INTUNE_A", "Microsoft Intune"),
    ("AAD_PREMIUM", "Microsoft Entra ID P1"),
];

/// A service that is not among them goes by Microsoft's own short name.
pub(super) fn name(plan: &str) -> &str {
    let known = SERVICES.iter().find(|(short, _)| *short == plan);
    known.map_or(plan, |(_, name)| name)
}
