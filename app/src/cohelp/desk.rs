//! `/desk`: the centre's side of co-help (共助オペレーションセンター).

mod acts;
mod areas;
mod candidates;
mod case;
mod concerns;
mod day;
mod feedback;
mod figures;
mod helpers;
mod job;

use leptos::prelude::*;
use shared::cohelp::{CallBack, DeskForm, DeskItem, Errand, Show};
use shared::kernel::Timestamp;
use shared::wire::DeskPage;

use super::board::listed;
use super::say;
use crate::design::empty::Empty;
use crate::design::filter::{Filter, Kind};
use crate::design::link::Link;
use crate::design::list::Entry;
use crate::design::live::{Live, LiveTexts};
use crate::frame::Frame;
use crate::i18n::{Locale, Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

pub use day::{DayOrder, day};
pub use figures::figures;
pub use helpers::{helper, helpers};
pub use job::job;

/// What was just done at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DeskDone {
    Introduce,
    Notify,
    CheckIn,
    Decide,
    Close,
    Enquire,
    Take,
    Find,
    Claim,
    HandOver,
    Write,
    RingUp,
    Read,
}

impl DeskDone {
    const ALL: [Self; 13] = [
        Self::Introduce,
        Self::Notify,
        Self::CheckIn,
        Self::Decide,
        Self::Close,
        Self::Enquire,
        Self::Take,
        Self::Find,
        Self::Claim,
        Self::HandOver,
        Self::Write,
        Self::RingUp,
        Self::Read,
    ];

    /// The word in links, and of the form that did it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Introduce => "introduce",
            Self::Notify => "notify",
            Self::CheckIn => "check-in",
            Self::Decide => "decide",
            Self::Close => "close",
            Self::Enquire => "enquire",
            Self::Take => "take",
            Self::Find => "find",
            Self::Claim => "claim",
            Self::HandOver => "hand-over",
            Self::Write => "write",
            Self::RingUp => "ring-up",
            Self::Read => "read",
        }
    }

    /// From the word in a link.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.word() == word)
    }
}

/// What was typed on the page of a job at the desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskInput {
    /// The word of the form.
    pub act: String,
    /// What was typed into it.
    pub form: DeskForm,
}

fn errand(locale: Locale, errand: Errand) -> Phrase {
    match errand {
        Errand::Introduce => texts::desk_errand_introduce(locale),
        Errand::Decide => texts::desk_errand_decide(locale),
    }
}

/// By when it is to be done, and whether that was not kept.
fn due(locale: Locale, by: Timestamp, now: Timestamp) -> Phrase {
    let when = format::moment(locale, by);
    if now < by { texts::desk_due(locale, &when) } else { texts::desk_overdue(locale, &when) }
}

/// `/desk`: what waits for the centre, and what somebody may call about.
pub fn list(frame: &Frame<'_>, page: &DeskPage) -> String {
    let locale = frame.locale;
    let title = texts::desk_title(locale);
    frame.render(frame.shell_that_lives(None), title.clone(), || {
        let more = more(locale, page.waiting_count, page.waiting.len());
        let lists = [&page.waiting, &page.coming, &page.open];
        let beside = !page.concerns.is_empty() || !page.call_backs.is_empty() || !page.feedback.is_empty();
        let nothing = !beside && lists.iter().all(|items| items.is_empty());
        let waiting = if page.show != Show::All && nothing {
            view! { <Empty title=texts::desk_show_none(locale) note=texts::desk_show_none_note(locale)/> }.into_markup()
        } else if page.waiting.is_empty() && (page.show != Show::All || beside) {
            ().into_markup()
        } else if page.waiting.is_empty() {
            view! { <Empty title=texts::desk_none(locale) note=texts::desk_none_note(locale)/> }.into_markup()
        } else {
            let heading = texts::desk_waiting(locale, page.waiting_count.into());
            view! {
                <p class="mg-lead">{texts::desk_lead(locale)}</p>
                {section(frame, page, heading, &page.waiting)}
                {more}
            }
            .into_markup()
        };
        let coming = section(frame, page, texts::desk_coming(locale), &page.coming);
        let open = section(frame, page, texts::desk_open(locale), &page.open);
        let concerns = concerns::queue(frame, page);
        let (backs, words) = (call_backs(frame, page), feedback::queue(frame, page));
        let ways = [
            (texts::desk_call_title(locale), "/desk/call"),
            (texts::desk_day_title(locale), "/desk/day"),
            (texts::desk_helpers_title(locale), "/desk/helpers"),
            (texts::figures_title(locale), "/desk/figures"),
        ];
        let ways = ways.map(|(label, href)| view! { <Link label=label href=href/> }).into_iter().collect::<Vec<_>>();
        let kinds = Show::ALL.into_iter().map(|show| {
            let label = match show {
                Show::All => texts::desk_show_all(locale),
                Show::Free => texts::desk_show_free(locale),
                Show::Mine => texts::desk_show_mine(locale),
            };
            Kind { href: format!("/desk?show={}", show.word()), label, current: show == page.show }
        });
        let (kinds, live) = (kinds.collect::<Vec<_>>(), LiveTexts::of_list(locale));
        view! {
            <h1>{title}</h1>
            <div class="mg-row">{ways}</div>
            <Filter label=texts::desk_show(locale) kinds=kinds/>
            <Live url="/desk/live" after=page.news here=frame.path.to_owned() texts=live/>
            <div class="mg-stack" id="cases" data-live-list="" tabindex="-1">{concerns}{waiting}{backs}{words}{coming}{open}</div>
        }
        .into_markup()
    })
}

