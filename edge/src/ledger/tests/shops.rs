//! Shops: paid, refused, refunded; codes; coupons; who may do what at a till.

use shared::identity::{Answer, Call, LogAct, LogKind, OfficeAct};
use shared::kernel::{AccountId, ShopNumber, Trade};
use shared::ledger::{Shop, ShopName, account_of_shop, mpm};

use super::*;
use crate::http::Response;
use crate::testing::{body_text, command};

/// The payee of [`town`] works at a bookshop; the payer has 100 points and a coupon over 50.
struct Street {
    town: Town,
    shop: String,
}

fn street() -> Street {
    let mut town = town(100);
    let clerk = town.payee.clone();
    let shop = town.officer.register_shop(&clerk, "books", 700);
    let payer = town.payer.member.to_string();
    let fields = [("budget", "akachan"), ("member", payer.as_str()), ("amount", "50"), ("reason", "出産のお祝い")];
    let answer = town.officer.browser.post("/office", &[&fields[..], &[("command_id", &command(701))]].concat());
    assert_eq!(answer.status, 303);
    Street { town, shop }
}

fn account(shop: &str) -> AccountId {
    account_of_shop(shop.parse::<ShopNumber>().unwrap())
}

fn status_and_place(answer: &Response) -> (u16, String) {
    let (status, to) = status_line(answer);
    (status, to.to_owned())
}

#[test]
fn a_shop_is_paid_by_its_number_out_of_the_purses_one_chooses() {
    let Street { mut town, shop } = street();
    let payer = &mut town.payer;
    let browser = &mut payer.browser;
    let choose = browser.post("/wallet/shop", &[("shop", "１００ー００５８"), ("command_id", &command(1))]);
    assert_eq!(status_and_place(&choose), (303, "/wallet/shop/1000058".to_owned()));
    assert_eq!(browser.get("/wallet/shop/1000058").status, 404, "a number, but nobody's");
    // What a camera reads from the shop's poster serves as well, an amount in it included.
    let poster = body_text(&town.payee.browser.get(&format!("/shop/{shop}/poster")));
    assert!(poster.contains("class=\"mg-qr\"") && poster.contains("さくら書店のQRコード"), "{poster}");
    let number = shop.parse().unwrap();
    let known = Shop { number, name: ShopName::parse("さくら書店").unwrap(), trade: Trade::Books, open: true };
    let code = mpm::poster("jp.example.meguri", &known, "Meguri City");
    let scanned = browser.post("/wallet/shop", &[("shop", &code), ("command_id", &command(1))]);
    assert_eq!(status_and_place(&scanned), (303, format!("/wallet/shop/{shop}")));
    for (wrong, says) in [
        (code.replace("さくら", "ふくろ"), "正しく読み取れませんでした"),
        (mpm::poster("jp.example.other", &known, "Other City"), "ほかの支払いサービス"),
    ] {
        let answer = browser.post("/wallet/shop", &[("shop", &wrong), ("command_id", &command(1))]);
        assert_eq!(answer.status, 422);
        assert!(body_text(&answer).contains(says), "{says}");
    }
    let ask = body_text(&browser.get(&format!("/wallet/shop/{shop}")));
    assert!(ask.contains("さくら書店に支払う") && ask.contains("このお店で使えるのは150ポイントです"), "{ask}");
    let path = format!("/wallet/shop/{shop}");
    let amount = browser.post(&path, &[("act", "ask"), ("amount", "１２０"), ("command_id", &command(2))]);
    assert_eq!(status_and_place(&amount), (303, format!("{path}?amount=120")));
    let confirm = body_text(&browser.get(&format!("{path}?amount=120")));
    for words in ["子育てクーポン 50ポイント＋ポイント 70ポイント", "coupon1-50.granted-70", "120ポイントを支払う"]
    {
        assert!(confirm.contains(words), "{words}");
    }
    let paid = payer.buy(&shop, "120", "coupon1-50.granted-70", 3);
    let (status, place) = status_and_place(&paid);
    assert_eq!(status, 303);
    // Reloaded, sent again, seen again: one payment.
    assert_eq!(status_and_place(&payer.buy(&shop, "120", "coupon1-50.granted-70", 3)), (303, place.clone()));
    let receipt = body_text(&payer.browser.get(&place));
    assert!(receipt.contains("さくら書店での買い物") && receipt.contains("120ポイントを渡しました"), "{receipt}");
    assert_eq!(town.deployment.points(town.payer.account()), (30, 30));
    assert_eq!(town.deployment.points(account(&shop)), (120, 120));
    let till = body_text(&town.payee.browser.get(&format!("/shop/{shop}")));
    assert!(till.contains("支払いを受けました") && till.contains("+120"), "{till}");
    // The shop is not told who paid.
    assert!(!till.contains(&town.payer.card.clone().unwrap().name) && !till.contains(&town.payer.member.to_string()));
}

