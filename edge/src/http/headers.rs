//! The headers every answer carries (ASVS 3.4).

use super::Response;

/// No script but our own files and Wasm; nothing inline; nobody frames us.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                      font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Puts the security headers on a response. `form_targets` are the other sites a form's redirect may lead to: the
/// card issuer, since browsers hold redirects after a form to `form-action` as well.
pub fn finish(response: Response, secure: bool, form_targets: &str) -> Response {
    let mut response = response
        .with("content-security-policy", format!("{POLICY}; form-action 'self' {form_targets}"))
        .with("x-content-type-options", "nosniff")
        .with("referrer-policy", "same-origin")
        .with("cross-origin-opener-policy", "same-origin")
        .with(
            "permissions-policy",
            "geolocation=(), payment=(), publickey-credentials-get=(self), publickey-credentials-create=(self)",
        );
    if response.header("cache-control").is_none() {
        response = response.with("cache-control", "no-store");
    }
    if secure {
        response = response.with("strict-transport-security", "max-age=31536000; includeSubDomains");
    }
    response
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
}
