// Whatever goes wrong with the card: a page that says so, a way to try again, and nobody signed in.
import type { Page } from '@playwright/test';
import { callbackUrl, nextAnswer, presentNamed, presentNumbered, rotateKey, toIssuer, type Outcome } from '../fixtures/card';
import { CARD_ISSUER, ORIGIN } from '../fixtures/environment';
import type { Person } from '../fixtures/person';
import { expect, test } from '../fixtures/test';

/** Every way an ID token can be wrong (xtask/issuer/faults.mjs). */
const TOKEN_FAULTS = [
  'wrong_nonce', 'missing_nonce', 'wrong_audience', 'second_audience', 'wrong_issuer', 'expired', 'not_yet_valid',
  'wrong_sub', 'empty_sub', 'doubled_claim', 'unknown_key', 'wrong_type', 'critical', 'alg_none', 'bad_signature',
];
const ANSWER_FAULTS = ['server_error', 'unavailable', 'not_json', 'missing_id_token'];

async function expectNobodySignedIn(person: Person): Promise<void> {
  expect(await person.session(), 'no session cookie').toBeUndefined();
  await person.page.goto('/me');
  await expect(person.page).toHaveURL(/\/signin\?next=/);
}

async function expectWayToTryAgain(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('main form[method=post][action="/join"] button[type=submit]')).toBeVisible();
}

/** To the issuer and back, keeping the status of the page one comes back to. */
async function comeBack(person: Person, present: () => Promise<void>): Promise<number> {
  await toIssuer(person.page);
  const back = person.page.waitForResponse((response) => response.url().startsWith(`${ORIGIN}/join/callback`));
  await present();
  const response = await back;
  await person.page.waitForLoadState();
  return response.status();
}

for (const fault of TOKEN_FAULTS) {
  test(`an ID token that is wrong: ${fault}`, async ({ newcomer }) => {
    await nextAnswer(fault);
    expect(await comeBack(newcomer, () => presentNumbered(newcomer.page, newcomer.card))).toBe(400);
    await expectWayToTryAgain(newcomer.page);
    await expectNobodySignedIn(newcomer);
  });
}

for (const fault of ANSWER_FAULTS) {
  test(`an issuer that fails: ${fault}`, async ({ newcomer }) => {
    await nextAnswer(fault);
    const status = await comeBack(newcomer, () => presentNumbered(newcomer.page, newcomer.card));
    expect([400, 502]).toContain(status);
    await expectWayToTryAgain(newcomer.page);
    await expectNobodySignedIn(newcomer);
    await newcomer.join();
  });
}

const OUTCOMES: [Outcome, number][] = [['revoked', 400], ['error', 502]];
for (const [outcome, status] of OUTCOMES) {
  test(`a card that does not count: ${outcome}`, async ({ newcomer }) => {
    const present = () => presentNamed(newcomer.page, '山本 茜', outcome);
    expect(await comeBack(newcomer, present)).toBe(status);
    await expectWayToTryAgain(newcomer.page);
    await expectNobodySignedIn(newcomer);
  });
}

test('a callback counts once', async ({ newcomer, browser }) => {
  const { page } = newcomer;
  let callback = '';
  page.on('request', (request) => {
    if (request.url().startsWith(`${ORIGIN}/join/callback`)) callback = request.url();
  });
  await newcomer.presentCard();
  expect(callback).not.toBe('');
  const before = await newcomer.session();
  const again = await page.goto(callback);
  expect(again?.status()).toBe(400);
  await expectWayToTryAgain(page);
  expect(await newcomer.session(), 'the session stays the one there was').toBe(before);

  const other = await browser.newContext();
  const stranger = await other.newPage();
  expect((await stranger.goto(callback))?.status()).toBe(400);
  await expectWayToTryAgain(stranger);
  expect(await other.cookies(ORIGIN)).toEqual([]);
  await other.close();
});

test('a callback in another browser opens nothing, for either of the two', async ({ newcomer, browser }) => {
  const { page } = newcomer;
  await toIssuer(page);
  const callback = await callbackUrl(page, newcomer.card);
  expect(callback).toContain('code=');
  const other = await browser.newContext();
  const victim = await other.newPage();
  expect((await victim.goto(callback))?.status()).toBe(400);
  expect((await other.cookies(ORIGIN)).map(({ name }) => name)).not.toContain('meguri');

  // Also where the other browser is in the middle of a proof of its own.
  await toIssuer(victim);
  expect((await victim.goto(callback))?.status()).toBe(400);
  await victim.goto('/me');
  await expect(victim).toHaveURL(/\/signin\?next=/);
  await other.close();
});

for (const [what, change] of [
  ['another state', (url: URL) => url.searchParams.set('state', 'x'.repeat(43))],
  ['no state', (url: URL) => url.searchParams.delete('state')],
  ['another code', (url: URL) => url.searchParams.set('code', 'x'.repeat(43))],
  ['no code', (url: URL) => url.searchParams.delete('code')],
  ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://issuer.invalid')],
] as const) {
  test(`a callback with ${what} is refused`, async ({ newcomer }) => {
    const { page } = newcomer;
    await toIssuer(page);
    const changed = new URL(await callbackUrl(page, newcomer.card));
    change(changed);
    const answer = await page.goto(changed.href);
    expect([400, 502]).toContain(answer?.status());
    await expectWayToTryAgain(page);
    await expectNobodySignedIn(newcomer);
  });
}

test('the issuer may change its key at any time', async ({ newcomer, browser, people }) => {
  await newcomer.join();
  await rotateKey(false);
  await people(1);
  await rotateKey(true);
  await people(1);
  expect(browser.isConnected()).toBe(true);
});

test('what the card says now replaces what it said', async ({ newcomer }) => {
  const { page } = newcomer;
  await newcomer.presentCard();
  const number = await newcomer.memberNumber();
  await newcomer.context.clearCookies({ domain: new URL(CARD_ISSUER).hostname });
  await toIssuer(page);
  await presentNumbered(page, newcomer.card, 'moved');
  await page.waitForURL((url) => url.origin === ORIGIN);
  expect(await newcomer.memberNumber()).toBe(number);
  await expect(page.locator('main')).toContainText('若葉台3丁目15番2号');
});
