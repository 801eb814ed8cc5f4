//! Forms as browsers send them: `application/x-www-form-urlencoded` (WHATWG URL §5.1).

use shared::kernel::Fault;

/// The most fields one form has: a day at the desk has one for each of its requests.
const FIELDS_MAX: usize = 400;

/// Named texts, in the order they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// The fields of a body or query. Nothing in here can fail: what is not UTF-8 becomes `U+FFFD`, which no field accepts silently.
    pub fn parse(body: &[u8]) -> Self {
        let fields = body.split(|&byte| byte == b'&').filter(|pair| !pair.is_empty()).take(FIELDS_MAX).map(|pair| {
            let at = pair.iter().position(|&byte| byte == b'=').unwrap_or(pair.len());
            let (name, value) = pair.split_at(at);
            (decode(name), decode(value.get(1..).unwrap_or_default()))
        });
        Self(fields.collect())
    }

    /// Fields that were kept.
    pub const fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The first value of that name; empty if there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Every value of that name.
    pub fn texts<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All fields.
    pub fn fields(&self) -> &[(String, String)] {
        &self.0
    }
}

fn decode(part: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                let digits = (ahead.next().and_then(hex), ahead.next().and_then(hex));
                if let (Some(high), Some(low)) = digits {
                    bytes.push(high * 16 + low);
                    rest = ahead;
                } else {
                    bytes.push(byte);
                }
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

const fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// A text as it may stand in a query.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Sixteen bytes from the hidden `command_id` of a form.
pub fn command_bytes(text: &str) -> Result<[u8; 16], Fault> {
    let fault = || Fault::new("form.command_id", "not a command id");
    text.parse::<shared::kernel::CommandId>().map(|id| *id.as_bytes()).map_err(|_| fault())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_as_browsers_send_them() {
        let form = Form::parse("title=%E7%89%9B%E4%B9%B3+2&empty=&bare&a=1&a=2&%zz=%f".as_bytes());
        assert_eq!(form.text("title"), "牛乳 2");
        assert_eq!((form.text("empty"), form.text("bare"), form.text("missing")), ("", "", ""));
        assert_eq!(form.text("a"), "1");
        assert_eq!(form.text("%zz"), "%f");
    }

    #[test]
    fn no_bytes_make_it_fail_and_its_size_is_bounded() {
        let many = "a=1&".repeat(FIELDS_MAX * 3);
        assert_eq!(Form::parse(many.as_bytes()).fields().len(), FIELDS_MAX);
        let mut seed = 1u64;
        for _ in 0..2000 {
            let bytes: Vec<u8> = (0..64)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    b"%&=+abf019\xff\xe3"[(seed >> 33) as usize % 12]
                })
                .collect();
            assert!(Form::parse(&bytes).fields().len() <= 64);
        }
    }

    #[test]
    fn query_texts_come_back() {
        let text = "/help/new?x=あ&y=1 2";
        assert_eq!(Form::parse(format!("next={}", encode(text)).as_bytes()).text("next"), text);
    }
}
