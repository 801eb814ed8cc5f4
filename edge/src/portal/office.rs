//! The office's work with people: accounts of staff, proof at the counter, certificates of the card.

use app::identity::{CounterForms, StaffDone};
use app::town::Problem;
use shared::identity::{
    Answer, Call, CounterAct, CounterPage, Field, FieldError, FieldErrors, InviteForm, RecoverForm, Refusal,
    RegisterForm, StaffAct, StaffChange, StaffPage,
};
use shared::kernel::{CommandId, Fault, Line, MemberNumber, Role, Roles};

use crate::http::{Method, Response};
use crate::world::World;

use super::identity::read_me;
use super::visit::{Visit, unexpected};

/// What a page for staff answers where there is none to show.
pub(super) async fn turned_away(visit: &Visit<'_, impl World>, refusal: Refusal) -> Result<Response, Fault> {
    Ok(match refusal {
        Refusal::SignedOut => visit.to_sign_in(),
        Refusal::LevelMissing => visit.step_up(),
        _ => {
            let me = read_me(visit).await?;
            visit.problem(me.as_ref().map(|me| &me.visitor), Problem::Forbidden)
        }
    })
}

async fn read_staff(visit: &Visit<'_, impl World>) -> Result<Result<StaffPage, Refusal>, Fault> {
    match visit.registry(&Call::Staff { session: visit.session_id()? }).await? {
        Answer::Staff(page) => Ok(page),
        _ => Err(unexpected("office.staff")),
    }
}

/// The act of a form on the page of staff accounts.
fn staff_act(visit: &Visit<'_, impl World>, invite: &InviteForm) -> Result<Option<StaffAct>, FieldErrors> {
    let Ok(member) = visit.form.text(Field::Member.id()).parse::<MemberNumber>() else {
        return match visit.form.text("act") {
            "invite" => {
                let (name, role) = invite.parse()?;
                Ok(Some(StaffAct::Invite { name, roles: Roles::NONE.with(role) }))
            }
            _ => Ok(None),
        };
    };
    let change = match visit.form.text("act") {
        "relink" => return Ok(Some(StaffAct::Relink { member })),
        "role" => match Role::from_word(visit.form.text(Field::Role.id())) {
            Some(role) => StaffChange::Roles(Roles::NONE.with(role)),
            None => return Ok(None),
        },
        "stop" => StaffChange::Stop,
        "resume" => StaffChange::Resume,
        _ => return Ok(None),
    };
    Ok(Some(StaffAct::Change { member, change }))
}

/// Accounts of staff, for administrators.
pub(super) async fn staff(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let invite = InviteForm {
        name: visit.form.text(Field::Name.id()).to_owned(),
        role: visit.form.text(Field::Role.id()).to_owned(),
    };
    if visit.request.method == Method::Get {
        let changed = visit.query.text("done") == "changed";
        return staff_page(visit, 200, &StaffDone { invite, changed, ..StaffDone::default() }).await;
    }
    let Some(command) = visit.command() else { return Ok(visit.problem(None, Problem::Stale)) };
    let act = match staff_act(visit, &invite) {
        Ok(Some(act)) => act,
        Ok(None) => return staff_page(visit, 200, &StaffDone::default()).await,
        Err(errors) => return staff_page(visit, 422, &StaffDone { invite, errors, ..StaffDone::default() }).await,
    };
    match act_on_staff(visit, command, act).await? {
        Ok(Some(code)) => {
            let link = Some(format!("{}/staff/{code}", visit.world.settings().origin));
            staff_page(visit, 200, &StaffDone { link, ..StaffDone::default() }).await
        }
        Ok(None) => Ok(Response::see_other("/office/staff?done=changed")),
        Err(refusal @ (Refusal::SignedOut | Refusal::LevelMissing)) => turned_away(visit, refusal).await,
        Err(refusal @ Refusal::MemberUnknown) => {
            staff_page(visit, 422, &StaffDone { refusal: Some(refusal), ..StaffDone::default() }).await
        }
        Err(refusal) => staff_page(visit, 403, &StaffDone { refusal: Some(refusal), ..StaffDone::default() }).await,
    }
}

async fn act_on_staff(
    visit: &Visit<'_, impl World>,
    command: CommandId,
    act: StaffAct,
) -> Result<Result<Option<Line<100>>, Refusal>, Fault> {
    match visit.registry(&Call::ActOnStaff { session: visit.session_id()?, command, act }).await? {
        Answer::StaffActed(acted) => Ok(acted),
        _ => Err(unexpected("office.act_on_staff")),
    }
}

async fn staff_page(visit: &Visit<'_, impl World>, status: u16, done: &StaffDone) -> Result<Response, Fault> {
    Ok(match read_staff(visit).await? {
        Ok(page) => visit.page(status, Some(&page.visitor), |frame| app::identity::staff(frame, &page, done)),
        Err(refusal) => turned_away(visit, refusal).await?,
    })
}

