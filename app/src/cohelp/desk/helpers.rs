//! `/desk/helpers` 手伝う人の確認: who took the course, and of what somebody has shown a proof.

use leptos::prelude::*;
use shared::cohelp::helping::{Seen, SeenForm};
use shared::cohelp::matching::Evidence;
use shared::cohelp::{Field as Id, FieldErrors, Refusal, TITLE_MAX};
use shared::kernel::{JobId, Line};
use shared::town::Skill;
use shared::wire::{HelperLine, HelperPage, HelpersPage};

use super::{Entry, listed};
use crate::cohelp::errors::Errors;
use crate::cohelp::say;
use crate::design::banner::{Banner, Matter};
use crate::design::button::{Button, Tone};
use crate::design::card::Card;
use crate::design::date_field::DateField;
use crate::design::empty::Empty;
use crate::design::field::Field;
use crate::design::filter::{Filter, Kind};
use crate::design::form::{Form, Hidden};
use crate::design::link::Link;
use crate::design::list::{DescriptionList, Row};
use crate::frame::Frame;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// `/desk/helpers`: of whom something is still to be seen, or everybody of an area.
pub fn helpers(frame: &Frame<'_>, page: &HelpersPage) -> String {
    let locale = frame.locale;
    let title = texts::desk_helpers_title(locale);
    frame.render(frame.shell(None), title.clone(), || {
        let heading = match &page.area {
            Some(area) => texts::desk_helpers_of(locale, &frame.area_name(area.as_str()), page.count.into()),
            None => texts::desk_helpers_waiting(locale, page.count.into()),
        };
        let list = listed(heading, None, page.lines.iter().map(|line| entry(frame, page, line)).collect());
        let none = match (&list, &page.area) {
            (Some(_), _) => None,
            (None, Some(_)) => {
                Some(view! { <p class="mg-soft">{texts::desk_helpers_of_none(locale)}</p> }.into_markup())
            }
            (None, None) => Some(
                view! {
                    <Empty
                        title=texts::desk_helpers_none(locale) note=texts::desk_helpers_none_note(locale)
                    />
                }
                .into_markup(),
            ),
        };
        let shown = u64::from(page.after) + page.lines.len() as u64;
        let hidden = u64::from(page.count).saturating_sub(shown);
        let area = page.area.as_ref().map(|area| format!("area={area}&")).unwrap_or_default();
        let next = format!("/desk/helpers?{area}after={shown}");
        let more =
            (hidden > 0).then(|| view! { <p><Link label=texts::desk_helpers_more(locale, hidden) href=next/></p> });
        view! {
            <Link label=texts::desk_back(locale) href="/desk" back=true/>
            <h1>{title}</h1>
            <p class="mg-lead">{texts::desk_helpers_lead(locale)}</p>
            <Filter label=texts::desk_helpers_area(locale) kinds=areas(frame, page)/>
            {list}
            {none}
            {more}
        }
        .into_markup()
    })
}

fn areas(frame: &Frame<'_>, page: &HelpersPage) -> Vec<Kind> {
    let chosen = page.area.as_ref().map(|area| area.as_str());
    let all = Kind {
        href: "/desk/helpers".to_owned(),
        label: texts::desk_helpers_all(frame.locale),
        current: chosen.is_none(),
    };
    let area = |area: &shared::town::Area| Kind {
        href: format!("/desk/helpers?area={}", area.code),
        label: frame.area_name(&area.code),
        current: chosen == Some(area.code.as_str()),
    };
    std::iter::once(all).chain(frame.town.areas.iter().map(area)).collect()
}

fn entry(frame: &Frame<'_>, page: &HelpersPage, line: &HelperLine) -> Entry {
    let locale = frame.locale;
    let name = page.named.of(line.person).map_or("", |name| name.as_str());
    let what = |seen: &Seen| match seen {
        Seen::Course(_) => Some(texts::help_course(locale)),
        Seen::Skill(skill, _) => frame.skill_name(skill.as_str()),
    };
    let waits = say::several(locale, line.unseen.iter().filter_map(what));
    Entry {
        href: Some(format!("/desk/helpers/{}", line.helper)),
        title: texts::desk_candidate(locale, name, &frame.area_name(line.area.as_str())),
        note: waits.map(|what| texts::desk_helper_waits(locale, &what)),
        end: None,
    }
}

/// `/desk/helpers/{id}`: what somebody registered, and what the centre has seen of them.
pub fn helper(
    frame: &Frame<'_>,
    page: &HelperPage,
    form: &SeenForm,
    errors: &FieldErrors,
    refusal: Option<&Refusal>,
    done: bool,
) -> String {
    let locale = frame.locale;
    let errors = Errors::new(locale, errors, refusal, &[Id::Course]);
    let shell = if errors.any() { frame.shell_with_errors(None) } else { frame.shell(None) };
    let profile = &page.registered.profile;
    let title = texts::help_person(locale, page.named.of(profile.person).map_or("", |name| name.as_str()));
    frame.render(shell, title.clone(), || {
        let kinds = profile.kinds.iter().map(|kind| say::category(locale, *kind));
        let kinds = say::several(locale, kinds).unwrap_or_default();
        let about = vec![
            Row::new(texts::desk_helpers_area(locale), frame.area_name(page.registered.area.as_str())),
            Row::new(texts::desk_helper_kinds(locale), kinds),
            Row::new(say::field(locale, Id::Languages), say::languages(locale, &profile.languages)),
        ];
        let own = page.visitor.actor.person == profile.person;
        let parts = if own {
            view! { <p>{texts::desk_helper_own(locale)}</p> }.into_markup()
        } else {
            let (course, skills) = (course(frame, page, form, &errors), skills(frame, page));
            view! { {course}{skills} }.into_markup()
        };
        let done = done.then(|| {
            view! {
                <div id="done" role="status" tabindex="-1" autofocus=true>
                    <Banner matter=Matter::Success title=texts::desk_helper_done(locale)>
                        <p>{texts::desk_helper_done_note(locale)}</p>
                    </Banner>
                </div>
            }
        });
        let unfit = unfit(frame, page);
        view! {
            {errors.summary()}
            {done}
            {unfit}
            <Link label=texts::desk_helper_back(locale) href="/desk/helpers" back=true/>
            <h1>{title}</h1>
            <section class="mg-card"><DescriptionList rows=about/></section>
            {parts}
        }
        .into_markup()
    })
}

