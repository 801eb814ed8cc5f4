//! How often identity may be asked from one address (ASVS 2.4.1, 6.3.1).

use std::net::{IpAddr, SocketAddr};

use serde::{Deserialize, Serialize};

use crate::kernel::{Rate, digest};

/// What is asked of identity by somebody who may be anybody. Grows at the end only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Admission {
    /// A card proof, begun or ended.
    Proof,
    /// A passkey ceremony, begun or ended.
    Ceremony,
    /// A staff link.
    Invitation,
}

impl Admission {
    /// How often from one address. Behind one there may be a whole carrier's customers (RFC 6598), so the first two only
    /// stop machines; a staff link is for few.
    pub const fn rate(self) -> Rate {
        match self {
            Self::Proof => Rate { burst: 120, every_ms: 500 },
            Self::Ceremony => Rate { burst: 600, every_ms: 100 },
            Self::Invitation => Rate { burst: 20, every_ms: 30_000 },
        }
    }
}

/// An address as far as it is counted, and no more of it than that: a digest of an IPv4 address, or of an IPv6 /56, the least
/// a customer is usually given. Who has more has more tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AddressKey([u8; 16]);

impl AddressKey {
    /// The key of an address as a proxy writes it; of a list (`X-Forwarded-For`), the last: the proxy's own word.
    pub fn of(text: &str) -> Option<Self> {
        let last = text.rsplit(',').next().unwrap_or(text).trim();
        // Some proxies write the port too.
        let address = last.parse().ok().or_else(|| last.parse().ok().map(|at: SocketAddr| at.ip()))?;
        let counted = match IpAddr::to_canonical(&address) {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets().iter().take(7).copied().collect(),
        };
        let digest = digest(&[b"address", &counted]);
        digest.first_chunk().copied().map(Self)
    }

    /// The bytes of the digest.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_customer_is_one_key() {
        let key = |text| AddressKey::of(text);
        assert_eq!(key("192.0.2.1"), key(" 192.0.2.1 "));
        assert_eq!(key("192.0.2.1"), key("::ffff:192.0.2.1"));
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:ff::1"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:102::1"));
        assert_eq!(key("192.0.2.1:4711"), key("192.0.2.1"));
        assert_eq!(key("[2001:db8::1]:4711"), key("2001:db8::1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
        // What the client itself wrote in front is not believed.
        assert_eq!(key("203.0.113.9, 192.0.2.1"), key("192.0.2.1"));
        for text in ["", ",", "unknown", "192.0.2", "192.0.2.1,", "[::1]"] {
            assert_eq!(key(text), None, "{text}");
        }
    }
}
