//! Who may do what: every route and act, tried by people signed in in every way, and written down in `docs/LEVELS.md`.
//! The table there is what this found; `MEGURI_WRITE_LEVELS=1` writes it anew.

use std::fmt::Write as _;

use shared::kernel::{JobId, Role};
use shared::wire::{Tell, Told};

use crate::http::{Method, Response};
use crate::portal::ROUTES;
use crate::testing::{
    Browser, Card, Deployment, Resident, act, ask, body_text, choose, command, desk, offer_id, register, staff_code,
    status_line,
};

const HEAD: &str = "\
# Who may do what

Found by trying: `edge portal::tests::levels` opens every page and does these acts as somebody of each column, and fails if this
table says something else. Fresh is a passkey shown in the last five minutes; the others signed in longer ago.

- yes: it is shown or done
- sign in: to the sign-in page, and back
- passkey: to the passkey, and back; what was typed into a long form is kept
- no: refused (403, or 401 for machines)
- gone: as if it were not there (404, or a page that says so)

";

/// Everybody tries it with one of their own.
const PASSKEY: &str = "/me/passkeys/{}";

/// Somebody in a column.
struct Column {
    title: &'static str,
    browser: Browser,
}

/// A town with a job, and people signed in in every way.
struct Scene {
    deployment: Deployment,
    job: JobId,
    open: JobId,
    member: String,
    /// Somebody who has registered to help.
    willing: String,
    paid: String,
    /// Where the resident takes payments, and one they took.
    shop: String,
    sale: String,
    /// The helper's, to be taken there.
    code: String,
    /// In which the operator speaks with the resident.
    call: String,
    caller: String,
    columns: Vec<Column>,
}

fn scene() -> Scene {
    let deployment = Deployment::new();
    let staff: Vec<_> = [Role::Officer, Role::Auditor, Role::Administrator, Role::Operator]
        .map(|role| Resident::staff(&deployment, role))
        .into();
    let mut officer = staff[0].clone();
    let mut resident = Resident::join(&deployment, 1);
    let mut helper = Resident::join(&deployment, 2);
    // Everybody has points: what is refused is refused for what somebody is.
    for (number, to) in (100..).zip([&resident, &helper, &staff[1], &staff[2], &staff[3]]) {
        assert_eq!(officer.grant(to, 500, number).status, 303);
    }
    let mut second = Browser::new(&deployment, 76);
    second.post(&format!("/staff/{}", staff_code(Role::Officer, 1)), &[]);
    second.make_passkey().unwrap();
    let mut second = Resident { browser: second, ..staff[1].clone() };
    assert_eq!(second.grant(&staff[0], 500, 109).status, 303);
    let mut willing = Resident::join(&deployment, 5);
    assert_eq!(register(&mut willing, &[]).status, 303);
    let willing = shared::cohelp::helping::helper_id(willing.person).to_string();
    ask(&mut resident, 100, 2);
    ask(&mut helper, 10, 6);
    let id =
        |title_of: &Resident| deployment.jobs().into_iter().find(|job| job.requester == title_of.person).unwrap().id;
    let (job, open) = (id(&resident), id(&helper));
    act(&mut helper, job, "offer", &[], 3);
    assert_eq!(choose(&mut resident, job, offer_id(3), 4).status, 303);
    assert_eq!(desk(&mut staff[3].clone(), job, "introduce", &[("fits", "yes")], 7).status, 303);
    let paid = status_line(&resident.pay(&helper, 5, 5)).1.to_owned();
    let shop = officer.register_shop(&resident, "books", 110);
    let bought = helper.buy(&shop, "5", "granted-5", 111);
    let sale = status_line(&bought).1.strip_prefix("/wallet/done/").unwrap().to_owned();
    resident.pay_code("50", 112);
    let (mut late, mut late_officer) = (resident.browser.clone(), staff[0].browser.clone());
    late.sign_in("/").unwrap();
    late_officer.sign_in("/").unwrap();
    let mut card = Browser::new(&deployment, 77);
    card.prove(&deployment, &Card::of(1), "");
    deployment.wait(301);
    let code = helper.pay_code("50", 113);
    let call = staff[3].clone().call_of(&resident, 114);
    let fresh = |browser: &Browser| {
        let mut browser = browser.clone();
        browser.sign_in("/").unwrap();
        browser
    };
    let columns = vec![
        Column { title: "nobody", browser: Browser::new(&deployment, 78) },
        Column { title: "resident, card", browser: card },
        Column { title: "resident, passkey", browser: late },
        Column { title: "resident, fresh passkey", browser: fresh(&resident.browser) },
        Column { title: "officer, passkey", browser: late_officer },
        Column { title: "officer, fresh passkey", browser: fresh(&staff[0].browser) },
        Column { title: "auditor, fresh passkey", browser: fresh(&staff[1].browser) },
        Column { title: "administrator, fresh passkey", browser: fresh(&staff[2].browser) },
        Column { title: "operator, fresh passkey", browser: fresh(&staff[3].browser) },
    ];
    let (member, caller) = (helper.member.to_string(), resident.member.to_string());
    Scene { deployment, job, open, member, willing, paid, shop, sale, code, call, caller, columns }
}

