// Two operators at one inbox: what one does, the other sees as it happens, and nothing is lost while a line is cut.
import type { Page, WebSocketRoute } from '@playwright/test';
import { actByPost, askByPost, deskOf, request } from '../fixtures/cohelp';
import { actForm } from '../fixtures/forms';
import { invite } from '../fixtures/staff';
import { expect, test } from '../fixtures/test';

/** The entry of the job in a list of the desk. */
const entry = (page: Page, job: string) => page.locator(`#cases a[href="${deskOf(job)}"]`);
const live = (page: Page) => page.getByText('自動で新しくなります');

test('one operator takes a case, the other sees it at once, takes over and hands it back', async ({ administrator, browser, officer, operator, people }) => {
  const [asker] = await people(1);
  await officer.grant(await asker!.memberNumber(), 900);
  const job = await askByPost(asker!.request, request({ title: '網戸の張り替え', reward: '100' }));
  const colleague = await invite((await administrator.fresh()).page, browser, '共助センター 青木', 'オペレーター');
  const [mine, theirs] = [(await operator.fresh()).page, colleague.page];

  // Both look at the same list; what comes in appears without anybody loading anything, and the keyboard stays put.
  await mine.goto('/desk');
  await theirs.goto('/desk');
  await expect(live(mine)).toBeVisible();
  await expect(live(theirs)).toBeVisible();
  await entry(mine, job).focus();
  const next = await askByPost(asker!.request, request({ title: '庭木の水やり', reward: '100' }));
  await expect(entry(mine, next)).toBeVisible();
  await expect(entry(theirs, next)).toBeVisible();
  await expect(entry(mine, job)).toBeFocused();

  // The colleague takes the case: here the list says so.
  await entry(theirs, job).click();
  await actForm(theirs, 'claim').getByRole('button').click();
  await expect(theirs.locator('#done')).toContainText('引き受けました');
  await expect(entry(mine, job).locator('xpath=ancestor::li')).toContainText('担当：共助センター 青木さん');

  // Nobody else acts for it meanwhile: there is no form to act with, only the way to take over.
  await entry(mine, job).click();
  await expect(mine.locator('main')).toContainText('が担当しています');
  await expect(actForm(mine, 'close')).toHaveCount(0);
  await expect(mine.getByText('変わったときは、ここでお知らせします')).toBeVisible();

  // What changes on the page of a case is said, and does not take away what is being written.
  await mine.locator('#memo').fill('書きかけの申し送り');
  await theirs.locator('#memo').fill('網の色を聞くこと。');
  await theirs.getByRole('button', { name: '申し送りを残す' }).click();
  await expect(theirs.locator('#done')).toContainText('申し送りを残しました');
  await expect(mine.getByText('この用件は、ほかの画面で更新されました。')).toBeVisible();
  await expect(mine.locator('#memo')).toHaveValue('書きかけの申し送り');
  await mine.getByRole('button', { name: '申し送りを残す' }).click();
  await expect(mine.locator('main')).toContainText('網の色を聞くこと。');
  await expect(mine.locator('main')).toContainText('書きかけの申し送り');

  // Taken over; the colleague, whose page is old, is told and nothing happens twice.
  await actForm(mine, 'claim').getByRole('button', { name: '代わって引き受ける' }).click();
  await expect(mine.locator('#done')).toContainText('引き受けました');
  await theirs.getByRole('button', { name: '担当を手放す' }).click();
  await expect(theirs.getByRole('alert')).toContainText('あなたの担当ではなくなっています。');
  await mine.getByRole('button', { name: '担当を手放す' }).click();
  await expect(mine.locator('#done')).toContainText('担当を手放しました');
  await theirs.goto('/desk?show=free');
  await expect(entry(theirs, job)).toBeVisible();
  await colleague.leave();
});