/// That a list does not show all of so many, if it does not.
fn more(locale: Locale, count: u32, shown: usize) -> Option<Markup> {
    let hidden = u64::from(count).saturating_sub(shown as u64);
    (hidden > 0).then(|| view! { <p class="mg-soft">{texts::desk_more(locale, hidden)}</p> }.into_markup())
}

/// Who asked on the phone and is to be rung up, and why.
fn call_backs(frame: &Frame<'_>, page: &DeskPage) -> Option<Markup> {
    let locale = frame.locale;
    let entry =
        |(item, why): &(DeskItem, CallBack)| Entry { end: Some(call_back(locale, *why)), ..entry(frame, page, item) };
    let title = texts::desk_backs(locale, page.call_backs.len() as u64);
    let entries = page.call_backs.iter().map(entry).collect();
    listed(title, Some(texts::desk_backs_lead(locale)), entries)
}

/// Why somebody is to be rung up.
fn call_back(locale: Locale, why: CallBack) -> Phrase {
    match why {
        CallBack::Offers { count } => texts::desk_backs_offers(locale, count.into()),
        CallBack::Left => texts::desk_backs_left(locale),
        CallBack::Late => texts::desk_backs_late(locale),
        CallBack::Code => texts::desk_backs_code(locale),
        CallBack::Report => texts::desk_backs_report(locale),
        CallBack::Over => texts::desk_backs_over(locale),
        CallBack::Message => texts::desk_backs_message(locale),
    }
}

/// A list with its heading, if there is anything in it.
fn section(frame: &Frame<'_>, page: &DeskPage, title: Phrase, items: &[DeskItem]) -> Option<Markup> {
    listed(title, None, items.iter().map(|item| entry(frame, page, item)).collect())
}

fn entry(frame: &Frame<'_>, page: &DeskPage, item: &DeskItem) -> Entry {
    let locale = frame.locale;
    let name = |person| page.named.of(person).map_or("", |name| name.as_str());
    let people = match item.helper {
        Some(helper) => texts::desk_people(locale, name(item.requester), name(helper)),
        None => texts::help_person(locale, name(item.requester)),
    };
    let window = item.card.window;
    let when = format::window(locale, window.day(), window.from_minute(), window.to_minute());
    let subject = Phrase::given(item.card.title.as_str().to_owned());
    let (title, end) = match item.errand {
        Some((matter, by)) => {
            let title = errand(locale, matter).then(&Phrase::fixed("：")).then(&subject);
            (title, due(locale, by, page.now))
        }
        None => (subject, say::phase(locale, &item.card)),
    };
    let held = item.claim.map(|claim| texts::desk_held(locale, &case::name(frame, &page.named, claim.by)));
    let parts = [Some(people), Some(when), held].into_iter().flatten();
    let note = parts.reduce(|said, part| said.then(&Phrase::fixed(" · ")).then(&part));
    Entry { href: Some(format!("/desk/{}", item.card.id)), title, note, end: Some(end) }
}
