//! `/help/{id}`: one job from asking to thanks.

pub(super) mod actions;
pub(super) mod centre;
pub(super) mod chat;
mod concerns;
pub(super) mod course;
mod done;
mod offers;
pub(super) mod photos;
mod rate;
pub(super) mod timeline;

use leptos::prelude::*;
use shared::cohelp::{Conditions, Ending, Field, FieldErrors, JobView, OfferState, Phase, Refusal, Side};
use shared::kernel::{OfferId, PersonId, PhotoId};
use shared::wire::JobPage;

use super::{JobDone, JobInput, Ways, errors::Errors, kinds, phone, profile, say};
use crate::design::banner::{Banner, Matter};
use crate::design::button::{ButtonLink, Tone};
use crate::design::card::{Card, Weight};
use crate::design::link::Link;
use crate::design::list::{DescriptionList, Row};
use crate::design::page::{Area, Shell};
use crate::design::thanks::{Letter, ThanksCard};
use crate::frame::Frame;
use crate::i18n::{Locale, Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// The page with what its parts share.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub(super) frame: &'a Frame<'a>,
    pub(super) page: &'a JobPage,
    pub(super) input: &'a JobInput,
    pub(super) errors: &'a Errors,
    /// Whether it is an operator's page at the desk.
    pub(super) at_desk: bool,
}

impl<'a> Here<'a> {
    pub(super) fn locale(self) -> Locale {
        self.frame.locale
    }

    pub(super) fn job(self) -> &'a JobView {
        &self.page.job
    }

    /// Where its forms are sent.
    fn url(self) -> String {
        self.ways().job(self.job().card.id)
    }

    /// Where a photo is.
    fn photo_url(self, photo: PhotoId) -> String {
        let job = if self.at_desk { format!("/desk/{}", self.job().card.id) } else { self.url() };
        format!("{job}/photos/{photo}")
    }

    fn ways(self) -> Ways {
        Ways::of(self.page.behalf.as_ref())
    }

    /// The person's name, if the reader may know it.
    fn name(self, person: PersonId) -> Option<&'a str> {
        self.page.named.of(person).map(|name| name.as_str())
    }

    /// The other one of the two, as seen by the reader.
    fn other(self) -> String {
        let job = self.job();
        let other = if job.card.side == Some(Side::Requester) { job.helper } else { Some(job.requester) };
        let name = other.and_then(|person| self.name(person)).map(str::to_owned);
        name.unwrap_or_else(|| texts::help_other_person(self.locale()).plain().into_owned())
    }

    /// The person on that side: the reader, a name, or nobody yet.
    pub(super) fn person(self, side: Side) -> Phrase {
        let (locale, job) = (self.locale(), self.job());
        if job.card.side == Some(side) {
            return texts::help_you(locale);
        }
        let person = if side == Side::Requester { Some(job.requester) } else { job.helper };
        match (person.and_then(|person| self.name(person)), side) {
            (Some(name), _) => texts::help_person(locale, name),
            (None, Side::Requester) => texts::help_job_who_asks(locale),
            (None, Side::Helper) => texts::help_job_who_helps(locale),
        }
    }
}

/// `/help/{id}`: where the job stands, who does what next, and what the reader can do now.
pub fn job(
    frame: &Frame<'_>,
    page: &JobPage,
    input: &JobInput,
    errors: &FieldErrors,
    refusal: Option<&Refusal>,
    done: Option<JobDone>,
) -> String {
    // Nothing of the request can be changed here, so a refusal about it belongs above the page.
    let on_page = [Field::Code, Field::Worked].map(|field| (field, actions::asks(&page.job.may, field)));
    let on_page: Vec<_> = on_page.into_iter().filter_map(|(field, asked)| asked.then_some(field)).collect();
    let errors = Errors::new(frame.locale, errors, refusal, &on_page).on_behalf(page.behalf.is_some());
    let here = Here { frame, page, input, errors: &errors, at_desk: false };
    let area = page.behalf.is_none().then_some(Area::Help);
    let lives = page.behalf.is_none() && (page.chat.is_some() || page.adds_photo.is_some());
    let shell = if lives { frame.shell_that_lives(area) } else { frame.shell(area) };
    let shell = Shell { error: errors.any(), ..shell };
    let title = Phrase::given(page.job.card.title.as_str().to_owned());
    frame.render(shell, title.clone(), || {
        let locale = frame.locale;
        let parts = (done::panel(here, done), letter(here), status(here), actions::now(here), offers::list(here));
        let (panel, letter, status, now, offers) = parts;
        let (timeline, details, later) = (timeline::steps(here), details(here), actions::later(here));
        let (centre, entered) = (centre::said(here), entered(here));
        let behalf = phone::on_behalf(locale, page.behalf.as_ref());
        let back = behalf.is_none().then(|| view! { <Link label=texts::help_title(locale) href="/help" back=true/> });
        let (part, raise, told, chat) =
            (part(here), concerns::form(here), concerns::told(here), chat::card(here, done));
        let (rate, lacks, photos) = (rate::card(here), actions::lacks(here), photos::card(here, done));
        view! {
            {errors.summary()}
            {panel}
            {back}
            <h1>{title}</h1>
            {behalf}
            {letter}
            {status}
            {now}
            {lacks}
            {rate}
            {chat}
            {centre}
            {told}
            {offers}
            <section class="mg-card">
                <h2 class="mg-card__title">{texts::help_job_progress(locale)}</h2>
                {timeline}
            </section>
            {details}
            {photos}
            {entered}
            {later}
            {raise}
            {part}
        }
        .into_markup()
    })
}

