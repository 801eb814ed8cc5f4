// Card, passkey, sign-in, sign-out.
import { cancel, presentNamed, presentNumbered, toIssuer } from '../fixtures/card';
import { ORIGIN } from '../fixtures/environment';
import { unusedResident } from '../fixtures/numbers';
import { awake, SESSION_COOKIE } from '../fixtures/person';
import { expect, test } from '../fixtures/test';

test('somebody new joins with the card and makes a passkey', async ({ newcomer }) => {
  const { page } = newcomer;
  await page.goto('/');
  await page.getByRole('link', { name: 'カードで登録する' }).first().click();
  await expect(page).toHaveURL(/\/join$/);
  await newcomer.presentCard();
  await newcomer.makePasskey();
  expect(await newcomer.device.credentials()).toHaveLength(1);
  await expect(page.getByRole('navigation')).toBeVisible();
  expect(await newcomer.memberNumber()).toMatch(/^\d{4}-\d{4}-\d{2}$/);
  expect(await newcomer.balance()).toEqual({ available: 0, held: 0 });
});

test('a card holder of the page joins by name, rare characters included', async ({ newcomer }) => {
  const { page } = newcomer;
  await toIssuer(page);
  await presentNamed(page, '髙﨑 正雄');
  await expect(page).toHaveURL(new RegExp(`^${ORIGIN}/`));
  await page.goto('/me');
  await expect(page.locator('main')).toContainText('髙﨑 正雄');
});

test('the session changes with every sign-in, and signing out ends it on the server', async ({ newcomer, browser }) => {
  await newcomer.presentCard();
  const byCard = await newcomer.session();
  await newcomer.makePasskey();
  const byPasskey = await newcomer.session();
  expect(byPasskey).not.toBe(byCard);

  await newcomer.page.goto('/signout');
  await newcomer.page.locator('main form[action="/signout"] button[type=submit]').click();
  await expect(newcomer.page.getByRole('heading', { level: 1 })).toHaveText('サインアウトしました');
  expect(await newcomer.session()).toBeUndefined();

  for (const old of [byCard!, byPasskey!]) {
    const thief = await browser.newContext();
    await thief.addCookies([{ name: SESSION_COOKIE, value: old, url: ORIGIN }]);
    const page = await thief.newPage();
    await page.goto('/me');
    await expect(page).toHaveURL(/\/signin\?next=/);
    await thief.close();
  }

  await newcomer.signIn('/wallet');
  await expect(newcomer.page).toHaveURL(/\/wallet$/);
  const again = await newcomer.session();
  expect([byCard, byPasskey]).not.toContain(again);
});

test('the same card opens the same account, with its passkeys gone or not', async ({ person, browser }) => {
  const number = await person.memberNumber();
  const context = await browser.newContext();
  const page = await context.newPage();
  await toIssuer(page);
  await presentNumbered(page, person.card);
  await page.waitForURL((url) => url.origin === ORIGIN);
  await page.goto('/me');
  await expect(page.locator('main')).toContainText(number);
  await context.close();
  expect(await person.memberNumber(), 'the first browser stays signed in').toBe(number);
});

test('another person\'s card on a signed-in browser changes nothing, and says the way on', async ({ people }) => {
  const [host, guest] = await people(2);
  const number = await host!.memberNumber();
  for (const card of [guest!.card, unusedResident()]) {
    await toIssuer(host!.page);
    await presentNumbered(host!.page, card);
    await expect(host!.page.getByRole('alert')).toContainText('別の方のカードです');
    expect(await host!.memberNumber()).toBe(number);
  }
  await host!.page.goto('/signout');
  await host!.page.locator('main form[action="/signout"] button[type=submit]').click();
  await toIssuer(host!.page);
  await presentNumbered(host!.page, guest!.card);
  await host!.page.waitForURL((url) => url.origin === ORIGIN);
  expect(await host!.memberNumber()).toBe(await guest!.memberNumber());
});

test('after a sign-in one is where one wanted to go', async ({ person }) => {
  const { page } = person;
  await person.context.clearCookies();
  await page.goto('/help/new');
  await expect(page).toHaveURL(/\/signin\?next=/);
  await awake(page);
  await page.getByRole('button', { name: 'パスキーでサインイン' }).click();
  await expect(page).toHaveURL(/\/help\/new$/);
});

test('a sign-in without a passkey at hand says so and offers the card', async ({ person }) => {
  const { page } = person;
  await person.context.clearCookies();
  await person.device.clear();
  await page.goto('/signin');
  await awake(page);
  await page.getByRole('button', { name: 'パスキーでサインイン' }).click();
  await expect(page.getByRole('alert')).not.toBeEmpty();
  await expect(page.locator('main a[href^="/join"]').first()).toBeVisible();
  expect(await person.session()).toBeUndefined();
});

test('stopping at the issuer leads back, with a way to try again', async ({ newcomer }) => {
  const { page } = newcomer;
  await toIssuer(page);
  await cancel(page);
  await expect(page).toHaveURL(new RegExp(`^${ORIGIN}/join`));
  await expect(page.locator('main form[method=post][action="/join"] button[type=submit]')).toBeVisible();
  expect(await newcomer.session()).toBeUndefined();
  await newcomer.join();
});
