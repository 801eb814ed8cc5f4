//! People who help, over forms.

use app::cohelp::ProfileDone;
use app::town::Problem;
use shared::cohelp::helping::{ProfileForm, SelfAct};
use shared::cohelp::{Field, FieldErrors, Refusal};
use shared::kernel::{Fault, JobId};
use shared::wire::{NotDone, Page, ProfilePage, TownAnswer, TownCall};

use crate::http::{Method, Response};
use crate::world::World;

use super::cohelp::{status, too_often};
use super::visit::{Visit, unexpected};

/// `/help/offers`: requests somebody could help with.
pub(super) async fn offers(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let TownAnswer::Offers(page) = visit.town(&TownCall::Offers { session: visit.session_id()? }).await? else {
        return Err(unexpected("portal.offers"));
    };
    visit.show(page, |page| Ok(visit.page(200, Some(&page.visitor), |frame| app::cohelp::offers(frame, &page))))
}

fn typed(visit: &Visit<'_, impl World>) -> ProfileForm {
    let text = |field: Field| visit.form.text(field.id()).to_owned();
    let all = |field: Field| visit.form.texts(field.id()).map(str::to_owned).collect();
    ProfileForm {
        area: text(Field::Area),
        kinds: all(Field::Kinds),
        times: all(Field::Times),
        reach: text(Field::Reach),
        travel: text(Field::Travel),
        languages: all(Field::Languages),
        skills: all(Field::Skills),
        per_week: text(Field::PerWeek),
        rest_from: text(Field::RestFrom),
        rest_to: text(Field::RestTo),
    }
}

/// `/help/profile`: what somebody helps with, and from whom they keep away.
pub(super) async fn profile(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let act = visit.form.text("act");
    if visit.request.method == Method::Get {
        let done = ProfileDone::from_word(visit.query.text("done"));
        // What was kept of a form while somebody signed in.
        let kept = (act == "save").then(|| typed(visit));
        return page(visit, 200, kept, &Vec::new(), None, done).await;
    }
    let (told, done) = match act {
        "save" => return save(visit).await,
        "leave" => (SelfAct::Leave, ProfileDone::Left),
        "meet" => match visit.form.text("apart").parse() {
            Ok(apart) => (SelfAct::Meet { apart }, ProfileDone::Met),
            Err(_) => return stale(visit).await,
        },
        _ => return stale(visit).await,
    };
    match tell_self(visit, told).await? {
        Ok(()) => Ok(to_profile(done)),
        Err(refused) => refuse(visit, refused, None).await,
    }
}

/// Not a form of ours; whose session is over learns that first.
async fn stale(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    visit.show(asked(visit).await?, |page| Ok(visit.problem(Some(&page.visitor), Problem::Stale)))
}

async fn asked(visit: &Visit<'_, impl World>) -> Result<Page<ProfilePage>, Fault> {
    match visit.town(&TownCall::Profile { session: visit.session_id()? }).await? {
        TownAnswer::Profile(page) => Ok(*page),
        _ => Err(unexpected("portal.profile")),
    }
}

fn to_profile(done: ProfileDone) -> Response {
    Response::see_other(&format!("/help/profile?done={}", done.word()))
}

async fn save(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let (session, form) = (visit.session_id()?, typed(visit));
    let call = TownCall::Register { session, form: form.clone() };
    let TownAnswer::Registered(registered) = visit.town(&call).await? else {
        return Err(unexpected("portal.register"));
    };
    match registered {
        Ok(errors) if errors.is_empty() => Ok(to_profile(ProfileDone::Saved)),
        Ok(errors) => page(visit, 422, Some(form), &errors, None, None).await,
        Err(refused) => refuse(visit, refused, Some(form)).await,
    }
}

async fn refuse(visit: &Visit<'_, impl World>, refused: NotDone, form: Option<ProfileForm>) -> Result<Response, Fault> {
    match refused {
        NotDone::SignedOut => Ok(visit.to_sign_in()),
        NotDone::TooOften { seconds } => Ok(too_often(visit, seconds)),
        NotDone::CallOver => Err(unexpected("portal.helping")),
        NotDone::Refused(refusal) => page(visit, status(&refusal), form, &Vec::new(), Some(&refusal), None).await,
    }
}

async fn tell_self(visit: &Visit<'_, impl World>, act: SelfAct) -> Result<Result<(), NotDone>, Fault> {
    match visit.town(&TownCall::TellSelf { session: visit.session_id()?, act }).await? {
        TownAnswer::ToldSelf(told) => Ok(told),
        _ => Err(unexpected("portal.self")),
    }
}

/// From the page of a job: keep away from somebody met there. None if it is no form of ours.
pub(super) async fn part(
    visit: &Visit<'_, impl World>,
    job: JobId,
) -> Result<Option<Result<Response, NotDone>>, Fault> {
    let offer = match visit.form.text("offer") {
        "" => None,
        word => match word.parse() {
            Ok(offer) => Some(offer),
            Err(_) => return Ok(None),
        },
    };
    Ok(Some(tell_self(visit, SelfAct::Part { job, offer }).await?.map(|()| to_profile(ProfileDone::Parted))))
}

async fn page(
    visit: &Visit<'_, impl World>,
    status: u16,
    form: Option<ProfileForm>,
    errors: &FieldErrors,
    refusal: Option<&Refusal>,
    done: Option<ProfileDone>,
) -> Result<Response, Fault> {
    visit.show(asked(visit).await?, |page| {
        let form = form.or_else(|| page.form.clone()).unwrap_or_default();
        Ok(visit.page(status, Some(&page.visitor), |frame| {
            app::cohelp::profile(frame, &page, &form, errors, refusal, done)
        }))
    })
}
