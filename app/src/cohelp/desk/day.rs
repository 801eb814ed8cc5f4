//! `/desk/day` 1日の割り当て: a day's open requests, and a proposal whom to ask for them.

use leptos::prelude::*;
use shared::cohelp::DeskItem;
use shared::cohelp::helping::helper_id;
use shared::cohelp::matching::{Pair, PinBroken, PinFault, Proposal, Unserved};
use shared::kernel::{JobId, PersonId};
use shared::wire::DeskDayPage;

use super::areas::{Line, by_area};
use super::{candidates, case};
use crate::cohelp::say;
use crate::design::banner::{Banner, Matter};
use crate::design::button::{Button, Tone};
use crate::design::card::Card;
use crate::design::empty::Empty;
use crate::design::field::Field;
use crate::design::filter::{Filter, Kind};
use crate::design::form::{Form, Hidden};
use crate::design::link::Link;
use crate::design::list::{Entry, LinkList};
use crate::design::select::{Choice, Select};
use crate::frame::Frame;
use crate::i18n::{Locale, Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// In which order a day's requests stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// By when they end.
    Time,
    /// By area, with a grid of how many there are when.
    Area,
}

impl DayOrder {
    /// From the word in a link.
    pub fn from_word(word: &str) -> Self {
        if word == "area" { Self::Area } else { Self::Time }
    }
}

/// The value of a choice: a request and who shall help.
fn pin_word(job: JobId, helper: PersonId) -> String {
    format!("{job}:{}", helper_id(helper))
}

/// `/desk/day`: the day's requests with who is proposed for each; `told` is how many were asked just now, and how many left out.
pub fn day(frame: &Frame<'_>, page: &DeskDayPage, told: Option<(u32, u32)>, order: DayOrder) -> String {
    let locale = frame.locale;
    let title = texts::desk_day_title(locale);
    frame.render(frame.shell(None), title.clone(), || {
        let done = told.filter(|told| *told != (0, 0)).map(|told| panel(locale, told));
        let content = if page.open.is_empty() {
            view! { <Empty title=texts::desk_day_none(locale) note=texts::desk_day_none_note(locale)/> }.into_markup()
        } else {
            filled(frame, page, order)
        };
        view! {
            {done}
            <Link label=texts::desk_back(locale) href="/desk" back=true/>
            <h1>{title}</h1>
            <h2>{format::day(locale, page.day)}</h2>
            {ways(locale, page, order)}
            {content}
        }
        .into_markup()
    })
}

fn panel(locale: Locale, (asked, left): (u32, u32)) -> impl IntoView + use<> {
    let matter = if left == 0 { Matter::Success } else { Matter::Warning };
    let title = texts::desk_day_done(locale, asked.into());
    let left = (left > 0).then(|| view! { <p>{texts::desk_day_left(locale, left.into())}</p> });
    let note = (asked > 0).then(|| view! { <p>{texts::desk_done_enquire_note(locale)}</p> });
    view! {
        <div id="done" role="status" tabindex="-1" autofocus=true>
            <Banner matter=matter title=title>{note}{left}</Banner>
        </div>
    }
}

fn url(day: shared::kernel::Day, order: DayOrder) -> String {
    match order {
        DayOrder::Time => format!("/desk/day?day={day}"),
        DayOrder::Area => format!("/desk/day?day={day}&by=area"),
    }
}

fn ways(locale: Locale, page: &DeskDayPage, order: DayOrder) -> impl IntoView + use<> {
    let before = (page.day > page.now.day())
        .then(|| view! { <Link label=texts::desk_day_previous(locale) href=url(page.day.plus(-1), order)/> });
    view! { <p class="mg-row">{before}<Link label=texts::desk_day_next(locale) href=url(page.day.plus(1), order)/></p> }
}

fn filled(frame: &Frame<'_>, page: &DeskDayPage, order: DayOrder) -> Markup {
    let locale = frame.locale;
    let nothing = Proposal::default();
    let (proposal, broken) = match &page.plan.proposal {
        Ok(proposal) => (proposal, None),
        Err(broken) => (&nothing, Some(broken)),
    };
    let broken = broken.map(|PinBroken { pin, why }| {
        let asked = page.open.iter().find(|(item, _)| item.card.id == pin.job);
        let title = asked.map_or("", |(item, _)| item.card.title.as_str());
        let which = texts::desk_day_pin(locale, title, &who(frame, page, pin.helper));
        let why = fault(locale, *why);
        view! {
            <div id="refusal" role="alert" tabindex="-1" autofocus=true>
                <Banner matter=Matter::Error title=texts::desk_day_pin_broken(locale)>
                    <p>{which}</p>
                    <p>{why}</p>
                </Banner>
            </div>
        }
    });
    let lines: Vec<_> = page.open.iter().map(|(item, offers)| line(frame, page, proposal, item, *offers)).collect();
    let orders = [(DayOrder::Time, texts::desk_day_by_time(locale)), (DayOrder::Area, texts::desk_day_by_area(locale))];
    let kind = |(of, label)| Kind { href: url(page.day, of), label, current: of == order };
    let kinds = orders.map(kind).into_iter().collect::<Vec<_>>();
    let list = match order {
        DayOrder::Time => {
            let entries = lines.into_iter().map(|line| line.entry).collect::<Vec<_>>();
            view! { <section class="mg-card"><LinkList entries=entries/></section> }.into_markup()
        }
        DayOrder::Area => by_area(frame, lines),
    };
    view! {
        {broken}
        <p class="mg-lead">{texts::desk_day_lead(locale)}</p>
        <Filter label=texts::desk_day_order(locale) kinds=kinds/>
        {list}
        {enquire(frame, page, &proposal.pairs, order)}
        {again(frame, page, order)}
    }
    .into_markup()
}

