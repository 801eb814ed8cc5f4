// Where the centre has a part in it: first meetings, calls, what the two do not agree on.
import type { Page } from '@playwright/test';
import { day } from '../fixtures/calendar';
import { act, actByPost, agree, askByPost, begin, deskOf, done, introduce, request } from '../fixtures/cohelp';
import { actForm } from '../fixtures/forms';
import type { Person } from '../fixtures/person';
import type { Staff } from '../fixtures/staff';
import { expect, test } from '../fixtures/test';

const TOMORROW = { day: day(1), reward: '300' };

/** A job of tomorrow that is agreed: who asks has 1,000 points, 300 of them set aside. */
async function agreed(officer: Staff, asker: Person, helper: Person): Promise<string> {
  await officer.grant(await asker.memberNumber(), 1000);
  const job = await askByPost(asker.request, request(TOMORROW));
  await actByPost(helper.request, job, { act: 'offer', note: '伺えます' });
  await done(asker.page, job, 'choose', 'chosen');
  return job;
}

/** What the page of a job says now. */
async function says(page: Page, job: string, ...words: string[]): Promise<void> {
  await page.goto(job);
  for (const word of words) await expect(page.locator('main')).toContainText(word);
}

test('a first meeting that does not fit: the points are back and others can be chosen', async ({ officer, operator, people }) => {
  const [asker, helper, other] = await people(3);
  const job = await agreed(officer, asker!, helper!);
  await says(asker!.page, job, '顔合わせ待ち', 'センターの担当者が、3人での顔合わせをご案内します。');
  const { page: desk } = await operator.fresh();
  await desk.goto('/desk');
  const entry = desk.locator(`a[href="${deskOf(job)}"]`);
  await expect(entry).toContainText('顔合わせ');
  await entry.click();
  // Nothing chosen: said beside the question, nothing happens.
  await actForm(desk, 'introduce').locator('button[type=submit]').click();
  await expect(desk.locator('#error-summary')).toBeFocused();
  await introduce(desk, job, false);
  expect(await asker!.balance()).toEqual({ available: 1000, held: 0 });
  await says(asker!.page, job, '顔合わせのあと見送りになり、また募集しています。');
  await done(other!.page, job, 'offer', 'offered', { note: '代わりに伺えます' });
  await done(asker!.page, job, 'choose', 'chosen');
  expect(await asker!.balance()).toEqual({ available: 700, held: 300 });
  await says(helper!.page, job, '受け付けは終わりました');
});

test('called off late: it costs what the page says, and the helper has it', async ({ officer, operator, people, clock }) => {
  const [asker, helper] = await people(2);
  const job = await agreed(officer, asker!, helper!);
  await introduce((await operator.fresh()).page, job);
  await clock.to(day(1), '08:00');
  await asker!.signIn(job);
  await says(asker!.page, job, 'いま取り消すと60ポイントを');
  // Not more than the page says is taken: a form that says less is refused.
  const cheap = await actByPost(asker!.request, job, { act: 'cancel', reason: '', costs: '59' });
  expect(cheap.status()).toBe(409);
  await done(asker!.page, job, 'cancel', 'cancelled', { reason: '熱が出ました' });
  expect(await asker!.balance()).toEqual({ available: 940, held: 0 });
  await helper!.signIn(job);
  await says(helper!.page, job, '熱が出ました', '手伝う人に60ポイントを渡します');
  expect(await helper!.balance()).toEqual({ available: 60, held: 0 });
});

test('nobody was at home: who was not there says so too, and pays for the time kept free', async ({
  officer, operator, people, clock,
}) => {
  const [asker, helper] = await people(2);
  const job = await agreed(officer, asker!, helper!);
  await introduce((await operator.fresh()).page, job);
  await clock.to(day(1), '10:10');
  await Promise.all([asker!.signIn(job), helper!.signIn(job)]);
  await done(helper!.page, job, 'late', 'late', { late: '5' });
  await says(asker!.page, job, '遅れています');
  await expect(actForm(helper!.page, 'report').locator('input[value=no-show-requester]')).toHaveCount(0);
  await clock.to(day(1), '10:50');
  await done(helper!.page, job, 'report', 'reported', { outcome: 'no-show-requester' });
  expect(await asker!.balance()).toEqual({ available: 700, held: 300 });
  await says(asker!.page, job, 'あなたがいませんでした', '手伝う人に150ポイントが渡ります');
  await agree(asker!.page, job);
  expect(await asker!.balance()).toEqual({ available: 850, held: 0 });
  expect(await helper!.balance()).toEqual({ available: 150, held: 0 });
});

