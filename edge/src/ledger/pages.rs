//! What the ledger shows: each page in one answer.

use shared::identity::Visitor;
use shared::kernel::{AccountId, Actor, CommandId, Fault, Level, Points, Role, ShopNumber};
use shared::ledger::{
    self, CODE_MAX, CODE_SECONDS, PayCode, Reads, Selection, Shop, StatementLine, Store as _, Views as _,
};
use shared::process::takes;
use shared::wire::{
    AccountView, BudgetLine, BuyPage, CodePage, MadeCode, MyShopsPage, NotPosted, OfficePage, Page, SalePage, ShopLine,
    ShopsPage, TillPage, WalletPage,
};

use crate::sql::Sql;
use crate::world::World;

use super::books::only;
use super::object::Ledger;
use super::shops;

impl<S: Sql, W: World> Ledger<S, W> {
    pub(super) async fn wallet(
        &self,
        visitor: Option<Visitor>,
        which: Selection,
        lines: u32,
    ) -> Result<Page<WalletPage>, Fault> {
        let Some(visitor) = visitor else { return Ok(Page::SignedOut) };
        let account = ledger::account_of(visitor.actor.person);
        let AccountView { balance, lines, more } = self.account(account, which, lines).await?;
        let now = self.world.now();
        let others: Vec<_> = lines.iter().map(|line| line.counterparty).collect();
        let shops = shops::of_accounts(&self.sql, &others)?;
        let works_at = shops::of_clerk(&self.sql, visitor.actor.person)?;
        Ok(Page::Here(WalletPage { visitor, now, balance, lines, more, shops, works_at }))
    }

    /// The lines of an account, and whether there are older ones.
    pub(super) fn lines(
        &self,
        account: AccountId,
        which: Selection,
        lines: u32,
    ) -> Result<(Vec<StatementLine>, bool), Fault> {
        let mut found = self.store().statement(account, which, lines.saturating_add(1))?;
        let more = found.len() > lines as usize;
        found.truncate(lines as usize);
        Ok((found, more))
    }

    pub(super) async fn buy(&self, visitor: Option<Visitor>, shop: ShopNumber) -> Result<Page<BuyPage>, Fault> {
        let Some(visitor) = visitor else { return Ok(Page::SignedOut) };
        let Some(shop) = shops::find(&self.sql, shop)? else { return Ok(Page::Missing(visitor)) };
        let account = ledger::account_of(visitor.actor.person);
        let balance = only(self.balances(vec![account]).await?)?;
        let now = self.world.now();
        let takes = takes(&self.municipality, shop.trade);
        Ok(Page::Here(BuyPage { visitor, now, shop, takes, balance }))
    }

    /// Of somebody whose account this book keeps.
    pub(super) fn code(
        &self,
        visitor: Visitor,
        command: CommandId,
        max: Option<Points>,
    ) -> Result<Result<Page<CodePage>, NotPosted>, Fault> {
        let now = self.world.now();
        let Actor { person, assurance, .. } = visitor.actor;
        // The page asks for a passkey before; what comes here without one was not sent by it.
        if !assurance.meets(Level::Passkey, now) {
            return Ok(Ok(Page::Forbidden(visitor)));
        }
        let code = PayCode::in_book(person, command, self.place.shards(), self.place.here());
        let code = code.ok_or_else(|| Fault::new("ledger.code", "none of many is of this book"))?;
        let account = ledger::account_of(person);
        if let Some(max) = max.filter(|max| max.get() <= CODE_MAX) {
            let is_new = shops::code(&self.sql, &code)?.is_none();
            if let Some(next) = shops::next_code(&self.sql, account, now)?.filter(|_| is_new) {
                let seconds = next.0.saturating_sub(now.0).div_euclid(1000).saturating_add(1);
                return Ok(Err(NotPosted::TooOften { seconds: u32::try_from(seconds).unwrap_or(u32::MAX) }));
            }
            // The journal never goes back, also where the host's clock was set back: a code counts from where it is.
            let head = self.store().read(&Reads::default())?.head;
            let until = now.max(head.at).plus_seconds(CODE_SECONDS);
            shops::keep_code(&self.sql, &code, MadeCode { account, max, until })?;
        }
        let Some(made) = shops::code(&self.sql, &code)? else { return Ok(Ok(Page::Missing(visitor))) };
        let paid = shops::receipt(&self.sql, code.command())?;
        Ok(Ok(Page::Here(CodePage { visitor, now, code, max: made.max, until: made.until, paid })))
    }

    pub(super) fn my_shops(&self, visitor: Option<Visitor>) -> Result<Page<MyShopsPage>, Fault> {
        let Some(visitor) = visitor else { return Ok(Page::SignedOut) };
        let shops = shops::of_clerk(&self.sql, visitor.actor.person)?;
        Ok(Page::Here(MyShopsPage { visitor, shops }))
    }

