//! `/` for somebody who is signed in.

use leptos::prelude::*;
use shared::cohelp::{JobCard, Phase};
use shared::kernel::{Locale, Points};
use shared::wire::{HomePage, ThanksLine};

use super::next::{Todo, todo};
use crate::design::banner::{Banner, Matter};
use crate::design::button::ButtonLink;
use crate::design::card::{Card, Weight, Why};
use crate::design::link::Link;
use crate::design::list::{Entry, LinkList};
use crate::design::money::Money;
use crate::design::page::Area;
use crate::design::thanks::{Letter, ThanksCard};
use crate::frame::Frame;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// How many requests of others the page shows; the rest is one touch away.
const OPEN_SHOWN: usize = 3;
/// How many letters of thanks.
const LETTERS_SHOWN: usize = 3;

/// `/` signed in: the greeting, the next thing, what is coming, the balance, who waits for help, and thanks.
pub fn home(frame: &Frame<'_>, page: &HomePage) -> String {
    let locale = frame.locale;
    frame.render(frame.shell_of_home(Some(Area::Home)), texts::home_title(locale), || {
        let greeting = format::greeting(locale, page.now, page.visitor.name.as_str());
        let (next, coming, balance) = (next(frame, page), coming(frame, page), balance(frame, page));
        let (thanks, open) = (thanks(frame, page), open(frame, page));
        view! {
            <h1>{greeting}</h1>
            {news(locale, page.visitor.news)}
            {unseen(locale, page.unseen)}
            {next}
            {coming}
            {balance}
            {open}
            {thanks}
        }
        .into_markup()
    })
}

/// That something was done with the account which its owner has not seen.
fn news(locale: Locale, count: u32) -> Option<impl IntoView + use<>> {
    (count > 0).then(|| {
        view! {
            <Banner matter=Matter::Warning title=texts::home_news(locale, count.into())>
                <p>{texts::home_news_note(locale)}</p>
                <Link label=texts::home_news_see(locale) href="/me/log"/>
            </Banner>
        }
    })
}

/// That there is something to read.
fn unseen(locale: Locale, count: u32) -> Option<impl IntoView + use<>> {
    (count > 0).then(|| {
        view! {
            <Banner matter=Matter::Info title=texts::home_notifications(locale, count.into())>
                <Link label=texts::home_notifications_see(locale) href="/notifications"/>
            </Banner>
        }
    })
}

/// What the card つぎにすること says: title, note, where it leads, the word for that, why.
struct Said {
    title: Phrase,
    note: Phrase,
    href: String,
    action: Phrase,
    why: Phrase,
}

fn window(frame: &Frame<'_>, card: &JobCard) -> Phrase {
    let window = card.window;
    format::window(frame.locale, window.day(), window.from_minute(), window.to_minute())
}

fn next(frame: &Frame<'_>, page: &HomePage) -> impl IntoView + use<> {
    let locale = frame.locale;
    let said = said(frame, todo(&page.board, page.balance.available, &page.visitor, page.now));
    view! {
        <Card title=said.title over=Some(texts::home_next(locale)) weight=Weight::Next>
            <p>{said.note}</p>
            <ButtonLink label=said.action href=said.href/>
            <Why question=texts::home_why(locale) answer=said.why/>
        </Card>
    }
}

