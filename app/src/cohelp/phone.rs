//! `/desk/call/{id}`: somebody on the phone, and what an operator enters for them.

use leptos::prelude::*;
use shared::cohelp::{Entered, EnteredAct, JobCard};
use shared::identity::{Behalf, Field as Id, TelephoneError};
use shared::kernel::Locale;
use shared::wire::PhoneCallPage;

use super::board;
use super::say;
use super::ways::Ways;
use crate::design::banner::{Banner, Matter};
use crate::design::button::{Button, ButtonLink, Tone};
use crate::design::error_summary::{ErrorSummary, Wrong};
use crate::design::field::Field;
use crate::design::form::{Form, Hidden};
use crate::design::link::Link;
use crate::design::list::{DescriptionList, Entry, Row};
use crate::design::text_field::{Keys, TextField};
use crate::frame::Frame;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// What was typed into the form for the number, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TelephoneInput {
    /// As typed.
    pub typed: String,
    /// Why it is no number.
    pub error: Option<TelephoneError>,
}

/// `/desk/call/{id}`: who rings, what they have going, and where they can be rung up.
pub fn phone_call(frame: &Frame<'_>, page: &PhoneCallPage, input: &TelephoneInput, kept: bool) -> String {
    let locale = frame.locale;
    let shell = if input.error.is_some() { frame.shell_with_errors(None) } else { frame.shell(None) };
    let title = texts::desk_call_with(locale, page.behalf.name.as_str());
    frame.render(shell, title.clone(), || {
        let ways = Ways::of(Some(&page.behalf));
        let wrong = input.error.map(|error| wrong(locale, error));
        let summary: Vec<_> =
            wrong.iter().map(|text| Wrong { field: Id::Telephone.id().into(), text: text.clone() }).collect();
        let telephone = page.behalf.telephone.as_ref().map(|known| known.as_str().to_owned());
        let mut rows = vec![
            Row::new(texts::me_number(locale), Phrase::given(page.behalf.member.to_string())),
            Row::new(texts::home_balance(locale), format::points(locale, page.available)),
        ];
        rows.extend(telephone.map(|known| Row::new(texts::desk_call_telephone(locale), Phrase::given(known))));
        let mine = list(frame, ways, texts::desk_call_mine(locale), &page.board.mine);
        let none =
            page.board.mine.is_empty().then(|| view! { <p class="mg-soft">{texts::desk_call_mine_none(locale)}</p> });
        let helping = list(frame, ways, texts::desk_call_helping(locale), &page.board.helping);
        let (form, end, url) = (telephone_form(frame, page, input, wrong), frame.seal_of("end"), ways.list());
        view! {
            <ErrorSummary title=texts::error_summary_title(locale, summary.len() as u64) wrongs=summary/>
            {kept.then(|| self::kept(locale))}
            <Link label=texts::desk_back(locale) href="/desk" back=true/>
            <h1>{title}</h1>
            <section class="mg-card"><DescriptionList rows=rows/></section>
            <p><ButtonLink label=texts::desk_call_ask(locale) href=ways.request()/></p>
            {mine}
            {none}
            {helping}
            {form}
            <Form action=url seal=end>
                <Hidden name="act" value="end"/>
                <Button label=texts::desk_call_end(locale) tone=Tone::Secondary/>
            </Form>
        }
        .into_markup()
    })
}

fn kept(locale: Locale) -> impl IntoView {
    view! {
        <div id="done" role="status" tabindex="-1" autofocus=true>
            <Banner matter=Matter::Success title=texts::desk_call_telephone_kept(locale)>
                <p>{texts::desk_call_telephone_kept_note(locale)}</p>
            </Banner>
        </div>
    }
}

fn wrong(locale: Locale, error: TelephoneError) -> Phrase {
    let label = texts::desk_call_telephone(locale);
    match error {
        TelephoneError::Empty => texts::error_missing(locale, &label),
        TelephoneError::Wrong => texts::error_not_telephone(locale, &label),
    }
}

/// Jobs with where they stand, if there are any.
fn list(frame: &Frame<'_>, ways: Ways, title: Phrase, cards: &[JobCard]) -> Option<Markup> {
    let entry = |card: &JobCard| {
        let entry = board::entry(frame, card, say::phase(frame.locale, card));
        Entry { href: Some(ways.job(card.id)), ..entry }
    };
    board::listed(title, None, cards.iter().map(entry).collect())
}

fn telephone_form(
    frame: &Frame<'_>,
    page: &PhoneCallPage,
    input: &TelephoneInput,
    wrong: Option<Phrase>,
) -> impl IntoView + use<> {
    let (locale, seal) = (frame.locale, frame.seal_of("telephone"));
    let known = page.behalf.telephone.as_ref().map_or("", |known| known.as_str());
    let typed = if input.error.is_some() { input.typed.clone() } else { known.to_owned() };
    let field = Field::new(Id::Telephone.id(), texts::desk_call_telephone(locale))
        .help(texts::desk_call_telephone_help(locale))
        .required(texts::shell_required(locale))
        .error(wrong);
    let url = Ways::of(Some(&page.behalf)).list();
    view! {
        <section class="mg-card">
            <h2 class="mg-card__title">{texts::desk_call_telephone(locale)}</h2>
            <Form action=url seal=seal>
                <Hidden name="act" value="telephone"/>
                <TextField field=field value=typed keys=Keys::Telephone/>
                <Button label=texts::desk_call_telephone_save(locale) tone=Tone::Secondary/>
            </Form>
        </section>
    }
}

/// In whose name an operator sees this page, and the way back to the call.
pub(super) fn on_behalf(locale: Locale, behalf: Option<&Behalf>) -> Option<Markup> {
    let behalf = behalf?;
    let (title, back) = (texts::desk_call_as(locale, behalf.name.as_str()), Ways::of(Some(behalf)).list());
    Some(
        view! {
            <Banner title=title>
                <p>{texts::desk_call_as_note(locale)}</p>
                <Link label=texts::desk_call_back(locale) href=back/>
            </Banner>
        }
        .into_markup(),
    )
}

/// What was entered in somebody's name, oldest first: what, and beside it what `note` says of each.
pub(super) fn entered(locale: Locale, entered: &[Entered], note: impl Fn(&Entered) -> Phrase) -> Markup {
    let rows: Vec<_> = entered.iter().map(|one| Row::new(act(locale, one.act), note(one))).collect();
    view! { <DescriptionList rows=rows/> }.into_markup()
}

fn act(locale: Locale, act: EnteredAct) -> Phrase {
    match act {
        EnteredAct::Ask => texts::help_entered_ask(locale),
        EnteredAct::Offer => texts::help_entered_offer(locale),
        EnteredAct::Withdraw => texts::help_entered_withdraw(locale),
        EnteredAct::Choose => texts::help_entered_choose(locale),
        EnteredAct::Notify => texts::help_entered_notify(locale),
        EnteredAct::BeLate => texts::help_entered_late(locale),
        EnteredAct::CheckIn => texts::help_entered_start(locale),
        EnteredAct::Report => texts::help_entered_report(locale),
        EnteredAct::Consult => texts::help_entered_consult(locale),
        EnteredAct::Cancel => texts::help_entered_cancel(locale),
        EnteredAct::Thank => texts::help_entered_thank(locale),
        EnteredAct::Decline => texts::help_entered_decline(locale),
        EnteredAct::Raise => texts::help_entered_raise(locale),
        EnteredAct::Rate => texts::help_entered_rate(locale),
        EnteredAct::Chat => texts::help_entered_chat(locale),
        EnteredAct::Told => texts::help_entered_told(locale),
    }
}
