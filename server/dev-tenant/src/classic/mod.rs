//! The classic team site as people see it in a browser, on the same operations as REST and CSOM.

mod address;
mod attachment;
mod contents;
mod controls;
mod display_form;
mod edit_form;
mod frame;
mod home;
mod html;
mod new_form;
mod posted;
mod refusal;
mod render_value;
mod return_path;
mod spfx;
mod version_history;
mod view_page;
mod visit;

#[cfg(test)]
mod tests;

pub use self::spfx::{Missing, Spfx};

use self::address::{Address, Page};
use self::visit::Visit;
use crate::call::{Call, Reply};
use crate::caller::PersonCaller;
use crate::sharepoint::operations::fault::Fault;
use crate::world::World;

/// Answers a page of the site for the signed-in person; who is not signed in is sent to sign in and come back.
pub fn answer(world: &World, person: Option<&PersonCaller>, call: &Call) -> Reply {
    let file = html::style_sheet(call).or_else(|| spfx::answer(&world.spfx, call));
    if let Some(reply) = file {
        return reply;
    }
    let Some(person) = person else {
        return sign_in(call);
    };
    let address = Address::find(&world.tenant().sharepoint, &call.path);
    let Some(address) = address else {
        return refusal::page(&Fault::file_not_found());
    };
    visit::enter(world, person, call, &address, |visit| {
        page(world, visit, &address.page)
    })
}

fn page(world: &World, visit: &mut Visit<'_, '_>, page: &Page) -> Result<Reply, Fault> {
    match page {
        Page::Welcome => Ok(visit::redirect(&format!(
            "{}/SitePages/Home.aspx",
            visit.site_path()
        ))),
        Page::Home => home::answer(visit, &world.spfx),
        Page::Contents => Ok(contents::answer(visit)),
        Page::Versions => version_history::answer(visit),
        Page::List(list) => view_page::to_default(visit, *list),
        Page::View(list, view) => view_page::answer(visit, *list, *view),
        Page::DisplayForm(list) => display_form::answer(visit, *list),
        Page::EditForm(list) => edit_form::answer(visit, *list),
        Page::NewForm(list) => new_form::answer(visit, *list),
        Page::Attachment(list, item, name) => attachment::answer(visit, *list, *item, name),
    }
}

fn sign_in(call: &Call) -> Reply {
    let here = return_path::here(call);
    let source: String = url::form_urlencoded::byte_serialize(here.as_bytes()).collect();
    visit::redirect(&format!("/_layouts/15/Authenticate.aspx?Source={source}"))
}
