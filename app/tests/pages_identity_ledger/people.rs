//! Pages of the office's work with people: accounts of staff, the counter, certificates.

use app::frame::Frame;
use app::identity::{self, CallerInput, CounterForms, PhoneDone, StaffDone};
use shared::identity::{
    CallerForm, CertificateFlaw, CertificatePage, CertificateSays, CounterAim, CounterCode, CounterLine, CounterPage,
    Evidence, Field, FieldError, FieldErrors, Gender, InviteForm, Marked, RecoverForm, Refusal, RegisterForm,
    Revocation, StaffLine, StaffPage, Substitutes, Visitor,
};
use shared::kernel::{CounterProofId, Day, Line, MemberNumber, Name, Role, Roles};

use super::world::now;
use super::{Render, Texts};

fn name(texts: &Texts) -> Name {
    Name::parse(&texts.name).unwrap()
}

fn staff(visitor: Visitor, texts: &Texts) -> StaffPage {
    let line = |number: u64| StaffLine {
        member: MemberNumber::from_random(number),
        name: name(texts),
        roles: if number == 2 { Roles::NONE } else { Roles::NONE.with(Role::Officer).with(Role::Auditor) },
        since: now(),
        passkeys: 3,
        stopped: number == 1,
        is_own: number == 0,
    };
    StaffPage { visitor, staff: (0..3).map(line).collect() }
}

fn counter(visitor: Visitor, texts: &Texts) -> CounterPage {
    let line = |(number, aim, is_own, has_code): (u8, CounterAim, bool, bool)| CounterLine {
        id: CounterProofId::from_bytes([number; 16]),
        aim,
        evidence: Evidence::ALL[usize::from(number) % Evidence::ALL.len()],
        name: name(texts),
        member: (aim != CounterAim::Register).then(|| MemberNumber::from_random(number.into())),
        by: name(texts),
        is_own,
        expires_at: now(),
        code: has_code.then(|| CounterCode::from_bits(number.into())),
    };
    let (new, back) = (CounterAim::Register, CounterAim::Recover);
    let enrol = CounterAim::Enrol;
    let lines = [
        (1, new, true, true),
        (2, back, true, false),
        (3, back, false, false),
        (4, back, false, true),
        (5, enrol, true, false),
        (6, enrol, false, false),
    ];
    CounterPage { visitor, lines: lines.into_iter().map(line).collect() }
}

fn says(texts: &Texts, substitutes: Substitutes, revocation: Revocation) -> CertificateSays {
    CertificateSays {
        name: Marked { text: name(texts), substitutes: substitutes.clone() },
        address: Marked { text: Line::parse(&texts.name).unwrap(), substitutes },
        birth: Day::from_ymd(1941, 2, 3).unwrap(),
        gender: Gender::Other,
        until: now(),
        revocation,
    }
}

/// Everything that can be wrong with a field.
fn errors(field: Field) -> Vec<FieldErrors> {
    let all = [
        FieldError::Missing,
        FieldError::TooLong { max: 200, got: 201 },
        FieldError::Control,
        FieldError::IndividualNumber,
        FieldError::Unknown,
        FieldError::NotADate,
        FieldError::NotAMember,
        FieldError::Nobody,
        FieldError::NotACode,
        FieldError::Gone,
        FieldError::NotATelephone,
    ];
    all.map(|error| vec![(field, error)]).into()
}

const REFUSALS: [Refusal; 9] = [
    Refusal::NotAllowed,
    Refusal::PersonKnown,
    Refusal::SecondOfficer,
    Refusal::CounterProofGone,
    Refusal::MemberUnknown,
    Refusal::PersonOther,
    Refusal::CallerUnknown,
    Refusal::PhoneCallGone,
    Refusal::TooOften,
];