#[test]
fn what_cannot_be_paid_says_why_and_changes_nothing() {
    let Street { mut town, shop } = street();
    let clerk = town.payee.clone();
    let diner = town.officer.register_shop(&clerk, "dining", 710);
    let before = town.deployment.journal().len();
    for (number, (shop, amount, tender, status, says)) in (20..).zip([
        (&shop, "0", "granted-0", 422, "1ポイント以上"),
        (&shop, "1.5", "granted-1", 422, "数字で書いてください"),
        (&shop, "-5", "granted-5", 422, "数字で書いてください"),
        (&shop, "100000000001", "granted-1", 422, "100,000,000,000"),
        (&shop, "10", "granted-11", 422, "選んでください"),
        (&shop, "10", "", 422, "支払いに使うもの"),
        (&shop, "151", "coupon1-50.granted-101", 422, "あと1"),
        (&diner, "101", "granted-101", 422, "あと1"),
        (&diner, "10", "coupon1-10", 422, "選んだクーポンは使えません"),
        (&diner, "10", "paid-10", 422, "あと10足りません"),
    ]) {
        let answer = town.payer.buy(shop, amount, tender, number);
        let page = body_text(&answer);
        assert_eq!(answer.status, status, "{amount} {tender}: {page}");
        assert!(page.contains(says), "{amount} {tender} does not say {says}: {page}");
    }
    // Where a coupon is not taken, the page says so and where it is.
    let page = body_text(&town.payer.browser.get(&format!("/wallet/shop/{diner}")));
    assert!(page.contains("このお店では、子育てクーポンは使えません。") && page.contains("本・文房具"), "{page}");
    let short = town.payer.browser.get(&format!("/wallet/shop/{diner}?amount=101"));
    assert_eq!(short.status, 422);
    assert!(body_text(&short).contains("あと1足りません"));
    // A shop that was stopped takes nothing, by either way; opened again, it does.
    let close = |officer: &mut Resident, act: &str, number| {
        let fields = [("act", act), ("shop", shop.as_str()), ("command_id", &command(number))];
        assert_eq!(officer.browser.post("/office/shops", &fields).status, 303);
    };
    close(&mut town.officer, "close", 40);
    let code = town.payer.pay_code("50", 41);
    for answer in [town.payer.buy(&shop, "5", "granted-5", 42), town.payee.take(&shop, &code, "5", 43)] {
        assert_eq!(answer.status, 422);
        assert!(body_text(&answer).contains("いまポイントを受け付けていません"));
    }
    assert_eq!(town.deployment.journal().len(), before);
    close(&mut town.officer, "open", 44);
    assert_eq!(town.payer.buy(&shop, "5", "granted-5", 45).status, 303);
}