async fn read_counter(visit: &Visit<'_, impl World>) -> Result<Result<CounterPage, Refusal>, Fault> {
    match visit.registry(&Call::Counter { session: visit.session_id()? }).await? {
        Answer::Counter(page) => Ok(page),
        _ => Err(unexpected("office.counter")),
    }
}

/// The forms of the counter, as typed.
fn counter_forms(visit: &Visit<'_, impl World>) -> CounterForms {
    let typed = |field: Field| visit.form.text(field.id()).to_owned();
    let recover = || RecoverForm {
        member: typed(Field::Member),
        name: typed(Field::Name),
        birth: typed(Field::Birth),
        evidence: typed(Field::Evidence),
    };
    let register = || RegisterForm {
        name: typed(Field::Name),
        address: typed(Field::Address),
        birth: typed(Field::Birth),
        gender: typed(Field::Gender),
        evidence: typed(Field::Evidence),
    };
    match visit.form.text("act") {
        "recover" => CounterForms { recover: recover(), ..CounterForms::default() },
        "register" | "copy" => CounterForms { register: register(), ..CounterForms::default() },
        _ => CounterForms::default(),
    }
}

/// The page of the counter for who has an account.
const BACK: &str = "/office/counter/back";

/// Proof at the counter, for officers.
pub(super) async fn counter(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let mut forms = counter_forms(visit);
    let act = match visit.form.text("act") {
        "register" => forms.register.parse(visit.world.now()).map(|(attributes, evidence)| {
            Some(match visit.form.text("without") {
                "phone" => CounterAct::Enrol { attributes, evidence },
                _ => CounterAct::Register { attributes, evidence },
            })
        }),
        "recover" => forms
            .recover
            .parse(visit.world.now())
            .map(|(member, name, birth, evidence)| Some(CounterAct::Recover { member, name, birth, evidence })),
        "approve" => Ok(visit.form.text("proof").parse().ok().map(|id| CounterAct::Approve { id })),
        _ => Ok(None),
    };
    // What was kept of a form while its officer signed in is in the form of a GET too.
    let act = if visit.request.method == Method::Get { Ok(None) } else { act };
    let act = match act {
        Ok(Some(act)) => act,
        Ok(None) => return counter_page(visit, 200, &forms).await,
        Err(errors) => {
            forms.errors = errors;
            return counter_page(visit, 422, &forms).await;
        }
    };
    let Some(command) = visit.command() else { return Ok(visit.problem(None, Problem::Stale)) };
    let call = Call::ActAtCounter { session: visit.session_id()?, command, act };
    let Answer::CounterActed(acted) = visit.registry(&call).await? else { return Err(unexpected("office.counter")) };
    match acted {
        Ok(_) => Ok(Response::see_other("/office/counter")),
        Err(refusal @ (Refusal::SignedOut | Refusal::LevelMissing)) => turned_away(visit, refusal).await,
        Err(Refusal::MemberUnknown) => {
            forms.errors = vec![(Field::Member, FieldError::Nobody)];
            counter_page(visit, 422, &forms).await
        }
        Err(refusal) => {
            forms.refusal = Some(refusal);
            counter_page(visit, 422, &forms).await
        }
    }
}

async fn counter_page(visit: &Visit<'_, impl World>, status: u16, forms: &CounterForms) -> Result<Response, Fault> {
    Ok(match read_counter(visit).await? {
        Ok(page) if visit.request.path == BACK => {
            visit.page(status, Some(&page.visitor), |frame| app::identity::counter_back(frame, forms))
        }
        Ok(page) => visit.page(status, Some(&page.visitor), |frame| app::identity::counter(frame, &page, forms)),
        Err(refusal) => turned_away(visit, refusal).await?,
    })
}

/// What a certificate of the card says, for officers.
pub(super) async fn certificate(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let file = visit.file(Field::Certificate.id()).filter(|file| !file.is_empty());
    let Some(certificate) = file.map(<[u8]>::to_vec) else {
        let errors = match visit.request.method {
            Method::Get => FieldErrors::new(),
            _ => vec![(Field::Certificate, FieldError::Missing)],
        };
        let status = if errors.is_empty() { 200 } else { 422 };
        return Ok(match read_counter(visit).await? {
            Ok(page) => {
                visit.page(status, Some(&page.visitor), |frame| app::identity::certificate(frame, None, &errors))
            }
            Err(refusal) => turned_away(visit, refusal).await?,
        });
    };
    let call = Call::Certificate { session: visit.session_id()?, certificate };
    let Answer::Certificate(verdict) = visit.registry(&call).await? else {
        return Err(unexpected("office.certificate"));
    };
    Ok(match verdict {
        Ok(page) => {
            let status = if page.verdict.is_ok() { 200 } else { 422 };
            let show = |frame: &app::frame::Frame<'_>| app::identity::certificate(frame, Some(&page), &Vec::new());
            visit.page(status, Some(&page.visitor), show)
        }
        Err(refusal) => turned_away(visit, refusal).await?,
    })
}
