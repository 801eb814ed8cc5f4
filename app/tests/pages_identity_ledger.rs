//! Every page of identity and ledger in every language, with plain, hostile and very long texts.

#![cfg(feature = "ssr")]

#[path = "pages_identity_ledger/html.rs"]
mod html;
#[path = "pages_identity_ledger/people.rs"]
mod people;
#[path = "pages_identity_ledger/shops.rs"]
mod shops;
#[path = "pages_identity_ledger/world.rs"]
mod world;

use app::design::STYLESHEET;
use app::frame::Frame;
use app::identity::{self, SessionsDone};
use app::ledger;
use shared::identity::{CardFailure, NextPath, Refusal};
use shared::kernel::{Level, Locale, Role, Roles, SignIn};
use shared::ledger::{
    CorrectForm, Direction, Field, FieldError, GrantForm, PayForm, Purpose, Refusal as LedgerRefusal, Selection,
};
use shared::wire::NotPosted;
use world::*;

type Render<'a> = Box<dyn Fn(&Frame<'_>) -> String + 'a>;

/// A name and a long word for everything people write.
struct Texts {
    name: String,
    word: String,
}

fn plain() -> Texts {
    Texts { name: "山田 花子".into(), word: "スマホ".into() }
}

fn hostile() -> Texts {
    Texts { name: HOSTILE.into(), word: HOSTILE.into() }
}

fn long() -> Texts {
    Texts { name: "Wolfeschlegelsteinhausenbergerdorff ".repeat(6).chars().take(199).collect(), word: "あ".repeat(40) }
}

fn identity_pages(texts: &Texts) -> Vec<(String, Render<'_>)> {
    let person = |sign_in| visitor(&texts.name, Roles::NONE, sign_in);
    let next = |path| NextPath::parse(path).unwrap();
    let mut pages: Vec<(String, Render<'_>)> = vec![
        ("join".into(), Box::new(|frame| identity::join(frame, None))),
        (
            "passkey".into(),
            Box::new(move |frame| identity::passkey(&Frame { visitor: Some(&person(SignIn::Proof)), ..*frame })),
        ),
        (
            "passkey-more".into(),
            Box::new(move |frame| {
                identity::passkey(&Frame { visitor: Some(&person(SignIn::Passkey { synced: true })), ..*frame })
            }),
        ),
        ("signin".into(), Box::new(move |frame| identity::sign_in(frame, &next("/")))),
        ("signin-next".into(), Box::new(move |frame| identity::sign_in(frame, &next("/help/new?\"'<x>")))),
        ("signout".into(), Box::new(identity::sign_out)),
        ("signed-out".into(), Box::new(identity::signed_out)),
        ("staff".into(), Box::new(|frame| identity::invitation(frame, &texts.word, false))),
        ("staff-gone".into(), Box::new(|frame| identity::invitation(frame, &texts.word, true))),
        (
            "me".into(),
            Box::new(move |frame| {
                let me = me(person(SignIn::Passkey { synced: true }), &texts.word);
                identity::me(&Frame { visitor: Some(&me.visitor), ..*frame }, &me, true)
            }),
        ),
        (
            "remove-passkey".into(),
            Box::new(move |frame| {
                let me = me(person(SignIn::Passkey { synced: true }), &texts.word);
                identity::remove_passkey(&Frame { visitor: Some(&me.visitor), ..*frame }, &me.passkeys[0], true)
            }),
        ),
        (
            "log".into(),
            Box::new(move |frame| {
                let page = log(person(SignIn::Passkey { synced: true }), &texts.word);
                identity::log(&Frame { visitor: Some(&page.visitor), ..*frame }, &page)
            }),
        ),
        (
            "sessions".into(),
            Box::new(move |frame| {
                let page = sessions(person(SignIn::Passkey { synced: true }), 0);
                identity::sessions(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, None)
            }),
        ),
        (
            "sessions-ended".into(),
            Box::new(move |frame| {
                let page = sessions(person(SignIn::Passkey { synced: true }), 5);
                identity::sessions(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, Some(SessionsDone::Ended))
            }),
        ),
        (
            "me-staff".into(),
            Box::new(move |frame| {
                let visitor = visitor(&texts.name, Role::ALL.into_iter().fold(Roles::NONE, Roles::with), SignIn::Proof);
                let me = shared::identity::Me { visitor, address: None, passkeys: Vec::new(), may_change: true };
                identity::me(&Frame { visitor: Some(&me.visitor), ..*frame }, &me, false)
            }),
        ),
    ];
    for failure in [
        CardFailure::Cancelled,
        CardFailure::IssuerError,
        CardFailure::Mismatch,
        CardFailure::Gone,
        CardFailure::Revoked,
        CardFailure::OtherPerson,
        CardFailure::Stopped,
        CardFailure::KnownAtCounter,
    ] {
        pages.push((format!("join-{failure:?}"), Box::new(move |frame| identity::join(frame, Some(failure)))));
    }
    let staff = Role::ALL.into_iter().fold(Roles::NONE, Roles::with);
    pages.extend(people::pages(texts, move || visitor(&texts.name, staff, SignIn::Passkey { synced: false })));
    pages
}

