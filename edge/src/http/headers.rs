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