    /// The visitor, if they are a clerk of that shop, and the shop. Forbidden is a clerk who came without a passkey.
    fn at_till<T>(
        &self,
        visitor: Option<Visitor>,
        shop: ShopNumber,
    ) -> Result<Result<(Visitor, Shop), Page<T>>, Fault> {
        let Some(visitor) = visitor else { return Ok(Err(Page::SignedOut)) };
        Ok(match self.of_clerk(&visitor.actor, shop)? {
            Err(_) => Err(Page::Missing(visitor)),
            Ok(_) if !visitor.actor.assurance.meets(Level::Passkey, self.world.now()) => Err(Page::Forbidden(visitor)),
            Ok(shop) => Ok((visitor, shop)),
        })
    }

    pub(super) fn till(
        &self,
        visitor: Option<Visitor>,
        shop: ShopNumber,
        which: Selection,
        lines: u32,
    ) -> Result<Page<TillPage>, Fault> {
        let (visitor, shop) = match self.at_till(visitor, shop)? {
            Ok(here) => here,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let now = self.world.now();
        let account = ledger::account_of_shop(shop.number);
        let today = shops::taken_since(&self.sql, account, now.day().at_minute(0))?;
        let (lines, more) = self.lines(account, which, lines)?;
        Ok(Page::Here(TillPage { visitor, now, shop, today, lines, more }))
    }

    pub(super) fn sale(&self, visitor: Option<Visitor>, shop: ShopNumber, seq: u64) -> Result<Page<SalePage>, Fault> {
        let (visitor, shop) = match self.at_till(visitor, shop)? {
            Ok(here) => here,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let account = ledger::account_of_shop(shop.number);
        let newest = self.store().statement(account, Selection::before(seq.saturating_add(1)), 1)?;
        let Some(line) = newest.into_iter().find(|line| line.seq == seq) else { return Ok(Page::Missing(visitor)) };
        let originals = self.store().read(&Reads { originals: vec![seq], ..Reads::default() })?.originals;
        let left = originals.first().map_or(Points::ZERO, ledger::Original::left);
        Ok(Page::Here(SalePage { visitor, shop, line, left, now: self.world.now() }))
    }

    pub(super) fn shops(&self, visitor: Option<Visitor>) -> Result<Page<ShopsPage>, Fault> {
        let Some(visitor) = visitor else { return Ok(Page::SignedOut) };
        if !self.works_as(&visitor, Role::Officer) {
            return Ok(Page::Forbidden(visitor));
        }
        let shops = shops::all(&self.sql)?.into_iter().map(|(shop, clerks)| ShopLine { shop, clerks }).collect();
        Ok(Page::Here(ShopsPage { visitor, shops }))
    }

    pub(super) async fn office(&self, visitor: Option<Visitor>) -> Result<Page<OfficePage>, Fault> {
        let Some(visitor) = visitor else { return Ok(Page::SignedOut) };
        if !self.works_as(&visitor, Role::Officer) {
            return Ok(Page::Forbidden(visitor));
        }
        let budgets = &self.municipality.budgets;
        let accounts: Vec<_> = budgets.iter().map(|budget| ledger::budget(&budget.code)).collect();
        let now = self.world.now();
        let lines = budgets.iter().zip(self.store().balances(&accounts, now)?).map(|(budget, balance)| BudgetLine {
            code: budget.code.clone(),
            name: budget.name.clone(),
            ceiling: budget.ceiling,
            left: u64::try_from(balance.available).ok().and_then(Points::new).unwrap_or_default(),
        });
        let trial = self.last_trial().await?;
        Ok(Page::Here(OfficePage { visitor, now, budgets: lines.collect(), trial }))
    }

    /// Whether somebody has that role and came with a passkey: a staff link alone is one factor.
    fn works_as(&self, visitor: &Visitor, role: Role) -> bool {
        let Actor { roles, assurance, .. } = visitor.actor;
        roles.has(role) && assurance.meets(Level::Passkey, self.world.now())
    }

    pub(super) async fn journal(
        &self,
        visitor: Option<Visitor>,
        shard: u8,
        after_seq: u64,
    ) -> Result<Page<Vec<ledger::Entry>>, Fault> {
        let Some(visitor) = visitor else { return Ok(Page::SignedOut) };
        if !self.works_as(&visitor, Role::Auditor) {
            return Ok(Page::Forbidden(visitor));
        }
        let Some(book) = self.place.shards().numbered(shard) else { return Ok(Page::Missing(visitor)) };
        self.entries(book, after_seq).await.map(Page::Here)
    }
}