/// Ways to keep away from those the reader meets here.
fn part(here: Here<'_>) -> Option<Markup> {
    let locale = here.locale();
    let label = |(offer, person): &(Option<OfferId>, PersonId)| {
        let name = here.name(*person).map(str::to_owned);
        let name = name.unwrap_or_else(|| texts::help_other_person(locale).plain().into_owned());
        (*offer, texts::helper_part(locale, &name))
    };
    let people: Vec<_> = here.page.partable.iter().map(label).collect();
    profile::part(here.frame, &here.url(), &people)
}

/// What operators entered in the reader's name.
fn entered(here: Here<'_>) -> Option<Markup> {
    let locale = here.locale();
    let list = &here.page.entered;
    (!list.is_empty()).then(|| {
        let rows = phone::entered(locale, list, |one| format::moment(locale, one.at));
        view! {
            <section class="mg-card">
                <h2 class="mg-card__title">{texts::help_entered(locale)}</h2>
                <p>{texts::help_entered_note(locale)}</p>
                {rows}
            </section>
        }
        .into_markup()
    })
}

/// Where it stands, and who does what next.
fn status(here: Here<'_>) -> impl IntoView + use<> {
    let (locale, job) = (here.locale(), here.job());
    let phase = say::phase(locale, &job.card);
    let sentence = match job.card.next {
        Some(next) => say::turn(locale, &job.card, next, &here.other()),
        None => over(here),
    };
    let reason = match &job.ending {
        Some(Ending::Cancelled { reason: Some(reason), .. }) => Some(texts::help_turn_reason(locale, reason.as_str())),
        Some(Ending::Closed { reason, .. }) => Some(texts::help_closed_why(locale, reason.as_str())),
        _ => None,
    };
    let again = match &job.ending {
        Some(Ending::Unsuited { .. }) if job.card.phase == Phase::Open => Some(texts::help_again_unsuited(locale)),
        Some(_) if job.card.phase == Phase::Open => Some(texts::help_again_left(locale)),
        _ => None,
    };
    let again = again.map(|again| view! { <p>{again}</p> });
    let ended = matches!(job.card.phase, Phase::Cancelling | Phase::Cancelled);
    let kept = job.gave.filter(|gave| ended && !gave.is_zero());
    let kept = kept.map(|gave| view! { <p>{texts::help_kept_free(locale, gave.get())}</p> });
    let own = here.page.behalf.is_none();
    let short = job.short_of.map(|missing| {
        let wallet = own.then(|| view! { <Link label=texts::home_wallet(locale) href="/wallet"/> });
        view! { <Banner matter=Matter::Warning title=texts::help_turn_short(locale, missing.get())>{wallet}</Banner> }
    });
    let ask = format!("{}?again={}", here.ways().request(), job.card.id);
    let over = matches!(job.card.phase, Phase::Paid | Phase::Cancelled | Phase::Expired);
    let renew = (over && job.card.side == Some(Side::Requester)).then(|| {
        view! { <ButtonLink label=texts::help_action_ask_again(locale) href=ask tone=Tone::Secondary/> }
    });
    let (said, steps) = (course::said(here), actions::steps(here));
    view! {
        {short}
        <Card title=phase weight=Weight::Next>
            {again}
            <p>{sentence}</p>
            {reason.map(|reason| view! { <p>{reason}</p> })}
            {kept}
            {said}
            {renew}
            {steps}
        </Card>
    }
}

