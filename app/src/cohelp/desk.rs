//! `/desk`: the centre's side of co-help (共助オペレーションセンター).

mod acts;
mod job;

use leptos::prelude::*;
use shared::cohelp::{DeskForm, DeskItem, Errand};
use shared::wire::DeskPage;

use crate::design::empty::Empty;
use crate::design::list::{Entry, LinkList};
use crate::frame::Frame;
use crate::i18n::{Locale, Phrase, format, texts};

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
}

impl DeskDone {
    const ALL: [Self; 5] = [Self::Introduce, Self::Notify, Self::CheckIn, Self::Decide, Self::Close];

    /// The word in links, and of the form that did it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Introduce => "introduce",
            Self::Notify => "notify",
            Self::CheckIn => "check-in",
            Self::Decide => "decide",
            Self::Close => "close",
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

/// `/desk`: what waits for the centre, longest first.
pub fn list(frame: &Frame<'_>, page: &DeskPage) -> String {
    let locale = frame.locale;
    let title = texts::desk_title(locale);
    frame.render(frame.shell(None), title.clone(), || {
        let entries: Vec<_> = page.items.iter().map(|item| entry(frame, page, item)).collect();
        let hidden = u64::from(page.waiting).saturating_sub(entries.len() as u64);
        let more = (hidden > 0).then(|| view! { <p class="mg-soft">{texts::desk_more(locale, hidden)}</p> });
        let content = if entries.is_empty() {
            view! { <Empty title=texts::desk_none(locale) note=texts::desk_none_note(locale)/> }.into_any()
        } else {
            view! {
                <p class="mg-lead">{texts::desk_lead(locale)}</p>
                <section class="mg-card">
                    <h2 class="mg-card__title">
                        {texts::desk_waiting(locale)}" "{texts::desk_count(locale, page.waiting.into())}
                    </h2>
                    <LinkList entries=entries/>
                </section>
                {more}
            }
            .into_any()
        };
        view! { <h1>{title}</h1>{content} }.into_any()
    })
}

fn entry(frame: &Frame<'_>, page: &DeskPage, item: &DeskItem) -> Entry {
    let locale = frame.locale;
    let name = |person| page.named.of(person).map_or("", |name| name.as_str());
    let people = texts::desk_people(locale, name(item.requester), item.helper.map_or("", name));
    let since = texts::desk_since(locale, &format::moment(locale, item.since));
    let window = item.card.window;
    let when = format::window(locale, window.day(), window.from_minute(), window.to_minute());
    let separator = || Phrase::fixed(" · ");
    Entry {
        href: Some(format!("/desk/{}", item.card.id)),
        title: errand(locale, item.errand)
            .then(&Phrase::fixed("："))
            .then(&Phrase::given(item.card.title.as_str().to_owned())),
        note: Some(people.then(&separator()).then(&when)),
        end: Some(since),
    }
}