#[test]
fn a_code_pays_once_at_one_shop_for_five_minutes() {
    let Street { mut town, shop } = street();
    let code = town.payer.pay_code("80", 50);
    let page = format!("/wallet/code/{}", command(50));
    let shown = body_text(&town.payer.browser.get(&page));
    assert!(shown.contains(&code) && shown.contains("class=\"mg-qr\"") && shown.contains("まだ使われていません"));
    // Nobody else can look at it.
    assert_eq!(town.payee.browser.get(&page).status, 404);
    for (number, (code, amount, says)) in (60..).zip([
        (code.as_str(), "81", "上限は80ポイント"),
        (&code[..10], "5", "16文字のコードです"),
        ("ZZZZ-ZZZZ-ZZZZ-ZZZZ", "5", "見つかりません"),
        ("", "5", "お客さまのコード"),
        (&code, "0", "1ポイント以上"),
    ]) {
        let answer = town.payee.take(&shop, code, amount, number);
        assert_eq!(answer.status, 422, "{code} {amount}");
        assert!(body_text(&answer).contains(says), "{code} {amount} does not say {says}");
    }
    // As it is read out, and sent again by the same form: one payment, coupon first.
    let typed = code.to_lowercase().replace('-', " ");
    let taken = town.payee.take(&shop, &typed, "６０", 70);
    let (status, place) = status_and_place(&taken);
    assert_eq!(status, 303);
    assert_eq!(status_and_place(&town.payee.take(&shop, &code, "60", 70)), (303, place.clone()));
    let sale = body_text(&town.payee.browser.get(&place));
    assert!(sale.contains("さくら書店が60ポイントを受け取りました"), "{sale}");
    assert_eq!(town.deployment.points(town.payer.account()), (90, 90));
    assert_eq!(town.deployment.balance(town.payer.account()).purses(town.deployment.now()).len(), 1);
    let shown = body_text(&town.payer.browser.get(&page));
    assert!(shown.contains("このコードで支払いました") && !shown.contains(&code));
    // By another form, for another amount, or at another shop, it is used up: a photograph of it buys nothing.
    let clerk = town.payee.clone();
    let other = town.officer.register_shop(&clerk, "dining", 72);
    for answer in [
        town.payee.take(&shop, &code, "60", 71),
        town.payee.take(&shop, &code, "59", 70),
        town.payee.take(&other, &code, "60", 70),
    ] {
        assert_eq!(answer.status, 409);
        let page = body_text(&answer);
        assert!(page.contains("すでに使われています") && !page.contains("ポイントは動いていません"), "{page}");
    }
    // The last moment, and the one behind it.
    let late = town.payer.pay_code("80", 75);
    town.deployment.wait(299);
    assert_eq!(town.payee.take(&shop, &late, "1", 76).status, 303);
    let too_late = town.payer.pay_code("80", 77);
    town.deployment.wait(300);
    let answer = town.payee.take(&shop, &too_late, "1", 78);
    assert_eq!(answer.status, 422);
    assert!(body_text(&answer).contains("5分の期限が過ぎています"));
    assert!(body_text(&town.payer.browser.get(&format!("/wallet/code/{}", command(77)))).contains("期限が過ぎました"));
}

/// Two phones with the same code, or one phone that says it twice.
#[test]
fn of_many_tills_that_take_one_code_at_once_one_is_paid() {
    let Street { mut town, shop } = street();
    let code = PayCode::parse(&town.payer.pay_code("80", 80)).unwrap();
    let number: ShopNumber = shop.parse().unwrap();
    let take = |amount, form| Tell::Ledger {
        command: CommandId::from_bytes(u128::to_be_bytes(form)),
        tell: LedgerTell::Redeem { shop: number, code, amount: Points::new(amount).unwrap() },
    };
    // Ten times one form for thirty, which is the same payment; five of other forms, five for another amount.
    let forms = (0..20).map(|of| if of < 10 { take(30, 1) } else { take(30 + (of % 2) as u64, of) });
    let acts: Vec<_> = forms.map(|tell| (&town.payee, tell)).collect();
    let told = at_once(&acts);
    assert_eq!(told.iter().filter(|told| posted(told)).count(), 10);
    let reused = Told::Ledger(Err(NotPosted::Refused(Refusal::CommandReused)));
    assert_eq!(told.iter().filter(|told| **told == reused).count(), 10);
    assert_eq!(town.deployment.points(account(&shop)), (30, 30));
}

