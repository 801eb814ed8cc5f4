//! URLs and `application/x-www-form-urlencoded` (WHATWG URL §5), as little as a relying party needs.

use super::CardError;

/// The longest URL taken from a configuration or a discovery document, in bytes.
const URL_BYTES_MAX: usize = 1024;

/// How a URL may be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Over TLS.
    Https,
    /// In clear, but only to this machine: for trying things out.
    Loopback,
}

/// Checks a URL: https, or http to this machine; no user part, no fragment, nothing but visible ASCII.
pub fn check(url: &str) -> Result<Reach, CardError> {
    if url.len() > URL_BYTES_MAX {
        return Err(CardError::TooLarge);
    }
    if !url.bytes().all(|b| b.is_ascii_graphic()) || url.contains(['#', '@', '\\', '"', '<', '>']) {
        return Err(CardError::Malformed);
    }
    let (scheme, rest) = url.split_once("://").ok_or(CardError::Malformed)?;
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let (host, port) = match authority.strip_prefix("[::1]") {
        Some("") => ("[::1]", None),
        Some(after) => ("[::1]", Some(after.strip_prefix(':').ok_or(CardError::Malformed)?)),
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    let loopback = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    let named = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    if !(loopback || named) || port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return Err(CardError::Malformed);
    }
    match scheme {
        "https" => Ok(Reach::Https),
        "http" if loopback => Ok(Reach::Loopback),
        _ => Err(CardError::Malformed),
    }
}

/// Adds `name=value` with both encoded; the first one of a form needs no separator.
pub fn push(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() && !form.ends_with(['?', '&']) {
        form.push('&');
    }
    encode(form, name);
    form.push('=');
    encode(form, value);
}

fn encode(form: &mut String, text: &str) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let digit = |nibble: u8| HEX.get(usize::from(nibble & 15)).copied().unwrap_or('0');
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            form.push(char::from(byte));
        } else {
            form.extend(['%', digit(byte >> 4), digit(byte)]);
        }
    }
}

/// The pairs of a form, decoded. A broken escape or text that is not UTF-8 is `Malformed`.
pub fn pairs(form: &str) -> Result<Vec<(String, String)>, CardError> {
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        Ok((decode(name)?, decode(value)?))
    };
    form.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

fn decode(text: &str) -> Result<String, CardError> {
    let nibble = |byte: Option<u8>| byte.and_then(|b| char::from(b).to_digit(16)).ok_or(CardError::Malformed);
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => (nibble(bytes.next())? << 4 | nibble(bytes.next())?) as u8,
            b'+' => b' ',
            plain => plain,
        });
    }
    String::from_utf8(decoded).map_err(|_| CardError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_urls_are_reached() {
        for (url, expected) in [
            ("https://auth-and-sign.go.jp/api/realms/main", Ok(Reach::Https)),
            ("https://a.example:8443/x?y=1", Ok(Reach::Https)),
            ("http://localhost:8788", Ok(Reach::Loopback)),
            ("http://127.0.0.1:8788/token", Ok(Reach::Loopback)),
            ("http://[::1]:8788/token", Ok(Reach::Loopback)),
            ("http://[::1]", Ok(Reach::Loopback)),
            ("http://a.example/", Err(CardError::Malformed)),
            ("http://localhost.a.example/", Err(CardError::Malformed)),
            ("http://localhost@a.example/", Err(CardError::Malformed)),
            ("https://user:secret@a.example/", Err(CardError::Malformed)),
            ("https://a.example/#x", Err(CardError::Malformed)),
            ("https:///x", Err(CardError::Malformed)),
            ("https://a.example:port/", Err(CardError::Malformed)),
            ("https://a.example:99999/", Err(CardError::Malformed)),
            ("http://[::1]x/", Err(CardError::Malformed)),
            ("https://a example/", Err(CardError::Malformed)),
            ("https://例え.example/", Err(CardError::Malformed)),
            ("javascript:alert(1)", Err(CardError::Malformed)),
            ("ftp://localhost/", Err(CardError::Malformed)),
            ("", Err(CardError::Malformed)),
        ] {
            assert_eq!(check(url), expected, "{url}");
        }
        assert_eq!(check(&format!("https://a.example/{}", "x".repeat(URL_BYTES_MAX))), Err(CardError::TooLarge));
    }

    #[test]
    fn there_and_back() {
        let mut form = String::new();
        push(&mut form, "a b", "1&2=3+4%");
        push(&mut form, "名", "𠮷");
        assert_eq!(form, "a%20b=1%262%3D3%2B4%25&%E5%90%8D=%F0%A0%AE%B7");
        let expected = [("a b", "1&2=3+4%"), ("名", "𠮷")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        assert_eq!(pairs(&form), Ok(expected.to_vec()));
    }

    #[test]
    fn broken_escapes_are_refused() {
        for form in ["a=%", "a=%4", "a=%zz", "%=1", "a=%ff", "a=%+1", "a=%C3"] {
            assert_eq!(pairs(form), Err(CardError::Malformed), "{form}");
        }
        assert_eq!(pairs("&a&&b=+&"), Ok(vec![("a".into(), String::new()), ("b".into(), " ".into())]));
    }
}
