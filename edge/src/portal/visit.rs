//! One request on its way: who sends it in which language, and the answers every handler gives alike.

use app::frame::{Assets, Frame};
use app::town::Problem;
use shared::identity::{self, AddressKey, Device, Entered, NextPath, Token, Visitor, Whence};
use shared::kernel::{CommandId, Fault, Locale, SessionId, digest};
use shared::wire::{self, LedgerAnswer, LedgerCall, Page, TownAnswer, TownCall};

use crate::http::cookie::Cookie;
use crate::http::form::{Form, encode};
use crate::http::multipart::{self, File};
use crate::http::{Method, Request, Response};
use crate::world::{Object, World};

use super::routes::Needs;

/// A request with what follows from it.
pub(super) struct Visit<'a, W> {
    pub(super) world: &'a W,
    pub(super) request: Request,
    /// The fields of the body; empty for a GET.
    pub(super) form: Form,
    /// The files of the body.
    files: Vec<File>,
    /// The fields of the query.
    pub(super) query: Form,
    pub(super) locale: Locale,
    /// The secret of the session the browser claims to have.
    pub(super) session: Option<Token>,
    target: String,
    csrf: String,
}

impl<'a, W: World> Visit<'a, W> {
    pub(super) fn new(world: &'a W, request: Request) -> Self {
        let secure = world.settings().is_secure();
        let is_form = request.content_type.starts_with("application/x-www-form-urlencoded");
        let form = request.body.as_deref().filter(|_| is_form).map(Form::parse).unwrap_or_default();
        let query = Form::parse(request.query.as_bytes());
        let session = Cookie::Session.token(&request.cookies, secure);
        let locale = locale(Cookie::Language.read(&request.cookies, secure), &request.languages);
        let target = match request.query.as_str() {
            "" => request.path.clone(),
            query => format!("{}?{query}", request.path),
        };
        let csrf = session.as_ref().map(csrf).unwrap_or_default();
        Self { world, request, form, files: Vec::new(), query, locale, session, target, csrf }
    }

    /// Reads a body that has files.
    pub(super) async fn read_parts(&mut self) {
        let kind = self.request.content_type.as_str();
        if let Some(body) = self.request.body.as_deref().filter(|_| kind.starts_with("multipart/form-data")) {
            (self.form, self.files) = multipart::parse(kind, body).await;
        }
    }

