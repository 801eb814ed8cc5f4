// Posts from elsewhere: without the token, with another's, from another site. Nothing is done.
import { ask, request } from '../fixtures/cohelp';
import { CARD_ISSUER, ORIGIN } from '../fixtures/environment';
import { post, seal } from '../fixtures/forms';
import { startSignIn, tell } from '../fixtures/softkey';
import { expect, test } from '../fixtures/test';

test('a payment needs the token of its own session', async ({ people, officer }) => {
  const [payer, payee] = await people(2);
  await officer.grant(await payer!.memberNumber(), 100);
  const member = await payee!.memberNumber();
  const own = await seal(payer!.request, '/wallet/pay');
  const theirs = await seal(payee!.request, '/wallet/pay');
  expect(own.csrf).not.toBe(theirs.csrf);
  const fields = { member, amount: '10', command_id: own.command_id };
  for (const csrf of [undefined, '', theirs.csrf, own.csrf.slice(1), own.csrf.toUpperCase()]) {
    if (csrf === own.csrf) continue;
    const answer = await post(payer!.request, '/wallet/pay', csrf === undefined ? fields : { ...fields, csrf });
    expect(answer.status(), String(csrf)).toBe(403);
    expect(await answer.text()).toContain('<h1');
  }
  expect(await payer!.balance()).toEqual({ available: 100, held: 0 });
  expect((await post(payer!.request, '/wallet/pay', { ...fields, csrf: own.csrf })).status()).toBe(303);
  expect(await payer!.balance()).toEqual({ available: 90, held: 0 });
});

test('the token of a session ends with it', async ({ person, officer }) => {
  await officer.grant(await person.memberNumber(), 100);
  const old = await seal(person.request, '/wallet/pay');
  await person.signIn();
  const answer = await post(person.request, '/wallet/pay', { ...old, member: '1000-0000-08', amount: '1' });
  expect(answer.status()).toBe(403);
});

for (const origin of ['https://evil.invalid', 'null', CARD_ISSUER, 'http://localhost', `${ORIGIN}.evil.invalid`]) {
  test(`a post that says it comes from ${origin === CARD_ISSUER ? 'the card issuer' : origin}`, async ({ person, officer }) => {
    await officer.grant(await person.memberNumber(), 100);
    const form = { ...(await seal(person.request, '/help/new')), ...request({ reward: '50' }), step: 'send' };
    expect((await post(person.request, '/help/new', form, { origin })).status()).toBe(403);
    expect(await (await person.request.get('/help')).text()).not.toMatch(/\/help\/[0-9a-z]{26}/);
    for (const path of ['/signout', '/join']) {
      expect((await post(person.request, path, {}, { origin })).status(), path).toBe(403);
    }
    expect((await tell(person.request, startSignIn(), { origin })).status(), '/tell').toBe(403);
    expect((await post(person.request, '/demo/clock', { offset_seconds: '5' }, { origin })).status()).toBe(403);
    expect(await person.isSignedIn()).toBe(true);
  });
}

for (const site of ['cross-site', 'same-site']) {
  test(`a post that the browser calls ${site}`, async ({ person }) => {
    const headers = { 'sec-fetch-site': site };
    expect((await post(person.request, '/signout', {}, headers)).status()).toBe(403);
    expect((await tell(person.request, startSignIn(), headers)).status()).toBe(403);
    expect(await person.isSignedIn()).toBe(true);
  });
}

test('a page of another site posts in a real browser, and nothing happens', async ({ person, officer }) => {
  await officer.grant(await person.memberNumber(), 100);
  const { page } = person;
  const own = await seal(person.request, '/wallet/pay');
  await page.route('http://evil.localhost:1/**', (route) => route.fulfill({
    contentType: 'text/html',
    body: `<form method="post" action="${ORIGIN}/wallet/pay"><input name="csrf" value="${own.csrf}">
      <input name="command_id" value="${own.command_id}"><input name="member" value="1000-0000-08"><input name="amount" value="1"><button>x</button></form>`,
  }));
  await page.goto('http://evil.localhost:1/');
  const answer = page.waitForResponse((response) => response.url() === `${ORIGIN}/wallet/pay`);
  await page.getByRole('button', { name: 'x' }).click();
  // Without the cookie (another site) the sign-in; with it (the same site) the refusal. Never a payment.
  expect([303, 403]).toContain((await answer).status());
  expect(await person.balance()).toEqual({ available: 100, held: 0 });
});

test('what is sent has a limit', async ({ person }) => {
  const own = await seal(person.request, '/help/new');
  const large = await post(person.request, '/help/new', { ...own, ...request({ details: 'x'.repeat(70_000) }), step: 'check' });
  expect(large.status()).toBe(413);
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at}`, '1']));
  expect([403, 422]).toContain((await post(person.request, '/help/new', many)).status());
  expect((await tell(person.request, Buffer.alloc(70_000, 1))).status()).toBe(413);
});

test('what people write is shown as text', async ({ people, officer }) => {
  const [asker, reader] = await people(2);
  await officer.grant(await asker!.memberNumber(), 1000);
  const title = '<img src=x onerror=document.title=1>';
  const job = await ask(asker!.page, request({ title, details: '"><script>document.title=1</script>《｜a》', reward: '50' }));
  for (const { page } of [asker!, reader!]) {
    for (const path of [job, '/help', '/help/offers', '/']) {
      await page.goto(path);
      await expect(page).toHaveTitle(/めぐり/);
      expect(await page.locator('main img, main script').count(), path).toBe(0);
    }
  }
  await reader!.page.goto(job);
  await expect(reader!.page.locator('main')).toContainText(title);
});