fn ledger_pages(texts: &Texts) -> Vec<(String, Render<'_>)> {
    let person = || visitor(&texts.name, Roles::NONE, SignIn::Passkey { synced: true });
    let officer = || visitor(&texts.name, Roles::NONE.with(Role::Officer), SignIn::Passkey { synced: true });
    let pay_form = PayForm { member: texts.word.clone(), amount: texts.word.clone() };
    let grant_form = GrantForm {
        budget: "kyojo".into(),
        member: texts.word.clone(),
        amount: texts.word.clone(),
        reason: texts.word.clone(),
    };
    let pay = move |form: PayForm, errors, not: Option<NotPosted>| -> Render<'_> {
        Box::new(move |frame| {
            let page = wallet(person(), &texts.word);
            ledger::pay(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, &form, &errors, not.as_ref())
        })
    };
    let grant = move |form: GrantForm, errors, not: Option<NotPosted>, done| -> Render<'_> {
        Box::new(move |frame| {
            let page = office(officer(), &texts.word);
            ledger::office(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, &form, &errors, not.as_ref(), done)
        })
    };
    let correct_form = CorrectForm {
        entry: texts.word.clone(),
        member: texts.word.clone(),
        amount: texts.word.clone(),
        reason: texts.word.clone(),
    };
    let correct = move |form: CorrectForm, errors, not: Option<NotPosted>, done| -> Render<'_> {
        Box::new(move |frame| {
            let officer = officer();
            ledger::correct(&Frame { visitor: Some(&officer), ..*frame }, &form, &errors, not.as_ref(), done)
        })
    };
    let refused = |refusal| Some(NotPosted::Refused(refusal));
    let missing = |field| (field, FieldError::Missing);
    let all_of_correct = vec![
        (Field::Entry, FieldError::NotANumber),
        (Field::Member, FieldError::NotAMember),
        missing(Field::Amount),
        missing(Field::Reason),
    ];
    let short = || Some(NotPosted::Refused(LedgerRefusal::Insufficient { missing: points(600) }));
    let step_up = || Some(NotPosted::Refused(LedgerRefusal::StepUp { needs: Level::Passkey }));
    let all = vec![
        missing(Field::Budget),
        (Field::Member, FieldError::NotAMember),
        (Field::Amount, FieldError::NotANumber),
        (Field::Reason, FieldError::TooLong { max: 80, got: 90 }),
    ];
    vec![
        (
            "wallet".into(),
            Box::new(move |frame| {
                let page = wallet(person(), &texts.word);
                ledger::wallet(&Frame { visitor: Some(&page.visitor), ..*frame }, &page)
            }),
        ),
        (
            "wallet-empty".into(),
            Box::new(move |frame| {
                let page = empty_wallet(person());
                ledger::wallet(&Frame { visitor: Some(&page.visitor), ..*frame }, &page)
            }),
        ),
        (
            "wallet-ending".into(),
            Box::new(move |frame| {
                let page = ending_wallet(person(), &texts.word);
                ledger::wallet(&Frame { visitor: Some(&page.visitor), ..*frame }, &page)
            }),
        ),
        (
            "statement-ended".into(),
            Box::new(move |frame| {
                let page = ending_wallet(person(), &texts.word);
                ledger::statement(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, Selection::ALL)
            }),
        ),
        (
            "office-old".into(),
            Box::new(move |frame| {
                let page = old_office(officer(), &texts.word);
                let frame = Frame { visitor: Some(&page.visitor), ..*frame };
                ledger::office(&frame, &page, &GrantForm::default(), &Vec::new(), None, None)
            }),
        ),
        (
            "office-new".into(),
            Box::new(move |frame| {
                let page = new_office(officer(), &texts.word);
                let frame = Frame { visitor: Some(&page.visitor), ..*frame };
                ledger::office(&frame, &page, &GrantForm::default(), &Vec::new(), None, None)
            }),
        ),
        (
            "office-broken".into(),
            Box::new(move |frame| {
                let page = broken_office(officer(), &texts.word);
                let frame = Frame { visitor: Some(&page.visitor), ..*frame };
                ledger::office(&frame, &page, &GrantForm::default(), &Vec::new(), None, None)
            }),
        ),
        (
            "statement".into(),
            Box::new(move |frame| {
                let page = wallet(person(), &texts.word);
                ledger::statement(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, Selection::ALL)
            }),
        ),
        (
            "statement-out".into(),
            Box::new(move |frame| {
                let page = wallet(person(), &texts.word);
                let which = Selection { before_seq: Some(2_000), direction: Some(Direction::Out) };
                ledger::statement(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, which)
            }),
        ),
        (
            "statement-empty".into(),
            Box::new(move |frame| {
                let page = empty_wallet(person());
                ledger::statement(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, Selection::ALL)
            }),
        ),
        (
            "paid".into(),
            Box::new(move |frame| {
                let page = empty_wallet(person());
                let frame = Frame { visitor: Some(&page.visitor), ..*frame };
                ledger::paid(&frame, &page, &line(1042, -500, Purpose::Payment))
            }),
        ),
        (
            "got".into(),
            Box::new(move |frame| {
                let page = empty_wallet(person());
                let frame = Frame { visitor: Some(&page.visitor), ..*frame };
                ledger::paid(&frame, &page, &line(1042, 500, Purpose::Payment))
            }),
        ),
        ("pay".into(), pay(PayForm::default(), Vec::new(), None)),
        ("pay-missing".into(), pay(PayForm::default(), vec![missing(Field::Member), missing(Field::Amount)], None)),
        (
            "pay-wrong".into(),
            pay(pay_form.clone(), vec![(Field::Member, FieldError::Unknown)], Some(NotPosted::MemberUnknown)),
        ),
        ("pay-short".into(), pay(pay_form.clone(), Vec::new(), short())),
        ("pay-step-up".into(), pay(pay_form, Vec::new(), step_up())),
        ("correct".into(), correct(CorrectForm::default(), Vec::new(), None, None)),
        ("correct-done".into(), correct(CorrectForm::default(), Vec::new(), None, Some(1044))),
        ("correct-wrong".into(), correct(correct_form.clone(), all_of_correct, None, None)),
        (
            "correct-unknown".into(),
            correct(correct_form.clone(), Vec::new(), refused(LedgerRefusal::OriginalUnknown), None),
        ),
        (
            "correct-exceeds".into(),
            correct(
                correct_form.clone(),
                Vec::new(),
                refused(LedgerRefusal::ExceedsOriginal { left: points(20) }),
                None,
            ),
        ),
        ("correct-spent".into(), correct(correct_form.clone(), Vec::new(), short(), None)),
        ("correct-own".into(), correct(correct_form, Vec::new(), refused(LedgerRefusal::NotAllowed), None)),
        ("office".into(), grant(GrantForm::default(), Vec::new(), None, None)),
        ("office-done".into(), grant(GrantForm::default(), Vec::new(), None, Some(1043))),
        ("office-wrong".into(), grant(grant_form.clone(), all, None, None)),
        ("office-short".into(), grant(grant_form.clone(), Vec::new(), short(), None)),
        ("office-own".into(), grant(grant_form, Vec::new(), Some(NotPosted::Refused(LedgerRefusal::NotAllowed)), None)),
    ]
}

