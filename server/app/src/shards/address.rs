//! Where readers of an application open its item in SharePoint.

use store::SealedItem;

use super::fold::APP_ONLY;
use crate::service::Service;

/// Address of the display form; none after the item's readers were left to the API.
/// `fold`: the folder in which the item shares a scope.
pub(crate) fn item_form(service: &Service, item: &SealedItem, fold: Option<&str>) -> Option<String> {
    let SealedItem { list, item } = item;
    let site = service.site.url();
    (fold != Some(APP_ONLY)).then(|| format!("{site}/{list}/DispForm.aspx?ID={item}"))
}