/// What they have agreed to though they may not do it: whoever took it back has to settle that too.
fn unfit(frame: &Frame<'_>, page: &HelperPage) -> Option<Markup> {
    let link = |(job, title): &(JobId, Line<TITLE_MAX>)| {
        let (label, href) = (Phrase::given(title.as_str().to_owned()), format!("/desk/{job}"));
        view! { <li><Link label=label href=href/></li> }
    };
    let (links, locale): (Vec<_>, _) = (page.unfit.iter().map(link).collect(), frame.locale);
    (!links.is_empty()).then(|| {
        view! {
            <Banner matter=Matter::Warning title=texts::desk_helper_unfit(locale)>
                <p>{texts::desk_helper_unfit_what(locale)}</p>
                <ul>{links}</ul>
            </Banner>
        }
        .into_markup()
    })
}

fn url(page: &HelperPage) -> String {
    format!("/desk/helpers/{}", page.registered.id())
}

fn course(frame: &Frame<'_>, page: &HelperPage, form: &SeenForm, errors: &Errors) -> Markup {
    let locale = frame.locale;
    let content = match page.registered.profile.course {
        Some(taken) => {
            let rows = vec![Row::new(texts::desk_helper_course_day(locale), format::day(locale, taken))];
            let button = act(frame, page, "no-course", None, texts::desk_helper_course_gone(locale), Tone::Danger);
            view! { <DescriptionList rows=rows/>{button} }.into_markup()
        }
        None => {
            let field = Field::new(Id::Course.id(), say::field(locale, Id::Course))
                .required(texts::shell_required(locale))
                .error(errors.at(Id::Course));
            let (today, typed) = (page.now.day(), form.course.clone());
            view! {
                <Form action=url(page) seal=frame.seal_of("course")>
                    <Hidden name="act" value="course"/>
                    <DateField field=field value=typed max=Some(today)/>
                    <Button label=texts::desk_helper_course_save(locale) tone=Tone::Secondary/>
                </Form>
            }
            .into_markup()
        }
    };
    view! { <Card title=texts::help_course(locale)>{content}</Card> }.into_markup()
}

/// What they say they can do, and of what they have shown a proof.
fn skills(frame: &Frame<'_>, page: &HelperPage) -> Markup {
    let locale = frame.locale;
    let known = &page.registered.profile.skills;
    let line = |skill: &Skill| {
        let (_, evidence) = known.iter().find(|(code, _)| code.as_str() == skill.code)?;
        let name = frame.wording(&skill.name);
        let (said, button) = match evidence {
            _ if !skill.proof => (texts::desk_helper_says(locale), None),
            Evidence::Stated => {
                let label = texts::desk_helper_show(locale, &name);
                (texts::helper_seen_waiting(locale), Some(("show", label, Tone::Secondary)))
            }
            Evidence::Shown { at } => {
                let label = texts::desk_helper_unshow(locale, &name);
                let said = texts::helper_seen_shown(locale, &format::day(locale, at.day()));
                (said, Some(("unshow", label, Tone::Danger)))
            }
        };
        let button = button.map(|(word, label, tone)| act(frame, page, word, Some(&skill.code), label, tone));
        Some(
            view! { <li class="mg-stack"><p><strong>{name}</strong>" "<span class="mg-soft">{said}</span></p>{button}</li> },
        )
    };
    let lines: Vec<_> = frame.town.skills.iter().filter_map(line).collect();
    let content = if lines.is_empty() {
        view! { <p class="mg-soft">{texts::desk_helper_skills_none(locale)}</p> }.into_markup()
    } else {
        view! { <ul class="mg-stack">{lines}</ul> }.into_markup()
    };
    view! { <Card title=texts::desk_helper_skills(locale)>{content}</Card> }.into_markup()
}

/// A button that says what was seen, or takes it back.
fn act(
    frame: &Frame<'_>,
    page: &HelperPage,
    word: &'static str,
    skill: Option<&str>,
    label: Phrase,
    tone: Tone,
) -> Markup {
    let seal = frame.seal_of(&format!("{word} {}", skill.unwrap_or_default()));
    let skill = skill.map(|skill| view! { <Hidden name="skill" value=skill/> });
    view! {
        <Form action=url(page) seal=seal>
            <Hidden name="act" value=word/>
            {skill}
            <Button label=label tone=tone/>
        </Form>
    }
    .into_markup()
}