fn each(texts: &Texts, mut look: impl FnMut(&str, &str)) {
    let town = town();
    for locale in Locale::ALL {
        for (name, render) in identity_pages(texts)
            .into_iter()
            .chain(ledger_pages(texts))
            .chain(shops::shop_pages(&texts.name, &texts.word))
        {
            look(&format!("{name}.{}", locale.word()), &render(&frame(locale, &town, "/here?a=1&b=%22", None)));
        }
    }
}

#[test]
fn every_page_keeps_to_the_rules() {
    for texts in [plain(), hostile(), long()] {
        each(&texts, html::check);
    }
}

#[test]
fn nothing_people_write_becomes_markup() {
    each(&hostile(), |name, html| {
        assert!(!html.contains("<script>"), "{name}");
        assert!(!html.contains("<x>"), "{name}");
        // 《》 are readings only in texts of ours.
        assert!(!html.contains("<rt>山"), "{name}");
    });
}

#[test]
fn only_pages_with_islands_have_a_script() {
    each(&plain(), |name, html| {
        let islands = html.matches("<leptos-island").count();
        let scans = html.matches("data-scan=").count();
        assert_eq!(html.matches("<script type=\"module\"").count(), islands + scans, "{name}");
        assert_eq!(html.matches("data-js=\"/assets/scan.js\"").count(), scans, "{name}");
        assert_eq!(islands == 1, name.starts_with("passkey") || name.starts_with("signin"), "{name}");
        assert_eq!(html.matches("<noscript>").count(), islands, "{name}");
    });
}