#[test]
fn a_purchase_goes_back_to_the_very_lots_it_came_from() {
    let Street { mut town, shop } = street();
    let before = town.deployment.balance(town.payer.account());
    let place = status_and_place(&town.payer.buy(&shop, "120", "coupon1-50.granted-70", 90)).1;
    let seq = place.strip_prefix("/wallet/done/").unwrap();
    let sale = format!("/shop/{shop}/sale/{seq}");
    let refund = |town: &mut Town, amount: &str, reason: &str, number| {
        let command = command(number);
        town.payee.browser.post(&sale, &[("amount", amount), ("reason", reason), ("command_id", &command)])
    };
    for (number, (amount, reason, says)) in (100..).zip([
        ("121", "返品", "店の残高が1ポイント足りません"),
        ("0", "返品", "1ポイント以上"),
        ("5", "", "返金の理由"),
        ("5", "1234 5678 9018", "マイナンバー"),
    ]) {
        let answer = refund(&mut town, amount, reason, number);
        assert_eq!(answer.status, 422, "{amount} {reason}");
        assert!(body_text(&answer).contains(says), "{amount} {reason} does not say {says}: {}", body_text(&answer));
    }
    let (status, back) = status_and_place(&refund(&mut town, "90", "傷がありました", 110));
    assert_eq!(status, 303, "{back}");
    assert_eq!(status_and_place(&refund(&mut town, "90", "傷がありました", 110)).1, back);
    assert!(body_text(&town.payee.browser.get(&sale)).contains("30ポイント"));
    // Seventy points came back first, then twenty of the coupon.
    let now = town.deployment.now();
    let purses: Vec<_> =
        town.deployment.balance(town.payer.account()).purses(now).values().map(|part| part.get()).collect();
    assert_eq!(purses, [20, 100]);
    let more = refund(&mut town, "31", "返品", 111);
    assert_eq!(more.status, 422);
    assert_eq!(refund(&mut town, "30", "返品", 112).status, 303);
    assert_eq!(town.deployment.balance(town.payer.account()).lots, before.lots);
    assert_eq!(town.deployment.points(account(&shop)), (0, 0));
    let statement = body_text(&town.payer.browser.get("/wallet/statement"));
    assert!(statement.contains("さくら書店からの返金") && statement.contains("傷がありました"), "{statement}");
    // A refund cannot be refunded, and another's payment is not there.
    let seq_of_refund = back.rsplit('/').next().unwrap();
    let answer = town.payee.browser.post(
        &format!("/shop/{shop}/sale/{seq_of_refund}"),
        &[("amount", "1"), ("reason", "返品"), ("command_id", &command(113))],
    );
    assert_eq!(answer.status, 422);
    assert_eq!(town.payee.browser.get(&format!("/shop/{shop}/sale/1")).status, 404);
}

