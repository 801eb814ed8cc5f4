//! `/help/profile` 手伝う人の登録: what somebody helps with, when and where, and from whom they keep away.

use leptos::prelude::*;
use shared::cohelp::helping::{Apart, PER_WEEK_OFFERED, ProfileForm, REACHES_METRES, TimeOfDay, time_word};
use shared::cohelp::matching::{REST_DAYS_MAX, Travel};
use shared::cohelp::{Field as Id, FieldErrors, Refusal};
use shared::kernel::{Language, OfferId, Weekday};
use shared::town::Skill;
use shared::wire::ProfilePage;

use super::{errors::Errors, kinds, say};
use crate::design::banner::{Banner, Matter};
use crate::design::button::{Button, Tone};
use crate::design::card::Card;
use crate::design::check_group::{CheckGroup, CheckRow, CheckTable};
use crate::design::date_field::DateField;
use crate::design::field::Field;
use crate::design::form::{Form, Hidden};
use crate::design::link::Link;
use crate::design::list::{DescriptionList, Row};
use crate::design::page::Area;
use crate::design::radio_group::RadioGroup;
use crate::design::select::{Choice, Select};
use crate::frame::Frame;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

const FIELDS: [Id; 10] = [
    Id::Area,
    Id::Kinds,
    Id::Times,
    Id::Reach,
    Id::Travel,
    Id::Languages,
    Id::Skills,
    Id::PerWeek,
    Id::RestFrom,
    Id::RestTo,
];

/// What was just done there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ProfileDone {
    Saved,
    Left,
    Parted,
    Met,
}

impl ProfileDone {
    const ALL: [Self; 4] = [Self::Saved, Self::Left, Self::Parted, Self::Met];

    /// The word in links.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Left => "left",
            Self::Parted => "parted",
            Self::Met => "met",
        }
    }

    /// From the word in a link.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.word() == word)
    }
}

/// `/help/profile`: the form, and the list of those the reader keeps away from.
pub fn profile(
    frame: &Frame<'_>,
    page: &ProfilePage,
    form: &ProfileForm,
    errors: &FieldErrors,
    refusal: Option<&Refusal>,
    done: Option<ProfileDone>,
) -> String {
    let locale = frame.locale;
    let errors = Errors::new(locale, errors, refusal, &FIELDS);
    let area = Some(Area::Help);
    let shell = if errors.any() { frame.shell_with_errors(area) } else { frame.shell(area) };
    frame.render(shell, texts::helper_title(locale), || {
        let registered = page.form.is_some();
        let lead = if registered { texts::helper_lead_registered(locale) } else { texts::helper_lead(locale) };
        let save = if registered { texts::helper_save_change(locale) } else { texts::helper_save(locale) };
        let (what, when) = (what(frame, form, &errors), when(frame, page, form, &errors));
        view! {
            {errors.summary()}
            {panel(frame, page, done)}
            <Link label=texts::help_door_offer(locale) href="/help/offers" back=true/>
            <h1>{texts::helper_title(locale)}</h1>
            <p class="mg-lead">{lead}</p>
            <Form action="/help/profile" seal=frame.seal_of("save")>
                <Hidden name="act" value="save"/>
                {what}
                {when}
                <p class="mg-soft">{texts::helper_private(locale)}</p>
                <Button label=save/>
            </Form>
            {seen(frame, page)}
            {apart(frame, page)}
            {registered.then(|| leave(frame))}
        }
        .into_markup()
    })
}

fn panel(frame: &Frame<'_>, page: &ProfilePage, done: Option<ProfileDone>) -> Option<impl IntoView + use<>> {
    let (locale, registered) = (frame.locale, page.form.is_some());
    // The page may be opened again much later.
    let (title, note) = match done? {
        ProfileDone::Saved if registered => (texts::helper_done_saved(locale), texts::helper_done_saved_note(locale)),
        ProfileDone::Left if !registered => (texts::helper_done_left(locale), texts::helper_done_left_note(locale)),
        ProfileDone::Parted if !page.apart.is_empty() => {
            (texts::helper_done_parted(locale), texts::helper_done_parted_note(locale))
        }
        ProfileDone::Met => (texts::helper_done_met(locale), texts::helper_done_met_note(locale)),
        _ => return None,
    };
    Some(view! {
        <div id="done" role="status" tabindex="-1" autofocus=true>
            <Banner matter=Matter::Success title=title><p>{note}</p></Banner>
        </div>
    })
}

