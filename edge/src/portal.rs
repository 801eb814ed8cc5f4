//! The portal over HTTP: finds the route, checks what it needs, asks an object, renders the page.

mod api;
mod cohelp;
mod desk;
mod desk_day;
mod desk_helpers;
mod devices;
mod drafts;
mod helping;
mod identity;
mod islands;
mod ledger;
mod live;
mod office;
mod phone;
mod photos;
mod rates;
mod routes;
mod service;
mod shops;
mod visit;

pub use routes::{Named, Needs, ROUTES, Route};

use app::town::Problem;
use shared::kernel::{Fault, limit};

use crate::http::{Method, Request, Response, finish};
use crate::world::{Ear, World};

use routes::Handler;
use visit::Visit;

/// Answers a request. A fault is logged here, once, and becomes a page that says nothing was lost.
pub async fn answer(world: &impl World, request: Request) -> Response {
    let mut visit = Visit::new(world, request);
    visit.read_parts().await;
    let response = match respond(&mut visit).await {
        Ok(response) => response,
        Err(fault) => {
            world.log(&fault);
            visit.problem(None, Problem::Ours)
        }
    };
    let settings = world.settings();
    finish(response, settings.is_secure(), &settings.card_issuer)
}

/// Which socket that request opens at the Town; or the answer that it opens none.
pub fn listen(world: &impl World, request: &Request) -> Result<Ear, Response> {
    let settings = world.settings();
    live::socket(world, request).map_err(|refused| finish(refused, settings.is_secure(), &settings.card_issuer))
}

/// The most bytes of a body that is sent there.
pub fn body_bytes_max(path: &str, content_type: &str, cookies: &str, secure: bool) -> usize {
    if photos::may_carry(path, content_type, cookies, secure) {
        limit::PHOTO_BODY_BYTES_MAX
    } else {
        limit::BODY_BYTES_MAX
    }
}

/// Whether somebody may ask for a socket there.
pub fn has_sockets(path: &str) -> bool {
    live::about(path).is_some()
}

async fn respond(visit: &mut Visit<'_, impl World>) -> Result<Response, Fault> {
    let Some((route, words)) = routes::find(&visit.request.path, visit.world.settings().demo) else {
        return Ok(visit.problem(None, Problem::NotFound));
    };
    let word = words.first().copied().unwrap_or_default().to_owned();
    let second = words.get(1).copied().unwrap_or_default().to_owned();
    let third = words.get(2).copied().unwrap_or_default().to_owned();
    if !route.methods.contains(&visit.request.method) {
        return Ok(visit.problem(None, Problem::MethodNotAllowed));
    }
    if visit.request.body.is_none() && !photos::carries(&visit.request, visit.world.settings().is_secure()) {
        return Ok(visit.problem(None, Problem::TooLarge));
    }
    if visit.request.method == Method::Post && !visit.comes_from_us(route.needs) {
        return Ok(visit.problem(None, Problem::Stale));
    }
    if route.needs != Needs::Nothing && visit.session.is_none() {
        let is_for_machines = route.path.starts_with("/api/");
        return Ok(if is_for_machines { Response::problem(401, "signed_out") } else { visit.to_sign_in() });
    }
    if let Some(refusal) = rates::refusal(visit, route).await? {
        return Ok(refusal);
    }
    drafts::restore(visit, route).await?;
    let response = handle(visit, route.handler, [&word, &second, &third]).await?;
    drafts::keep(visit, route, response).await
}

async fn handle(
    visit: &Visit<'_, impl World>,
    handler: Handler,
    [word, second, third]: [&str; 3],
) -> Result<Response, Fault> {
    match handler {
        Handler::Home => service::home(visit).await,
        Handler::Language => service::language(visit, word),
        Handler::Health => service::health(visit),
        Handler::Ready => service::ready(visit).await,
        Handler::DemoClock => service::demo_clock(visit).await,
        Handler::Join => identity::join(visit).await,
        Handler::JoinCallback => identity::callback(visit).await,
        Handler::Passkey => identity::passkey(visit).await,
        Handler::SignIn => identity::sign_in(visit),
        Handler::SignOut => identity::sign_out(visit).await,
        Handler::Invitation => identity::invitation(visit, word).await,
        Handler::Code => identity::code(visit).await,
        Handler::Me => identity::me(visit).await,
        Handler::Sessions => devices::sessions(visit).await,
        Handler::Log => devices::log(visit).await,
        Handler::PasskeyOf => devices::passkey(visit, word).await,
        Handler::Staff => office::staff(visit).await,
        Handler::Counter => office::counter(visit).await,
        Handler::Certificate => office::certificate(visit).await,
        Handler::Logs => api::logs(visit).await,
        Handler::Board => cohelp::board(visit).await,
        Handler::Notifications => cohelp::notifications(visit).await,
        Handler::Offers => helping::offers(visit).await,
        Handler::Profile => helping::profile(visit).await,
        Handler::NewRequest => cohelp::request(visit, None).await,
        Handler::Job => cohelp::job(visit, None, word).await,
        Handler::Desk => desk::desk(visit).await,
        Handler::Live => live::news(visit).await,
        Handler::Circulation => service::circulation(visit).await,
        Handler::Figures => desk::figures(visit).await,
        Handler::Helpers => desk_helpers::helpers(visit).await,
        Handler::Helper => desk_helpers::helper(visit, word).await,
        Handler::DeskDay => desk_day::day(visit).await,
        Handler::DeskJob => desk::job(visit, word).await,
        Handler::Caller => phone::caller(visit).await,
        Handler::PhoneCall => phone::phone_call(visit, word).await,
        Handler::PhoneRequest => cohelp::request(visit, Some(phone::named(word))).await,
        Handler::PhoneJob => cohelp::job(visit, Some(phone::named(word)), second).await,
        Handler::Photo => photos::photo(visit, None, word, second).await,
        Handler::DeskPhoto => photos::desk_photo(visit, word, second).await,
        Handler::PhonePhoto => photos::photo(visit, Some(phone::named(word)), second, third).await,
        Handler::Wallet => ledger::wallet(visit).await,
        Handler::Statement => ledger::statement(visit).await,
        Handler::StatementCsv => ledger::statement_csv(visit).await,
        Handler::Pay => ledger::pay(visit).await,
        Handler::Paid => ledger::paid(visit, word).await,
        Handler::ChooseShop => shops::choose(visit).await,
        Handler::Buy => shops::buy(visit, word).await,
        Handler::CodeForm => shops::code_form(visit).await,
        Handler::PayCode => shops::code(visit, word).await,
        Handler::MyShops => shops::my_shops(visit).await,
        Handler::Till => shops::till(visit, word).await,
        Handler::Poster => shops::poster(visit, word).await,
        Handler::Sale => shops::sale(visit, word, second).await,
        Handler::Shops => shops::shops(visit).await,
        Handler::Office => ledger::office(visit).await,
        Handler::Correct => ledger::correct(visit).await,
        Handler::Tell => islands::tell(visit).await,
        Handler::Ask => islands::ask(visit),
        Handler::Journal => api::journal(visit).await,
        Handler::Hledger => api::hledger(visit).await,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
