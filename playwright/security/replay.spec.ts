// Passkeys in a real browser: another site, a second use, a person who was not recognised.
import { ForeignSite } from '../fixtures/proxy';
import { Authenticator } from '../fixtures/authenticator';
import { ORIGIN } from '../fixtures/environment';
import { awake } from '../fixtures/person';
import { read, tell } from '../fixtures/softkey';
import { expect, test } from '../fixtures/test';

const SIGN_IN = 'パスキーでサインイン';

test('a sign-in sent a second time finds nothing', async ({ person }) => {
  const { page } = person;
  const sent: { body: Buffer; cookies: string }[] = [];
  await page.route('**/tell', async (route) => {
    const headers = await route.request().allHeaders();
    sent.push({ body: route.request().postDataBuffer()!, cookies: headers.cookie ?? '' });
    await route.continue();
  });
  await person.context.clearCookies();
  await person.signIn('/wallet');
  const last = sent.at(-1)!;
  expect(last.cookies, 'the ceremony belongs to this browser').toContain('meguri-ceremony=');
  await person.context.clearCookies();
  const again = await tell(person.request, last.body, { cookie: last.cookies });
  expect((await read(again)).what).toBe('refused');
  expect(again.headers()['set-cookie'] ?? '').not.toMatch(/meguri=[^;]/);
});

test('a sign-in from another browser\'s run is refused', async ({ person, browser }) => {
  const { page } = person;
  await person.context.clearCookies();
  let body: Buffer | undefined;
  await page.goto('/signin');
  await awake(page);
  await page.route('**/tell', async (route) => {
    const data = route.request().postDataBuffer()!;
    if (data.length < 10) return route.continue();
    body = data;
    return route.abort();
  });
  await page.getByRole('button', { name: SIGN_IN }).click();
  await expect.poll(() => body?.length ?? 0).toBeGreaterThan(10);
  const other = await browser.newContext();
  const without = await tell(other.request, body!);
  expect((await read(without)).what).toBe('refused');
  await tell(other.request, Buffer.from([1, 2]));
  const within = await tell(other.request, body!);
  expect((await read(within)).what).toBe('refused');
  expect((await other.cookies(ORIGIN)).map(({ name }) => name)).not.toContain('meguri');
  await other.close();
});

test('a copy of our pages at another address gets no session out of a passkey', async ({ person, browser }) => {
  const site = await ForeignSite.open();
  const context = await browser.newContext({ baseURL: site.origin });
  const page = await context.newPage();
  await Authenticator.attach(page, await person.device.credentials());
  const told: string[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/tell')) told.push(response.url());
  });
  await page.goto('/signin');
  await awake(page);
  await page.getByRole('button', { name: SIGN_IN }).click();
  await expect(page.getByRole('alert')).not.toBeEmpty();
  expect(told.length, 'the site did get as far as asking').toBeGreaterThan(0);
  expect((await context.cookies(site.origin)).map(({ name }) => name)).not.toContain('meguri');
  await page.goto('/me');
  await expect(page).toHaveURL(/\/signin\?next=/);
  await context.close();
  await site.close();
});

test('a device that does not recognise the person signs nobody in', async ({ person }) => {
  const { page } = person;
  await person.context.clearCookies();
  await person.device.recognises(false);
  await page.goto('/signin');
  await awake(page);
  await page.getByRole('button', { name: SIGN_IN }).click();
  await expect(page.getByRole('alert')).not.toBeEmpty();
  expect(await person.session()).toBeUndefined();
  await person.device.recognises(true);
  await person.signIn('/me');
  expect(await person.isSignedIn()).toBe(true);
});

test('a device that has a passkey already makes no second one', async ({ person }) => {
  const { page } = person;
  await page.goto('/join/passkey');
  await awake(page);
  await page.getByRole('button', { name: 'パスキーを作る' }).click();
  await expect(page.getByRole('alert')).not.toBeEmpty();
  expect(await person.device.credentials()).toHaveLength(1);
});