test('a part of the time is paid in part', async ({ officer, operator, people, clock, ledger }) => {
  const [asker, helper] = await people(2);
  const before = await ledger();
  const job = await agreed(officer, asker!, helper!);
  await introduce((await operator.fresh()).page, job);
  await clock.to(day(1), '10:05');
  await Promise.all([asker!.signIn(job), helper!.signIn(job)]);
  // A code made up is not the code.
  await done(helper!.page, job, 'notify', 'notified');
  await says(asker!.page, job);
  const code = await asker!.page.locator('.mg-readout__value').innerText();
  await act(helper!.page, job, 'check-in', { code: code === '0000' ? '0001' : '0000' });
  await expect(helper!.page.locator('#code-error')).toContainText('開始番号がちがいます。');
  await act(helper!.page, job, 'check-in', { code: '12' });
  await expect(helper!.page.locator('#code-error')).toContainText('4けたの数字');
  await done(helper!.page, job, 'check-in', 'started', { code });
  await act(helper!.page, job, 'report', { outcome: 'part', worked: '' });
  await expect(helper!.page.locator('#worked-error')).toBeVisible();
  await done(helper!.page, job, 'report', 'reported', { outcome: 'part', worked: '20' });
  await agree(asker!.page, job);
  // Twenty of forty minutes: 150 points, seven of them for the town.
  expect(await asker!.balance()).toEqual({ available: 850, held: 0 });
  expect(await helper!.balance()).toEqual({ available: 143, held: 0 });
  const book = await ledger();
  expect({ fees: book.fees - before.fees, held: book.held, sum: book.sum }).toEqual({ fees: 7, held: before.held, sum: 0 });
});

test('two who do not agree: the centre reads both and decides', async ({ browser, officer, operator, people, clock }) => {
  test.setTimeout(120_000);
  const [asker, helper] = await people(2);
  const job = await agreed(officer, asker!, helper!);
  await introduce((await operator.fresh()).page, job);
  await clock.to(day(1), '10:05');
  await Promise.all([asker!.signIn(job), helper!.signIn(job)]);
  await begin(asker!.page, helper!.page, job);
  await done(helper!.page, job, 'report', 'reported', { outcome: 'done-40' });
  await done(asker!.page, job, 'report', 'reported', { outcome: 'not-done' });
  await says(asker!.page, job, 'センターに相談中', 'お二人の報告がちがいます。');
  await done(asker!.page, job, 'consult', 'consulted', { text: '10分で帰りました。' });
  await done(helper!.page, job, 'consult', 'consulted', { text: '30分はいました。' });
  expect(await asker!.balance()).toEqual({ available: 700, held: 300 });
  // Also without scripts.
  const desk = await (await operator.fresh()).withoutScript(browser);
  await says(desk, deskOf(job), '10分で帰りました。', '30分はいました。', '予定どおり終わりました');
  await act(desk, deskOf(job), 'decide', { outcome: 'part', worked: '20', why: '' });
  await expect(desk.locator('#why-error')).toBeVisible();
  await expect(desk.locator('#worked')).toHaveValue('20');
  const decision = { outcome: 'part', worked: '20', why: 'お二人に電話で聞き、半分としました。' };
  await done(desk, deskOf(job), 'decide', 'decide', decision);
  await desk.context().close();
  for (const { page } of [asker!, helper!]) await says(page, job, 'センターが決めたこと', 'お二人に電話で聞き、半分としました。');
  expect(await asker!.balance()).toEqual({ available: 850, held: 0 });
  expect(await helper!.balance()).toEqual({ available: 143, held: 0 });
  await asker!.page.goto('/me/log?kind=office');
  await expect(asker!.page.locator('main')).toContainText('センターの担当者が、あなたの助け合いの内容を見ました');
});

test('who calls is served by the operator: the notice, the start, and the end', async ({ officer, operator, people, clock }) => {
  const [asker, helper] = await people(2);
  const job = await agreed(officer, asker!, helper!);
  const desk = async () => (await operator.fresh()).page;
  await introduce(await desk(), job);
  await done(await desk(), deskOf(job), 'notify', 'notify');
  await clock.to(day(1), '10:05');
  await done(await desk(), deskOf(job), 'check-in', 'check-in', { how: 'お二人から電話がありました' });
  await clock.to(day(1), '11:30');
  await helper!.signIn(job);
  await done(helper!.page, job, 'report', 'reported', { outcome: 'done-40' });
  await asker!.signIn(job);
  await says(asker!.page, job, '予定どおり終わりました');
  await done(await desk(), deskOf(job), 'decide', 'decide', { outcome: 'done-40', why: 'たのんだ方に電話で確かめました。' });
  await says(helper!.page, job, 'たのんだ方に電話で確かめました。');
  expect(await helper!.balance()).toEqual({ available: 285, held: 0 });
  // Two operators at the same moment: the second is told that it is done.
  const late = await actByPost((await operator.fresh()).request, deskOf(job), { act: 'decide', outcome: 'not-done', why: '別の担当者です。' });
  expect(late.status()).toBe(409);
});

test('who moves away: the centre ends it, and everybody has their points', async ({ officer, operator, people }) => {
  const [asker, helper] = await people(2);
  const job = await agreed(officer, asker!, helper!);
  await done((await operator.fresh()).page, deskOf(job), 'close', 'close', { end: '引っ越しのため、続けられなくなりました。' });
  expect(await asker!.balance()).toEqual({ available: 1000, held: 0 });
  for (const { page } of [asker!, helper!]) await says(page, job, '引っ越しのため、続けられなくなりました。');
});