#[test]
fn only_clerks_are_at_the_till_and_only_officers_say_who_they_are() {
    let Street { mut town, shop } = street();
    let (till, place) = (format!("/shop/{shop}"), status_and_place(&town.payer.buy(&shop, "5", "granted-5", 120)).1);
    let sale = format!("{till}/sale/{}", place.strip_prefix("/wallet/done/").unwrap());
    let code = town.payer.pay_code("50", 121);
    for path in [&till, &sale] {
        assert_eq!(town.payer.browser.get(path).status, 404, "{path}");
    }
    assert_eq!(town.payer.take(&shop, &code, "5", 122).status, 404);
    let fields = [("amount", "5"), ("reason", "返品"), ("command_id", &command(123))];
    assert_eq!(town.payer.browser.post(&sale, &fields).status, 404);
    assert!(body_text(&town.payer.browser.get("/shop")).contains("会計係になっているお店はありません"));
    assert!(body_text(&town.payee.browser.get("/shop")).contains("さくら書店"));
    // Made a clerk, the payer may; no longer one, they may not. Their log says both.
    let keep = |town: &mut Town, act: &str, member: &str, number| {
        let command = command(number);
        let fields = [("act", act), ("shop", shop.as_str()), ("clerk", member), ("command_id", &command)];
        town.officer.browser.post("/office/shops", &fields)
    };
    let member = town.payer.member.to_string();
    assert_eq!(keep(&mut town, "add", &member, 124).status, 303);
    assert_eq!(town.payer.browser.get(&till).status, 200);
    assert_eq!(keep(&mut town, "remove", &member, 125).status, 303);
    assert_eq!(town.payer.browser.get(&till).status, 404);
    assert_eq!(keep(&mut town, "add", "1234", 126).status, 422);
    assert_eq!(keep(&mut town, "add", &MemberNumber::from_random(9).to_string(), 127).status, 422);
    let session = town.payer.browser.session().unwrap().session();
    let call = Call::Log { session, before: None, kind: Some(LogKind::Office) };
    let Answer::Log(Some(log)) = town.deployment.call(Object::Registry, &call) else { panic!("no log") };
    let acts = log.lines.iter().filter_map(|(_, line)| match &line.act {
        LogAct::Office { act, .. } => Some(act),
        _ => None,
    });
    let acts: Vec<_> = acts.take(2).collect();
    assert!(
        matches!(acts[..], [OfficeAct::ClerkRemoved { shop: one }, OfficeAct::ClerkAdded { shop: other }] if one == other),
        "{acts:?}"
    );
    // Residents and clerks register nothing.
    let fields = [("act", "register"), ("name", "私の店"), ("trade", "books"), ("member", member.as_str())];
    for who in [&mut town.payer, &mut town.payee] {
        assert_eq!(who.browser.post("/office/shops", &fields).status, 403);
    }
}

/// What was paid and whose answer was lost is answered again, whatever has changed meanwhile.
#[test]
fn a_lost_answer_is_given_again_behind_a_closed_door_and_with_an_old_passkey() {
    let mut town = town(300_000);
    let clerk = town.payee.clone();
    let shop = town.officer.register_shop(&clerk, "books", 150);
    let code = town.payer.pay_code("50", 151);
    let taken = status_and_place(&town.payee.take(&shop, &code, "50", 152));
    let bought = status_and_place(&town.payer.buy(&shop, "200000", "granted-200000", 153));
    assert_eq!((taken.0, bought.0), (303, 303));
    let fields = [("act", "close"), ("shop", shop.as_str()), ("command_id", &command(154))];
    assert_eq!(town.officer.browser.post("/office/shops", &fields).status, 303);
    town.deployment.wait(301);
    assert_eq!(status_and_place(&town.payee.take(&shop, &code, "50", 152)), taken);
    assert_eq!(status_and_place(&town.payer.buy(&shop, "200000", "granted-200000", 153)), bought);
    // Another body under that name is another matter.
    assert_eq!(town.payer.buy(&shop, "200001", "granted-200001", 153).status, 409);
    assert_eq!(town.deployment.points(account(&shop)), (200_050, 200_050));
}

#[test]
fn nobody_has_more_than_five_codes_at_a_time() {
    let mut town = town(100);
    for number in 160..165 {
        town.payer.pay_code("10", number);
    }
    // The last one again is the last one; a sixth has to wait, until one has been paid with.
    town.payer.pay_code("10", 164);
    let sixth = |town: &mut Town| {
        let command = command(165);
        town.payer.browser.post("/wallet/code", &[("amount", "10"), ("command_id", &command)])
    };
    let answer = sixth(&mut town);
    assert_eq!(answer.status, 429);
    assert!(answer.header("retry-after").is_some());
    let clerk = town.payee.clone();
    let shop = town.officer.register_shop(&clerk, "books", 166);
    let code = town.payer.pay_code("10", 160);
    assert_eq!(town.payee.take(&shop, &code, "10", 167).status, 303);
    assert_eq!(sixth(&mut town).status, 303);
}

