//! The headers every answer carries (ASVS 3.4).

use super::Response;

/// No script but our own files and Wasm; nothing inline; nobody frames us.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                      font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What our islands read is data: nothing is made of it that could load or be framed.
const POLICY_OF_DATA: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What a page may ask the browser for.
const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(self), \
                           publickey-credentials-create=(self)";

/// The same for a page that reads QR codes.
const PERMISSIONS_WITH_CAMERA: &str = "camera=(self), geolocation=(), microphone=(), payment=(), \
                                       publickey-credentials-get=(self), publickey-credentials-create=(self)";

/// Lets a page ask for the camera.
pub fn with_camera(response: Response) -> Response {
    response.with("permissions-policy", PERMISSIONS_WITH_CAMERA)
}

/// Puts the security headers on a response. `form_targets` are the other sites a form's redirect may lead to: the
/// card issuer, since browsers hold redirects after a form to `form-action` as well.
pub fn finish(response: Response, secure: bool, form_targets: &str) -> Response {
    let mut response = if response.is_data() {
        response.with("content-security-policy", POLICY_OF_DATA)
    } else {
        of_document(response, form_targets)
    };
    response = response.with("x-content-type-options", "nosniff");
    if response.header("cache-control").is_none() {
        response = response.with("cache-control", "no-store");
    }
    if secure {
        response = response.with("strict-transport-security", "max-age=31536000; includeSubDomains");
    }
    response
}

/// With what only a document, or a way to one, obeys.
fn of_document(response: Response, form_targets: &str) -> Response {
    let response = response
        .with("content-security-policy", format!("{POLICY}; form-action 'self' {form_targets}"))
        .with("referrer-policy", "same-origin")
        .with("cross-origin-opener-policy", "same-origin");
    match response.header("permissions-policy") {
        Some(_) => response,
        None => response.with("permissions-policy", PERMISSIONS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transport_security_lasts_a_year_where_there_is_any() {
        const YEAR_SECONDS: u64 = 365 * 24 * 60 * 60;
        let answer = finish(Response::see_other("/"), true, "https://card.example");
        let line = answer.header("strict-transport-security").unwrap();
        let seconds: u64 = line.strip_prefix("max-age=").unwrap().split(';').next().unwrap().parse().unwrap();
        assert!(seconds >= YEAR_SECONDS && line.ends_with("includeSubDomains"), "{line}");
        let plain = finish(Response::see_other("/"), false, "https://card.example");
        assert_eq!(plain.header("strict-transport-security"), None);
    }

    #[test]
    fn only_a_page_that_scans_may_ask_for_the_camera() {
        let permissions = |response| {
            let answer = finish(response, true, "https://card.example");
            answer.header("permissions-policy").unwrap().split(", ").map(str::to_owned).collect::<Vec<_>>()
        };
        let (usual, scanning) =
            (permissions(Response::see_other("/")), permissions(with_camera(Response::see_other("/"))));
        assert!(usual.contains(&"camera=()".to_owned()));
        let other: Vec<_> = scanning.iter().filter(|one| !usual.contains(one)).collect();
        assert_eq!(other, ["camera=(self)"]);
        assert_eq!(usual.len(), scanning.len());
    }
}
