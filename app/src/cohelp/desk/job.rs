//! `/desk/{id}`: one job as an operator sees it.

use leptos::prelude::*;
use shared::cohelp::{Errand, Field, FieldErrors, Refusal, Side};
use shared::wire::{DeskJobPage, JobPage};

use super::{DeskDone, DeskInput, acts, call_back, candidates, case, concerns, due, errand, feedback};
use crate::cohelp::JobInput;
use crate::cohelp::errors::Errors;
use crate::cohelp::job::{Here, centre, chat as messages, course, details, photos, timeline};
use crate::cohelp::{phone, say};
use crate::design::banner::{Banner, Matter};
use crate::design::card::{Card, Weight};
use crate::design::chat::Chat;
use crate::design::link::Link;
use crate::design::list::{DescriptionList, Row};
use crate::design::live::{Live, LiveTexts};
use crate::design::page::Shell;
use crate::frame::Frame;
use crate::i18n::{Phrase, format, texts};
use crate::markup::IntoMarkup;

/// The page of a job at the desk with what its parts share.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) here: Here<'a>,
    pub(super) page: &'a DeskJobPage,
    pub(super) input: &'a DeskInput,
}

/// `/desk/{id}`: where the job stands, what both say, and what the centre does.
pub fn job(
    frame: &Frame<'_>,
    page: &DeskJobPage,
    input: &DeskInput,
    errors: &FieldErrors,
    refusal: Option<&Refusal>,
    done: Option<DeskDone>,
) -> String {
    let errors = Errors::new(frame.locale, errors, refusal, &[Field::Worked]);
    let DeskJobPage { visitor, now, desk, named, .. } = page.clone();
    let (seen, typed) = (
        JobPage {
            visitor,
            now,
            job: desk.job,
            asked: false,
            partable: Vec::new(),
            met: Vec::new(),
            concerns: Vec::new(),
            entered: Vec::new(),
            chat: None,
            photos: page.photos.clone(),
            adds_photo: None,
            removes_photos: false,
            rated: None,
            behalf: None,
            named,
        },
        JobInput { report: input.form.report.clone(), ..JobInput::default() },
    );
    let here = Here { frame, page: &seen, input: &typed, errors: &errors, at_desk: true };
    let desk = Desk { here, page, input };
    let shell = Shell { error: errors.any(), ..frame.shell_that_lives(None) };
    let title = Phrase::given(seen.job.card.title.as_str().to_owned());
    frame.render(shell, title.clone(), || {
        let locale = frame.locale;
        let (done, status, reports) = (panel(desk, done), status(desk), reports(desk));
        let (centre, acts, timeline, about) =
            (centre::said(here), acts::forms(desk), timeline::steps(here), details(here));
        let (candidates, asked, concerns) = (candidates::list(desk), candidates::asked(desk), concerns::of_job(desk));
        let (entered, chat, feedback) = (entered(desk), chat(desk), feedback::of_job(desk));
        let (case, about_job) = (case::card(desk), desk.here.job().card.id.to_string());
        let photos = photos::card(here, None);
        let url = format!("/desk/{about_job}");
        view! {
            {errors.summary()}
            {done}
            <Link label=texts::desk_back(locale) href="/desk" back=true/>
            <h1>{title}</h1>
            <Live url="/desk/live" after=page.news here=url about=about_job texts=LiveTexts::of_page(locale)/>
            {status}
            {entered}
            {case}
            {concerns}
            {feedback}
            {reports}
            {chat}
            {centre}
            {asked}
            {acts}
            {candidates}
            <section class="mg-card">
                <h2 class="mg-card__title">{texts::help_job_progress(locale)}</h2>
                {timeline}
            </section>
            {about}
            {photos}
        }
        .into_markup()
    })
}

/// What the two wrote to each other, where one of them has turned to the centre.
fn chat(desk: Desk<'_>) -> Option<impl IntoView + use<>> {
    let (locale, page) = (desk.here.locale(), desk.page);
    let messages: Vec<_> = page.chat.iter().map(|message| messages::of(desk.here, message)).collect();
    let (title, label) = (texts::desk_chat(locale), texts::desk_chat(locale));
    (!messages.is_empty()).then(|| {
        view! {
            <section class="mg-card">
                <h2 class="mg-card__title">{title}</h2>
                <p>{texts::desk_chat_note(locale)}</p>
                <Chat label=label messages=messages earlier=texts::help_chat_earlier(locale)/>
            </section>
        }
    })
}

