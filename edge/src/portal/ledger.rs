//! さいふ, and the office's grants.

use app::frame::Frame;
use app::town::Problem;
use shared::kernel::{CommandId, Fault, Level, limit};
use shared::ledger::{
    CorrectForm, Correction, Direction, Field, FieldError, FieldErrors, Grant, GrantForm, PayForm, Receipt, Refusal,
    Selection,
};
use shared::wire::{LedgerAnswer, LedgerCall, LedgerTell, NotPosted, OfficePage, Page, WalletPage};

use crate::http::{Method, Response};
use crate::world::World;

use super::visit::{Visit, unexpected};

/// How many lines the wallet shows, and a page of the statement.
const WALLET_LINES: u32 = 5;
const STATEMENT_LINES: u32 = 50;
/// The most lines of one file: some decades of a busy account.
const CSV_LINES_MAX: usize = 20_000;

pub(super) async fn read_wallet(
    visit: &Visit<'_, impl World>,
    which: Selection,
    lines: u32,
) -> Result<Page<WalletPage>, Fault> {
    match visit.ledger(&LedgerCall::Wallet { session: visit.session_id()?, which, lines }).await? {
        LedgerAnswer::Wallet(page) => Ok(page),
        _ => Err(unexpected("portal.wallet")),
    }
}

pub(super) async fn perform(
    visit: &Visit<'_, impl World>,
    command: CommandId,
    tell: LedgerTell,
) -> Result<Result<Receipt, NotPosted>, Fault> {
    match visit.ledger(&LedgerCall::Tell { session: visit.session_id()?, command, tell }).await? {
        LedgerAnswer::Told(told) => Ok(told.map(|posted| posted.receipt)),
        _ => Err(unexpected("portal.ledger")),
    }
}

pub(super) async fn wallet(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    visit.show(read_wallet(visit, Selection::ALL, WALLET_LINES).await?, |page| {
        Ok(visit.page(200, Some(&page.visitor), |frame| app::ledger::wallet(frame, &page)))
    })
}

pub(super) async fn statement(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let direction = Direction::from_word(visit.query.text("only"));
    let which = Selection { before_seq: visit.query.text("before").parse().ok(), direction };
    visit.show(read_wallet(visit, which, STATEMENT_LINES).await?, |page| {
        Ok(visit.page(200, Some(&page.visitor), |frame| app::ledger::statement(frame, &page, which)))
    })
}

/// `/wallet/statement.csv`: every line, newest first, a page of the journal at a time.
pub(super) async fn statement_csv(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let mut which = Selection::ALL;
    let mut lines = Vec::new();
    loop {
        let page = match read_wallet(visit, which, limit::JOURNAL_PAGE_MAX - 1).await? {
            Page::Here(page) => page,
            other => return visit.show(other, |_| Err(unexpected("portal.statement_csv"))),
        };
        let WalletPage { now, lines: found, more, shops, .. } = page;
        which.before_seq = found.last().map(|line| line.seq);
        lines.extend(found.into_iter().map(|line| {
            let shop = shops.iter().find(|(account, _)| *account == line.counterparty).map(|(_, shop)| shop.clone());
            (line, shop)
        }));
        if !more || lines.len() >= CSV_LINES_MAX {
            let csv = app::ledger::statement_csv(visit.locale, &lines, more);
            return Ok(Response::csv(&format!("meguri-{}.csv", now.day()), csv));
        }
    }
}

/// What was refused because of one field is said at that field.
fn at_field(not: &NotPosted) -> FieldErrors {
    match not {
        NotPosted::MemberUnknown => vec![(Field::Member, FieldError::Unknown)],
        NotPosted::BudgetUnknown => vec![(Field::Budget, FieldError::Unknown)],
        NotPosted::SignedOut
        | NotPosted::ShopUnknown
        | NotPosted::CodeUnknown
        | NotPosted::NotAClerk
        | NotPosted::Refused(_)
        | NotPosted::TooOften { .. } => Vec::new(),
    }
}

pub(super) const fn status(not: &NotPosted) -> u16 {
    match not {
        NotPosted::NotAClerk | NotPosted::Refused(Refusal::NotAllowed | Refusal::StepUp { .. }) => 403,
        NotPosted::Refused(Refusal::CommandReused) => 409,
        NotPosted::TooOften { .. } => 429,
        _ => 422,
    }
}

/// With how long to wait, where that is what is wrong.
pub(super) fn wait(page: Response, not: &NotPosted) -> Response {
    match not {
        NotPosted::TooOften { seconds } => page.retry_after(*seconds),
        _ => page,
    }
}

