//! A municipality, people and points for the pages.

use app::frame::{Assets, Frame};
use shared::identity::{
    Device, Evidence, LogAct, LogLine, LogPage, Me, OfficeAct, PasskeyLine, PasskeyName, Place, SessionLine,
    SessionsPage, Staff, Visitor,
};
use shared::kernel::*;
use shared::ledger::{
    Account, AccountKind, Balance, GrantReason, Holding, Lot, Origin, Portion, Purpose, StatementLine, Terms, Totals,
    TrialBalance, Usage,
};
use shared::town::Municipality;
use shared::wire::{BudgetLine, OfficePage, WalletPage};

/// What people may write to do harm.
pub const HOSTILE: &str = "<script>alert(1)</script>\"'>&《山｜》";

/// 2026-11-21 14:05 in Japan.
pub fn now() -> Timestamp {
    Day::from_ymd(2026, 11, 21).unwrap().at_minute(14 * 60 + 5)
}

pub fn points(amount: u64) -> Points {
    Points::new(amount).unwrap()
}

pub fn town() -> Municipality {
    let json = r#"{"code":"meguri","name":"めぐり市","name_reading":"めぐりし","name_en":"Meguri City","areas":[],
        "categories":[],"coupons":[{"code":"kosodate","usage":1,"name":"子育てクーポン","reading":"こそだてくーぽん",
        "name_en":"Childcare coupon","trades":["baby","books"]}],"fee_percent":5,"reward_max":10000,"hours":[8,21],"budgets":[],"languages":["ja"]}"#;
    serde_json::from_str(json).unwrap()
}

pub fn visitor(name: &str, roles: Roles, sign_in: SignIn) -> Visitor {
    let assurance = Assurance { proof: Proof::Card { at: now() }, sign_in, at: now() };
    Visitor {
        actor: Actor { person: PersonId::from_bytes([7; 16]), roles, assurance },
        name: Name::parse(name).unwrap(),
        member: MemberNumber::from_random(314_159_265),
        news: 0,
    }
}

pub const fn frame<'a>(
    locale: Locale,
    town: &'a Municipality,
    path: &'a str,
    visitor: Option<&'a Visitor>,
) -> Frame<'a> {
    let assets = Assets {
        stylesheet: "/assets/portal.css",
        later_stylesheet: "/assets/later.css",
        loader: "/assets/islands.js",
        app_js: "/assets/app.js",
        app_wasm: "/assets/app.wasm",
        scan_js: "/assets/scan.js",
        scan_wasm: "/assets/scan.wasm",
        live_js: "/assets/live.js",
        live_wasm: "/assets/live.wasm",
        paid_sound: "/assets/paid.wav",
    };
    Frame { locale, town, path, visitor, csrf: "c5f", command: CommandId::from_bytes([1; 16]), assets }
}

pub fn line(seq: u64, amount: i64, purpose: Purpose) -> StatementLine {
    let at = now().plus_seconds(-(1_000_000 - seq as i64 * 3_000));
    let lots = vec![Portion { lot: lot(180), amount: points(amount.unsigned_abs()) }];
    StatementLine { seq, at, amount, purpose, counterparty: AccountId::from_bytes([2; 16]), hold: None, lots }
}

/// Granted today, to be spent within that many days.
fn lot(valid_days: u16) -> Lot {
    Terms { origin: Origin::Granted, usage: Usage::ANY, valid_days }.lot(now())
}

/// So many points of so many days, and of the first that many set aside.
fn balance(lots: &[(u16, u64)], held: u64) -> Balance {
    let mut account = Account::empty(AccountId::from_bytes([7; 16]), AccountKind::Person);
    let held = lots.iter().map(|_| ()).take(1).map(|()| held).chain(std::iter::repeat(0));
    for ((valid_days, amount), held) in lots.iter().zip(held) {
        let holding = Holding { lot: lot(*valid_days), posted: points(*amount), held: points(held) };
        account.posted += *amount as i64;
        account.held = account.held.plus(holding.held).unwrap();
        account.lots.push(holding);
    }
    assert!(account.is_sound(), "{account:?}");
    Balance::of(account, Vec::new(), now())
}

pub fn wallet(visitor: Visitor, word: &str) -> WalletPage {
    let reason = GrantReason::parse(word).unwrap();
    let lines = vec![
        line(1042, -500, Purpose::Payment),
        line(1040, 950, Purpose::Reward),
        line(1033, -50, Purpose::Fee),
        line(1032, -1000, Purpose::Reward),
        line(987, 3000, Purpose::Grant { reason }),
    ];
    let balance = balance(&[(120, 3_000), (365, 9_400)], 1_000);
    WalletPage { balance, lines, more: true, ..empty_wallet(visitor) }
}

/// A coupon over 300, 500 points and a charge of 200.
pub fn purses() -> Balance {
    let mut account = Account::empty(AccountId::from_bytes([7; 16]), AccountKind::Person);
    let terms = [(Origin::Granted, 1, 300), (Origin::Granted, 0, 500), (Origin::Paid, 0, 200)];
    for (days, (origin, usage, amount)) in (100..).zip(terms) {
        let lot = Terms { origin, usage: Usage(usage), valid_days: days }.lot(now());
        account.posted += amount as i64;
        account.lots.push(Holding { lot, posted: points(amount), held: Points::ZERO });
    }
    assert!(account.is_sound(), "{account:?}");
    Balance::of(account, Vec::new(), now())
}

