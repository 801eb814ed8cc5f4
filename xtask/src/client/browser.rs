//! A browser without pages: cookies with their paths, origin headers on posts, redirects followed.

use shared::wire::{self, Tell, Told};

use crate::step::{Because, Outcome};

use super::http::{Answer, Connection};

/// The most redirects followed in a row: a card proof needs four.
const REDIRECTS_MAX: usize = 10;

#[derive(Debug, Clone)]
struct Cookie {
    name: String,
    value: String,
    path: String,
}

/// A browser. Every server it visits is on this machine, where cookies do not tell ports apart (RFC 6265 §8.5).
#[derive(Debug, Clone, Default)]
pub struct Browser {
    cookies: Vec<Cookie>,
}

/// An address on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Address {
    port: u16,
    target: String,
}

impl Address {
    fn parse(url: &str) -> Outcome<Self> {
        let rest = url.strip_prefix("http://localhost:").ok_or_else(|| format!("{url} is not on this machine"))?;
        let at = rest.find('/').unwrap_or(rest.len());
        let (port, target) = rest.split_at(at);
        let target = if target.is_empty() { "/" } else { target };
        Ok(Self { port: port.parse().because(url)?, target: target.to_owned() })
    }

    fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or("/")
    }

    /// Where a `Location` leads from here.
    fn resolve(&self, location: &str) -> String {
        if location.starts_with('/') { format!("{}{location}", self.origin()) } else { location.to_owned() }
    }
}

/// Where a chain of redirects ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landed {
    /// The last URL asked.
    pub url: String,
    /// Its answer.
    pub answer: Answer,
}

impl Landed {
    /// The path of the last URL.
    pub fn path(&self) -> Outcome<String> {
        Ok(Address::parse(&self.url)?.path().to_owned())
    }

    /// The value of a hidden field on the page.
    pub fn field(&self, name: &str) -> Outcome<String> {
        field(&self.answer.text(), name)
            .ok_or_else(|| format!("{} ({}) has no field `{name}`", self.url, self.answer.status))
    }

    /// The plain text of the first element of that class.
    pub fn text_of(&self, class: &str) -> Outcome<String> {
        let html = self.answer.text();
        let after = html.split(&format!("class=\"{class}\">")).nth(1);
        let text = after.and_then(|rest| rest.split('<').next()).map(str::to_owned);
        text.ok_or_else(|| format!("{} ({}) has no `{class}`", self.url, self.answer.status))
    }
}

/// The value of the input of that name; what our pages put there needs no unescaping.
fn field(html: &str, name: &str) -> Option<String> {
    let mark = format!("name=\"{name}\"");
    let tag = html.split('<').find(|tag| tag.starts_with("input") && tag.contains(&mark))?;
    let value = tag.split("value=\"").nth(1)?;
    value.split('"').next().map(str::to_owned)
}

impl Browser {
    /// Opens a page and follows redirects.
    pub fn get(&mut self, url: &str) -> Outcome<Landed> {
        let answer = self.send("GET", url, "", &[])?;
        self.follow(url, answer)
    }

    /// Sends a form and follows redirects.
    pub fn post(&mut self, url: &str, fields: &[(&str, &str)]) -> Outcome<Landed> {
        let pairs: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let answer = self.send("POST", url, "application/x-www-form-urlencoded", pairs.join("&").as_bytes())?;
        self.follow(url, answer)
    }

    /// Says something as an island does.
    pub fn tell(&mut self, origin: &str, tell: &Tell) -> Outcome<Told> {
        let body = wire::encode(tell).because("an envelope")?;
        let answer = self.send("POST", &format!("{origin}/tell"), "application/x-postcard", &body)?;
        if answer.status != 200 {
            return Err(format!("/tell answered {}", answer.status));
        }
        wire::decode(&answer.body).because("the answer of /tell")
    }

    /// The `Cookie` header for a path.
    pub fn cookie_header(&self, path: &str) -> String {
        let fits = |cookie: &&Cookie| {
            path.strip_prefix(cookie.path.as_str())
                .is_some_and(|rest| cookie.path.ends_with('/') || rest.is_empty() || rest.starts_with('/'))
        };
        let pairs = self.cookies.iter().filter(fits).map(|cookie| format!("{}={}", cookie.name, cookie.value));
        pairs.collect::<Vec<_>>().join("; ")
    }