pub(super) async fn pay(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let form = PayForm {
        member: visit.form.text(Field::Member.id()).to_owned(),
        amount: visit.form.text(Field::Amount.id()).to_owned(),
    };
    if visit.request.method == Method::Get {
        return pay_page(visit, 200, &form, &Vec::new(), None).await;
    }
    let Some(command) = visit.command() else { return Ok(visit.problem(None, Problem::Stale)) };
    let (to, amount) = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => return pay_page(visit, 422, &form, &errors, None).await,
    };
    match perform(visit, command, LedgerTell::Pay { to, amount }).await? {
        Ok(receipt) => Ok(Response::see_other(&format!("/wallet/done/{}", receipt.first_seq))),
        Err(NotPosted::SignedOut) => Ok(visit.to_sign_in()),
        Err(NotPosted::Refused(Refusal::StepUp { needs: Level::FreshPasskey })) => Ok(visit.step_up()),
        Err(not) => {
            let page = pay_page(visit, status(&not), &form, &at_field(&not), Some(&not)).await?;
            Ok(wait(page, &not))
        }
    }
}

async fn pay_page(
    visit: &Visit<'_, impl World>,
    status: u16,
    form: &PayForm,
    errors: &FieldErrors,
    not: Option<&NotPosted>,
) -> Result<Response, Fault> {
    visit.show(read_wallet(visit, Selection::ALL, 0).await?, |page| {
        Ok(visit.page(status, Some(&page.visitor), |frame| app::ledger::pay(frame, &page, form, errors, not)))
    })
}

/// `/wallet/done/{seq}`: the result, readable again after a reload or a lost answer.
pub(super) async fn paid(visit: &Visit<'_, impl World>, word: &str) -> Result<Response, Fault> {
    let Ok(seq) = word.parse::<u64>() else { return Ok(visit.problem(None, Problem::NotFound)) };
    let page = read_wallet(visit, Selection::before(seq.saturating_add(1)), 1).await?;
    visit.show(page, |page| {
        Ok(match page.lines.first().filter(|line| line.seq == seq) {
            Some(line) => visit.page(200, Some(&page.visitor), |frame| app::ledger::paid(frame, &page, line)),
            None => visit.problem(Some(&page.visitor), Problem::NotFound),
        })
    })
}

async fn read_office(visit: &Visit<'_, impl World>) -> Result<Page<OfficePage>, Fault> {
    match visit.ledger(&LedgerCall::Office { session: visit.session_id()? }).await? {
        LedgerAnswer::Office(page) => Ok(page),
        _ => Err(unexpected("portal.office")),
    }
}

/// A form of the office: shown, or told to the ledger and shown again with what came of it, what was typed included.
async fn office_form(
    visit: &Visit<'_, impl World>,
    path: &str,
    parse: impl FnOnce() -> Result<LedgerTell, FieldErrors>,
    show: impl Fn(&Frame<'_>, &OfficePage, &FieldErrors, Option<&NotPosted>, Option<u64>) -> String,
) -> Result<Response, Fault> {
    let page = read_office(visit).await?;
    let render = |status, errors: FieldErrors, not: Option<NotPosted>| {
        let done = visit.query.text("done").parse().ok().filter(|_| status == 200);
        visit.show(page.clone(), |page| {
            let show = |frame: &Frame<'_>| show(frame, &page, &errors, not.as_ref(), done);
            Ok(visit.page(status, Some(&page.visitor), show))
        })
    };
    if visit.request.method == Method::Get {
        return render(200, Vec::new(), None);
    }
    let Some(command) = visit.command() else { return Ok(visit.problem(None, Problem::Stale)) };
    let tell = match parse() {
        Ok(tell) => tell,
        Err(errors) => return render(422, errors, None),
    };
    match perform(visit, command, tell).await? {
        Ok(receipt) => Ok(Response::see_other(&format!("{path}?done={}", receipt.first_seq))),
        Err(NotPosted::SignedOut) => Ok(visit.to_sign_in()),
        Err(NotPosted::Refused(Refusal::StepUp { needs: Level::FreshPasskey })) => Ok(visit.step_up()),
        Err(not) => Ok(wait(render(status(&not), at_field(&not), Some(not.clone()))?, &not)),
    }
}

/// `/office`: points granted.
pub(super) async fn office(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let text = |field: Field| visit.form.text(field.id()).to_owned();
    let form = GrantForm {
        budget: text(Field::Budget),
        member: text(Field::Member),
        amount: text(Field::Amount),
        reason: text(Field::Reason),
    };
    let parse = || {
        let known = visit.world.settings().municipality.budgets.iter().map(|budget| budget.code.as_str());
        let Grant { budget, member, amount, reason } = form.parse(known)?;
        Ok(LedgerTell::Grant { budget, to: member, amount, reason })
    };
    office_form(visit, "/office", parse, |frame, page, errors, not, done| {
        app::ledger::office(frame, page, &form, errors, not, done)
    })
    .await
}

/// `/office/correct`: a grant taken back.
pub(super) async fn correct(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let text = |field: Field| visit.form.text(field.id()).to_owned();
    let form = CorrectForm {
        entry: text(Field::Entry),
        member: text(Field::Member),
        amount: text(Field::Amount),
        reason: text(Field::Reason),
    };
    let parse = || {
        let Correction { of, member, amount, reason } = form.parse()?;
        Ok(LedgerTell::Correct { of, from: member, amount, reason })
    };
    office_form(visit, "/office/correct", parse, |frame, _, errors, not, done| {
        app::ledger::correct(frame, &form, errors, not, done)
    })
    .await
}
