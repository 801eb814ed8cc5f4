//! HTTP/1.1 over one kept connection (RFC 9112), as little as a client of our own servers needs.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::step::{Because, Outcome};

/// The largest answer read, in bytes.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;
/// How long an answer may take.
const SECONDS_MAX: u64 = 30;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, without transfer coding.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of that name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// How a body is delimited (RFC 9112 §6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Framing {
    Length(usize),
    Chunked,
    UntilClose,
}

/// A complete answer within received bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The status.
    pub status: u16,
    /// Where the body begins, its transfer coding included.
    pub body_start: usize,
    /// Where the next answer would begin.
    pub end: usize,
    framing: Framing,
}

impl Shape {
    /// The body without its transfer coding.
    pub fn body(&self, bytes: &[u8]) -> Outcome<Vec<u8>> {
        let coded = bytes.get(self.body_start..self.end).unwrap_or_default();
        if self.framing != Framing::Chunked {
            return Ok(coded.to_vec());
        }
        let (mut body, mut at) = (Vec::new(), 0);
        while let Some(chunk) = chunk(coded, at)?.filter(|chunk| chunk.start < chunk.end) {
            body.extend_from_slice(coded.get(chunk.start..chunk.end).unwrap_or_default());
            at = chunk.end + 2;
        }
        Ok(body)
    }
}

/// Finds the end of the answer at the beginning of `bytes`; nothing yet if it is still on its way. `closed` says that
/// nothing more will come.
pub fn shape(bytes: &[u8], closed: bool) -> Outcome<Option<Shape>> {
    let Some(body_start) = find(bytes, b"\r\n\r\n").map(|at| at + 4) else { return Ok(None) };
    let head = bytes.get(..body_start).unwrap_or_default();
    let status = status(head)?;
    let framing = framing(head, status)?;
    let end = match framing {
        Framing::Length(length) => Some(body_start + length).filter(|&end| end <= bytes.len()),
        Framing::Chunked => chunks_end(bytes, body_start)?,
        Framing::UntilClose => closed.then_some(bytes.len()),
    };
    Ok(end.map(|end| Shape { status, body_start, end, framing }))
}

fn status(head: &[u8]) -> Outcome<u16> {
    let digits = head.strip_prefix(b"HTTP/1.1 ").and_then(|rest| rest.get(..3)).unwrap_or_default();
    std::str::from_utf8(digits)
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| "the answer is not HTTP/1.1".to_owned())
}

fn framing(head: &[u8], status: u16) -> Outcome<Framing> {
    if matches!(status, 100..=199 | 204 | 304) {
        return Ok(Framing::Length(0));
    }
    let mut found = Framing::UntilClose;
    for line in head.split(|&byte| byte == b'\n') {
        if let Some(value) = value_of(line, b"content-length:") {
            let text = std::str::from_utf8(value).unwrap_or_default().trim();
            found = Framing::Length(text.parse().because("a content-length that is no number")?);
        } else if value_of(line, b"transfer-encoding:").is_some() {
            return Ok(Framing::Chunked);
        }
    }
    Ok(found)
}

fn value_of<'a>(line: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let (start, value) = line.split_at_checked(name.len())?;
    start.eq_ignore_ascii_case(name).then_some(value)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The data of the chunk whose size line begins at `at`.
fn chunk(bytes: &[u8], at: usize) -> Outcome<Option<std::ops::Range<usize>>> {
    let rest = bytes.get(at..).unwrap_or_default();
    let Some(line) = find(rest, b"\r\n") else { return Ok(None) };
    let text = std::str::from_utf8(rest.get(..line).unwrap_or_default()).unwrap_or_default();
    let digits = text.split(';').next().unwrap_or_default().trim();
    let size = usize::from_str_radix(digits, 16).because("a chunk size that is no number")?;
    let start = at + line + 2;
    Ok(Some(start..start.saturating_add(size)))
}

