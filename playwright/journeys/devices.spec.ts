// Where one is signed in, and with what: two devices, a lost one, a session that is over.
import { presentNumbered, toIssuer } from '../fixtures/card';
import { CARD_ISSUER, ORIGIN } from '../fixtures/environment';
import { awake, type Person } from '../fixtures/person';
import { expect, test } from '../fixtures/test';

/** Where the first passkey of the list is removed. */
async function firstPasskey(person: Person): Promise<string> {
  await person.page.goto('/me');
  return (await person.page.locator('main a[href^="/me/passkeys/"]').first().getAttribute('href'))!;
}

test('every other session ends from here, and is seen there at the next click', async ({ person, browser }) => {
  const other = await (await person.elsewhere(browser)).joinAgain();
  await expect(other.page).toHaveURL(/\/me\/sessions\?done=added$/);
  await expect(other.page.getByRole('status')).toContainText('ほかの端末でもサインインしています');
  const { page } = person;
  await page.goto('/me');
  await page.getByRole('link', { name: 'サインイン中の端末を見る' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('サインイン中の端末');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Linux・Chrome', 'Linux・Chrome']);
  await expect(page.getByText('いま使っている端末です。')).toHaveCount(1);
  await page.getByRole('button', { name: 'ほかの端末をすべてサインアウトする' }).click();
  await expect(page.getByRole('status')).toContainText('サインアウトしました');
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'ほかの端末をすべてサインアウトする' })).toHaveCount(0);

  await other.page.getByRole('navigation').getByRole('link', { name: 'さいふ' }).click();
  await expect(other.page).toHaveURL(/\/signin\?next=/);
  await other.signIn('/wallet');
  await expect(other.page).toHaveURL(/\/wallet$/);
  expect(await person.isSignedIn()).toBe(true);
  await other.leave();
});

test('one session ends by its own button', async ({ person, browser }) => {
  const other = await (await person.elsewhere(browser)).joinAgain();
  await person.page.goto('/me/sessions');
  await person.page.getByRole('button', { name: 'この端末をサインアウトする' }).click();
  await expect(person.page.getByRole('status')).toBeVisible();
  expect([await person.isSignedIn(), await other.isSignedIn()]).toEqual([true, false]);
  await other.leave();
});

test('a lost phone: the card, a new passkey, the old one removed', async ({ person: lost, browser }) => {
  const number = await lost.memberNumber();
  const found = await (await lost.elsewhere(browser)).joinAgain();
  expect(await found.memberNumber()).toBe(number);
  const { page } = found;
  await page.goto(await firstPasskey(found));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('パスキーを消す');
  await page.getByRole('button', { name: 'このパスキーを消す' }).click();
  await expect(page).toHaveURL(/\/me\?done=removed$/);
  await expect(page.getByRole('status')).toContainText('パスキーを消しました');
  await expect(page.locator('main a[href^="/me/passkeys/"]')).toHaveCount(1);

  expect(await lost.isSignedIn()).toBe(false);
  await lost.page.goto('/signin');
  await awake(lost.page);
  await lost.page.getByRole('button', { name: 'パスキーでサインイン' }).click();
  await expect(lost.page.getByRole('alert')).toBeVisible();
  expect(await lost.isSignedIn()).toBe(false);

  await page.goto('/me');
  await page.getByRole('link', { name: '利用の記録を見る' }).click();
  const lines = page.locator('main li:not(nav li)');
  await expect(lines.first()).toContainText('ほかの端末をサインアウトしました（1台）');
  await expect(lines.nth(1)).toContainText('パスキー「この端末」を消しました');
  await expect(lines.last()).toContainText('マイナンバーカードで登録しました');
  await expect(lines.filter({ hasText: 'パスキー「この端末」を作りました' })).toHaveCount(2);

  await found.page.goto('/signout');
  await found.page.locator('main form[action="/signout"] button[type=submit]').click();
  await found.signIn('/me');
  expect(await found.isSignedIn()).toBe(true);
  await found.leave();
});

test('changing passkeys asks for a fresh one, and leads back', async ({ person, clock }) => {
  const path = await firstPasskey(person);
  await clock.set(301);
  for (const wanted of [path, '/join/passkey']) {
    await person.page.goto(wanted);
    await expect(person.page).toHaveURL(new RegExp(`/signin\\?next=${wanted}$`));
    expect(await person.isSignedIn(), 'the session lives on').toBe(true);
  }
  await person.signIn(path);
  await expect(person.page).toHaveURL(new RegExp(`${path}$`));
  await expect(person.page.getByText('これが最後のパスキーです。')).toBeVisible();
  await person.page.getByRole('link', { name: '消さずに戻る' }).click();
  await expect(person.page.locator('main a[href^="/me/passkeys/"]')).toHaveCount(1);
});

