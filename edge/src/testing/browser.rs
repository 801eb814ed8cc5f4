//! A browser: a cookie jar, forms with their token, islands with their envelopes, a passkey device.

use std::collections::BTreeMap;

use futures_executor::block_on;
use shared::identity::Token;
use shared::kernel::digest;
use shared::wire::{self, Tell, Told};

use crate::http::cookie::Cookie;
use crate::http::form::encode;
use crate::http::{Body, Method, Request, Response};
use crate::identity::webauthn::soft::SoftAuthenticator;
use crate::portal;

use super::deployment::{Deployment, LocalWorld, ORIGIN};

/// A browser of one person.
#[derive(Clone)]
pub(crate) struct Browser {
    world: LocalWorld,
    jar: BTreeMap<String, String>,
    /// Where it is, as the proxy says.
    pub address: String,
    /// Its passkeys.
    pub device: SoftAuthenticator,
}

/// Status and `Location`, for comparison.
pub(crate) fn status_line(response: &Response) -> (u16, &str) {
    (response.status, response.header("location").unwrap_or_default())
}

/// What an answer says, whatever it is made of.
pub(crate) fn body_text(response: &Response) -> String {
    match &response.body {
        Body::Empty => String::new(),
        Body::Text(text) => text.clone(),
        Body::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn body_of(fields: &[(&str, &str)]) -> Vec<u8> {
    let pairs: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    pairs.join("&").into_bytes()
}

impl Browser {
    /// A fresh one; equal numbers have equal devices.
    pub(crate) fn new(deployment: &Deployment, number: u32) -> Self {
        let device = SoftAuthenticator::synced(u64::from(number));
        Self { world: deployment.world.clone(), jar: BTreeMap::new(), address: String::new(), device }
    }

    /// The same browser at another deployment.
    pub(crate) fn at(&self, deployment: &Deployment) -> Self {
        Self { world: deployment.world.clone(), ..self.clone() }
    }

    fn cookies(&self) -> String {
        self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// The secret of its session.
    pub(crate) fn session(&self) -> Option<Token> {
        Cookie::Session.token(&self.cookies(), true)
    }

    /// Takes a cookie out or puts one in, as somebody with the device in hand could.
    pub(crate) fn put_cookie(&mut self, cookie: Cookie, token: Option<Token>) {
        let line = token.map_or_else(|| cookie.clear(true), |token| cookie.set_token(&token, true));
        self.take_cookie(&line);
    }

    /// The secret of its ceremony.
    pub(crate) fn ceremony(&self) -> Option<Token> {
        Cookie::Ceremony.token(&self.cookies(), true)
    }

    /// The hidden field of its forms.
    pub(crate) fn csrf(&self) -> String {
        let Some(token) = self.session() else { return String::new() };
        digest(&[b"csrf", &token.0]).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    fn take_cookie(&mut self, line: &str) {
        for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(line.contains(attribute), "{attribute} in a cookie");
        }
        let (name, rest) = line.split_once('=').unwrap();
        assert!(name.starts_with("__Host-"));
        let value = rest.split(';').next().unwrap();
        if line.contains("; Max-Age=0;") {
            self.jar.remove(name);
        } else {
            self.jar.insert(name.to_owned(), value.to_owned());
        }
    }

    /// A request from a page of ours, without a body.
    pub(crate) fn request(&self, method: Method, target: &str) -> Request {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let posts = method == Method::Post;
        Request {
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            cookies: self.cookies(),
            origin: posts.then(|| ORIGIN.to_owned()),
            fetch_site: Some("same-origin".to_owned()),
            languages: "ja".to_owned(),
            asks_by_itself: false,
            user_agent: "Mozilla/5.0 (Linux; Android 10; K) Chrome/130.0.0.0 Mobile Safari/537.36".to_owned(),
            address: self.address.clone(),
            content_type: String::new(),
            body: Some(Vec::new()),
        }
    }

    /// A form of a page of ours.
    pub(crate) fn form(&self, target: &str, fields: &[(&str, &str)]) -> Request {
        let csrf = self.csrf();
        let fields = [fields, &[("csrf", csrf.as_str())]].concat();
        Request {
            content_type: "application/x-www-form-urlencoded".to_owned(),
            body: Some(body_of(&fields)),
            ..self.request(Method::Post, target)
        }
    }

    /// The same with a file (RFC 7578).
    pub(crate) fn form_with_file(&self, target: &str, fields: &[(&str, &str)], name: &str, file: &[u8]) -> Request {
        let csrf = self.csrf();
        let part = |(name, value): &(&str, &str)| {
            format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let parts: String = fields.iter().chain(&[("csrf", csrf.as_str())]).map(part).collect();
        let head = format!(
            "--XX\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        Request {
            content_type: "multipart/form-data; boundary=XX".to_owned(),
            body: Some([parts.as_bytes(), head.as_bytes(), file, b"\r\n--XX--\r\n"].concat()),
            ..self.request(Method::Post, target)
        }
    }

    /// An island's envelope.
    pub(crate) fn envelope(&self, tell: &Tell) -> Request {
        Request {
            content_type: "application/x-postcard".to_owned(),
            body: Some(wire::encode(tell).unwrap()),
            ..self.request(Method::Post, "/tell")
        }
    }

    /// Sends a request and keeps the cookies. Every answer must carry the headers of the house.
    pub(crate) async fn send(&mut self, request: Request) -> Response {
        let response = portal::answer(&self.world, request).await;
        for name in ["content-security-policy", "x-content-type-options", "strict-transport-security", "cache-control"]
        {
            assert!(response.header(name).is_some(), "{name} is missing");
        }
        let set: Vec<_> =
            response.headers.iter().filter(|(name, _)| *name == "set-cookie").map(|(_, line)| line.clone()).collect();
        set.iter().for_each(|line| self.take_cookie(line));
        if let Some(to) = response.header("location") {
            assert!(!to.contains(['\r', '\n']), "{to:?}");
        }
        response
    }

    /// Opens a page.
    pub(crate) fn get(&mut self, target: &str) -> Response {
        let request = self.request(Method::Get, target);
        block_on(self.send(request))
    }

    /// Sends a form.
    pub(crate) fn post(&mut self, target: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.form(target, fields);
        block_on(self.send(request))
    }

    /// An island speaks. None when the answer is a page that says something went wrong.
    pub(crate) fn try_tell(&mut self, tell: &Tell) -> Option<Told> {
        let request = self.envelope(tell);
        told(&block_on(self.send(request)))
    }

    /// An island speaks.
    pub(crate) fn tell(&mut self, tell: &Tell) -> Told {
        self.try_tell(tell).expect("an envelope")
    }
}

/// The envelope of an answer.
fn told(response: &Response) -> Option<Told> {
    match &response.body {
        Body::Bytes(bytes) => Some(wire::decode_trusted(bytes).expect("an envelope")),
        _ => None,
    }
}