/// What was entered in somebody's name, and where whoever asked on the phone can be rung up.
fn entered(desk: Desk<'_>) -> Option<impl IntoView + use<>> {
    let (locale, page) = (desk.here.locale(), desk.page);
    let (list, frame, job) = (&page.entered, desk.here.frame, desk.here.job());
    (!list.is_empty()).then(|| {
        let rows = phone::entered(locale, list, |one| {
            let side = if one.person == job.requester { Side::Requester } else { Side::Helper };
            let at = format::moment(locale, one.at);
            let by = texts::desk_entered_by(locale, &at, &case::name(frame, &page.named, one.by));
            desk.here.person(side).then(&Phrase::fixed(" · ")).then(&by)
        });
        let known = page.telephone.as_ref().map(|known| Phrase::given(known.as_str().to_owned()));
        let known = known.unwrap_or_else(|| texts::desk_telephone_none(locale));
        let telephone = vec![Row::new(texts::desk_call_telephone(locale), known)];
        let own = list.iter().any(|one| one.by == page.visitor.actor.person && one.speaks());
        let own = own.then(|| view! { <p>{texts::desk_entered_own(locale)}</p> });
        view! {
            <section class="mg-card">
                <h2 class="mg-card__title">{texts::desk_entered(locale)}</h2>
                <DescriptionList rows=telephone/>
                {rows}
                {own}
                <p><Link label=texts::desk_call_title(locale) href="/desk/call"/></p>
            </section>
        }
    })
}

fn panel(desk: Desk<'_>, done: Option<DeskDone>) -> Option<impl IntoView + use<>> {
    let locale = desk.here.locale();
    let title = match done? {
        DeskDone::Introduce => texts::desk_done_introduce(locale),
        DeskDone::Notify => texts::desk_done_notify(locale),
        DeskDone::CheckIn => texts::desk_done_checkin(locale),
        DeskDone::Decide => texts::desk_done_decide(locale),
        DeskDone::Close => texts::desk_done_close(locale),
        DeskDone::Enquire => texts::desk_done_enquire(locale),
        DeskDone::Take => texts::desk_done_take(locale),
        DeskDone::Find => texts::desk_done_find(locale),
        DeskDone::Claim => texts::desk_done_claim(locale),
        DeskDone::HandOver => texts::desk_done_handover(locale),
        DeskDone::Write => texts::desk_done_write(locale),
        DeskDone::RingUp => texts::desk_done_ring(locale),
        DeskDone::Read => texts::desk_done_read(locale),
    };
    let note = match done? {
        DeskDone::Enquire => texts::desk_done_enquire_note(locale),
        DeskDone::Take => texts::desk_done_take_note(locale),
        DeskDone::Find => texts::desk_done_find_note(locale),
        DeskDone::Claim => texts::desk_done_claim_note(locale),
        DeskDone::HandOver => texts::desk_done_handover_note(locale),
        DeskDone::Write => texts::desk_done_write_note(locale),
        DeskDone::RingUp => texts::desk_done_ring_note(locale),
        DeskDone::Read => texts::desk_done_read_note(locale),
        _ => texts::desk_done_note(locale),
    };
    Some(view! {
        <div id="done" role="status" tabindex="-1" autofocus=true>
            <Banner matter=Matter::Success title=title><p>{note}</p></Banner>
        </div>
    })
}

/// What the operator has to do, and where the job stands.
fn status(desk: Desk<'_>) -> impl IntoView + use<> {
    let locale = desk.here.locale();
    let ring = desk.page.desk.call_back.map(|why| call_back(locale, why));
    let (title, what) = match desk.page.desk.errand {
        Some((matter, by)) => {
            let what = match matter {
                Errand::Introduce => texts::desk_now_introduce(locale),
                Errand::Decide => texts::desk_now_decide(locale),
            };
            let by = due(locale, by, desk.page.now);
            (errand(locale, matter).then(&Phrase::fixed(" · ")).then(&by), Some(what))
        }
        None => {
            let nothing = ring.is_none().then(|| texts::desk_now_nothing(locale));
            (say::phase(locale, &desk.here.job().card), nothing)
        }
    };
    let lines: Vec<_> = what.into_iter().chain(ring).map(|line| view! { <p>{line}</p> }).collect();
    view! { <Card title=title weight=Weight::Next>{lines}</Card> }
}

/// What each of the two says came of it, once there is something to say.
fn reports(desk: Desk<'_>) -> Option<impl IntoView + use<>> {
    let (here, locale) = (desk.here, desk.here.locale());
    let course = here.job().course.as_ref()?;
    let row = |side: Side| {
        let said = course.reports.of(side).map(|report| {
            let at = format::moment(locale, report.at);
            course::outcome(here, report.outcome).then(&Phrase::fixed(" · ")).then(&at)
        });
        Row::new(here.person(side), said.unwrap_or_else(|| texts::desk_report_none(locale)))
    };
    let rows = vec![row(Side::Requester), row(Side::Helper)];
    let late: Vec<_> = course
        .late
        .each()
        .map(|(side, late)| texts::help_late_said(locale, &here.person(side), &format::moment(locale, late.comes_at())))
        .map(|line| view! { <p>{line}</p> })
        .collect();
    let how = course.how.as_ref().map(|how| view! { <p>{texts::help_started_how(locale, how.as_str())}</p> });
    Some(view! {
        <section class="mg-card">
            <h2 class="mg-card__title">{texts::desk_reports(locale)}</h2>
            {how}
            {late}
            <DescriptionList rows=rows/>
        </section>
    })
}
