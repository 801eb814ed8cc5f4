// Every address: signed out, with the wrong role, by the wrong method, unknown.
import { JOURNAL, NO_JOB, OFFICER, OPEN, OPERATOR, POSTS, SIGNED_IN } from '../fixtures/routes';
import { ORIGIN } from '../fixtures/environment';
import { post } from '../fixtures/forms';
import { SESSION_COOKIE } from '../fixtures/person';
import { expect, test } from '../fixtures/test';

const toSignIn = (path: string) => new RegExp(`^/signin\\?next=(${path}|${encodeURIComponent(path)})$`);

test('what is open is open', async ({ request }) => {
  for (const path of OPEN) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status(), path).toBe(200);
    expect(answer.headers()['content-type'], path).toBe('text/html; charset=utf-8');
  }
  const health = await request.get('/healthz');
  expect(await health.json()).toEqual({ status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  expect((await request.get('/readyz')).status()).toBe(200);
});

test('what needs a session leads to the sign-in, and back', async ({ request }) => {
  for (const path of [...SIGNED_IN, ...OFFICER, ...OPERATOR]) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status(), path).toBe(303);
    expect(answer.headers().location, path).toMatch(toSignIn(path));
  }
  for (const [path, fields] of Object.entries(POSTS)) {
    const answer = await post(request, path, fields);
    expect(answer.status(), `POST ${path}`).toBe(303);
    expect(answer.headers().location, `POST ${path}`).toMatch(toSignIn(path));
  }
});

test('a session nobody has is none', async ({ playwright }) => {
  const cookie = `${SESSION_COOKIE}=${Buffer.alloc(32, 7).toString('base64url')}`;
  const http = await playwright.request.newContext({ baseURL: ORIGIN, extraHTTPHeaders: { cookie } });
  for (const path of [...SIGNED_IN.filter((path) => path !== `/help/${NO_JOB}`), ...OFFICER, ...OPERATOR]) {
    const answer = await http.get(path, { maxRedirects: 0 });
    expect(answer.status(), path).toBe(303);
    expect(answer.headers()['set-cookie'], `${path} takes it away`).toMatch(/^meguri=; .*Max-Age=0/);
  }
  await http.dispose();
});

test('machines are told in their own way', async ({ request, person, officer, auditor }) => {
  const signedOut = await request.get(JOURNAL, { maxRedirects: 0 });
  expect(signedOut.status()).toBe(401);
  expect(signedOut.headers()['content-type']).toBe('application/problem+json');
  for (const http of [person.request, (await officer.fresh()).request]) {
    const answer = await http.get(JOURNAL, { maxRedirects: 0 });
    expect(answer.status()).toBe(403);
    expect(await answer.json()).toMatchObject({ status: 403, code: 'role_missing' });
  }
  const { request: http } = await auditor.fresh();
  expect((await http.get(JOURNAL)).status()).toBe(200);
  expect((await http.get(`${JOURNAL}?after=x`)).status()).toBe(422);
});

test('the office is for officers', async ({ person, auditor, officer }) => {
  for (const someone of [person, await auditor.fresh()]) {
    const answer = await someone.page.goto('/office');
    expect(answer?.status()).toBe(403);
    await expect(someone.page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(someone.page.locator('main a[href="/"]').first()).toBeVisible();
    const token = await (await someone.request.get('/signout')).text();
    const csrf = token.match(/name="csrf" value="([0-9a-f]+)"/)?.[1] ?? '';
    const posted = await post(someone.request, '/office', { ...POSTS['/office'], csrf, command_id: NO_JOB });
    expect(posted.status()).toBe(403);
  }
  expect((await (await officer.fresh()).page.goto('/office'))?.status()).toBe(200);
});

test('the desk is for operators', async ({ person, officer, operator }) => {
  for (const someone of [person, await officer.fresh()]) {
    for (const path of OPERATOR) expect((await someone.page.goto(path))?.status(), path).toBe(403);
  }
  const { page } = await operator.fresh();
  expect((await page.goto('/desk'))?.status()).toBe(200);
  expect((await page.goto(`/desk/${NO_JOB}`))?.status()).toBe(404);
});

test('what does not exist says so, with a way on', async ({ page, person }) => {
  for (const path of ['/nothing', '/help/', '/help/a/b', '/Help', '/wallet/done/x', '/.env', '/%00', '/language', '/demo/nothing']) {
    for (const at of [page, person.page]) {
      const answer = await at.goto(path);
      const expected = at === page && path === '/wallet/done/x' ? 200 : 404;
      expect(answer?.status(), path).toBe(expected);
    }
  }
  await person.page.goto('/nothing');
  await expect(person.page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(person.page.locator('main a[href="/"]').first()).toBeVisible();
});

test('a job nobody knows and one that is none look the same', async ({ person }) => {
  const [none, malformed] = await Promise.all([`/help/${NO_JOB}`, '/help/abc'].map((path) => person.request.get(path)));
  expect([none!.status(), malformed!.status()]).toEqual([404, 404]);
});

test('other methods are refused', async ({ person }) => {
  for (const path of ['/', '/me', '/help/new', '/wallet', '/healthz', JOURNAL]) {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      expect((await person.request.fetch(path, { method })).status(), `${method} ${path}`).toBe(405);
    }
  }
  for (const path of ['/tell', '/ask', '/demo/clock']) expect((await person.request.get(path)).status(), path).toBe(405);
  for (const path of ['/me', '/wallet', '/help']) expect((await post(person.request, path, {})).status(), path).toBe(405);
});

test('the demo\'s clock is there, and takes only a clock\'s words', async ({ request }) => {
  for (const offset_seconds of ['', 'x', '1.5', '99999999999']) {
    expect((await post(request, '/demo/clock', { offset_seconds })).status(), offset_seconds).toBe(422);
  }
  expect((await post(request, '/demo/clock', { offset_seconds: '0' })).status()).toBe(200);
});

test('a staff link nobody printed, and one that was used', async ({ page, officer }) => {
  expect(officer.role).toBe('officer');
  await page.goto('/staff/00000000000000000000000000000000');
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.locator('main form[method=post] button[type=submit]').click();
  expect((await answer).status()).toBe(410);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);
});

test('one never leaves the site by a link of ours', async ({ person }) => {
  for (const next of ['https://evil.invalid/', '//evil.invalid', '/\\evil.invalid', '/%0d%0aset-cookie:x=1', 'javascript:alert(1)']) {
    const answer = await person.request.get(`/language/ja?next=${encodeURIComponent(next)}`, { maxRedirects: 0 });
    expect(answer.status(), next).toBe(303);
    expect(answer.headers().location, next).toMatch(/^\/(?![/\\])/);
  }
  await person.context.clearCookies();
  await person.signIn('//evil.invalid/');
  expect(new URL(person.page.url()).origin).toBe(ORIGIN);
});
