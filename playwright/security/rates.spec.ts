// Too often: the answer says how long to wait, and only who asked too often gets it.
import { ORIGIN } from '../fixtures/environment';
import { post } from '../fixtures/forms';
import { expect, test } from '../fixtures/test';

const GUESS = `/staff/${'0'.repeat(32)}`;

test('guessing staff links gets slow, with a page that says for how long', async ({ browser, playwright }) => {
  const from = (address: string) => ({ baseURL: ORIGIN, extraHTTPHeaders: { 'x-real-ip': address } });
  const http = await playwright.request.newContext(from('198.51.100.7'));
  const statuses: number[] = [];
  for (let tries = 0; tries < 20; tries += 1) statuses.push((await post(http, GUESS, {})).status());
  expect(new Set(statuses)).toEqual(new Set([410]));
  const answer = await post(http, GUESS, {});
  expect(answer.status()).toBe(429);
  expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0);

  const context = await browser.newContext(from('198.51.100.7'));
  const page = await context.newPage();
  await page.goto(GUESS);
  await page.locator('main form[method=post] button[type=submit]').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('少し時間をおいてください');
  await expect(page.locator('main')).toContainText('秒ほど待って');
  await context.close();

  const neighbour = await playwright.request.newContext(from('198.51.100.8'));
  expect((await post(neighbour, GUESS, {})).status()).toBe(410);
  expect((await neighbour.get('/signin')).status()).toBe(200);
  await Promise.all([http.dispose(), neighbour.dispose()]);
});
