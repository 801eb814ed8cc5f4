//! Shops: paying them, their tills, and the office's list of them.

use app::frame::Frame;
use app::ledger::ShopsDone;
use app::town::Problem;
use shared::kernel::{CommandId, Fault, Level, MemberNumber, ShopNumber};
use shared::ledger::{
    BuyForm, CodeForm, Field, FieldError, FieldErrors, NewShop, RedeemForm, RefundForm, Refusal, Selection, ShopAct,
    ShopForm, shop_number, shop_or_scan,
};
use shared::wire::{BuyPage, LedgerAnswer, LedgerCall, LedgerTell, NotPosted, Page, SalePage, ShopsPage, TillPage};

use crate::http::{Method, Response, with_camera};
use crate::world::World;

use super::ledger::{perform, read_wallet, status, wait};
use super::visit::{Visit, unexpected};

/// How many lines a till shows at a time.
const TILL_LINES: u32 = 20;

/// `/wallet/shop`: which shop.
pub(super) async fn choose(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let typed = visit.form.text(Field::Shop.id());
    let service = visit.world.settings().municipality.payment_service();
    let errors = match (visit.request.method, shop_or_scan(typed, &service)) {
        (Method::Get, _) => Vec::new(),
        (_, Ok((number, amount))) => {
            let amount = amount.map(|amount| format!("?amount={}", amount.get())).unwrap_or_default();
            return Ok(Response::see_other(&format!("/wallet/shop/{}{amount}", number.get())));
        }
        (_, Err(error)) => vec![(Field::Shop, error)],
    };
    let status = if errors.is_empty() { 200 } else { 422 };
    choose_page(visit, status, typed, &errors).await
}

async fn choose_page(
    visit: &Visit<'_, impl World>,
    status: u16,
    typed: &str,
    errors: &FieldErrors,
) -> Result<Response, Fault> {
    visit.show(read_wallet(visit, Selection::ALL, 0).await?, |page| {
        let visitor = &page.visitor;
        let page = visit.page(status, Some(visitor), |frame| app::ledger::choose_shop(frame, visitor, typed, errors));
        Ok(with_camera(page))
    })
}

async fn read_shop(visit: &Visit<'_, impl World>, shop: ShopNumber) -> Result<Page<BuyPage>, Fault> {
    match visit.ledger(&LedgerCall::Buy { session: visit.session_id()?, shop }).await? {
        LedgerAnswer::Buy(page) => Ok(page),
        _ => Err(unexpected("shops.buy")),
    }
}

/// `/wallet/shop/{number}`: how much, then out of what, then paid.
pub(super) async fn buy(visit: &Visit<'_, impl World>, word: &str) -> Result<Response, Fault> {
    let Ok(shop) = shop_number(word) else {
        return choose_page(visit, 404, word, &vec![(Field::Shop, FieldError::NotAShop)]).await;
    };
    let page = match read_shop(visit, shop).await? {
        Page::Here(page) => page,
        Page::Missing(_) => return choose_page(visit, 404, word, &vec![(Field::Shop, FieldError::Unknown)]).await,
        other => return visit.show(other, |_| Err(unexpected("shops.buy"))),
    };
    // What was typed before somebody was asked to sign in is in the form again, also for a GET.
    let fields = if visit.form.text(Field::Amount.id()).is_empty() { &visit.query } else { &visit.form };
    let form = BuyForm {
        amount: fields.text(Field::Amount.id()).to_owned(),
        tender: fields.text(Field::Tender.id()).to_owned(),
    };
    let render = |status, errors: &FieldErrors, not: Option<&NotPosted>| {
        visit.page(status, Some(&page.visitor), |frame| app::ledger::buy(frame, &page, &form, errors, not))
    };
    if visit.request.method == Method::Get && form.amount.is_empty() {
        return Ok(render(200, &Vec::new(), None));
    }
    let amount = match form.amount() {
        Ok(amount) => amount,
        Err(errors) => return Ok(render(422, &errors, None)),
    };
    let short = page.shop.open.then(|| app::ledger::short(&page, amount)).flatten();
    match (visit.request.method, visit.form.text("act")) {
        // What was paid before is answered again, whatever is left now.
        (Method::Post, "pay") => {}
        _ if short.is_some() => return Ok(render(422, &Vec::new(), short.as_ref())),
        (Method::Get, _) => return Ok(render(200, &Vec::new(), None)),
        _ => {
            return Ok(Response::see_other(&format!("/wallet/shop/{}?amount={}", shop.get(), amount.get())));
        }
    }
    let Some(command) = visit.command() else { return Ok(visit.problem(None, Problem::Stale)) };
    let parts = match form.parse() {
        Ok(parts) => parts,
        Err(errors) => return Ok(render(422, &errors, None)),
    };
    match perform(visit, command, LedgerTell::Buy { shop, parts }).await? {
        Ok(receipt) => Ok(Response::see_other(&format!("/wallet/done/{}", receipt.first_seq))),
        Err(NotPosted::SignedOut) => Ok(visit.to_sign_in()),
        Err(NotPosted::Refused(Refusal::StepUp { needs: Level::FreshPasskey })) => Ok(visit.step_up()),
        Err(not) => Ok(wait(render(status(&not), &Vec::new(), Some(&not)), &not)),
    }
}