/// The page of a passkey somebody has; of none, for nobody.
fn passkey_of(browser: &mut Browser) -> String {
    let page = body_text(&browser.get("/me"));
    let id = page.split("/me/passkeys/").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("none");
    format!("/me/passkeys/{id}")
}

/// What an answer comes to.
fn word(answer: &Response, was_signed_in: bool) -> &'static str {
    match status_line(answer) {
        (303, to) if to.starts_with("/signin") => {
            if was_signed_in {
                "passkey"
            } else {
                "sign in"
            }
        }
        (401 | 403, _) => "no",
        (404 | 410, _) => "gone",
        (200 | 303, _) => "yes",
        other => panic!("{other:?}"),
    }
}

/// Pages: each route that shows something.
fn pages(scene: &Scene) -> Vec<(String, Vec<&'static str>)> {
    let shown = ROUTES.iter().filter(|route| route.methods.contains(&Method::Get) && route.path != "/join/callback");
    shown
        .map(|route| {
            let path = match route.path {
                "/help/{}" => format!("/help/{}", scene.job),
                "/desk/call/{}" | "/desk/call/{}/new" => route.path.replace("{}", &scene.call),
                "/desk/call/{}/help/{}" => format!("/desk/call/{}/help/{}", scene.call, scene.job),
                "/wallet/done/{}" => scene.paid.clone(),
                "/wallet/shop/{}" | "/shop/{}" | "/shop/{}/poster" => route.path.replace("{}", &scene.shop),
                "/shop/{}/sale/{}" => format!("/shop/{}/sale/{}", scene.shop, scene.sale),
                "/wallet/code/{}" => format!("/wallet/code/{}", command(112)),
                path => path.replace("{}", if path.starts_with("/language") { "ja" } else { "1" }),
            };
            let each = scene.columns.iter().map(|column| {
                let mut browser = column.browser.at(&scene.deployment.fork());
                let path = if route.path == PASSKEY { passkey_of(&mut browser) } else { path.clone() };
                word(&browser.get(&path), column.browser.session().is_some())
            });
            (format!("`GET {}`", route.path), each.collect())
        })
        .collect()
}