fn fault(locale: Locale, why: PinFault) -> Phrase {
    match why {
        PinFault::Twice => texts::desk_day_pin_twice(locale),
        PinFault::UnknownJob | PinFault::UnknownHelper => texts::desk_day_pin_unknown(locale),
        PinFault::Barred(bar) => say::bar(locale, bar),
    }
}

fn who(frame: &Frame<'_>, page: &DeskDayPage, person: PersonId) -> Phrase {
    candidates::who(frame, &page.named, &page.homes, person)
}

/// A request, and who is proposed for it, asked already, or offers.
fn line<'a>(frame: &Frame<'_>, page: &DeskDayPage, proposal: &Proposal, item: &'a DeskItem, offers: u32) -> Line<'a> {
    let locale = frame.locale;
    let job = item.card.id;
    let window = item.card.window;
    let when = format::window(locale, window.day(), window.from_minute(), window.to_minute());
    let place = frame.area_name(item.card.area.as_str());
    let asks = who(frame, page, item.requester);
    let dot = Phrase::fixed(" · ");
    let note = when.then(&dot).then(&place).then(&dot).then(&asks);
    let held = item.claim.map(|claim| texts::desk_held(locale, &case::name(frame, &page.named, claim.by)));
    let note = held.map_or(note.clone(), |held| note.then(&dot).then(&held));
    let asked = page.enquiries.iter().filter(|enquiry| enquiry.job == job && enquiry.waits(page.now)).count();
    let pair = proposal.pairs.iter().find(|pair| pair.job == job);
    let unserved = proposal.unserved.iter().find(|unserved| unserved.job == job);
    let end = if offers > 0 {
        Some(texts::help_offers_count(locale, offers.into()))
    } else if asked > 0 {
        Some(texts::desk_day_asked(locale, asked as u64))
    } else if let Some(Pair { candidate, pinned: true, .. }) = pair {
        Some(texts::desk_day_pinned(locale, &who(frame, page, candidate.helper)))
    } else if let Some(Pair { candidate, .. }) = pair {
        Some(texts::desk_day_proposed(locale, &who(frame, page, candidate.helper)))
    } else {
        unserved.map(|unserved| texts::desk_day_unserved(locale, &why(locale, unserved)))
    };
    let title = Phrase::given(item.card.title.as_str().to_owned());
    let entry = Entry { href: Some(format!("/desk/{job}")), title, note: Some(note), end };
    Line { item, has_somebody: offers > 0 || asked > 0 || pair.is_some(), entry }
}

fn why(locale: Locale, unserved: &Unserved) -> Phrase {
    match unserved.foremost() {
        _ if unserved.elsewhere > 0 => texts::desk_bar_elsewhere(locale),
        Some(bar) => say::bar(locale, bar),
        None => texts::desk_bar_nobody(locale),
    }
}

/// Asking everybody as proposed: what is shown is what is sent.
fn enquire(frame: &Frame<'_>, page: &DeskDayPage, pairs: &[Pair], order: DayOrder) -> Option<Markup> {
    let locale = frame.locale;
    let hidden: Vec<_> = pairs
        .iter()
        .map(|pair| view! { <Hidden name="pair" value=pin_word(pair.job, pair.candidate.helper)/> })
        .collect();
    (!pairs.is_empty()).then(|| {
        view! {
            <Form action=url(page.day, order) seal=frame.seal_of("enquire")>
                <Hidden name="act" value="enquire"/>
                {hidden}
                <p>{texts::desk_day_enquire_what(locale)}</p>
                <Button label=texts::desk_day_enquire(locale)/>
            </Form>
        }
        .into_markup()
    })
}

/// Another proposal around what the operator wants kept.
fn again(frame: &Frame<'_>, page: &DeskDayPage, order: DayOrder) -> Option<Markup> {
    let locale = frame.locale;
    let select = |(at, (job, ranked)): (usize, &(JobId, Vec<PersonId>))| {
        let (item, _) = page.open.iter().find(|(item, _)| item.card.id == *job)?;
        let label = texts::desk_day_who(locale, item.card.title.as_str());
        let choice = |person: &PersonId| Choice::new(pin_word(*job, *person), who(frame, page, *person));
        let pinned = page.pins.iter().find(|pin| pin.job == *job);
        let value = pinned.map(|pin| pin_word(*job, pin.helper)).unwrap_or_default();
        let choices: Vec<_> = ranked.iter().map(choice).collect();
        let id = format!("pin-{at}");
        let field = Field::new("pin", label);
        (!choices.is_empty()).then(|| {
            let automatic = texts::desk_day_automatic(locale);
            view! { <Select field=field id=id choices=choices value=value empty=automatic/> }.into_markup()
        })
    };
    let selects: Vec<_> = page.plan.ranked.iter().enumerate().filter_map(select).collect();
    let (url, seal) = (url(page.day, order), frame.seal_of("again"));
    (!selects.is_empty()).then(|| {
        view! {
            <Card title=texts::desk_day_again(locale)>
                <Form action=url seal=seal>
                    <Hidden name="act" value="again"/>
                    {selects}
                    <Button label=texts::desk_day_again(locale) tone=Tone::Secondary/>
                </Form>
            </Card>
        }
        .into_markup()
    })
}