test('the passkey is suggested in a field, and the button still works', async ({ person }) => {
  const { page } = person;
  await page.goto('/signout');
  await page.locator('main form[action="/signout"] button[type=submit]').click();
  await page.goto('/signin?next=%2Fwallet');
  await awake(page);
  const field = page.getByLabel('パスキーを候補から選ぶ');
  await expect(field).toHaveAttribute('autocomplete', 'username webauthn');
  await expect(page, 'nothing is asked for before somebody comes near').toHaveURL(/\/signin/);
  await field.focus();
  await expect(page).toHaveURL(/\/wallet$/);
  expect(await person.isSignedIn()).toBe(true);
  await page.goto('/me/log');
  await expect(page.locator('main li:not(nav li)').first()).toContainText('サインイン');
  await person.signIn('/wallet');
});

test('suggestions wait for as long as nobody chooses, and give way to the button', async ({ person }) => {
  const { page } = person;
  // Nobody is there to choose: some browsers would otherwise take the only passkey at once.
  await person.device.touched(false);
  // How the page asks for passkeys, in order.
  await page.addInitScript(() => {
    const get = navigator.credentials.get.bind(navigator.credentials);
    const asked: string[] = ((window as unknown as { asked: string[] }).asked = []);
    navigator.credentials.get = (options) => {
      asked.push(options?.mediation ?? 'now');
      return get(options);
    };
  });
  await page.goto('/signout');
  await page.locator('main form[action="/signout"] button[type=submit]').click();
  await page.goto('/signin?next=%2Fwallet');
  await awake(page);
  await page.getByLabel('パスキーを候補から選ぶ').focus();
  const asked = () => page.evaluate(() => (window as unknown as { asked: string[] }).asked);
  await expect.poll(asked).toEqual(['conditional']);
  await expect(page.getByRole('alert')).toBeEmpty();
  await person.device.touched(true);
  await page.getByRole('button', { name: 'パスキーでサインイン' }).click();
  await expect(page).toHaveURL(/\/wallet$/);
  expect(await person.isSignedIn()).toBe(true);
});

test('an officer whose passkey is no longer fresh shows it, and finds what was typed', async ({ officer, person, clock }) => {
  const { page } = await officer.fresh();
  const member = await person.memberNumber();
  await page.goto('/office');
  await page.locator('#budget').selectOption('kyojo');
  await page.locator('#member').fill(member);
  await page.locator('#amount').fill('３０');
  await page.locator('#reason').fill('雪かきのお礼');
  await clock.set(301);
  await page.locator('main form[method=post] button[type=submit]').click();
  await expect(page).toHaveURL(/\/signin\?next=/);
  expect(page.url()).not.toContain(member);
  await expect(page.getByText('書いたものは残っています。')).toBeVisible();
  await awake(page);
  await page.getByRole('button', { name: 'パスキーでサインイン' }).click();
  await expect(page).toHaveURL(/\/office\?draft=kept$/);
  await expect(page.locator('#member')).toHaveValue(member);
  await expect(page.locator('#amount')).toHaveValue('３０');
  await page.locator('main form[method=post] button[type=submit]').click();
  await expect(page).toHaveURL(/\/office\?done=/);
  expect(await person.balance()).toEqual({ available: 30, held: 0 });
});

test('every such act stands in the log of its account', async ({ person, browser }) => {
  const { page } = person;
  const other = await (await person.elsewhere(browser)).joinAgain();
  await person.signIn('/me/sessions');
  await page.getByRole('button', { name: 'ほかの端末をすべてサインアウトする' }).click();
  await person.context.clearCookies({ domain: new URL(CARD_ISSUER).hostname });
  await toIssuer(page);
  await presentNumbered(page, person.card, 'moved');
  await page.waitForURL((url) => url.origin === ORIGIN);
  await page.goto('/me/log');
  const lines = await page.locator('main li:not(nav li)').allInnerTexts();
  const order = [
    '登録の内容を新しくしました', 'ほかの端末をサインアウトしました（1台）', 'でサインインしました', 'パスキー「この端末」を作りました',
    'マイナンバーカードで登録しました',
  ];
  const at = order.map((text) => lines.findIndex((line) => line.includes(text)));
  expect(at.filter((index) => index < 0), lines.join('\n')).toEqual([]);
  expect(at).toEqual([...at].sort((one, two) => one - two));
  await other.leave();
});

test('without script both are done by forms', async ({ person, browser }) => {
  const other = await (await person.elsewhere(browser)).joinAgain();
  const page = await person.withoutScript(browser);
  await page.goto('/me/sessions');
  await page.getByRole('button', { name: 'この端末をサインアウトする' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  expect(await other.isSignedIn()).toBe(false);
  await other.signIn();
  await page.goto(await firstPasskey(person));
  await page.getByRole('button', { name: '消して、ほかの端末もすべてサインアウトする' }).click();
  await expect(page.getByRole('status')).toContainText('パスキーを消しました');
  expect(await other.isSignedIn()).toBe(false);
  await page.context().close();
  await other.leave();
});