fn said(frame: &Frame<'_>, todo: Todo<'_>) -> Said {
    let l = frame.locale;
    let (title, note, href, action, why) = match todo {
        Todo::Passkey => (
            texts::home_next_passkey(l),
            texts::home_next_passkey_note(l),
            "/join/passkey".to_owned(),
            texts::home_next_passkey_action(l),
            texts::home_why_passkey(l),
        ),
        Todo::Office => (
            texts::home_next_office(l),
            texts::home_next_office_note(l),
            "/office".to_owned(),
            texts::home_next_office_action(l),
            texts::home_why_office(l),
        ),
        Todo::Desk => (
            texts::home_next_office(l),
            texts::desk_lead(l),
            "/desk".to_owned(),
            texts::desk_title(l),
            texts::home_why_office(l),
        ),
        Todo::Staff => (
            texts::home_next_office(l),
            texts::home_next_staff_note(l),
            "/office/staff".to_owned(),
            texts::staff_title(l),
            texts::home_why_office(l),
        ),
        Todo::Earn => (
            texts::home_next_earn(l),
            texts::home_next_earn_note(l),
            "/help/offers".to_owned(),
            texts::home_next_earn_action(l),
            texts::home_why_earn(l),
        ),
        Todo::Look => (
            texts::home_next_empty(l),
            texts::home_next_empty_note(l),
            "/help".to_owned(),
            texts::home_next_empty_action(l),
            texts::home_why_empty(l),
        ),
        Todo::Confirm(card)
        | Todo::Today(card)
        | Todo::Choose(card, _)
        | Todo::Thank(card)
        | Todo::Coming(card)
        | Todo::Asked(card)
        | Todo::Waiting(card)
        | Todo::Offered(card) => return said_of_job(frame, todo, card),
    };
    Said { title, note, href, action, why }
}

fn said_of_job(frame: &Frame<'_>, todo: Todo<'_>, card: &JobCard) -> Said {
    let (l, name) = (frame.locale, card.title.as_str());
    let (title, note, action, why) = match todo {
        Todo::Confirm(_) => (
            texts::home_next_confirm(l, name),
            texts::home_next_confirm_note(l),
            texts::home_next_confirm_action(l),
            texts::home_why_confirm(l),
        ),
        Todo::Choose(_, offers) => (
            texts::home_next_choose(l, offers.into()),
            Phrase::given(format!("{name} – ")).then(&texts::home_next_choose_note(l)),
            texts::home_next_choose_action(l),
            texts::home_why_choose(l),
        ),
        Todo::Thank(_) => (
            texts::home_next_thank_plain(l, name),
            texts::home_next_thank_note(l),
            texts::home_next_thank_action(l),
            texts::home_why_thank(l, name),
        ),
        Todo::Waiting(_) => (
            texts::home_next_waiting(l, name),
            texts::home_next_waiting_note(l),
            texts::home_next_waiting_action(l),
            texts::home_why_waiting(l),
        ),
        Todo::Asked(_) => (
            texts::home_next_asked(l, name),
            texts::help_asked_you(l),
            texts::home_next_asked_action(l),
            texts::home_why_asked(l),
        ),
        Todo::Offered(_) => (
            texts::home_next_offered_plain(l, name),
            texts::home_next_offered_plain_note(l),
            texts::home_next_waiting_action(l),
            texts::home_why_offered(l),
        ),
        _ => (
            texts::home_next_coming(l, &window(frame, card), name),
            texts::home_next_coming_plain(l),
            texts::home_next_coming_action(l),
            texts::home_why_coming(l),
        ),
    };
    Said { title, note, href: format!("/help/{}", card.id), action, why }
}

fn entry(frame: &Frame<'_>, card: &JobCard, end: Option<Phrase>) -> Entry {
    let place = frame.area_name(card.area.as_str());
    Entry {
        href: Some(format!("/help/{}", card.id)),
        title: Phrase::given(card.title.as_str().to_owned()),
        note: Some(texts::help_when_where(frame.locale, &window(frame, card), &place)),
        end,
    }
}

/// Jobs that are agreed and not yet paid, the next one first.
fn coming(frame: &Frame<'_>, page: &HomePage) -> impl IntoView + use<> {
    let locale = frame.locale;
    let agreed = |card: &&JobCard| {
        use Phase::{Agreed, Agreeing, Confirming, Disputed, Introducing, Started};
        matches!(card.phase, Agreeing | Introducing | Agreed | Started | Confirming | Disputed)
    };
    let mut cards: Vec<_> = page.board.mine.iter().chain(&page.board.helping).filter(agreed).collect();
    cards.sort_by_key(|card| (card.window.starts(), card.id));
    let entries: Vec<_> = cards.into_iter().map(|card| entry(frame, card, None)).collect();
    let list = if entries.is_empty() {
        view! { <p class="mg-soft">{texts::home_coming_none(locale)}</p> }.into_markup()
    } else {
        view! {
            <LinkList entries=entries/>
            <Why question=texts::home_why(locale) answer=texts::home_why_coming_list(locale)/>
        }
        .into_markup()
    };
    view! { <Card title=texts::home_coming(locale)>{list}</Card> }
}

