//! Where readers of an application open its item and its files in SharePoint.

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

/// Address of a file of the item, which SharePoint serves to whoever may read the item; none as with [`item_form`].
pub(crate) fn item_file(
    service: &Service,
    item: &SealedItem,
    fold: Option<&str>,
    name: &str,
) -> Option<String> {
    if fold == Some(APP_ONLY) {
        return None;
    }
    let mut url = service.config.site.url.clone();
    let number = item.item.to_string();
    let below = item.list.split('/').chain(["Attachments", &number, name]);
    url.path_segments_mut().ok()?.pop_if_empty().extend(below);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestService;

    #[tokio::test]
    async fn a_file_has_an_address_whatever_its_name_and_none_where_the_item_is_out_of_sight() {
        let test = TestService::open().await;
        let item = SealedItem {
            list: "Lists/PFApplications".to_owned(),
            item: 7,
        };
        let address = |fold, name: &str| item_file(&test.service, &item, fold, name);
        assert_eq!(
            address(Some("2027"), "見積 #1 100%.pdf").as_deref(),
            Some(
                "https://contoso.sharepoint.com/sites/flow/Lists/PFApplications/Attachments/7/\
                 %E8%A6%8B%E7%A9%8D%20%231%20100%25.pdf"
            )
        );
        assert_eq!(address(Some(APP_ONLY), "a.pdf"), None);
    }
}