/// `/wallet/code`: how much a code may pay, and the code.
pub(super) async fn code_form(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let form = match visit.request.method {
        Method::Get => app::ledger::usual_code(),
        _ => CodeForm { amount: visit.form.text(Field::Amount.id()).to_owned() },
    };
    let max = match (visit.request.method, form.parse()) {
        (Method::Get, _) => Err(Vec::new()),
        (_, parsed) => parsed,
    };
    let errors = match max {
        Ok(max) => {
            let Some(command) = visit.command() else { return Ok(visit.problem(None, Problem::Stale)) };
            let call = LedgerCall::Code { session: visit.session_id()?, command, max: Some(max) };
            let LedgerAnswer::Code(made) = visit.ledger(&call).await? else { return Err(unexpected("shops.code")) };
            let page = match made {
                Ok(page) => page,
                Err(not) => return code_form_page(visit, status(&not), &form, &Vec::new(), Some(&not)).await,
            };
            return show_or_step_up(visit, page, |_| Ok(Response::see_other(&format!("/wallet/code/{command}"))));
        }
        Err(errors) => errors,
    };
    let status = if errors.is_empty() { 200 } else { 422 };
    code_form_page(visit, status, &form, &errors, None).await
}

async fn code_form_page(
    visit: &Visit<'_, impl World>,
    status: u16,
    form: &CodeForm,
    errors: &FieldErrors,
    not: Option<&NotPosted>,
) -> Result<Response, Fault> {
    let page = visit.show(read_wallet(visit, Selection::ALL, 0).await?, |page| {
        let visitor = &page.visitor;
        Ok(visit.page(status, Some(visitor), |frame| app::ledger::code_form(frame, visitor, form, errors, not)))
    })?;
    Ok(not.map_or_else(|| page.clone(), |not| wait(page.clone(), not)))
}

/// `/wallet/code/{command}`: the code, as often as it is looked at.
pub(super) async fn code(visit: &Visit<'_, impl World>, word: &str) -> Result<Response, Fault> {
    let Ok(command) = word.parse::<CommandId>() else { return Ok(visit.problem(None, Problem::NotFound)) };
    let call = LedgerCall::Code { session: visit.session_id()?, command, max: None };
    let LedgerAnswer::Code(Ok(page)) = visit.ledger(&call).await? else { return Err(unexpected("shops.code")) };
    show_or_step_up(visit, page, |page| {
        Ok(visit.page(200, Some(&page.visitor), |frame| app::ledger::code(frame, &page)))
    })
}

/// `/shop`: the shops somebody works at.
pub(super) async fn my_shops(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let call = LedgerCall::MyShops { session: visit.session_id()? };
    let LedgerAnswer::MyShops(page) = visit.ledger(&call).await? else { return Err(unexpected("shops.my_shops")) };
    visit.show(page, |page| Ok(visit.page(200, Some(&page.visitor), |frame| app::ledger::my_shops(frame, &page))))
}

/// What only a passkey stands between is asked for it: whose account it is, is known.
fn show_or_step_up<T>(
    visit: &Visit<'_, impl World>,
    page: Page<T>,
    render: impl FnOnce(T) -> Result<Response, Fault>,
) -> Result<Response, Fault> {
    match page {
        Page::Forbidden(_) => Ok(visit.step_up()),
        page => visit.show(page, render),
    }
}