/// Nothing is next: how it ended.
fn over(here: Here<'_>) -> Phrase {
    let (locale, job) = (here.locale(), here.job());
    match (job.card.phase, &job.ending) {
        (Phase::Cancelling | Phase::Cancelled, Some(Ending::Lapsed { .. })) => texts::help_turn_lapsed(locale),
        (Phase::Cancelling | Phase::Cancelled, Some(Ending::NotHelped(_))) => texts::help_turn_not_helped(locale),
        (Phase::Cancelling | Phase::Cancelled, Some(Ending::Unsuited { .. })) => texts::help_turn_unsuited(locale),
        (Phase::Cancelling | Phase::Cancelled, Some(Ending::Closed { .. })) => texts::help_turn_closed(locale),
        (Phase::Cancelling | Phase::Cancelled, Some(Ending::Cancelled { by, .. })) if Some(*by) == job.card.side => {
            texts::help_turn_cancelled_you(locale)
        }
        (Phase::Cancelling | Phase::Cancelled, Some(_)) => texts::help_turn_cancelled(locale, &here.other()),
        (Phase::Cancelling | Phase::Cancelled | Phase::Declined, _) => texts::help_turn_declined(locale),
        (Phase::Expired, _) if job.card.side == Some(Side::Requester) => texts::help_turn_expired(locale),
        (Phase::Expired, _) => texts::help_turn_expired_other(locale),
        _ => texts::help_turn_finished(locale),
    }
}

/// Thanks the reader received for it.
fn letter(here: Here<'_>) -> Option<impl IntoView + use<>> {
    let (locale, job) = (here.locale(), here.job());
    let thanks = job.thanks_received.as_ref()?;
    let letter = Letter {
        title: texts::help_thanks_title(locale),
        message: thanks.message.as_ref().map(|message| Phrase::given(message.as_str().to_owned())),
        from: texts::help_thanks_from(locale, &here.other()),
        about: format::day(locale, thanks.at.day()),
        rating: Some(say::rating(locale, thanks.rating)),
    };
    Some(view! { <ThanksCard letter=letter/> })
}

/// What calling off costs.
pub(super) fn conditions(locale: Locale, conditions: &Conditions) -> Phrase {
    let Conditions { late_hours, late_percent, no_show_percent, .. } = *conditions;
    if no_show_percent == 0 {
        return texts::help_conditions_free(locale);
    }
    if late_hours == 0 || late_percent == 0 {
        return texts::help_conditions_absent(locale, no_show_percent.into());
    }
    texts::help_conditions_late(locale, late_hours.into(), late_percent.into(), no_show_percent.into())
}

/// What it is about.
pub(super) fn details(here: Here<'_>) -> impl IntoView + use<> {
    let (locale, job) = (here.locale(), here.job());
    let card = &job.card;
    let window = card.window;
    let hidden = match card.phase {
        Phase::Paid | Phase::Cancelling | Phase::Cancelled => texts::help_job_details_over(locale),
        _ => texts::help_job_details_hidden(locale),
    };
    // The centre, on neither side, reads the details too.
    let whole = card.side == Some(Side::Requester) || (card.side.is_none() && job.details.is_some());
    let reward = if whole {
        let of = |amount| format::points(locale, amount);
        texts::help_job_reward_split(locale, &of(card.reward), &of(card.to_helper), &of(job.fee))
    } else {
        format::points(locale, card.to_helper)
    };
    let asks = match here.name(job.requester) {
        None if card.side != Some(Side::Requester) => texts::help_job_name_hidden(locale),
        _ => here.person(Side::Requester),
    };
    let mut rows = vec![
        Row::new(
            texts::help_job_when(locale),
            format::window(locale, window.day(), window.from_minute(), window.to_minute()),
        ),
        Row::new(texts::help_job_minutes(locale), format::duration(locale, card.minutes)),
        Row::new(texts::help_job_where(locale), here.frame.area_name(card.area.as_str())),
        Row::new(texts::help_job_kind(locale), say::category(locale, card.category)),
        Row::new(texts::help_job_languages(locale), say::languages(locale, &card.languages)),
        Row::new(
            texts::help_job_details(locale),
            job.details.as_ref().map_or(hidden, |details| Phrase::given(details.as_str().to_owned())),
        ),
    ];
    rows.extend(kinds::rows_of_job(here.frame, job));
    rows.push(Row::new(texts::help_job_who_asks(locale), asks));
    if job.helper.is_some() {
        rows.push(Row::new(texts::help_job_who_helps(locale), here.person(Side::Helper)));
    }
    let chosen = job.offers.iter().find(|offer| offer.state == OfferState::Chosen);
    if let Some(note) = chosen.filter(|_| card.side.is_some()).and_then(|offer| offer.note.as_ref()) {
        rows.push(Row::new(texts::help_offer_note(locale), Phrase::given(note.as_str().to_owned())));
    }
    rows.push(Row::new(texts::help_job_reward(locale), reward));
    if let Some(gave) = job.gave.filter(|_| card.phase == Phase::Paid) {
        rows.push(Row::new(texts::help_gave(locale), format::points(locale, gave)));
    }
    rows.push(Row::new(texts::help_conditions(locale), conditions(locale, &job.conditions)));
    view! {
        <section class="mg-card">
            <h2 class="mg-card__title">{texts::help_job_about(locale)}</h2>
            <DescriptionList rows=rows/>
        </section>
    }
}