#[test]
fn errors_are_said_first_in_the_title_and_link_to_their_fields() {
    let mut seen = 0;
    each(&plain(), |name, html| {
        let refused = ["unknown", "exceeds", "spent", "own", "wrong"].map(|why| format!("correct-{why}"));
        let wrong =
            ["pay-", "office-wrong", "office-short", "office-own", "wrong-"].iter().any(|word| name.starts_with(word))
                || refused.iter().any(|word| name.starts_with(word))
                || shops::WRONG.iter().any(|page| name.strip_prefix(page).is_some_and(|rest| rest.starts_with('.')));
        let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
        let said = title.starts_with("エラー：") || title.starts_with("Error: ");
        assert_eq!(said, wrong, "{name}: {title}");
        assert_eq!(html.contains("id=\"error-summary\""), wrong, "{name}");
        if name.starts_with("office-wrong") {
            for field in ["budget", "member", "amount", "reason"] {
                assert!(html.contains(&format!("href=\"#{field}\"")), "{name}: {field}");
            }
            seen += 1;
        }
        if name.starts_with("correct-wrong") {
            for field in ["entry", "member", "amount", "reason"] {
                assert!(html.contains(&format!("href=\"#{field}\"")), "{name}: {field}");
            }
            seen += 1;
        }
    });
    assert_eq!(seen, 6);
}

#[test]
fn what_was_typed_is_kept() {
    let texts = plain();
    let town = town();
    for (name, render) in ledger_pages(&texts) {
        let html = render(&frame(Locale::Ja, &town, "/wallet/pay", None));
        if name == "pay-short" || name == "office-short" {
            assert!(html.matches("value=\"スマホ\"").count() >= 2, "{name}");
        }
        if name == "office-short" {
            assert!(html.contains("value=\"kyojo\" selected"), "{name}");
        }
    }
}

