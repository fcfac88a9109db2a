//! Where readers of an application open its item in SharePoint.

use store::ApplicationRow;

use super::fold::APP_ONLY;
use crate::service::Service;

/// Address of the display form; none before the item is made and after its readers were left to the API.
/// `fold`: the folder in which the item shares a scope.
pub(crate) fn item_form(service: &Service, row: &ApplicationRow, fold: Option<&str>) -> Option<String> {
    let sealed = row.sealed.as_ref().filter(|_| fold != Some(APP_ONLY))?;
    let site = service.site.url();
    Some(format!("{site}/{}/DispForm.aspx?ID={}", sealed.list, sealed.item))
}