    /// The file of that field.
    pub(super) fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes.as_slice())
    }

    /// The id of the session; only handlers of routes that need one call this.
    pub(super) fn session_id(&self) -> Result<SessionId, Fault> {
        self.session.as_ref().map(Token::session).ok_or_else(|| Fault::new("visit.session", "the route needs none"))
    }

    fn secure(&self) -> bool {
        self.world.settings().is_secure()
    }

    /// Whether a POST was made on our own pages: by its origin, and by the token of the session where there is one.
    pub(super) fn comes_from_us(&self, needs: Needs) -> bool {
        let own_origin = self.request.origin.as_ref().is_none_or(|origin| *origin == self.world.settings().origin);
        let own_site = self.request.fetch_site.as_deref().is_none_or(|site| matches!(site, "same-origin" | "none"));
        // Islands send an envelope a foreign form cannot; forms carry the token. What was too large to be read says nothing, and does nothing.
        let unread = self.request.body.is_none();
        let token = unread || needs == Needs::Nothing || self.form.text("csrf") == self.csrf;
        own_origin && own_site && token
    }

    /// Gives the page's frame to `render`.
    pub(super) fn page(
        &self,
        status: u16,
        visitor: Option<&Visitor>,
        render: impl FnOnce(&Frame<'_>) -> String,
    ) -> Response {
        let settings = self.world.settings();
        let frame = Frame {
            locale: self.locale,
            town: &settings.municipality,
            path: if self.request.method == Method::Get { &self.target } else { &self.request.path },
            visitor,
            csrf: &self.csrf,
            command: CommandId::from_bytes(self.world.random()),
            assets: Assets {
                stylesheet: settings.asset("portal.css"),
                later_stylesheet: settings.asset("later.css"),
                loader: settings.asset("islands.js"),
                app_js: settings.asset("app.js"),
                app_wasm: settings.asset("app.wasm"),
                scan_js: settings.asset("scan.js"),
                scan_wasm: settings.asset("scan.wasm"),
                live_js: settings.asset("live.js"),
                live_wasm: settings.asset("live.wasm"),
                paid_sound: settings.asset("paid.wav"),
            },
        };
        Response::page(status, render(&frame))
    }

    /// A page that says what went wrong and what to do.
    pub(super) fn problem(&self, visitor: Option<&Visitor>, problem: Problem) -> Response {
        self.page(problem.status(), visitor, |frame| app::town::problem(frame, problem))
    }

    /// To the sign-in page for a fresh passkey, and back here afterwards. The session lives on.
    pub(super) fn step_up(&self) -> Response {
        let back = if self.request.method == Method::Get { &self.target } else { &self.request.path };
        Response::see_other(&format!("/signin?next={}", encode(back)))
    }

    /// To the sign-in page, and back here afterwards.
    pub(super) fn to_sign_in(&self) -> Response {
        let response = self.step_up();
        // A dead session leaves no cookie behind.
        if self.session.is_some() {
            response.with("set-cookie", Cookie::Session.clear(self.secure()))
        } else {
            response
        }
    }

    /// What a page that is about somebody came to.
    pub(super) fn show<T>(
        &self,
        page: Page<T>,
        render: impl FnOnce(T) -> Result<Response, Fault>,
    ) -> Result<Response, Fault> {
        match page {
            Page::SignedOut => Ok(self.to_sign_in()),
            Page::Forbidden(visitor) => Ok(self.problem(Some(&visitor), Problem::Forbidden)),
            Page::Missing(visitor) => Ok(self.problem(Some(&visitor), Problem::NotFound)),
            Page::Here(here) => render(here),
        }
    }

    /// The command id of the form. A form without one is not ours.
    pub(super) fn command(&self) -> Option<CommandId> {
        self.form.text("command_id").parse().ok()
    }

    /// Sets the cookies of somebody who just signed in.
    pub(super) fn with_session(&self, response: Response, entered: &Entered) -> Response {
        let secure = self.secure();
        response
            .with("set-cookie", Cookie::Session.set_token(&entered.token, secure))
            .with("set-cookie", Cookie::Ceremony.clear(secure))
    }

    /// Where somebody goes after a proof: first to a passkey, if they have none.
    pub(super) fn after_proof(&self, entered: &Entered) -> Response {
        let next = if entered.has_passkey { entered.next.as_str() } else { "/join/passkey" };
        self.with_session(Response::see_other(next), entered)
    }

    /// What this browser says it is.
    pub(super) fn device(&self) -> Device {
        Device::from_user_agent(&self.request.user_agent)
    }

    /// Where it asks from.
    pub(super) fn whence(&self) -> Whence {
        Whence { device: self.device(), address: AddressKey::of(&self.request.address) }
    }

    /// The secret of the running ceremony.
    pub(super) fn ceremony(&self) -> Option<Token> {
        Cookie::Ceremony.token(&self.request.cookies, self.secure())
    }

    /// With the secret of a ceremony that has begun.
    pub(super) fn with_ceremony(&self, response: Response, token: &Token) -> Response {
        response.with("set-cookie", Cookie::Ceremony.set_token(token, self.secure()))
    }

    /// Without any cookie of ours.
    pub(super) fn without_session(&self, response: Response) -> Response {
        let secure = self.secure();
        response.with("set-cookie", Cookie::Session.clear(secure)).with("set-cookie", Cookie::Ceremony.clear(secure))
    }

    /// With the language kept for a year.
    pub(super) fn with_language(&self, response: Response, locale: Locale) -> Response {
        response.with("set-cookie", Cookie::Language.set(locale.word(), self.secure()))
    }

    /// The local path of a query field, or the start page.
    pub(super) fn next_path(&self) -> NextPath {
        NextPath::parse(self.query.text("next")).unwrap_or_else(NextPath::home)
    }

    /// Asks the Registry.
    pub(super) async fn registry(&self, call: &identity::Call) -> Result<identity::Answer, Fault> {
        self.call(Object::Registry, wire::encode(call)?).await
    }

    /// Asks the Ledger.
    pub(super) async fn ledger(&self, call: &LedgerCall) -> Result<LedgerAnswer, Fault> {
        self.call(Object::LEDGER, wire::encode(call)?).await
    }

    /// Asks the Town.
    pub(super) async fn town(&self, call: &TownCall) -> Result<TownAnswer, Fault> {
        self.call(Object::Town, wire::encode(call)?).await
    }

    /// Asks the Town something that is too large to travel with what others ask, or whose answer is.
    pub(super) async fn town_alone(&self, call: &TownCall) -> Result<TownAnswer, Fault> {
        let answer = self.world.call_alone(Object::Town, wire::encode(call)?).await?;
        wire::decode_trusted(&answer).map_err(|error| Fault::new("visit.call", error))
    }

    async fn call<A: serde::de::DeserializeOwned>(&self, object: Object, message: Vec<u8>) -> Result<A, Fault> {
        let answer = self.world.call(object, message).await?;
        wire::decode_trusted(&answer).map_err(|error| Fault::new("visit.call", error))
    }
}

/// An object answered something it was not asked.
pub(super) fn unexpected(place: &'static str) -> Fault {
    Fault::new(place, "another answer than asked for")
}

/// The token of a session's forms: follows from its secret, says nothing about it.
fn csrf(session: &Token) -> String {
    digest(&[b"csrf", &session.0]).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The language: as chosen, else as the browser asks, else Japanese.
fn locale(chosen: Option<&str>, languages: &str) -> Locale {
    if let Some(locale) = chosen.and_then(Locale::from_word) {
        return locale;
    }
    let first = languages.split([',', ';', '-']).next().unwrap_or_default().trim();
    match first {
        "" | "ja" | "*" => Locale::Ja,
        _ => Locale::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        assert_eq!(locale(Some("ja-easy"), "en"), Locale::JaEasy);
        assert_eq!(locale(Some("xx"), "en-GB,en;q=0.9"), Locale::En);
        assert_eq!(locale(None, "ja-JP,en"), Locale::Ja);
        assert_eq!(locale(None, "vi"), Locale::En);
        assert_eq!(locale(None, ""), Locale::Ja);
    }
}
