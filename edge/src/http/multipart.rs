//! Forms that send files (RFC 7578). The whole body is there already: the host takes no larger one than the page is for.

use std::convert::Infallible;

use futures_util::stream;
use multer::{Multipart, parse_boundary};

use super::form::Form;

/// The most parts of a form of ours.
const PARTS_MAX: usize = 40;

/// A file, by the name of its field. What its sender calls it is not looked at.
pub type File = (String, Vec<u8>);

/// The fields and files of a body; nothing of one that cannot be read to its end.
pub async fn parse(content_type: &str, body: &[u8]) -> (Form, Vec<File>) {
    read(content_type, body).await.unwrap_or_default()
}

async fn read(content_type: &str, body: &[u8]) -> Option<(Form, Vec<File>)> {
    let boundary = parse_boundary(content_type).ok()?;
    let whole = body.to_vec();
    let mut parts = Multipart::new(stream::iter([Ok::<_, Infallible>(whole)]), boundary);
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    for _ in 0..PARTS_MAX {
        let Some(part) = parts.next_field().await.ok()? else { return Some((Form::of(fields), files)) };
        let Some(name) = part.name().map(str::to_owned) else { continue };
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await.ok()?;
        if is_file {
            files.push((name, bytes.to_vec()));
        } else {
            fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    None
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use futures_executor::block_on;

    use super::*;

    const KIND: &str = "multipart/form-data; boundary=XX";

    fn body(parts: &[(&str, &str)]) -> Vec<u8> {
        let each = parts.iter().map(|(head, text)| {
            format!("--XX\r\nContent-Disposition: form-data; {head}\r\nContent-Type: text/plain\r\n\r\n{text}\r\n")
        });
        [each.collect::<String>(), "--XX--\r\n".to_owned()].concat().into_bytes()
    }

    #[test]
    fn fields_and_files_as_browsers_send_them() {
        let sent =
            body(&[("name=\"csrf\"", "abc"), ("name=\"note\"", "牛乳 2"), ("name=\"f\"; filename=\"a.cer\"", "0\0x")]);
        let (form, files) = block_on(parse(KIND, &sent));
        assert_eq!((form.text("csrf"), form.text("note"), form.text("f")), ("abc", "牛乳 2", ""));
        assert_eq!(files, [("f".to_owned(), b"0\0x".to_vec())]);
        let empty = body(&[("name=\"f\"; filename=\"\"", "")]);
        assert_eq!(block_on(parse(KIND, &empty)).1, [("f".to_owned(), Vec::new())]);
    }

    #[test]
    fn what_is_cut_off_too_much_or_another_kind_is_nothing() {
        let sent = body(&[("name=\"csrf\"", "abc"), ("name=\"f\"; filename=\"a\"", "xyz")]);
        for length in 0..sent.len() - 4 {
            let (form, files) = block_on(parse(KIND, &sent[..length]));
            assert!(form.fields().is_empty() && files.is_empty(), "{length} bytes");
        }
        for kind in ["", "multipart/form-data", "multipart/form-data; boundary=YY", "text/plain"] {
            assert!(block_on(parse(kind, &sent)).0.fields().is_empty(), "{kind}");
        }
        let many = body(&[("name=\"a\"", "b")].repeat(PARTS_MAX + 1));
        assert!(block_on(parse(KIND, &many)).0.fields().is_empty());
    }
}