#[test]
fn accessible_names_are_those_of_the_contract() {
    let texts = plain();
    let town = town();
    let pages = identity_pages(&texts).into_iter().chain(ledger_pages(&texts));
    let html: Vec<_> = pages.map(|(name, render)| (name, render(&frame(Locale::Ja, &town, "/", None)))).collect();
    for (page, part) in [
        ("join", "<h1>カードで登録する</h1>"),
        ("join", "type=\"submit\" class=\"mg-button\">カードで登録する</button>"),
        ("passkey", "<h1>パスキーを作る</h1>"),
        ("passkey", "id=\"passkey-name\""),
        ("signin", "<h1>サインイン</h1>"),
        ("signin", ">パスキーでサインイン</button>"),
        ("signout", "type=\"submit\" class=\"mg-button\">サインアウト</button>"),
        ("staff", "type=\"submit\" class=\"mg-button\">はじめる</button>"),
        ("me", "<h1>わたし</h1>"),
        ("wallet", "<h1>さいふ</h1>"),
        ("wallet", "href=\"/wallet/pay\" class=\"mg-button\">支払う</a>"),
        ("wallet", "href=\"/wallet/statement\" class=\"mg-link\"><!><span>明細</span>"),
        ("statement", "href=\"/wallet/statement?before=987\""),
        ("statement", "href=\"/wallet/statement.csv\""),
        ("statement", "href=\"/wallet/done/1042\""),
        ("statement-out", "href=\"/wallet/statement?only=out&amp;before=987\""),
        ("statement-out", "/wallet/statement?only=out\" aria-current=\"true\""),
        ("wallet", "このうち2,000ポイントは、2027年3月21日（日）まで使えます。"),
        ("wallet-ending", "250ポイントは、2026年12月21日（月）を過ぎると使えなくなります。"),
        ("statement-ended", "期限切れ"),
        ("statement-ended", "市からの付与の訂正"),
        ("office", "合っていました（仕訳1,234件）"),
        ("office", "href=\"/office/correct\""),
        ("office-old", "毎晩のはずなので"),
        ("office-new", "まだ確かめていません"),
        ("office-new", "残りが2割を切りました"),
        ("office-broken", "台帳が合いません"),
        ("correct", "<h1>付与の訂正</h1>"),
        ("correct", "type=\"submit\" class=\"mg-button\">訂正する</button>"),
        ("pay", "<h1>支払う</h1>"),
        ("pay", "type=\"submit\" class=\"mg-button\">支払う</button>"),
        ("office", "<h1>ポイントを付与する</h1>"),
        ("office", "type=\"submit\" class=\"mg-button\">ポイントを付与する</button>"),
    ] {
        let (_, found) = html.iter().find(|(name, _)| name == page).unwrap();
        assert!(found.contains(part), "{page}: {part}");
    }
}

#[test]
fn a_callback_is_never_posted_to_again() {
    let town = town();
    let html = |path| identity::join(&frame(Locale::Ja, &town, path, None), Some(CardFailure::Gone));
    assert!(html("/join/callback?code=secret&state=s").contains("action=\"/join\""));
    assert!(html("/join?next=%2Fhelp").contains("action=\"/join?next=%2Fhelp\""));
}

#[test]
fn every_refusal_has_a_sentence_of_its_own_kind() {
    let refusals = [
        Refusal::SignedOut,
        Refusal::CeremonyGone,
        Refusal::CeremonyFailed,
        Refusal::PasskeyUnknown,
        Refusal::TooManyPasskeys,
        Refusal::InvitationGone,
        Refusal::LevelMissing,
        Refusal::PasskeyKnown,
    ];
    for locale in Locale::ALL {
        let mut said: Vec<_> =
            refusals.iter().map(|&refusal| identity::say::refusal(locale, refusal).plain().into_owned()).collect();
        assert!(said.iter().all(|words| !words.is_empty()));
        said.sort();
        said.dedup();
        assert_eq!(said.len(), refusals.len());
    }
}

/// For looking at: `MEGURI_PAGES=<folder>` writes every page there with its style.
#[test]
fn pages_can_be_looked_at() {
    let Some(folder) = std::env::var_os("MEGURI_PAGES").map(std::path::PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    let style = format!("<style>{STYLESHEET}</style></head>");
    each(&plain(), |name, html| {
        std::fs::write(folder.join(format!("{name}.html")), html.replace("</head>", &style)).unwrap();
    });
}
