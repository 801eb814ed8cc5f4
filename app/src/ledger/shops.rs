//! `/office/shops` 加盟店.

use leptos::prelude::*;
use shared::kernel::{ShopNumber, Trade};
use shared::ledger::{Field, FieldErrors, ShopForm};
use shared::wire::{NotPosted, ShopLine, ShopsPage};

use super::say::{self, not_kept};
use super::wrong::{InTheWay, Made, Wrongs};
use crate::design::{
    button::{Button, Tone},
    card::Card,
    empty::Empty,
    error_summary::ErrorSummary,
    field,
    form::{Form, Hidden},
    list::{DescriptionList, Row},
    page::Page,
    select::{Choice, Select},
    text_field::{Keys, TextField},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, texts};

const FIELDS: [Field; 3] = [Field::Name, Field::Trade, Field::Member];

/// What an officer did, and what came of it.
#[derive(Debug, Clone, Default)]
pub struct ShopsDone {
    /// The form of a new shop, as typed.
    pub form: ShopForm,
    /// What is wrong with it.
    pub errors: FieldErrors,
    /// Why nothing was done.
    pub not: Option<NotPosted>,
    /// Whether that was a change of a shop, not a new one.
    pub is_change: bool,
    /// The shop that was registered.
    pub registered: Option<ShopNumber>,
    /// The shop that was changed.
    pub changed: Option<ShopNumber>,
}

/// `/office/shops`: a new shop, and those there are.
pub fn shops(frame: &Frame<'_>, page: &ShopsPage, done: &ShopsDone) -> String {
    let locale = frame.locale;
    let title = texts::shops_title(locale);
    let on_page: &[Field] = if done.is_change { &[] } else { &FIELDS };
    let wrongs = Wrongs::of(locale, on_page, &done.errors, done.not.as_ref(), |field| label(frame, field), not_kept);
    let (count, summary) = (wrongs.count(), wrongs.summary());
    let shell = if wrongs.failed() { frame.shell_with_errors(None) } else { frame.shell(None) };
    let made = [
        done.registered.map(|number| (texts::shops_done_title(locale), texts::shops_done(locale, &number.to_string()))),
        done.changed
            .map(|number| (texts::shops_changed_title(locale), texts::shops_changed(locale, &number.to_string()))),
    ];
    let made = made.into_iter().flatten().map(|(title, words)| view! { <Made title=title words=words/> });
    let made: Vec<_> = made.collect();
    let cards: Vec<_> = page.shops.iter().map(|line| card(frame, line)).collect();
    let none = cards
        .is_empty()
        .then(|| view! { <Empty title=texts::shops_none(locale) note=texts::shops_none_note(locale)/> });
    let new = new(frame, &done.form, &wrongs);
    let not = wrongs.in_the_way();
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <ErrorSummary title=texts::error_summary_title(locale, count) wrongs=summary/>
                <InTheWay locale=locale not=not title=texts::shops_failed(locale) back="/office/shops" say_not=not_kept/>
                {made}
                <h1>{title}</h1>
                <p class="mg-lead">{texts::shops_lead(locale)}</p>
                {new}
                <section class="mg-stack"><h2>{texts::shops_list(locale)}</h2>{none}{cards}</section>
            </Page>
        }
    })
}

fn label(frame: &Frame<'_>, field: Field) -> Phrase {
    match field {
        Field::Member => texts::shops_clerk(frame.locale),
        other => say::label(frame.locale, other),
    }
}

fn new(frame: &Frame<'_>, form: &ShopForm, wrongs: &Wrongs) -> impl IntoView + use<> {
    let locale = frame.locale;
    let needed = |field| wrongs.needed(locale, field, label(frame, field));
    let name = needed(Field::Name).help(texts::shops_name_help(locale));
    let trade = needed(Field::Trade).help(texts::shops_trade_help(locale));
    let member = needed(Field::Member).help(texts::office_grant_person_help(locale));
    let choices: Vec<_> =
        Trade::ALL.into_iter().map(|trade| Choice::new(trade.word(), say::trade(locale, trade))).collect();
    let (seal, form) = (frame.seal_of("register"), form.clone());
    view! {
        <Card title=texts::shops_new(locale)>
            <Form action="/office/shops" seal=seal>
                <Hidden name="act" value="register"/>
                <TextField field=name value=form.name/>
                <Select field=trade choices=choices value=form.trade empty=texts::shell_choose(locale)/>
                <TextField field=member value=form.member keys=Keys::Digits/>
                <Button label=texts::shops_action(locale)/>
            </Form>
        </Card>
    }
}

/// One shop, and what can be done with it.
fn card(frame: &Frame<'_>, line: &ShopLine) -> impl IntoView + use<> {
    let locale = frame.locale;
    let shop = &line.shop;
    let state = if shop.open { texts::shops_open(locale) } else { texts::shops_shut(locale) };
    let rows = vec![
        Row::new(texts::shop_number(locale), Phrase::given(shop.number.to_string())),
        Row::new(texts::shop_trade(locale), say::trade(locale, shop.trade)),
        Row::new(texts::shops_clerks(locale), texts::shops_clerks_count(locale, line.clerks.into())),
        Row::new(texts::shops_state(locale), state),
    ];
    let number = shop.number.get().to_string();
    let (act, word, tone) = if shop.open {
        ("close", texts::shops_stop(locale), Tone::Danger)
    } else {
        ("open", texts::shops_resume(locale), Tone::Secondary)
    };
    let (of_open, of_clerk) = (number.clone(), number.clone());
    let (open, clerk) = (frame.seal_of(&format!("open{number}")), frame.seal_of(&format!("clerk{number}")));
    let id = format!("clerk-{number}");
    let member = field::Field::new("clerk", texts::shops_clerk(locale));
    let title = Phrase::given(shop.name.as_str().to_owned());
    view! {
        <Card title=title>
            <DescriptionList rows=rows/>
            <Form action="/office/shops" seal=clerk>
                <Hidden name="shop" value=of_clerk/>
                <TextField field=member id=id keys=Keys::Digits/>
                <Button label=texts::shops_clerk_add(locale) tone=Tone::Secondary sends=("act", "add".to_owned())/>
                <Button label=texts::shops_clerk_remove(locale) tone=Tone::Secondary sends=("act", "remove".to_owned())/>
            </Form>
            <Form action="/office/shops" seal=open>
                <Hidden name="act" value=act/>
                <Hidden name="shop" value=of_open/>
                <Button label=word tone=tone/>
            </Form>
        </Card>
    }
}
