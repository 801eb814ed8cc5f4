//! What a person would call the thing they sign in on.

use serde::{Deserialize, Serialize};

/// A device, as far as its browser says (User-Agent, RFC 9110 §10.1.5). Good enough to tell one's phone from a
/// stranger's computer in a list; nothing is decided by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The system, if it is a known one.
    pub system: Option<System>,
    /// The browser, if it is a known one.
    pub browser: Option<Browser>,
}

/// A system, by the name people know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum System {
    Android,
    Iphone,
    Ipad,
    Windows,
    Mac,
    Chromebook,
    Linux,
}

/// A browser, by the name people know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Browser {
    Chrome,
    Safari,
    Edge,
    Firefox,
    Samsung,
}

impl System {
    /// Most telling first: an iPad also says Macintosh, Android also says Linux.
    const MARKS: [(&'static str, Self); 7] = [
        ("iPhone", Self::Iphone),
        ("iPad", Self::Ipad),
        ("Android", Self::Android),
        ("CrOS", Self::Chromebook),
        ("Windows", Self::Windows),
        ("Macintosh", Self::Mac),
        ("Linux", Self::Linux),
    ];

    /// Its name, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Android => "Android",
            Self::Iphone => "iPhone",
            Self::Ipad => "iPad",
            Self::Windows => "Windows",
            Self::Mac => "Mac",
            Self::Chromebook => "Chromebook",
            Self::Linux => "Linux",
        }
    }
}

impl Browser {
    /// Most telling first: Edge also says Chrome, and Chrome also says Safari.
    const MARKS: [(&'static str, Self); 9] = [
        ("Edg/", Self::Edge),
        ("EdgA/", Self::Edge),
        ("EdgiOS/", Self::Edge),
        ("SamsungBrowser/", Self::Samsung),
        ("Firefox/", Self::Firefox),
        ("FxiOS/", Self::Firefox),
        ("CriOS/", Self::Chrome),
        ("Chrome/", Self::Chrome),
        ("Safari/", Self::Safari),
    ];

    /// Its name, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chrome => "Chrome",
            Self::Safari => "Safari",
            Self::Edge => "Edge",
            Self::Firefox => "Firefox",
            Self::Samsung => "Samsung Internet",
        }
    }
}

impl Device {
    /// One that says nothing of itself.
    pub const UNKNOWN: Self = Self { system: None, browser: None };

    /// Reads the header. Anything may stand there.
    pub fn from_user_agent(text: &str) -> Self {
        let system = System::MARKS.into_iter().find(|(mark, _)| text.contains(mark)).map(|(_, system)| system);
        let browser = Browser::MARKS.into_iter().find(|(mark, _)| text.contains(mark)).map(|(_, browser)| browser);
        Self { system, browser }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_people_have() {
        for (text, system, browser) in [
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
                System::Android,
                Browser::Chrome,
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
                System::Android,
                Browser::Samsung,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                System::Iphone,
                Browser::Safari,
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/120.0 Mobile/15E148 Safari/604.1",
                System::Ipad,
                Browser::Chrome,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
                System::Windows,
                Browser::Edge,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:131.0) Gecko/20100101 Firefox/131.0",
                System::Mac,
                Browser::Firefox,
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
                System::Chromebook,
                Browser::Chrome,
            ),
        ] {
            assert_eq!(
                Device::from_user_agent(text),
                Device { system: Some(system), browser: Some(browser) },
                "{text}"
            );
        }
        for text in ["", "curl/8.0", "日本語", "\u{0}"] {
            assert_eq!(Device::from_user_agent(text), Device::UNKNOWN, "{text}");
        }
    }
}
