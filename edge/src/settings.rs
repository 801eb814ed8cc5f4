//! What the whole deployment is told. No secret is among it: those are [`crate::identity::secrets`].

use shared::kernel::Fault;
use shared::town::Municipality;

/// Where the service is reached, and for whom. Built once per instance.
#[derive(Clone)]
pub struct Settings {
    /// `https://portal.example.lg.jp`, without a slash at the end.
    pub origin: String,
    /// The municipality, checked. Its code is the first part of every object's name.
    pub municipality: Municipality,
    /// The card issuer's identifier (OIDC `issuer`).
    pub card_issuer: String,
    /// Paths of the built assets, by their plain name (`portal.css`).
    pub assets: Vec<(String, String)>,
    /// Certificates of the pinned CAs for signing certificates of the card, in PEM; empty where none is checked.
    pub jpki_cas: String,
    /// Whether demo endpoints exist. Never with `serve`.
    pub demo: bool,
}

impl Settings {
    /// From named texts, as the runtime binds them.
    pub fn read(named: impl Fn(&str) -> Option<String>) -> Result<Self, Fault> {
        let named = Named(named);
        Ok(Self {
            origin: named.text("MEGURI_ORIGIN")?,
            municipality: municipality(&named.text("MEGURI_MUNICIPALITY")?)?,
            card_issuer: named.text("MEGURI_CARD_ISSUER")?,
            assets: pairs(&named.text("MEGURI_ASSETS")?)?,
            jpki_cas: (named.0)("MEGURI_JPKI_CAS").unwrap_or_default(),
            demo: (named.0)("MEGURI_DEMO").is_some_and(|value| value == "1"),
        })
    }

    /// The path of a built asset.
    pub fn asset(&self, name: &str) -> &str {
        self.assets.iter().find(|(plain, _)| plain == name).map_or("", |(_, path)| path)
    }

    /// Whether the service is reached over TLS; on plain http only a developer's own machine is.
    pub fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// The host name without scheme and port: the WebAuthn relying party id.
    pub fn host(&self) -> &str {
        let rest = self.origin.split_once("://").map_or(self.origin.as_str(), |(_, rest)| rest);
        rest.split([':', '/']).next().unwrap_or(rest)
    }
}

fn municipality(file: &str) -> Result<Municipality, Fault> {
    let fault = |cause: &dyn core::fmt::Display| Fault::new("settings.municipality", cause);
    let municipality: Municipality = serde_json::from_str(file).map_err(|error| fault(&error))?;
    municipality.check().map_err(|flaws| fault(&format_args!("{flaws:?}")))?;
    Ok(municipality)
}

/// A list of pairs of texts, from JSON.
pub(crate) fn pairs(json: &str) -> Result<Vec<(String, String)>, Fault> {
    serde_json::from_str(json).map_err(|error| Fault::new("settings.read", error))
}

/// Texts by their name, as the runtime binds them.
pub(crate) struct Named<F>(pub F);

impl<F: Fn(&str) -> Option<String>> Named<F> {
    /// A text that has to be there.
    pub(crate) fn text(&self, name: &str) -> Result<String, Fault> {
        (self.0)(name).ok_or_else(|| Fault::new("settings.read", format_args!("{name} is missing")))
    }
}