/// `/shop/{number}`: a code is taken.
pub(super) async fn till(visit: &Visit<'_, impl World>, word: &str) -> Result<Response, Fault> {
    let Ok(shop) = shop_number(word) else { return Ok(visit.problem(None, Problem::NotFound)) };
    let text = |field: Field| visit.form.text(field.id()).to_owned();
    let form = RedeemForm { code: text(Field::Code), amount: text(Field::Amount) };
    let before: Option<u64> = visit.query.text("before").parse().ok();
    let which = before.map_or(Selection::ALL, Selection::before);
    let call = LedgerCall::Till { session: visit.session_id()?, shop, which, lines: TILL_LINES };
    let show = async |status, errors: &FieldErrors, not: Option<&NotPosted>| -> Result<Response, Fault> {
        let LedgerAnswer::Till(page) = visit.ledger(&call).await? else { return Err(unexpected("shops.till")) };
        show_or_step_up(visit, page, |page: TillPage| {
            let show = |frame: &Frame<'_>| app::ledger::till(frame, &page, &form, errors, not, before.is_some());
            Ok(with_camera(visit.page(status, Some(&page.visitor), show)))
        })
    };
    if visit.request.method == Method::Get {
        return show(200, &Vec::new(), None).await;
    }
    let Some(command) = visit.command() else { return Ok(visit.problem(None, Problem::Stale)) };
    let (code, amount) = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => return show(422, &errors, None).await,
    };
    match perform(visit, command, LedgerTell::Redeem { shop, code, amount }).await? {
        Ok(receipt) => Ok(Response::see_other(&format!("/shop/{}/sale/{}", shop.get(), receipt.first_seq))),
        Err(NotPosted::SignedOut) => Ok(visit.to_sign_in()),
        Err(not) => Ok(wait(show(status(&not), &Vec::new(), Some(&not)).await?, &not)),
    }
}

/// `/shop/{number}/poster`: to be printed.
pub(super) async fn poster(visit: &Visit<'_, impl World>, word: &str) -> Result<Response, Fault> {
    let Ok(shop) = shop_number(word) else { return Ok(visit.problem(None, Problem::NotFound)) };
    let call = LedgerCall::Till { session: visit.session_id()?, shop, which: Selection::ALL, lines: 0 };
    let LedgerAnswer::Till(page) = visit.ledger(&call).await? else { return Err(unexpected("shops.poster")) };
    show_or_step_up(visit, page, |page| {
        Ok(visit.page(200, Some(&page.visitor), |frame| app::ledger::poster(frame, &page)))
    })
}

/// `/shop/{number}/sale/{seq}`: one payment, and giving it back.
pub(super) async fn sale(visit: &Visit<'_, impl World>, word: &str, seq: &str) -> Result<Response, Fault> {
    let (Ok(shop), Ok(of)) = (shop_number(word), seq.parse::<u64>()) else {
        return Ok(visit.problem(None, Problem::NotFound));
    };
    let call = LedgerCall::Sale { session: visit.session_id()?, shop, seq: of };
    let read = async || match visit.ledger(&call).await? {
        LedgerAnswer::Sale(page) => Ok(page),
        _ => Err(unexpected("shops.sale")),
    };
    let text = |field: Field| visit.form.text(field.id()).to_owned();
    let form = RefundForm { amount: text(Field::Amount), reason: text(Field::Reason) };
    let render = |page: Page<SalePage>, status, form: &RefundForm, errors: &FieldErrors, not: Option<&NotPosted>| {
        show_or_step_up(visit, page, |page| {
            Ok(visit.page(status, Some(&page.visitor), |frame| app::ledger::sale(frame, &page, form, errors, not)))
        })
    };
    if visit.request.method == Method::Get {
        let page = read().await?;
        let left = match &page {
            Page::Here(page) => page.left.get().to_string(),
            _ => String::new(),
        };
        let form = RefundForm { amount: left, ..form };
        return render(page, 200, &form, &Vec::new(), None);
    }
    let Some(command) = visit.command() else { return Ok(visit.problem(None, Problem::Stale)) };
    let (amount, reason) = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => return render(read().await?, 422, &form, &errors, None),
    };
    match perform(visit, command, LedgerTell::Refund { shop, of, amount, reason }).await? {
        Ok(receipt) => Ok(Response::see_other(&format!("/shop/{}/sale/{}", shop.get(), receipt.first_seq))),
        Err(NotPosted::SignedOut) => Ok(visit.to_sign_in()),
        Err(not) => Ok(wait(render(read().await?, status(&not), &form, &Vec::new(), Some(&not))?, &not)),
    }
}