    fn follow(&mut self, url: &str, answer: Answer) -> Outcome<Landed> {
        let mut landed = Landed { url: url.to_owned(), answer };
        for _ in 0..REDIRECTS_MAX {
            let location = match (landed.answer.status, landed.answer.header("location")) {
                (302 | 303, Some(location)) => location,
                _ => return Ok(landed),
            };
            let url = Address::parse(&landed.url)?.resolve(location);
            let answer = self.send("GET", &url, "", &[])?;
            landed = Landed { url, answer };
        }
        Err(format!("{url} redirects without end"))
    }

    fn send(&mut self, method: &str, url: &str, kind: &str, body: &[u8]) -> Outcome<Answer> {
        let address = Address::parse(url)?;
        let (target, port) = (&address.target, address.port);
        let mut request = format!("{method} {target} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Language: ja\r\n");
        let cookies = self.cookie_header(address.path());
        if !cookies.is_empty() {
            request.push_str(&format!("Cookie: {cookies}\r\n"));
        }
        if method == "POST" {
            let (origin, length) = (address.origin(), body.len());
            request.push_str(&format!("Origin: {origin}\r\nSec-Fetch-Site: same-origin\r\n"));
            request.push_str(&format!("Content-Type: {kind}\r\nContent-Length: {length}\r\n"));
        }
        request.push_str("\r\n");
        // A connection for each request: a server may close a kept one at any time, and a post is not simply sent again.
        let answer = Connection::open(port)?.send(&[request.as_bytes(), body].concat()).because(url)?;
        for (_, line) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            self.keep(line, address.path());
        }
        Ok(answer)
    }

    /// Takes a `Set-Cookie` (RFC 6265 §5.3).
    fn keep(&mut self, line: &str, path: &str) {
        let mut parts = line.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { return };
        let mut cookie = Cookie { name: name.to_owned(), value: value.to_owned(), path: default_path(path).to_owned() };
        let mut gone = false;
        for (attribute, value) in parts.filter_map(|part| part.split_once('=')) {
            match attribute.to_ascii_lowercase().as_str() {
                "path" => cookie.path = value.to_owned(),
                "max-age" => gone = value == "0",
                // The only date our servers send is the one that deletes.
                "expires" => gone = value.contains("1970"),
                _ => {}
            }
        }
        self.cookies.retain(|known| (&known.name, &known.path) != (&cookie.name, &cookie.path));
        if !gone {
            self.cookies.push(cookie);
        }
    }
}

/// RFC 6265 §5.1.4.
fn default_path(path: &str) -> &str {
    match path.rfind('/') {
        Some(at) if at > 0 => path.get(..at).unwrap_or("/"),
        _ => "/",
    }
}

/// A text as it may stand in a form (WHATWG URL §5.1).
pub fn encode(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    text.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_go_where_they_belong_and_end() {
        let mut browser = Browser::default();
        browser.keep("meguri=abc; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax", "/join/callback");
        browser.keep("run=1; path=/card/x; expires=Fri, 20 Nov 2026 10:00:00 GMT", "/auth");
        browser.keep("bare=2", "/card/y");
        assert_eq!(browser.cookie_header("/wallet"), "meguri=abc");
        assert_eq!(browser.cookie_header("/card/x"), "meguri=abc; run=1; bare=2");
        assert_eq!(browser.cookie_header("/cardx"), "meguri=abc");
        browser.keep("meguri=def; Path=/", "/");
        browser.keep("run=; path=/card/x; expires=Thu, 01 Jan 1970 00:00:00 GMT", "/auth");
        assert_eq!(browser.cookie_header("/card/x"), "bare=2; meguri=def");
        browser.keep("meguri=; Path=/; Max-Age=0", "/");
        assert_eq!(browser.cookie_header("/"), "");
    }

    #[test]
    fn hidden_fields_are_found_whatever_the_order_of_attributes() {
        let html =
            r#"<form><input type="hidden" name="csrf" value="a1"><input value="b2" name="command_id"><p name="x">"#;
        assert_eq!(field(html, "csrf").as_deref(), Some("a1"));
        assert_eq!(field(html, "command_id").as_deref(), Some("b2"));
        assert_eq!(field(html, "x"), None);
    }

    #[test]
    fn addresses() {
        let address = Address::parse("http://localhost:8787/help/new?x=1").unwrap();
        assert_eq!((address.port, address.path()), (8787, "/help/new"));
        assert_eq!(address.resolve("/me"), "http://localhost:8787/me");
        assert_eq!(address.resolve("http://localhost:1/a"), "http://localhost:1/a");
        assert!(Address::parse("https://example.com/").is_err());
        assert_eq!(encode("清 a&"), "%E6%B8%85%20a%26");
    }
}