/// Each page as `name`, for each state it can be in.
pub fn pages<'a>(texts: &'a Texts, person: impl Fn() -> Visitor + Copy + 'a) -> Vec<(String, Render<'a>)> {
    let mut pages: Vec<(String, Render<'a>)> = Vec::new();
    let typed = || texts.word.clone();
    let staff_page = move |done: StaffDone| -> Render<'a> {
        Box::new(move |frame| {
            let page = staff(person(), texts);
            identity::staff(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, &done)
        })
    };
    let invite = InviteForm { name: typed(), role: typed() };
    let link = Some("https://portal.town.example/staff/0123456789abcdefghjkmnpqrs".to_owned());
    pages.push(("office-staff".into(), staff_page(StaffDone { changed: true, ..StaffDone::default() })));
    pages.push(("office-staff-link".into(), staff_page(StaffDone { link, ..StaffDone::default() })));
    for (number, errors) in (0..).zip([Field::Name, Field::Role].into_iter().flat_map(errors)) {
        let done = StaffDone { invite: invite.clone(), errors, ..StaffDone::default() };
        pages.push((format!("wrong-office-staff-{number}"), staff_page(done)));
    }
    for refusal in REFUSALS {
        let done = StaffDone { refusal: Some(refusal), ..StaffDone::default() };
        pages.push((format!("wrong-office-staff-{refusal:?}"), staff_page(done)));
    }
    let counter_page = move |forms: CounterForms| -> Render<'a> {
        Box::new(move |frame| {
            let page = counter(person(), texts);
            identity::counter(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, &forms)
        })
    };
    let register = RegisterForm { name: typed(), address: typed(), birth: typed(), gender: typed(), evidence: typed() };
    let recover = RecoverForm { member: typed(), name: typed(), birth: typed(), evidence: typed() };
    let back_page = move |forms: CounterForms| -> Render<'a> {
        Box::new(move |frame| {
            let visitor = person();
            identity::counter_back(&Frame { visitor: Some(&visitor), ..*frame }, &forms)
        })
    };
    pages.push(("office-counter-back".into(), back_page(CounterForms::default())));
    pages.push(("office-counter".into(), counter_page(CounterForms::default())));
    let of_register = [Field::Name, Field::Address, Field::Birth, Field::Gender, Field::Evidence];
    for (number, errors) in (0..).zip(of_register.into_iter().flat_map(errors)) {
        let forms = CounterForms { register: register.clone(), errors, ..CounterForms::default() };
        pages.push((format!("wrong-office-counter-new-{number}"), counter_page(forms)));
    }
    let of_back = [Field::Member, Field::Name, Field::Birth, Field::Evidence];
    for (number, errors) in (0..).zip(of_back.into_iter().flat_map(errors)) {
        let forms = CounterForms { recover: recover.clone(), errors, ..CounterForms::default() };
        pages.push((format!("wrong-office-counter-back-{number}"), back_page(forms)));
    }
    for refusal in REFUSALS {
        let forms = CounterForms { refusal: Some(refusal), ..CounterForms::default() };
        pages.push((format!("wrong-office-counter-{refusal:?}"), counter_page(forms)));
    }
    pages.extend(callers(texts, person));
    pages.extend(certificates(texts, person));
    for (number, errors) in (0..).zip(errors(Field::Code)) {
        let page: Render<'a> = Box::new(move |frame| identity::code(frame, &texts.word, &errors, None));
        pages.push((format!("wrong-join-code-{number}"), page));
    }
    pages.push((
        "wrong-join-code-stopped".into(),
        Box::new(move |frame| identity::code(frame, "", &Vec::new(), Some(Refusal::Stopped))),
    ));
    pages
}

fn callers<'a>(texts: &'a Texts, person: impl Fn() -> Visitor + Copy + 'a) -> Vec<(String, Render<'a>)> {
    let page = move |input: CallerInput| -> Render<'a> {
        Box::new(move |frame| {
            let visitor = person();
            identity::caller(&Frame { visitor: Some(&visitor), ..*frame }, &input)
        })
    };
    let typed = || texts.word.clone();
    let form = CallerForm { member: typed(), name: typed(), birth: typed() };
    let mut pages: Vec<(String, Render<'a>)> = vec![("desk-call".into(), page(CallerInput::default()))];
    for done in [PhoneDone::Ended, PhoneDone::Over] {
        let input = CallerInput { done: Some(done), ..CallerInput::default() };
        pages.push((format!("desk-call-{}", done.word()), page(input)));
    }
    for (number, errors) in (0..).zip([Field::Member, Field::Name, Field::Birth].into_iter().flat_map(errors)) {
        let input = CallerInput { form: form.clone(), errors, ..CallerInput::default() };
        pages.push((format!("wrong-desk-call-{number}"), page(input)));
    }
    for refusal in REFUSALS {
        let input = CallerInput { form: form.clone(), refusal: Some(refusal), ..CallerInput::default() };
        pages.push((format!("wrong-desk-call-{refusal:?}"), page(input)));
    }
    pages
}

fn certificates<'a>(texts: &'a Texts, person: impl Fn() -> Visitor + Copy + 'a) -> Vec<(String, Render<'a>)> {
    let page = move |verdict: Option<CertificatePage>, errors: FieldErrors| -> Render<'a> {
        Box::new(move |frame| {
            let visitor = person();
            identity::certificate(&Frame { visitor: Some(&visitor), ..*frame }, verdict.as_ref(), &errors)
        })
    };
    let mut pages: Vec<(String, Render<'a>)> = vec![
        ("certificate".into(), page(None, Vec::new())),
        ("wrong-certificate-missing".into(), page(None, vec![(Field::Certificate, FieldError::Missing)])),
    ];
    let checked = Revocation::Checked { by: Line::parse(&texts.word).unwrap(), at: now() };
    let good = [
        says(texts, Substitutes::None, Revocation::NotChecked),
        says(texts, Substitutes::At(vec![0, 2]), checked),
        says(texts, Substitutes::Somewhere, Revocation::NotChecked),
    ];
    for (number, said) in (0u64..).zip(good) {
        let known = (number == 1).then(|| MemberNumber::from_random(7));
        let verdict = CertificatePage { visitor: person(), verdict: Ok(said), known };
        pages.push((format!("certificate-good-{number}"), page(Some(verdict), Vec::new())));
    }
    let flaws = [
        CertificateFlaw::Unreadable,
        CertificateFlaw::Forged,
        CertificateFlaw::OutOfTime,
        CertificateFlaw::WrongKind,
        CertificateFlaw::Incomplete,
    ];
    for flaw in flaws {
        let verdict = CertificatePage { visitor: person(), verdict: Err((flaw, 7)), known: None };
        pages.push((format!("wrong-certificate-{flaw:?}"), page(Some(verdict), Vec::new())));
    }
    pages
}
