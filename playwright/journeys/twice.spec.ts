// Pressed twice, sent twice, two at once: everything happens once.
import { actByPost, askByPost, offers, request } from '../fixtures/cohelp';
import { post, seal } from '../fixtures/forms';
import { awake } from '../fixtures/person';
import { expect, test } from '../fixtures/test';

const jobs = (html: string) => new Set(html.match(/\/help\/[0-9a-z]{26}/g) ?? []);

test('the same request sent twice, and eight times at once, is one job', async ({ person, officer }) => {
  await officer.grant(await person.memberNumber(), 1000);
  const form = { ...(await seal(person.request, '/help/new')), ...request({ reward: '100' }), step: 'send' };
  const first = await post(person.request, '/help/new', form);
  const rest = await Promise.all(Array.from({ length: 8 }, () => post(person.request, '/help/new', form)));
  const places = [first, ...rest].map((answer) => [answer.status(), answer.headers().location]);
  expect(new Set(places.map(String)).size, String(places)).toBe(1);
  expect(first.status()).toBe(303);
  expect(jobs(await (await person.request.get('/help')).text()).size).toBe(1);
});

test('eight equal requests at once, none sent before, are one job', async ({ person, officer }) => {
  await officer.grant(await person.memberNumber(), 1000);
  const form = { ...(await seal(person.request, '/help/new')), ...request({ reward: '100' }), step: 'send' };
  const answers = await Promise.all(Array.from({ length: 8 }, () => post(person.request, '/help/new', form)));
  expect(answers.map((answer) => answer.status())).toEqual(Array(8).fill(303));
  expect(jobs(await (await person.request.get('/help')).text()).size).toBe(1);
});

test('a double click on the last button is one job', async ({ person, officer }) => {
  await officer.grant(await person.memberNumber(), 1000);
  const form = { ...(await seal(person.request, '/help/new')), ...request({ reward: '100' }), step: 'check' };
  await person.page.goto('/help/new');
  const check = await post(person.request, '/help/new', form);
  await person.page.setContent(await check.text());
  await person.page.getByRole('button', { name: '助けをたのむ' }).dblclick();
  await expect(person.page).toHaveURL(/\?done=asked$/);
  expect(jobs(await (await person.request.get('/help')).text()).size).toBe(1);
});

test('the same grant sent twice is one grant, and another grant under its name is refused', async ({ person, officer, ledger }) => {
  const member = await person.memberNumber();
  const { request: http } = await officer.fresh();
  const form = { ...(await seal(http, '/office')), budget: 'kyojo', member, amount: '700', reason: '二重送信' };
  const before = (await ledger()).entries.length;
  const answers = [await post(http, '/office', form), ...(await Promise.all([1, 2, 3, 4].map(() => post(http, '/office', form))))];
  expect(answers.map((answer) => answer.status())).toEqual(Array(5).fill(303));
  expect(new Set(answers.map((answer) => answer.headers().location)).size).toBe(1);
  expect(await person.balance()).toEqual({ available: 700, held: 0 });
  const other = await post(http, '/office', { ...form, amount: '701' });
  expect(other.status()).toBe(409);
  expect(await person.balance()).toEqual({ available: 700, held: 0 });
  const book = await ledger();
  expect(book.entries.length - before).toBe(1);
  expect(book.sum).toBe(0);
});

test('twenty payments at once of a balance for seven: seven are paid', async ({ person, people, officer, ledger }) => {
  await officer.grant(await person.memberNumber(), 75);
  const [payee] = await people(1);
  const member = await payee!.memberNumber();
  const seals = await Promise.all(Array.from({ length: 20 }, () => seal(person.request, '/wallet/pay')));
  const answers = await Promise.all(seals.map((own) => post(person.request, '/wallet/pay', { ...own, member, amount: '10' })));
  const statuses = answers.map((answer) => answer.status());
  expect(statuses.filter((status) => status === 303)).toHaveLength(7);
  expect(statuses.filter((status) => status === 422)).toHaveLength(13);
  expect(await person.balance()).toEqual({ available: 5, held: 0 });
  expect(await payee!.balance()).toEqual({ available: 70, held: 0 });
  expect((await ledger()).sum).toBe(0);
});

test('two helpers chosen at once: one is, the other tab is told', async ({ people, officer }) => {
  const [asker, one, two] = await people(3);
  await officer.grant(await asker!.memberNumber(), 1000);
  const job = await askByPost(asker!.request, request({ reward: '400' }));
  for (const helper of [one!, two!]) {
    expect((await actByPost(helper.request, job, { act: 'offer', note: '' })).status()).toBe(303);
  }
  const names = await offers(asker!.request, job);
  expect(names).toHaveLength(2);
  const tabs = await Promise.all(names.map(async (offer) => ({ ...(await seal(asker!.request, job)), act: 'choose', offer })));
  const answers = await Promise.all(tabs.map((tab) => post(asker!.request, job, tab)));
  expect(answers.map((answer) => answer.status()).sort()).toEqual([303, 409]);
  const told = answers.find((answer) => answer.status() === 409)!;
  expect(told.headers()['content-type']).toContain('text/html');
  expect(await told.text()).toContain('role="alert"');
  expect(await asker!.balance()).toEqual({ available: 600, held: 400 });
  const details = request().details;
  const seen = await Promise.all([one!, two!].map(async (helper) => (await (await helper.request.get(job)).text()).includes(details)));
  expect(seen.sort(), 'only the chosen one reads the details').toEqual([false, true]);
});

test('a passkey button pressed twice makes one passkey', async ({ newcomer }) => {
  await newcomer.presentCard();
  await awake(newcomer.page);
  await newcomer.page.getByRole('button', { name: 'パスキーを作る' }).dblclick();
  await newcomer.page.waitForURL((url) => url.pathname !== '/join/passkey');
  expect(await newcomer.device.credentials()).toHaveLength(1);
});
