//! A request as the portal needs it, and a response.

/// The type of what islands send and get.
pub const POSTCARD: &str = "application/x-postcard";

/// The methods the portal answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET, and HEAD, which the host answers without a body.
    Get,
    /// POST.
    Post,
    /// Anything else: refused.
    Other,
}

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path, as sent.
    pub path: String,
    /// The query without its `?`; empty if there is none.
    pub query: String,
    /// The `Cookie` header; empty if there is none.
    pub cookies: String,
    /// The `Origin` header.
    pub origin: Option<String>,
    /// The `Sec-Fetch-Site` header.
    pub fetch_site: Option<String>,
    /// The `Accept-Language` header; empty if there is none.
    pub languages: String,
    /// The `User-Agent` header; empty if there is none.
    pub user_agent: String,
    /// Whether a page of ours asks for itself again, because something changed, and nobody has done anything.
    pub asks_by_itself: bool,
    /// Where it comes from, as the proxy in front says; empty where none is trusted to say.
    pub address: String,
    /// The `Content-Type` header; empty if there is none.
    pub content_type: String,
    /// The body; `None` if it was larger than allowed.
    pub body: Option<Vec<u8>>,
}

/// What a response carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// What goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Headers, in order.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body,
}

impl Response {
    fn text_of(status: u16, kind: &str, text: String) -> Self {
        Self { status, headers: vec![("content-type", kind.to_owned())], body: Body::Text(text) }
    }

    /// A page.
    pub fn page(status: u16, html: String) -> Self {
        Self::text_of(status, "text/html; charset=utf-8", html)
    }

    /// JSON.
    pub fn json(status: u16, json: String) -> Self {
        Self::text_of(status, "application/json", json)
    }

    /// Plain text.
    pub fn plain(text: String) -> Self {
        Self::text_of(200, "text/plain; charset=utf-8", text)
    }

    /// A table to keep as a file of that name: UTF-8 with the mark that spreadsheets look for.
    pub fn csv(name: &str, csv: String) -> Self {
        Self::text_of(200, "text/csv; charset=utf-8", format!("\u{feff}{csv}"))
            .with("content-disposition", format!("attachment; filename=\"{name}\""))
    }

    /// JSON lines.
    pub fn json_lines(lines: String) -> Self {
        Self::text_of(200, "application/jsonl", lines)
    }

    /// A problem (RFC 9457) with a stable code.
    pub fn problem(status: u16, code: &str) -> Self {
        Self::text_of(status, "application/problem+json", format!(r#"{{"status":{status},"code":"{code}"}}"#))
    }

    /// A postcard envelope.
    pub fn postcard(bytes: Vec<u8>) -> Self {
        Self { status: 200, headers: vec![("content-type", POSTCARD.to_owned())], body: Body::Bytes(bytes) }
    }

    /// A picture, to look at in a page of ours and nowhere else.
    pub fn picture(media_type: &'static str, bytes: Vec<u8>) -> Self {
        Self { status: 200, headers: vec![("content-type", media_type.to_owned())], body: Body::Bytes(bytes) }
            .with("content-disposition", "inline; filename=\"photo\"")
            .with("cross-origin-resource-policy", "same-origin")
    }

    /// Whether it is data, of which a browser makes no document.
    pub fn is_data(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind == POSTCARD || kind.starts_with("image/"))
    }

    /// Done, and nothing to show.
    pub const fn done() -> Self {
        Self { status: 204, headers: Vec::new(), body: Body::Empty }
    }

    /// See other: after a form was taken.
    pub fn see_other(path: &str) -> Self {
        Self { status: 303, headers: vec![("location", path.to_owned())], body: Body::Empty }
    }

    /// With how long to wait, in seconds (RFC 9110 §10.2.3).
    #[must_use]
    pub fn retry_after(self, seconds: u32) -> Self {
        self.with("retry-after", seconds.to_string())
    }

    /// With one more header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}
