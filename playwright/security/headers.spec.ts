// Headers and cookies of every kind of answer (ASVS 3.3, 3.4).
import { JOURNAL, OPEN } from '../fixtures/routes';
import { ORIGIN } from '../fixtures/environment';
import { expect, test } from '../fixtures/test';

const POLICY: Record<string, RegExp> = {
  'content-security-policy': /^default-src 'none'; /,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^(same-origin|no-referrer|strict-origin-when-cross-origin)$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'permissions-policy': /^camera=\(\), /,
};

test('every answer is bound to what it may do', async ({ request, person, auditor }) => {
  const answers = [
    ...(await Promise.all([...OPEN, '/nothing', '/healthz', '/me', '/staff/x'].map((path) => request.get(path, { maxRedirects: 0 })))),
    ...(await Promise.all(['/', '/me', '/wallet', '/help/new', '/office'].map((path) => person.request.get(path, { maxRedirects: 0 })))),
    await (await auditor.fresh()).request.get(JOURNAL),
    await request.post('/signout', { headers: { origin: 'https://evil.invalid' } }),
  ];
  for (const answer of answers) {
    const headers = answer.headers();
    for (const [name, expected] of Object.entries(POLICY)) expect(headers[name], `${name} of ${answer.url()}`).toMatch(expected);
    const csp = headers['content-security-policy']!;
    expect(csp, answer.url()).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/);
    for (const part of ["frame-ancestors 'none'", "base-uri 'none'", "script-src 'self' 'wasm-unsafe-eval'", "form-action 'self'"]) {
      expect(csp, answer.url()).toContain(part);
    }
    expect(headers['cache-control'], answer.url()).toBe('no-store');
  }
});

test('what islands read is data, and bound to be nothing else', async ({ request }) => {
  const headers = (await request.post('/tell', { data: 'x' })).headers();
  expect(headers['content-type']).toBe('application/x-postcard');
  expect(headers['content-security-policy']).toBe("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['cache-control']).toBe('no-store');
});

test('nothing inline: no page breaks its own policy', async ({ person }) => {
  const { page } = person;
  const broken: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) broken.push(message.text());
  });
  page.on('pageerror', (error) => broken.push(String(error)));
  for (const path of ['/', '/me', '/help', '/help/new', '/help/offers', '/wallet', '/wallet/pay', '/wallet/statement', '/wallet/shop', '/join/passkey', '/signin', '/signout']) {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    const html = await page.content();
    expect(html, path).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    expect(html, path).not.toMatch(/\son[a-z]+="/);
  }
  expect(broken).toEqual([]);
});

test('a page asks nobody but us', async ({ person }) => {
  const { page } = person;
  const asked = new Set<string>();
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  for (const path of ['/', '/help', '/wallet', '/me', '/signin']) {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
  }
  expect([...asked]).toEqual([ORIGIN]);
});

test('the session cookie is for the server alone', async ({ person }) => {
  const cookies = await person.context.cookies(ORIGIN);
  const session = cookies.find(({ name }) => name === 'meguri')!;
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(Buffer.from(session.value, 'base64url')).toHaveLength(32);
  expect(await person.page.evaluate(() => document.cookie)).toBe('');
  const kept = await person.page.evaluate(() => [localStorage.length, sessionStorage.length]);
  expect(kept).toEqual([0, 0]);
  await person.page.goto('/me');
  expect(await person.page.content()).not.toContain(session.value);
});

test('built files are kept for ever, and typed', async ({ page, request }) => {
  const files = new Map<string, string>();
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.startsWith('/assets/')) files.set(response.url(), '');
  });
  await page.goto('/signin');
  await expect(page.locator('html[data-hydrated]')).toBeAttached();
  expect(files.size).toBeGreaterThanOrEqual(4);
  const types: Record<string, RegExp> = { css: /^text\/css/, js: /^text\/javascript/, wasm: /^application\/wasm/ };
  for (const url of files.keys()) {
    const answer = await request.get(url);
    const ending = url.split('.').at(-1)!;
    expect(answer.headers()['content-type'], url).toMatch(types[ending]!);
    expect(answer.headers()['cache-control'], url).toMatch(/max-age=31536000.*immutable|immutable.*max-age=31536000/);
    expect(answer.headers()['x-content-type-options'], url).toBe('nosniff');
  }
  for (const path of ['/assets/', '/assets/..%2fworker.js', '/assets/.env', '/assets/nothing.css']) {
    expect((await request.get(path)).status(), path).toBe(404);
  }
});
