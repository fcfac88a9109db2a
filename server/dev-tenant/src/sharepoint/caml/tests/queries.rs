use crate::sharepoint::caml::page::{Ask, Page, page};
use crate::sharepoint::caml::parse::parse;
use crate::sharepoint::fixture::{Fixture, JIRO, TARO, app, person};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::inheritance;
use crate::sharepoint::operations::items::{self, Placing};
use crate::sharepoint::operations::limits::LIST_VIEW_THRESHOLD;
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::operations::update::Stamp;
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::ItemId;

/// `count` items; odd ones are Taro's, step number = number modulo 3.
fn filled(count: u32) -> Fixture {
    let fixture = Fixture::new();
    let (list, taro) = (fixture.list, fixture.taro);
    fixture.session(&app(), |session| {
        for number in 1..=count {
            let mut edits = vec![
                ("Title", FieldValue::Text(format!("t{}", number % 7))),
                ("PFStepNo", FieldValue::Number(f64::from(number % 3))),
                ("PFSource", FieldValue::Text(format!("{number}.1"))),
            ];
            if number % 2 == 1 {
                edits.push(("PFApplicant", FieldValue::Users(vec![taro])));
            }
            let edits = edits
                .into_iter()
                .map(|(name, value)| (name.to_owned(), Some(value)));
            items::create(
                session,
                list,
                Placing::default(),
                edits.collect(),
                &Stamp::default(),
            )
            .unwrap();
        }
    });
    fixture
}

fn ask(view: &str, position: Option<String>) -> Ask {
    Ask {
        view: parse(view).unwrap(),
        position,
        folder: None,
    }
}

fn run(fixture: &Fixture, view: &str) -> Result<Page, Fault> {
    fixture.session(&app(), |session| page(session, fixture.list, &ask(view, None)))
}

fn numbers(page: &Page) -> Vec<u32> {
    page.items.iter().map(|id| id.0).collect()
}

fn filter(inner: &str) -> String {
    format!("<View><Query><Where>{inner}</Where></Query></View>")
}

#[test]
fn pages_in_any_order_show_every_row_once() {
    let fixture = filled(20);
    for order in [
        "",
        "<OrderBy><FieldRef Name='Title'/></OrderBy>",
        "<OrderBy><FieldRef Name='PFStepNo' Ascending='FALSE'/><FieldRef Name='Title'/></OrderBy>",
    ] {
        let whole = run(&fixture, &format!("<View><Query>{order}</Query></View>")).unwrap();
        let view = format!("<View><Query>{order}</Query><RowLimit Paged='TRUE'>3</RowLimit></View>");
        let mut position = None;
        let mut shown = Vec::new();
        loop {
            let next = fixture.session(&app(), |session| {
                page(session, fixture.list, &ask(&view, position.take()))
            });
            let next = next.unwrap();
            shown.extend(numbers(&next));
            position = next.next;
            if position.is_none() {
                break;
            }
        }
        assert_eq!(shown, numbers(&whole), "{order}");
    }
}

#[test]
fn my_rows_are_found_by_the_caller_s_number() {
    let fixture = filled(4);
    let mine = filter(
        "<Eq><FieldRef Name='PFApplicant' LookupId='TRUE'/><Value Type='Integer'><UserID/></Value></Eq>",
    );
    let of = |caller| {
        let found = fixture.session(&caller, |session| page(session, fixture.list, &ask(&mine, None)));
        numbers(&found.unwrap())
    };
    assert_eq!(of(person(TARO)), [1, 3]);
    assert!(of(person(JIRO)).is_empty());
}

#[test]
fn rows_that_the_caller_may_not_read_are_neither_shown_nor_counted_into_pages() {
    let fixture = filled(4);
    fixture.session(&app(), |session| {
        let item = Securable::Item(fixture.list, ItemId(2));
        inheritance::break_inheritance(session, item, false, true).unwrap();
    });
    let view = "<View><RowLimit>2</RowLimit></View>";
    let first = fixture.session(&person(JIRO), |session| {
        page(session, fixture.list, &ask(view, None))
    });
    assert_eq!(numbers(&first.unwrap()), [1, 3]);
}

#[test]
fn a_position_goes_backwards_too() {
    let fixture = filled(9);
    let back = ask(
        "<View><RowLimit>2</RowLimit></View>",
        Some("Paged=TRUE&PagedPrev=TRUE&p_ID=7".to_owned()),
    );
    let found = fixture.session(&app(), |session| page(session, fixture.list, &back));
    assert_eq!(numbers(&found.unwrap()), [5, 6]);
}

#[test]
fn a_field_that_the_list_does_not_have_is_refused() {
    let fixture = filled(1);
    let refused = run(&fixture, &filter("<IsNull><FieldRef Name='Nonsense'/></IsNull>")).unwrap_err();
    assert_eq!(refused.code, -2_130_575_340);
}

#[test]
fn beyond_the_threshold_only_an_index_opens_a_list() {
    let fixture = filled(u32::try_from(LIST_VIEW_THRESHOLD).unwrap() + 1);
    let unindexed = "<Eq><FieldRef Name='PFStepNo'/><Value Type='Number'>1</Value></Eq>";
    let indexed = "<Eq><FieldRef Name='PFSource'/><Value Type='Text'>5.1</Value></Eq>";
    let refused = [
        filter(unindexed),
        filter(&format!("<And>{unindexed}{indexed}</And>")),
        filter(&format!("<Or>{indexed}{unindexed}</Or>")),
        filter("<IsNotNull><FieldRef Name='PFSource'/></IsNotNull>"),
        "<View/>".to_owned(),
        "<View><Query><OrderBy><FieldRef Name='Title'/></OrderBy></Query><RowLimit>10</RowLimit></View>"
            .to_owned(),
    ];
    for view in refused {
        assert_eq!(
            run(&fixture, &view).map_err(|fault| fault.code),
            Err(-2_147_024_860),
            "{view}"
        );
    }
    let by_number = "<View><Query><Where><Gt><FieldRef Name='ID'/><Value Type='Counter'>4990</Value></Gt></Where></Query><RowLimit>20</RowLimit></View>";
    for (view, rows) in [
        (filter(indexed), 1),
        (filter(&format!("<And>{indexed}{unindexed}</And>")), 0),
        (
            "<View><RowLimit Paged='TRUE'>100</RowLimit></View>".to_owned(),
            100,
        ),
        (by_number.to_owned(), 11),
    ] {
        assert_eq!(run(&fixture, &view).unwrap().items.len(), rows, "{view}");
    }
}

#[test]
fn days_and_numbers_out_of_all_bounds_find_nothing_and_break_nothing() {
    let fixture = filled(3);
    let day = |offset: &str| {
        filter(&format!(
            "<Geq><FieldRef Name='Modified'/><Value Type='DateTime'><Today OffsetDays='{offset}'/></Value></Geq>"
        ))
    };
    let number = |number: &str| {
        filter(&format!(
            "<Gt><FieldRef Name='PFStepNo'/><Value Type='Number'>{number}</Value></Gt>"
        ))
    };
    for view in [
        day("9000000"),
        day("-9223372036854775808"),
        number("NaN"),
        number("inf"),
    ] {
        assert!(numbers(&run(&fixture, &view).unwrap()).is_empty(), "{view}");
    }
    let all = format!("<View><RowLimit>{}</RowLimit></View>", usize::MAX);
    assert_eq!(numbers(&run(&fixture, &all).unwrap()), [1, 2, 3]);
}
