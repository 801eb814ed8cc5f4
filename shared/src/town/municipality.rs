//! The shape of the municipality's file.

use serde::{Deserialize, Serialize};

use super::{Kind, Skill};
use crate::kernel::{Mesh, Points, Shards, Trade};

/// A municipality (自治体), as its file says. Use it only after [`Municipality::check`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Municipality {
    /// Short name in ids of objects and links: `a-z`, `0-9`, `-`.
    pub code: String,
    /// Name in Japanese, such as めぐり市.
    pub name: String,
    /// Reading in hiragana.
    pub name_reading: String,
    /// Name in English.
    pub name_en: String,
    /// Colours of its own.
    #[serde(default)]
    pub colours: Colours,
    /// Areas, in the order of the choice.
    pub areas: Vec<Area>,
    /// Kinds of help offered, in the order of the choice.
    pub categories: Vec<Kind>,
    /// Skills people can name, in the order of the choice.
    #[serde(default)]
    pub skills: Vec<Skill>,
    /// Share of each reward kept as fee, in percent.
    pub fee_percent: u8,
    /// The largest reward of one request.
    pub reward_max: Points,
    /// From which hour until which hour help may take place; 8 and 21 unless there is a reason.
    pub hours: (u8, u8),
    /// What calling off costs.
    #[serde(default)]
    pub cancellation: Cancellation,
    /// Whether two people who have not worked together yet are introduced to each other by the centre (三者面談).
    #[serde(default = "always")]
    pub introduction: bool,
    /// The payment service in QR codes of shops, as a reverse domain name of the municipality's own, such as
    /// `jp.lg.city.meguri`. Printed posters hold only while it stays.
    #[serde(default)]
    pub payment_service: Option<String>,
    /// Coupons: value that only some shops take.
    #[serde(default)]
    pub coupons: Vec<Coupon>,
    /// Budgets that points are granted from.
    pub budgets: Vec<Budget>,
    /// In how many books the ledger is kept: 1, 2, 4 or 8. Stays as it is once there are entries.
    #[serde(default)]
    pub shards: Shards,
    /// How long things are kept.
    #[serde(default)]
    pub retention: Retention,
    /// Languages of the portal as [`Locale::word`](crate::kernel::Locale::word)s, the default first.
    pub languages: Vec<String>,
}

impl Municipality {
    /// The payment service in QR codes; from the municipality's code, where the file says nothing.
    pub fn payment_service(&self) -> String {
        self.payment_service.clone().unwrap_or_else(|| format!("jp.lg.{}", self.code))
    }
}

const fn always() -> bool {
    true
}

/// What calling an agreed job off costs the one who asked for it (取り消しのきまり). A helper pays nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    /// From so many hours before the time on it is late.
    pub late_hours: u16,
    /// For calling it off late, in percent of the reward.
    pub late_percent: u8,
    /// For not being there, in percent of the reward.
    pub no_show_percent: u8,
}

impl Default for Cancellation {
    /// A fifth from the day before on, and half for not being there.
    fn default() -> Self {
        Self { late_hours: 24, late_percent: 20, no_show_percent: 50 }
    }
}

/// How long things are kept (保存期間). What is not here ends by itself: docs/RETENTION.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Lines of 利用の記録, in days.
    pub log_days: u16,
}

impl Default for Retention {
    /// Three years: as long as a claim for damages lasts from when one knows of them (民法 724条).
    fn default() -> Self {
        Self { log_days: 3 * 366 }
    }
}

/// Colours of the municipality.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colours {
    /// The colour of buttons and links, as `#rrggbb`; the product's own if absent.
    #[serde(default)]
    pub action: Option<String>,
}

/// An area of the municipality (地区).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Stable word in requests and links: `a-z`, `0-9`, `-`.
    pub code: String,
    /// Name in Japanese.
    pub name: String,
    /// Reading in hiragana.
    pub reading: String,
    /// Name in English.
    pub name_en: String,
    /// The square of the standard grid its middle lies in: how far people have to go is told by these.
    pub mesh: Mesh,
}

/// A budget that officers grant points from (予算).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Stable word in the ledger and links: `a-z`, `0-9`, `-`.
    pub code: String,
    /// Name in Japanese.
    pub name: String,
    /// What it is funded with.
    pub ceiling: Points,
    /// How many days after the day of a grant its points can be spent.
    pub valid_days: u16,
    /// The coupon it grants; points for anything if none.
    #[serde(default)]
    pub coupon: Option<String>,
}

/// A coupon (クーポン): value bound to a use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coupon {
    /// Stable word: `a-z`, `0-9`, `-`.
    pub code: String,
    /// Its number in the ledger, for ever: from 1 to 255.
    pub usage: u8,
    /// Name in Japanese.
    pub name: String,
    /// Reading in hiragana.
    pub reading: String,
    /// Name in English.
    pub name_en: String,
    /// What shops have to deal in to take it.
    pub trades: Vec<Trade>,
}