/// Acts: what each form and island does.
fn acts(scene: &Scene) -> Vec<(String, Vec<&'static str>)> {
    type Fields<'a> = &'a [(&'a str, &'a str)];
    let id = command(77);
    let grant: Fields<'_> = &[("budget", "kyojo"), ("member", &scene.member), ("amount", "5"), ("reason", "見守り")];
    let pay: Fields<'_> = &[("member", &scene.member), ("amount", "5")];
    let (job, open) = (format!("/help/{}", scene.job), format!("/help/{}", scene.open));
    let card = Card::of(2);
    let birth = card.birth();
    let recover: Fields<'_> = &[
        ("act", "recover"),
        ("member", &scene.member),
        ("name", &card.name),
        ("birth", &birth),
        ("evidence", "licence"),
    ];
    let (pay_shop, till) = (format!("/wallet/shop/{}", scene.shop), format!("/shop/{}", scene.shop));
    let open_desk = format!("/desk/{}", scene.open);
    let helper = format!("/desk/helpers/{}", scene.willing);
    let (sale, at_the_desk) = (format!("{till}/sale/{}", scene.sale), format!("/desk/{}", scene.job));
    let shop: Fields<'_> =
        &[("act", "register"), ("name", "さくら書店"), ("trade", "books"), ("member", &scene.member)];
    let profile = crate::testing::PROFILE.iter().copied().chain([("act", "save")]).collect::<Vec<_>>();
    let resident = Card::of(1);
    let (name, birthday) = (resident.name.clone(), resident.birth());
    let caller: Fields<'_> = &[("member", &scene.caller), ("name", &name), ("birth", &birthday)];
    let in_a_call = format!("/desk/call/{}/help/{}", scene.call, scene.job);
    let forms: [(&str, &str, Fields<'_>); 24] = [
        ("pay a member", "/wallet/pay", pay),
        ("pay a shop", &pay_shop, &[("act", "pay"), ("amount", "5"), ("tender", "granted-5")]),
        ("make a code to pay with", "/wallet/code", &[("amount", "50")]),
        ("take a code at one's shop", &till, &[("code", &scene.code), ("amount", "5")]),
        ("give back at one's shop", &sale, &[("amount", "1"), ("reason", "返品")]),
        ("register a shop", "/office/shops", shop),
        ("grant points", "/office", grant),
        ("prove somebody at the counter", "/office/counter/back", recover),
        ("invite staff", "/office/staff", &[("act", "invite"), ("name", "窓口1"), ("role", "officer")]),
        ("offer to help", &open, &[("act", "offer")]),
        ("register to help", "/help/profile", &profile),
        ("keep away from somebody", &open, &[("act", "part")]),
        (
            "tell the centre of somebody",
            &open,
            &[("act", "raise"), ("whom", "requester"), ("matter", "money"), ("happened", "こまっています。")],
        ),
        ("give the insurance notice for one's job", &job, &[("act", "notify")]),
        ("turn to the centre about one's job", &job, &[("act", "consult"), ("text", "こまっています。")]),
        ("cancel a job of one's own", &job, &[("act", "cancel"), ("reason", "都合が悪くなりました"), ("costs", "100")]),
        ("ask somebody to help as the centre", &open_desk, &[("act", "enquire"), ("helper", &scene.willing)]),
        ("write down a course as the centre", &helper, &[("act", "course"), ("course", "2026-01-01")]),
        ("end a job as the centre", &at_the_desk, &[("act", "close"), ("end", "引っ越しのためです。")]),
        ("take a call as the centre", "/desk/call", caller),
        ("give a notice in the name of who rings", &in_a_call, &[("act", "notify")]),
        ("end one's other sessions", "/me/sessions", &[("session", "others")]),
        ("remove one's passkey", PASSKEY, &[]),
        ("sign out", "/signout", &[]),
    ];
    let mut rows: Vec<_> = forms
        .into_iter()
        .map(|(name, path, fields)| {
            let each = scene.columns.iter().map(|column| {
                let mut browser = column.browser.at(&scene.deployment.fork());
                let path = if path == PASSKEY { passkey_of(&mut browser) } else { path.to_owned() };
                let answer = browser.post(&path, &[fields, &[("command_id", &id)]].concat());
                word(&answer, column.browser.session().is_some())
            });
            (name.to_owned(), each.collect())
        })
        .collect();
    let ask = scene.columns.iter().map(|column| {
        let copy = scene.deployment.fork();
        let mut who = Resident { browser: column.browser.at(&copy), ..Resident::join(&copy, 9) };
        word(&crate::testing::ask(&mut who, 10, 78), column.browser.session().is_some())
    });
    let before = rows.iter().position(|(name, _)| name == "offer to help").unwrap();
    rows.insert(before, ("ask for help".to_owned(), ask.collect()));
    let make = scene.columns.iter().map(|column| {
        let mut browser = column.browser.at(&scene.deployment.fork());
        match browser.tell(&Tell::StartPasskey) {
            Told::Options(_) => "yes",
            _ if column.browser.session().is_some() => "passkey",
            _ => "sign in",
        }
    });
    rows.push(("make a passkey".to_owned(), make.collect()));
    rows
}

fn table(title: &str, scene: &Scene, rows: &[(String, Vec<&'static str>)]) -> String {
    let titles: Vec<_> = scene.columns.iter().map(|column| column.title).collect();
    let mut out = format!("## {title}\n\n| | {} |\n|---|{}\n", titles.join(" | "), "---|".repeat(titles.len()));
    for (name, words) in rows {
        writeln!(out, "| {name} | {} |", words.join(" | ")).unwrap();
    }
    out
}

#[test]
fn the_table_of_levels_says_what_is_so() {
    let scene = scene();
    let (pages, acts) = (pages(&scene), acts(&scene));
    let found = format!("{HEAD}{}\n{}", table("Pages", &scene, &pages), table("Acts", &scene, &acts));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/LEVELS.md");
    if std::env::var_os("MEGURI_WRITE_LEVELS").is_some() {
        std::fs::write(path, &found).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).is_ok_and(|kept| kept == found),
        "docs/LEVELS.md says something else:\n{found}"
    );
}