/// Where the chunked body that begins at `at` ends. Trailers are not expected from servers of ours.
fn chunks_end(bytes: &[u8], mut at: usize) -> Outcome<Option<usize>> {
    while let Some(chunk) = chunk(bytes, at)? {
        at = chunk.end.saturating_add(2);
        if at > bytes.len() {
            return Ok(None);
        }
        if chunk.is_empty() {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// A kept connection to a server on the loopback address.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub fn open(port: u16) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).because(format!("connecting to port {port}"))?;
        stream.set_nodelay(true).because("a socket option")?;
        stream.set_read_timeout(Some(Duration::from_secs(SECONDS_MAX))).because("a socket option")?;
        Ok(Self { stream, received: Vec::with_capacity(32 * 1024) })
    }

    /// Sends a whole request and waits for its answer; `read` sees the shape and the bytes it is about.
    pub fn exchange<T>(&mut self, request: &[u8], read: impl FnOnce(&Shape, &[u8]) -> Outcome<T>) -> Outcome<T> {
        self.stream.write_all(request).because("sending a request")?;
        self.received.clear();
        let mut part = [0u8; 16 * 1024];
        loop {
            let got = self.stream.read(&mut part).because("reading an answer")?;
            self.received.extend_from_slice(part.get(..got).unwrap_or_default());
            if let Some(shape) = shape(&self.received, got == 0)? {
                return read(&shape, &self.received);
            }
            if got == 0 {
                return Err("the connection closed before the answer was complete".to_owned());
            }
            if self.received.len() > ANSWER_BYTES_MAX {
                return Err("the answer is too large".to_owned());
            }
        }
    }

    /// As [`Self::exchange`], with everything the answer says.
    pub fn send(&mut self, request: &[u8]) -> Outcome<Answer> {
        self.exchange(request, |shape, bytes| {
            let head = String::from_utf8_lossy(bytes.get(..shape.body_start).unwrap_or_default()).into_owned();
            let headers = head.lines().skip(1).filter_map(|line| line.split_once(':'));
            let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
            Ok(Answer { status: shape.status, headers, body: shape.body(bytes)? })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(bytes: &[u8], closed: bool) -> Option<(u16, Vec<u8>, usize)> {
        shape(bytes, closed).unwrap().map(|shape| (shape.status, shape.body(bytes).unwrap(), shape.end))
    }

    #[test]
    fn an_answer_is_complete_with_its_last_byte_and_not_before() {
        let answers: [(&[u8], u16, &[u8]); 4] = [
            (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, b"hello"),
            (b"HTTP/1.1 303 See Other\r\ncontent-length: 0\r\nLocation: /\r\n\r\n", 303, b""),
            (
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n",
                200,
                b"hello",
            ),
            (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b""),
        ];
        for (bytes, status, text) in answers {
            for end in 0..bytes.len() {
                assert_eq!(body(&bytes[..end], false), None, "{end} of {}", String::from_utf8_lossy(bytes));
            }
            assert_eq!(body(bytes, false), Some((status, text.to_vec(), bytes.len())));
            let two = [bytes, bytes].concat();
            assert_eq!(body(&two, false), Some((status, text.to_vec(), bytes.len())), "the next answer is left alone");
        }
    }

    #[test]
    fn without_a_length_the_end_is_the_close() {
        let bytes = b"HTTP/1.1 200 OK\r\n\r\nhello";
        assert_eq!(body(bytes, false), None);
        assert_eq!(body(bytes, true), Some((200, b"hello".to_vec(), bytes.len())));
    }

    #[test]
    fn nonsense_is_a_sentence() {
        for bytes in [
            b"SSH-2.0-x\r\n\r\n".as_slice(),
            b"HTTP/1.1 20x\r\n\r\n",
            b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        ] {
            assert!(shape(bytes, false).is_err(), "{}", String::from_utf8_lossy(bytes));
        }
    }
}
