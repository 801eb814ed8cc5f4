//! `/office/staff` 職員の登録.

use leptos::prelude::*;
use shared::identity::{Field, FieldErrors, InviteForm, Refusal, StaffLine, StaffPage};
use shared::kernel::{Locale, Role, Roles};

use super::say;
use super::wrong::{Refused, Wrongs};
use crate::design::{
    banner::{Banner, Matter},
    button::{Button, Tone},
    card::Card,
    error_summary::ErrorSummary,
    field,
    form::{Form, Hidden},
    list::{DescriptionList, Row},
    page::Page,
    radio_group::RadioGroup,
    readout::Readout,
    select::{Choice, Select},
    text_field::TextField,
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};
use crate::markup::IntoMarkup;

/// What an administrator did, and what came of it.
#[derive(Debug, Clone, Default)]
pub struct StaffDone {
    /// The form of an invitation, as typed.
    pub invite: InviteForm,
    /// What is wrong with it.
    pub errors: FieldErrors,
    /// Why nothing was done.
    pub refusal: Option<Refusal>,
    /// The address of a link that was made, shown this once.
    pub link: Option<String>,
    /// Whether an account was changed.
    pub changed: bool,
}

/// `/office/staff`: accounts of staff, and inviting somebody.
pub fn staff(frame: &Frame<'_>, page: &StaffPage, done: &StaffDone) -> String {
    let locale = frame.locale;
    let title = texts::staff_title(locale);
    let wrongs = Wrongs::of(locale, &done.errors);
    let failed = wrongs.count() > 0 || done.refusal.is_some();
    let shell = if failed { frame.shell_with_errors(None) } else { frame.shell(None) };
    let cards: Vec<_> = page.staff.iter().map(|line| account(frame, line)).collect();
    let (count, summary, changed) = (wrongs.count(), wrongs.summary(), done.changed);
    let why = done.refusal.map(|refusal| match refusal {
        Refusal::NotAllowed => texts::staff_not(locale),
        other => say::refusal(locale, other),
    });
    let link = done.link.clone().map(|link| {
        let value = Phrase::given(link);
        view! {
            <div role="status">
                <Readout label=texts::staff_link(locale) value=value note=texts::staff_link_note(locale)/>
            </div>
        }
    });
    let invite = invite(frame, &done.invite, &wrongs);
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <ErrorSummary title=texts::error_summary_title(locale, count) wrongs=summary/>
                <Refused why=why title=texts::staff_failed_title(locale)/>
                {changed.then(|| view! {
                    <div role="status"><Banner matter=Matter::Success title=texts::staff_done(locale)/></div>
                })}
                <h1>{title}</h1>
                <p class="mg-lead">{texts::staff_lead(locale)}</p>
                {link}
                {invite}
                <section class="mg-stack"><h2>{texts::staff_list(locale)}</h2>{cards}</section>
            </Page>
        }
    })
}

fn invite(frame: &Frame<'_>, form: &InviteForm, wrongs: &Wrongs) -> impl IntoView + use<> {
    let locale = frame.locale;
    let name = wrongs.needed(locale, Field::Name).help(texts::staff_name_help(locale));
    let role = wrongs.needed(locale, Field::Role);
    let (seal, form) = (frame.seal_of("invite"), form.clone());
    view! {
        <Card title=texts::office_invite_title(locale)>
            <Form action="/office/staff" seal=seal>
                <Hidden name="act" value="invite"/>
                <TextField field=name value=form.name/>
                <RadioGroup field=role choices=roles(locale) value=form.role/>
                <Button label=texts::office_invite_action(locale)/>
            </Form>
        </Card>
    }
}

/// One account, and what can be done with it.
fn account(frame: &Frame<'_>, line: &StaffLine) -> impl IntoView + use<> {
    let locale = frame.locale;
    let state = if line.stopped { texts::staff_stopped(locale) } else { texts::staff_in_use(locale) };
    let rows = vec![
        Row::new(texts::me_number(locale), Phrase::given(line.member.to_string())),
        Row::new(texts::staff_role(locale), roles_in_words(locale, line.roles)),
        Row::new(texts::staff_passkeys(locale), texts::me_passkeys_count(locale, line.passkeys.into())),
        Row::new(texts::staff_state(locale), state),
        Row::new(texts::staff_since(locale), format::day(locale, line.since.day())),
    ];
    let title = Phrase::given(line.name.as_str().to_owned());
    let forms = if line.is_own {
        view! { <p>{texts::staff_own(locale)}</p> }.into_markup()
    } else {
        changes(frame, line).into_markup()
    };
    view! { <Card title=title><DescriptionList rows=rows/>{forms}</Card> }
}

fn changes(frame: &Frame<'_>, line: &StaffLine) -> impl IntoView + use<> {
    let locale = frame.locale;
    let (member, word) = (line.member.to_string(), role_of(line.roles).map_or("", Role::word));
    let seal = |act: &str| frame.seal_of(&format!("{act}{member}"));
    let id = format!("role-{}", line.member.get());
    let (stop, word_of_stop) =
        if line.stopped { (texts::staff_resume(locale), "resume") } else { (texts::staff_stop(locale), "stop") };
    let tone = if line.stopped { Tone::Secondary } else { Tone::Danger };
    let (change, other, link) = (seal("roles"), seal("stop"), seal("relink"));
    let (of_change, of_other, of_link) = (member.clone(), member.clone(), member);
    let stopped = line.stopped;
    view! {
        <Form action="/office/staff" seal=change>
            <Hidden name="act" value="role"/>
            <Hidden name="member" value=of_change/>
            <Select
                field=field::Field::new(Field::Role.id(), texts::staff_role(locale)) id=id choices=roles(locale) value=word
                empty=texts::shell_choose(locale)
            />
            <Button label=texts::staff_role_change(locale) tone=Tone::Secondary/>
        </Form>
        {(!stopped).then(|| view! {
            <Form action="/office/staff" seal=link>
                <Hidden name="act" value="relink"/>
                <Hidden name="member" value=of_link/>
                <p>{texts::staff_relink_note(locale)}</p>
                <Button label=texts::staff_relink(locale) tone=Tone::Secondary/>
            </Form>
        })}
        <Form action="/office/staff" seal=other>
            <Hidden name="member" value=of_other/>
            <Button label=stop tone=tone sends=("act", word_of_stop.to_owned())/>
        </Form>
    }
}

fn roles(locale: Locale) -> Vec<Choice> {
    Role::ALL.into_iter().map(|role| Choice::new(role.word(), role_in_words(locale, role))).collect()
}

fn role_of(roles: Roles) -> Option<Role> {
    Role::ALL.into_iter().find(|&role| roles.has(role))
}

/// A role, in words.
pub(super) fn role_in_words(locale: Locale, role: Role) -> Phrase {
    match role {
        Role::Officer => texts::office_role_officer(locale),
        Role::Operator => texts::office_role_operator(locale),
        Role::Auditor => texts::office_role_auditor(locale),
        Role::Administrator => texts::office_role_administrator(locale),
    }
}

/// Roles, one a line; line ends are kept in the detail of a row.
pub(super) fn roles_in_words(locale: Locale, roles: Roles) -> Phrase {
    let each = Role::ALL.into_iter().filter(|&role| roles.has(role)).map(|role| role_in_words(locale, role));
    each.reduce(|all, role| all.then(&Phrase::fixed("\n")).then(&role)).unwrap_or_else(|| Phrase::fixed("–"))
}