#[test]
fn what_an_officer_does_with_a_shop_is_done_once() {
    let Street { mut town, shop } = street();
    let keep = |town: &mut Town, act: &str, member: &str, number| {
        let command = command(number);
        let fields = [("act", act), ("shop", shop.as_str()), ("clerk", member), ("command_id", &command)];
        town.officer.browser.post("/office/shops", &fields).status
    };
    let (member, own) = (town.payer.member.to_string(), town.officer.member.to_string());
    assert_eq!(keep(&mut town, "add", &member, 170), 303);
    assert_eq!(keep(&mut town, "remove", &member, 171), 303);
    // Sent again, the first brings nobody back; another act under its name is refused.
    assert_eq!(keep(&mut town, "add", &member, 170), 303);
    assert_eq!(town.payer.browser.get(&format!("/shop/{shop}")).status, 404);
    assert_eq!(keep(&mut town, "remove", &member, 170), 409);
    // Its answer lost, an act is answered again, also when the passkey is no longer fresh.
    town.deployment.wait(301);
    assert_eq!(keep(&mut town, "add", &member, 170), 303);
    assert_eq!(town.officer.register_shop(&town.payee.clone(), "books", 700), shop);
    town.officer.browser.sign_in("/").unwrap();
    // Officers make no clerk of themselves.
    assert_eq!(keep(&mut town, "add", &own, 172), 403);
}

#[test]
fn a_shop_registered_twice_under_one_command_is_one_shop() {
    let Street { mut town, shop } = street();
    let clerk = town.payee.clone();
    assert_eq!(town.officer.register_shop(&clerk, "books", 700), shop);
    assert_ne!(town.officer.register_shop(&clerk, "books", 130), shop);
    let page = body_text(&town.officer.browser.get("/office/shops"));
    assert_eq!(page.matches("<h2 class=\"mg-card__title\">さくら書店").count(), 2, "{page}");
    let bare = [("act", "register"), ("name", ""), ("trade", "gold"), ("member", "12"), ("command_id", &command(131))];
    let answer = town.officer.browser.post("/office/shops", &bare);
    assert_eq!(answer.status, 422);
    let page = body_text(&answer);
    assert!(page.contains("店名") && page.contains("10けたの番号です"), "{page}");
}

/// Larger payments ask for a passkey shown just now, and above that for the card.
#[test]
fn much_asks_for_more() {
    let mut town = town(700_000);
    let clerk = town.payee.clone();
    let shop = town.officer.register_shop(&clerk, "books", 140);
    town.deployment.wait(301);
    assert_eq!(town.payer.buy(&shop, "99999", "granted-99999", 141).status, 303);
    let (status, to) = status_and_place(&town.payer.buy(&shop, "100000", "granted-100000", 142));
    assert!(status == 303 && to.starts_with("/signin?next="), "{status} {to}");
    town.payer.browser.sign_in("/").unwrap();
    assert_eq!(town.payer.buy(&shop, "100000", "granted-100000", 143).status, 303);
    // The card was shown when the account was made, and that is long enough ago now.
    town.deployment.wait(1_800);
    town.payer.browser.sign_in("/").unwrap();
    let answer = town.payer.buy(&shop, "500001", "granted-500001", 144);
    assert_eq!(answer.status, 403);
    assert!(body_text(&answer).contains("マイナンバーカードでの確認が必要です"));
    let card = town.payer.card.clone().unwrap();
    town.payer.browser.prove(&town.deployment, &card, "");
    town.payer.browser.sign_in("/").unwrap();
    assert_eq!(town.payer.buy(&shop, "500001", "granted-500001", 145).status, 303);
    // That was the last of it.
    let answer = town.payer.buy(&shop, "1", "granted-1", 146);
    assert_eq!(answer.status, 422, "{}", body_text(&answer));
}
