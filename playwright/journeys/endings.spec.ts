// Jobs that do not end in thanks: cancelled, withdrawn, expired. Points always come back.
import { act, actByPost, askByPost, done, offers, request } from '../fixtures/cohelp';
import { actForm } from '../fixtures/forms';
import { day } from '../fixtures/calendar';
import { expect, test } from '../fixtures/test';

test('cancelled before anything was agreed', async ({ person, officer, people }) => {
  await officer.grant(await person.memberNumber(), 1000);
  const job = await askByPost(person.request, request({ reward: '300' }));
  const [helper] = await people(1);
  await actByPost(helper!.request, job, { act: 'offer', note: '' });
  const [offer] = await offers(person.request, job);
  await done(person.page, job, 'cancel', 'cancelled', { reason: '用事ができました' });
  expect(await person.balance()).toEqual({ available: 1000, held: 0 });
  await person.page.goto(job);
  await expect(actForm(person.page, 'choose')).toHaveCount(0);
  const late = await actByPost(helper!.request, job, { act: 'withdraw', offer: offer! });
  expect(late.status()).toBe(409);
});

for (const who of ['asker', 'helper'] as const) {
  test(`cancelled by the ${who} after it was agreed: the points come back`, async ({ officer, people, ledger }) => {
    const [asker, helper] = await people(2);
    const grant = await officer.grant(await asker!.memberNumber(), 1000);
    const job = await askByPost(asker!.request, request({ reward: '300' }));
    await actByPost(helper!.request, job, { act: 'offer', note: '' });
    await done(asker!.page, job, 'choose', 'chosen');
    expect(await asker!.balance()).toEqual({ available: 700, held: 300 });
    const one = who === 'asker' ? asker! : helper!;
    await done(one.page, job, 'cancel', 'cancelled', { reason: '体調が悪くなりました' });
    expect(await asker!.balance()).toEqual({ available: 1000, held: 0 });
    // Where the helper leaves, the request is open again, and who asked is told why.
    await asker!.page.goto(job);
    await expect(asker!.page.locator('main')).toContainText('体調が悪くなりました');
    await expect(actForm(asker!.page, 'cancel')).toHaveCount(who === 'asker' ? 0 : 1);
    const book = await ledger();
    expect(book.of(book.grant(grant).account)).toEqual({ available: 1000, held: 0 });
    expect(book.sum).toBe(0);
  });
}

test('an offer can be taken back until somebody is chosen', async ({ officer, people }) => {
  const [asker, helper] = await people(2);
  await officer.grant(await asker!.memberNumber(), 1000);
  const job = await askByPost(asker!.request, request({ reward: '300' }));
  await done(helper!.page, job, 'offer', 'offered', { note: '伺えます' });
  const [offer] = await offers(asker!.request, job);
  await done(helper!.page, job, 'withdraw', 'withdrawn');
  const answer = await actByPost(asker!.request, job, { act: 'choose', offer: offer! });
  expect(answer.status()).toBe(409);
  expect(await asker!.balance()).toEqual({ available: 1000, held: 0 });
});

test('points spent in the meantime: nobody is chosen, and what is missing is said', async ({ officer, people }) => {
  const [asker, helper] = await people(2);
  await officer.grant(await asker!.memberNumber(), 1000);
  const job = await askByPost(asker!.request, request({ reward: '900' }));
  await actByPost(helper!.request, job, { act: 'offer', note: '' });
  const { page } = asker!;
  await page.goto('/wallet/pay');
  await page.locator('#member').fill(await helper!.memberNumber());
  await page.locator('#amount').fill('400');
  await page.locator('form:has(#amount) button[type=submit]').click();
  await expect(page).toHaveURL(/\/wallet\/done\//);
  await act(page, job, 'choose');
  await expect(page.locator('#refusal')).toBeFocused();
  await expect(page.locator('#refusal')).toContainText('300');
  expect(await asker!.balance()).toEqual({ available: 600, held: 0 });
});

test('nobody offers: the request expires', async ({ person, officer, clock }) => {
  await officer.grant(await person.memberNumber(), 1000);
  const job = await askByPost(person.request, request({ day: day(1), reward: '300' }));
  await clock.to(day(1), '12:00');
  await person.signIn(job);
  await expect(person.page.locator('main')).toContainText('期間が過ぎました');
  await expect(actForm(person.page, 'cancel')).toHaveCount(0);
  expect(await person.balance()).toEqual({ available: 1000, held: 0 });
});