/// A field that is needed.
fn needed(frame: &Frame<'_>, errors: &Errors, id: Id) -> Field {
    let locale = frame.locale;
    let label = if id == Id::Area { texts::helper_field_area(locale) } else { say::field(locale, id) };
    Field::new(id.id(), label).required(texts::shell_required(locale)).error(errors.at(id))
}

fn what(frame: &Frame<'_>, form: &ProfileForm, errors: &Errors) -> impl IntoView + use<> {
    let locale = frame.locale;
    let kinds =
        frame.town.categories.iter().map(|kind| Choice::new(kind.kind.word(), say::category(locale, kind.kind)));
    let languages = Language::ALL.into_iter().map(|one| Choice::new(one.word(), say::language(locale, one)));
    let areas: Vec<_> =
        frame.town.areas.iter().map(|area| Choice::new(area.code.as_str(), frame.area_name(&area.code))).collect();
    let travel = Travel::ALL.into_iter().map(|way| Choice::new(way.word(), say::travel(locale, way)));
    let reach: Vec<_> =
        REACHES_METRES.into_iter().map(|metres| Choice::new(metres.to_string(), say::reach(locale, metres))).collect();
    let field = |id| needed(frame, errors, id);
    let spoken = field(Id::Languages).help(texts::helper_field_languages_help(locale));
    let able = Field::new(Id::Skills.id(), say::field(locale, Id::Skills))
        .help(texts::helper_field_skills_help(locale))
        .optional(texts::shell_optional(locale))
        .error(errors.at(Id::Skills));
    let skills = kinds::skill_choices(frame, texts::helper_skill_proof);
    let skills = (!skills.is_empty()).then(|| {
        view! { <CheckGroup field=able choices=skills values=form.skills.clone()/> }
    });
    view! {
        <CheckGroup field=field(Id::Kinds) choices=kinds.collect() values=form.kinds.clone()/>
        <Select
            field=field(Id::Area) choices=areas value=form.area.clone()
            empty=texts::shell_choose(locale)
        />
        <Select
            field=field(Id::Reach) choices=reach value=form.reach.clone()
            empty=texts::shell_choose(locale)
        />
        <RadioGroup field=field(Id::Travel) choices=travel.collect() value=form.travel.clone()/>
        <CheckGroup field=spoken choices=languages.collect() values=form.languages.clone()/>
        {skills}
    }
}

fn when(frame: &Frame<'_>, page: &ProfilePage, form: &ProfileForm, errors: &Errors) -> impl IntoView + use<> {
    let locale = frame.locale;
    let times: Vec<_> = TimeOfDay::ALL.into_iter().filter(|time| offered(frame, *time)).collect();
    let row = |weekday: Weekday| {
        let name = format::weekday(locale, weekday);
        let boxed = |time: &TimeOfDay| {
            (time_word(weekday, *time), texts::helper_time_of(locale, &name, &say::time_of_day(locale, *time)))
        };
        let boxes = times.iter().map(boxed).collect();
        CheckRow { name, boxes }
    };
    let rows = Weekday::ALL.map(row).to_vec();
    let columns = times.iter().map(|time| say::time_of_day(locale, *time)).collect();
    let often: Vec<_> = (1..=PER_WEEK_OFFERED)
        .map(|times| Choice::new(times.to_string(), texts::helper_per_week(locale, times.into())))
        .collect();
    let week = needed(frame, errors, Id::Times).help(texts::helper_field_times_help(locale));
    let today = page.now.day();
    let rest = |id: Id| {
        let help = texts::helper_field_rest_help(locale, REST_DAYS_MAX as u64);
        let field = Field::new(id.id(), say::field(locale, id)).optional(texts::shell_optional(locale));
        if id == Id::RestTo { field.help(help) } else { field }.error(errors.at(id))
    };
    view! {
        <CheckTable field=week columns=columns rows=rows values=form.times.clone()/>
        <Select
            field=needed(frame, errors, Id::PerWeek) choices=often value=form.per_week.clone()
            empty=texts::shell_choose(locale)
        />
        <p>{texts::helper_rest_what(locale)}</p>
        <DateField field=rest(Id::RestFrom) value=form.rest_from.clone() min=Some(today)/>
        <DateField field=rest(Id::RestTo) value=form.rest_to.clone() min=Some(today)/>
    }
}

