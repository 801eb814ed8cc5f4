// Everything that needs no passkey, in a browser that runs no scripts.
import { actForm } from '../fixtures/forms';
import { walk } from '../fixtures/helping';
import { presentNumbered, toIssuer } from '../fixtures/card';
import { unusedResident } from '../fixtures/numbers';
import { ask, request } from '../fixtures/cohelp';
import { Seat } from '../fixtures/seat';
import { makeCode, shopOf, take, toConfirm } from '../fixtures/shops';
import { expect, test } from '../fixtures/test';

test('the whole journey of help', async ({ browser, officer, operator, people, clock, ledger }) => {
  test.setTimeout(240_000);
  const [asker, helper] = await people(2);
  const stage = {
    officer: await Seat.withoutScript(browser, await officer.fresh()),
    operator: await Seat.withoutScript(browser, await operator.fresh()),
    asker: await Seat.withoutScript(browser, asker!),
    helper: await Seat.withoutScript(browser, helper!),
    clock,
    ledger,
  };
  await walk(stage);
  for (const seat of [stage.officer, stage.operator, stage.asker, stage.helper]) await seat.leave();
});

test('the card comes first; the passkey says what it needs', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await toIssuer(page);
  await presentNumbered(page, unusedResident());
  await expect(page).toHaveURL(/\/join\/passkey$/);
  // Playwright leaves out <noscript> where it reads text.
  expect(await page.locator('main noscript').innerHTML()).toContain('JavaScript');
  await page.goto('/me');
  await expect(page.locator('main')).toContainText(/\d{4}-\d{4}-\d{2}/);
  await page.goto('/signin');
  expect(await page.locator('main noscript').innerHTML()).toContain('JavaScript');
  await context.close();
});

test('paying a shop by its number and by a code, and getting it back', async ({ browser, officer, people }) => {
  const [payer, clerk] = await people(2);
  const shop = await shopOf(officer, clerk!, 'つばき文具', 'books');
  await officer.grant(await payer!.memberNumber(), 500);
  const { page } = await Seat.withoutScript(browser, payer!);
  const { page: till } = await Seat.withoutScript(browser, clerk!);
  await toConfirm(page, shop, '120');
  await page.locator('form:has([name=tender]) button[type=submit]').click();
  await expect(page).toHaveURL(/\/wallet\/done\/\d+$/);
  await expect(page.locator('main')).toContainText('つばき文具での買い物');
  await take(till, shop, await makeCode(page, '300'), '300');
  await expect(till).toHaveURL(/\/sale\/\d+$/);
  await till.locator('#amount').fill('100');
  await till.locator('#reason').fill('返品');
  await till.locator('form:has(#reason) button[type=submit]').click();
  await expect(till.locator('main')).toContainText('お客さまに100ポイントを返しました。');
  expect(await payer!.balance()).toEqual({ available: 180, held: 0 });
  for (const one of [page, till]) await one.context().close();
});

test('paying, changing the language, cancelling, signing out', async ({ browser, officer, people }) => {
  const [payer, payee] = await people(2);
  await officer.grant(await payer!.memberNumber(), 500);
  const member = await payee!.memberNumber();
  const { page } = await Seat.withoutScript(browser, payer!);

  await page.goto('/wallet/pay');
  await page.locator('#member').fill(member);
  await page.locator('#amount').fill('120');
  await page.locator('form:has(#amount) button[type=submit]').click();
  await expect(page).toHaveURL(/\/wallet\/done\/\d+$/);
  await expect(page.locator('main')).toContainText('120');
  expect(await payer!.balance()).toEqual({ available: 380, held: 0 });
  expect(await payee!.balance()).toEqual({ available: 120, held: 0 });
  await page.reload();
  await expect(page.locator('main')).toContainText('120');

  const job = await ask(page, request({ reward: '100' }));
  await page.goto(job);
  await page.locator('details', { has: actForm(page, 'cancel') }).locator('summary').click();
  await actForm(page, 'cancel').locator('[name=reason]').fill('用事ができました');
  await actForm(page, 'cancel').locator('button[type=submit]').click();
  await expect(page).toHaveURL(/\?done=cancelled$/);

  await page.goto('/wallet');
  await page.locator('header summary').click();
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(/\/wallet$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');

  await page.goto('/signout');
  await page.locator('main form[action="/signout"] button[type=submit]').click();
  await page.goto('/me');
  await expect(page).toHaveURL(/\/signin\?next=%2Fme$|\/signin\?next=\/me$/);
  expect(await payer!.isSignedIn(), 'the session is over on the server').toBe(false);
  await page.context().close();
});