/// Why a form of the office means no act.
enum NotKept {
    /// What is wrong with a new shop.
    Errors(FieldErrors),
    /// What is wrong with a change of one.
    Not(NotPosted),
}

/// What the form of the office asks for, or what is wrong with it. None if it asks for nothing we know.
fn shop_act(visit: &Visit<'_, impl World>, form: &ShopForm) -> Result<Option<ShopAct>, NotKept> {
    let shop = shop_number(visit.form.text(Field::Shop.id()));
    let clerk = visit.form.text("clerk").parse::<MemberNumber>();
    // In a shop's own form, of which a page has many: said at the top.
    let clerk = || clerk.map_err(|_| NotKept::Not(NotPosted::MemberUnknown));
    Ok(match (visit.form.text("act"), shop) {
        ("register", _) => {
            let NewShop { name, trade, clerk } = form.parse().map_err(NotKept::Errors)?;
            Some(ShopAct::Register { name, trade, clerk })
        }
        ("open", Ok(shop)) => Some(ShopAct::Open { shop, open: true }),
        ("close", Ok(shop)) => Some(ShopAct::Open { shop, open: false }),
        ("add", Ok(shop)) => Some(ShopAct::AddClerk { shop, clerk: clerk()? }),
        ("remove", Ok(shop)) => Some(ShopAct::RemoveClerk { shop, clerk: clerk()? }),
        _ => None,
    })
}

/// `/office/shops`: shops registered and changed.
pub(super) async fn shops(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let text = |field: Field| visit.form.text(field.id()).to_owned();
    let form = ShopForm { name: text(Field::Name), trade: text(Field::Trade), member: text(Field::Member) };
    if visit.request.method == Method::Get {
        let number = |word: &str| shop_number(visit.query.text(word)).ok();
        let done = ShopsDone { form, registered: number("new"), changed: number("done"), ..ShopsDone::default() };
        return shops_page(visit, 200, &done).await;
    }
    let Some(command) = visit.command() else { return Ok(visit.problem(None, Problem::Stale)) };
    let act = match shop_act(visit, &form) {
        Ok(Some(act)) => act,
        Ok(None) => return shops_page(visit, 200, &ShopsDone::default()).await,
        Err(NotKept::Errors(errors)) => {
            return shops_page(visit, 422, &ShopsDone { form, errors, ..ShopsDone::default() }).await;
        }
        Err(NotKept::Not(not)) => {
            let done = ShopsDone { not: Some(not), is_change: true, ..ShopsDone::default() };
            return shops_page(visit, 422, &done).await;
        }
    };
    let is_change = !matches!(act, ShopAct::Register { .. });
    let word = if is_change { "done" } else { "new" };
    let call = LedgerCall::KeepShop { session: visit.session_id()?, command, act };
    let LedgerAnswer::ShopKept(kept) = visit.ledger(&call).await? else { return Err(unexpected("shops.keep")) };
    match kept {
        Ok(number) => Ok(Response::see_other(&format!("/office/shops?{word}={}", number.get()))),
        Err(NotPosted::SignedOut) => Ok(visit.to_sign_in()),
        Err(NotPosted::Refused(Refusal::StepUp { .. })) => Ok(visit.step_up()),
        Err(not) => {
            let code = status(&not);
            shops_page(visit, code, &ShopsDone { form, not: Some(not), is_change, ..ShopsDone::default() }).await
        }
    }
}

async fn shops_page(visit: &Visit<'_, impl World>, status: u16, done: &ShopsDone) -> Result<Response, Fault> {
    let call = LedgerCall::Shops { session: visit.session_id()? };
    let LedgerAnswer::Shops(page) = visit.ledger(&call).await? else { return Err(unexpected("shops.shops")) };
    visit.show(page, |page: ShopsPage| {
        Ok(visit.page(status, Some(&page.visitor), |frame| app::ledger::shops(frame, &page, done)))
    })
}