/// Whether help takes place then at all.
fn offered(frame: &Frame<'_>, time: TimeOfDay) -> bool {
    let (from, to) = frame.town.hours;
    time.within(u16::from(from) * 60, u16::from(to) * 60).is_some()
}

/// What the centre has seen of them, and of what it could see a proof.
fn seen(frame: &Frame<'_>, page: &ProfilePage) -> Option<Markup> {
    let locale = frame.locale;
    let course = page.course.map(|taken| Row::new(texts::help_course(locale), format::day(locale, taken)));
    let skill = |skill: &Skill| {
        let (_, shown) = page.skills.iter().find(|(code, _)| skill.proof && code.as_str() == skill.code)?;
        let said = match shown {
            Some(at) => texts::helper_seen_shown(locale, &format::day(locale, at.day())),
            None => texts::helper_seen_waiting(locale),
        };
        Some(Row::new(frame.wording(&skill.name), said))
    };
    let rows: Vec<_> = course.into_iter().chain(frame.town.skills.iter().filter_map(skill)).collect();
    (!rows.is_empty()).then(|| {
        view! { <Card title=texts::helper_seen_title(locale)><DescriptionList rows=rows/></Card> }.into_markup()
    })
}

fn apart(frame: &Frame<'_>, page: &ProfilePage) -> Option<Markup> {
    let locale = frame.locale;
    let one = |apart: &Apart| {
        let id = apart.id().to_string();
        let name = match page.named.of(apart.from) {
            Some(name) => texts::help_person(locale, name.as_str()),
            None => texts::help_job_name_hidden(locale),
        };
        let since = texts::helper_apart_since(locale, &format::day(locale, apart.at.day()));
        view! {
            <li class="mg-stack">
                <p>{name}" "<span class="mg-soft">{since}</span></p>
                <Form action="/help/profile" seal=frame.seal_of(&format!("meet {id}"))>
                    <Hidden name="act" value="meet"/>
                    <Hidden name="apart" value=id/>
                    <Button label=texts::helper_apart_meet(locale) tone=Tone::Secondary/>
                </Form>
            </li>
        }
    };
    if page.apart.is_empty() {
        return None;
    }
    let list: Vec<_> = page.apart.iter().map(one).collect();
    Some(
        view! {
            <Card title=texts::helper_apart_title(locale)>
                <p>{texts::helper_apart_what(locale)}</p>
                <ul class="mg-stack">{list}</ul>
            </Card>
        }
        .into_markup(),
    )
}

fn leave(frame: &Frame<'_>) -> impl IntoView + use<> {
    let locale = frame.locale;
    view! {
        <details class="mg-why">
            <summary class="mg-why__question">{texts::helper_leave_title(locale)}</summary>
            <p>{texts::helper_leave_what(locale)}</p>
            <Form action="/help/profile" seal=frame.seal_of("leave")>
                <Hidden name="act" value="leave"/>
                <Button label=texts::helper_leave(locale) tone=Tone::Danger/>
            </Form>
        </details>
    }
}

/// Ways to keep away from those the reader meets in a job: closed, at the end of its page.
pub(super) fn part(frame: &Frame<'_>, url: &str, people: &[(Option<OfferId>, Phrase)]) -> Option<Markup> {
    let locale = frame.locale;
    let form = |(offer, label): &(Option<OfferId>, Phrase)| {
        let (label, url) = (label.clone(), url.to_owned());
        let id = offer.map(|offer| offer.to_string()).unwrap_or_default();
        let seal = frame.seal_of(&format!("part {id}"));
        view! {
            <Form action=url seal=seal>
                <Hidden name="act" value="part"/>
                <Hidden name="offer" value=id/>
                <Button label=label tone=Tone::Danger/>
            </Form>
        }
    };
    let forms: Vec<_> = people.iter().map(form).collect();
    (!forms.is_empty()).then(|| {
        view! {
            <details class="mg-why">
                <summary class="mg-why__question">{texts::helper_part_title(locale)}</summary>
                <p>{texts::helper_part_what(locale)}</p>
                {forms}
            </details>
        }
        .into_markup()
    })
}