pub fn empty_wallet(visitor: Visitor) -> WalletPage {
    let (balance, now) = (balance(&[], 0), now());
    WalletPage { visitor, now, balance, lines: Vec::new(), more: false, shops: Vec::new(), works_at: Vec::new() }
}

pub fn office(visitor: Visitor, word: &str) -> OfficePage {
    let budget = |code: &str, name: &str, left| BudgetLine {
        code: code.into(),
        name: name.into(),
        ceiling: points(3_000_000),
        left: points(left),
    };
    let budgets = vec![budget("kyojo", word, 2_874_500), budget("kosodate", "子育て応援事業", 0)];
    let totals = Totals { entries: 1_234, last_seq: 1_234, accounts: 60, posted: 0, unequal: 0 };
    let trial = Some(TrialBalance { at: now().plus_seconds(-36_000), totals, chained: true });
    OfficePage { visitor, now: now(), budgets, trial }
}

/// Points that end within the month, and lines of what ended and what was taken back.
pub fn ending_wallet(visitor: Visitor, word: &str) -> WalletPage {
    let reason = GrantReason::parse(word).unwrap();
    let lines = vec![line(1050, -700, Purpose::Lapse), line(1049, -20, Purpose::Correction { of: 987, reason })];
    WalletPage { balance: balance(&[(30, 250), (365, 9_400)], 0), lines, ..empty_wallet(visitor) }
}

/// Books that do not hold.
pub fn broken_office(visitor: Visitor, word: &str) -> OfficePage {
    let page = office(visitor, word);
    let trial = page.trial.map(|trial| TrialBalance { chained: false, ..trial });
    OfficePage { trial, ..page }
}

/// Books that nobody has proven for days.
pub fn old_office(visitor: Visitor, word: &str) -> OfficePage {
    let page = office(visitor, word);
    OfficePage { now: page.now.plus_seconds(3 * 86_400), ..page }
}

/// The first day, with hardly anything left to grant.
pub fn new_office(visitor: Visitor, word: &str) -> OfficePage {
    let page = office(visitor, word);
    let budgets = page.budgets.into_iter().map(|budget| BudgetLine { left: points(599_999), ..budget }).collect();
    OfficePage { trial: None, budgets, ..page }
}

pub fn me(visitor: Visitor, word: &str) -> Me {
    let line = |name: &str, synced, used_at| PasskeyLine {
        id: CredentialRef::from_bytes([name.len() as u8; 16]),
        name: PasskeyName::parse(name).unwrap(),
        synced,
        since: now().plus_seconds(-40 * 86_400),
        used_at,
    };
    let passkeys = vec![line(word, true, Some(now())), line("うちのパソコン", false, None)];
    Me { visitor, address: Some(format!("めぐり市湊原町1丁目2番3号 {word}")), passkeys, may_change: true }
}

/// This session, and others on devices that say so much, half of it, and nothing.
pub fn sessions(visitor: Visitor, others: u8) -> SessionsPage {
    let agents = ["Android Chrome/1", "iPhone", "", "Firefox/1"];
    let line = |number: u8| SessionLine {
        id: SessionId::from_bytes([number; 16]),
        device: Device::from_user_agent(agents[number as usize % agents.len()]),
        since: now().plus_seconds(-3_600 * i64::from(number)),
        seen_at: now(),
        place: [Place::Here, Place::Elsewhere, Place::Unknown][number as usize % 3],
        is_this: number == 0,
    };
    SessionsPage { visitor, sessions: (0..=others).map(line).collect() }
}

/// Every act once, and more to see.
pub fn log(visitor: Visitor, word: &str) -> LogPage {
    let name = PasskeyName::parse(word).unwrap();
    let by = Staff { name: Name::parse(word).unwrap(), role: Role::Officer };
    let office = [
        OfficeAct::Granted { points: Points::new(500).unwrap(), reason: GrantReason::parse(word).unwrap() },
        OfficeAct::LookedUp,
        OfficeAct::Registered { evidence: Evidence::TwoDocuments },
        OfficeAct::RecoveryBegun { evidence: Evidence::Passport },
        OfficeAct::RecoveryApproved,
        OfficeAct::RolesChanged { roles: Roles::NONE },
        OfficeAct::Stopped,
        OfficeAct::Resumed,
        OfficeAct::LinkMade,
        OfficeAct::Corrected { points: Points::new(500).unwrap(), reason: GrantReason::parse(word).unwrap() },
    ];
    let office = office.map(|act| LogAct::Office { by: by.clone(), act });
    let acts = [
        LogAct::CodeUsed,
        LogAct::CardAdded,
        LogAct::Relinked,
        LogAct::SessionsEnded { count: 2 },
        LogAct::SignedOut,
        LogAct::SignedIn { name: name.clone() },
        LogAct::PasskeyRemoved { name: name.clone() },
        LogAct::CardShown { changed: true },
        LogAct::CardShown { changed: false },
        LogAct::PasskeyMade { name },
        LogAct::Invited,
        LogAct::Joined,
    ];
    let line = |act| LogLine { at: now(), device: Device::from_user_agent("Windows Edg/1"), act };
    LogPage {
        visitor,
        lines: (2..=23).rev().zip(office.into_iter().chain(acts).map(line)).collect(),
        kind: None,
        more: Some(2),
        unseen: vec![4],
    }
}