fn balance(frame: &Frame<'_>, page: &HomePage) -> impl IntoView + use<> {
    let locale = frame.locale;
    let available = u64::try_from(page.balance.available).ok().and_then(Points::new).unwrap_or(Points::ZERO);
    let blank = if locale == crate::i18n::Locale::En { " " } else { "" };
    let unit = Phrase::fixed(blank).then(&texts::wallet_unit(locale));
    let held = (!page.balance.held.is_zero()).then(|| texts::wallet_held_note(locale, &page.balance.held.to_string()));
    view! {
        <section class="mg-card" aria-label=texts::wallet_title(locale).plain()>
            <Money label=texts::home_balance(locale) amount=available unit=unit note=held/>
            <Link label=texts::home_wallet(locale) href="/wallet"/>
            <Why question=texts::home_why(locale) answer=texts::home_why_balance(locale)/>
        </section>
    }
}

/// Requests the reader could help with.
fn open(frame: &Frame<'_>, page: &HomePage) -> Option<impl IntoView + use<>> {
    let locale = frame.locale;
    let reward = |card: &JobCard| Some(format::points(locale, card.to_helper));
    let entries: Vec<_> =
        page.board.open.iter().take(OPEN_SHOWN).map(|card| entry(frame, card, reward(card))).collect();
    (!entries.is_empty()).then(|| {
        view! {
            <Card title=texts::help_open(locale)>
                <LinkList entries=entries/>
                <Link label=texts::home_open_all(locale) href="/help/offers"/>
                <Why question=texts::home_why(locale) answer=texts::home_why_open(locale)/>
            </Card>
        }
    })
}

/// Thanks received this month, as letters, and how often the reader said them.
fn thanks(frame: &Frame<'_>, page: &HomePage) -> Option<Markup> {
    let locale = frame.locale;
    let said = (page.thanked > 0).then(|| view! { <p>{texts::home_thanked(locale, page.thanked.into())}</p> });
    let round = view! { <Link label=texts::circulation_title(locale) href="/circulation"/> };
    if page.thanks.is_empty() {
        return said
            .map(|said| view! { <Card title=texts::help_thanks_title(locale)>{said}{round}</Card> }.into_markup());
    }
    let letters: Vec<_> = page
        .thanks
        .iter()
        .take(LETTERS_SHOWN)
        .map(|line| view! { <ThanksCard letter=letter(frame, page, line)/> })
        .collect();
    let count = texts::home_thanks_count(locale, page.thanks.len() as u64);
    Some(
        view! {
            <section class="mg-stack">
                <h2>{texts::home_thanks(locale)}" "<span class="mg-soft">{count}</span></h2>
                {letters}
                {said}
                {round}
                <Why question=texts::home_why(locale) answer=texts::home_why_thanks(locale)/>
            </section>
        }
        .into_markup(),
    )
}

fn letter(frame: &Frame<'_>, page: &HomePage, line: &ThanksLine) -> Letter {
    let locale = frame.locale;
    let day = format::day_short(locale, line.at.day());
    let job = page.board.mine.iter().chain(&page.board.helping).find(|card| card.id == line.job);
    let other = || texts::help_other_person(locale).plain().into_owned();
    let from = page.named.of(line.from).map_or_else(other, |name| name.as_str().to_owned());
    Letter {
        title: texts::help_thanks_title(locale),
        message: line.message.as_ref().map(|message| Phrase::given(message.as_str().to_owned())),
        from: texts::help_thanks_from(locale, &from),
        about: job.map_or(day.clone(), |card| texts::help_thanks_about(locale, card.title.as_str(), &day)),
        rating: None,
    }
}
