// How the service was, told to the centre alone, and what the town's figures show of it.
import type { Page } from '@playwright/test';
import { day } from '../fixtures/calendar';
import { act, actByPost, agree, askByPost, begin, deskOf, done, introduce, offers, request } from '../fixtures/cohelp';
import type { Person } from '../fixtures/person';
import { Seat } from '../fixtures/seat';
import { expect, test } from '../fixtures/test';

/** What stands beside a term on the page of figures, as a number. */
async function figure(page: Page, term: string): Promise<number> {
  const row = page.locator('.mg-list__row', { has: page.getByText(term, { exact: true }) });
  return Number.parseInt((await row.locator('dd').innerText()).replaceAll(',', ''), 10);
}

/** A job for tomorrow that the two have agreed on. */
async function agreed(asker: Person, helper: Person, title: string): Promise<string> {
  const job = await askByPost(asker.request, request({ title, day: day(1), reward: '50' }));
  await actByPost(helper.request, job, { act: 'offer', note: '伺えます' });
  await actByPost(asker.request, job, { act: 'choose', offer: (await offers(asker.request, job))[0]! });
  return job;
}

/** Goes through with it, without the pages. */
async function help(asker: Person, helper: Person, job: string): Promise<void> {
  const code = async () => (await (await asker.request.get(job)).text()).match(/mg-readout__value[^>]*>(\d{4})/)![1]!;
  expect((await actByPost(helper.request, job, { act: 'notify' })).status()).toBe(303);
  expect((await actByPost(helper.request, job, { act: 'check-in', code: await code() })).status()).toBe(303);
  for (const { request: http } of [helper, asker]) {
    expect((await actByPost(http, job, { act: 'report', outcome: 'done-40' })).status()).toBe(303);
  }
}

test('each says how the service was, an operator reads their word, and the figures follow', async ({ browser, officer, operator, people, clock }) => {
  const [asker, helper] = await people(2);
  await officer.grant(await asker!.memberNumber(), 500);
  const [mine, theirs] = [asker!.page, helper!.page];
  const job = await agreed(asker!, helper!, 'ラジオの修理');
  await introduce((await operator.fresh()).page, job);
  await clock.to(day(1), '09:30');
  await Promise.all([asker!.signIn(), helper!.signIn()]);
  const centre = (await operator.fresh()).page;
  await centre.goto('/desk/figures');
  const before = [await figure(centre, '終わった手助け'), await figure(centre, '決まった手助け')];
  await begin(mine, theirs, job);
  await done(theirs, job, 'report', 'reported', { outcome: 'done-40' });
  await expect(theirs.locator('#rate')).toHaveCount(0);
  await agree(mine, job);

  // The one who asked says it with a word, after being told what is missing.
  await act(mine, job, 'rate', { words: '受付の人が、やさしかったです。' });
  await expect(mine).toHaveTitle(/^エラー/);
  await expect(mine.locator('#satisfaction-error')).toBeVisible();
  await expect(mine.locator('#words')).toHaveValue('受付の人が、やさしかったです。');
  await mine.getByLabel('とても満足', { exact: true }).check();
  await mine.locator('#rate').getByRole('button', { name: '答える' }).click();
  await expect(mine.locator('#done')).toContainText('お答えいただき、ありがとうございました');
  await expect(mine.locator('main')).toContainText('職員がこれから読みます');
  await expect(mine.locator('#rate')).toHaveCount(0);

  // The other one sees nothing of it, and answers with a press.
  await theirs.goto(job);
  await expect(theirs.locator('main')).not.toContainText('やさしかった');
  await done(theirs, job, 'rate', 'rated', { satisfaction: '4' });

  // It waits at the centre until somebody has read it.
  await centre.goto('/desk');
  const queue = centre.locator('section', { has: centre.getByRole('heading', { name: /^センターへのひとこと/ }) });
  await queue.locator(`a[href="${deskOf(job)}"]`).click();
  await expect(centre.locator('main')).toContainText('やさしかったです。');
  await centre.getByRole('button', { name: '読みました' }).click();
  await expect(centre.locator('#done')).toContainText('読んだことを記録しました');
  await centre.goto('/desk');
  await expect(queue.locator(`a[href="${deskOf(job)}"]`)).toHaveCount(0);
  await mine.goto(job);
  await expect(mine.locator('main')).toContainText('に職員が読みました');

  // Five are not few. Each is counted once; those who know each other need no introduction.
  for (const title of ['草取り', '買い出し', '窓ふき', '水やり']) await help(asker!, helper!, await agreed(asker!, helper!, title));
  await centre.goto('/desk/figures');
  expect(await figure(centre, '終わった手助け')).toBe(before[0]! + 5);
  expect(await figure(centre, '決まった手助け')).toBe(before[1]! + 4);

  // How help goes round is for everybody, signed in or not, in a picture and in numbers.
  const guest = await (await browser.newContext()).newPage();
  await guest.goto('/');
  await guest.getByRole('link', { name: /感謝のめぐり/ }).click();
  await expect(guest.getByRole('img', { name: /グラフ/ })).toBeVisible();
  await expect(guest.getByRole('table')).toContainText(`${day(1).slice(0, 4)}年${Number(day(1).slice(5, 7))}月`);
  await expect(guest.locator('main')).not.toContainText('ラジオの修理');
  expect((await guest.request.get('/desk/figures', { maxRedirects: 0 })).status()).toBe(303);
  await guest.context().close();
  await mine.goto('/');
  await expect(mine.getByRole('link', { name: '感謝のめぐり' })).toHaveCount(0);
  await mine.goto('/help');
  await mine.getByRole('link', { name: '感謝のめぐり' }).click();
  await expect(mine.getByRole('heading', { level: 1 })).toHaveText('感謝のめぐり');
});

test('without script a request nobody took is rated, and read', async ({ browser, officer, operator, people }) => {
  const [asker] = await people(1);
  await officer.grant(await asker!.memberNumber(), 500);
  const job = await askByPost(asker!.request, request({ title: '犬の散歩', reward: '100' }));
  expect((await actByPost(asker!.request, job, { act: 'rate', satisfaction: '1' })).status()).toBe(409);
  await actByPost(asker!.request, job, { act: 'cancel', reason: '自分で行けました', costs: '0' });
  const seat = await Seat.withoutScript(browser, asker!);
  await done(seat.page, job, 'rate', 'rated', { satisfaction: '2', words: 'もっと早く知りたかったです。' });
  await seat.leave();
  const desk = await (await operator.fresh()).withoutScript(browser);
  await desk.goto(deskOf(job));
  await expect(desk.locator('main')).toContainText('もっと早く知りたかったです。');
  await desk.getByRole('button', { name: '読みました' }).click();
  await expect(desk.locator('#done')).toBeVisible();
  await expect(desk.getByRole('button', { name: '読みました' })).toHaveCount(0);
  await desk.context().close();
});