test('what happens while the line is cut is there when it is back, each change once', async ({ officer, operator, people }) => {
  const [asker] = await people(1);
  await officer.grant(await asker!.memberNumber(), 500);
  const page = await (await operator.fresh()).page.context().newPage();
  const open: WebSocketRoute[] = [];
  const heard: number[] = [];
  await page.routeWebSocket(/\/desk\/live/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (message !== 'pong') heard.push(...String(message).split('\n').map((line) => Number(line.split(' ')[0])));
      socket.send(message);
    });
    open.push(socket);
  });
  await page.goto('/desk');
  await expect(live(page)).toBeVisible();
  const before = await askByPost(asker!.request, request({ title: '雨戸の油さし', reward: '100' }));
  await expect(entry(page, before)).toBeVisible();

  await page.context().setOffline(true);
  await open.at(-1)!.close({ code: 4001 });
  await expect(page.getByText('つなぎ直しています')).toBeVisible();
  const job = await askByPost(asker!.request, request({ title: '雨どいの掃除', reward: '100' }));
  await actByPost(asker!.request, job, { act: 'cancel', costs: '0' });
  const other = await askByPost(asker!.request, request({ title: '物干しの修理', reward: '100' }));
  await expect(entry(page, other)).toHaveCount(0);

  await page.context().setOffline(false);
  await expect(entry(page, other)).toBeVisible();
  await expect(live(page)).toBeVisible();
  expect(heard.length).toBeGreaterThan(3);
  // What two people write to each other has numbers too, and is not told here.
  const told = await (await page.request.get(`/desk/live?after=${heard[0]! - 1}`)).text();
  expect(heard).toEqual(told.split('\n').map((line) => Number(line.split(' ')[0])));
  await page.close();
});

test('a list that cannot be had is shown as soon as it can, and stays as it is while somebody wants it to', async ({ officer, operator, people }) => {
  const [asker] = await people(1);
  await officer.grant(await asker!.memberNumber(), 500);
  const page = await (await operator.fresh()).page.context().newPage();
  await page.goto('/desk');
  await expect(live(page)).toBeVisible();
  let failed = 0;
  await page.route('**/desk', async (route) => {
    failed += 1;
    await (failed === 1 ? route.fulfill({ status: 500, body: 'x' }) : failed === 2 ? route.abort() : route.continue());
  });
  const job = await askByPost(asker!.request, request({ title: '網棚の取り付け', reward: '100' }));
  await expect(entry(page, job)).toBeVisible();
  expect(failed).toBeGreaterThan(2);

  await page.getByRole('button', { name: '自動更新を止める' }).click();
  await expect(page.getByRole('button', { name: '自動更新を始める' })).toBeFocused();
  const next = await askByPost(asker!.request, request({ title: '棚の取り付け', reward: '100' }));
  // Another page that is not held shows it; this one does not.
  const other = await page.context().newPage();
  await other.goto('/desk');
  await expect(entry(other, next)).toBeVisible();
  await other.close();
  await expect(entry(page, next)).toHaveCount(0);
  await page.getByRole('button', { name: '自動更新を始める' }).click();
  await expect(entry(page, next)).toBeVisible();
  await page.close();
});

test('without script the same inbox is read and worked', async ({ browser, officer, operator, people }) => {
  const [asker] = await people(1);
  await officer.grant(await asker!.memberNumber(), 500);
  const job = await askByPost(asker!.request, request({ title: '表札の取り付け', reward: '100' }));
  const page = await (await operator.fresh()).withoutScript(browser);
  await page.goto('/desk?show=free');
  await expect(live(page)).toBeHidden();
  await entry(page, job).click();
  await actForm(page, 'claim').getByRole('button').click();
  await page.goto('/desk?show=mine');
  await entry(page, job).click();
  await page.locator('#memo').fill('明日の朝、電話します。');
  await page.getByRole('button', { name: '担当を手放す' }).click();
  await expect(page.locator('main')).toContainText('明日の朝、電話します。');
  await page.context().close();
});
