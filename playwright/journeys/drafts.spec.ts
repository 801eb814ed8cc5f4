// What is typed into a request is kept while it is typed, for another day, another browser, and a line that was cut.
import { act, askByPost, request } from '../fixtures/cohelp';
import { expect, test } from '../fixtures/test';

const KEPT = '下書きを自動で保存しました';
const LOST = '下書きをまだ保存できていません';

test('a request is lost half written, found again in another browser, and sent', async ({ officer, people }) => {
  const [person] = await people(1);
  await officer.grant(await person!.memberNumber(), 300);
  const { page } = person!;
  const typed = request({ title: '蛍光灯の取り替え', reward: '100' });
  await page.goto('/help/new');
  await page.locator('#title').fill(typed.title!);
  await page.locator(`input[name=category][value=${typed.category}]`).check();
  await expect(page.getByText(KEPT)).toBeVisible();

  // The line is cut: it says so, goes on trying, and keeps what was typed meanwhile.
  await page.route('**/help/new', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await page.locator('#details').fill('脚立はあります。');
  await expect(page.getByText(LOST)).toBeVisible();
  await page.unroute('**/help/new');
  await expect(page.getByText(KEPT)).toBeVisible();
  await expect(page.getByText(LOST)).toBeHidden();

  // The browser is gone without a word; the same person elsewhere, without scripts, goes on.
  await page.goto('about:blank');
  const elsewhere = await person!.withoutScript(page.context().browser()!);
  await elsewhere.goto('/help/new');
  await expect(elsewhere.locator('main')).toContainText('書きかけの下書きがあります');
  await expect(elsewhere.locator('#title')).toHaveValue(typed.title!);
  await expect(elsewhere.locator('#details')).toHaveValue('脚立はあります。');
  await elsewhere.locator('#reward').fill('100');
  await elsewhere.getByRole('button', { name: '下書きとして残す' }).click();
  await expect(elsewhere.locator('#done')).toContainText('下書きを残しました');
  await elsewhere.locator('#area').selectOption(typed.area!);
  await elsewhere.locator('#day').fill(typed.day!);
  await elsewhere.locator('#from').selectOption(typed.from!);
  await elsewhere.locator('#to').selectOption(typed.to!);
  await elsewhere.getByRole('button', { name: '内容を確かめる' }).click();
  await elsewhere.getByRole('button', { name: '助けをたのむ' }).click();
  await expect(elsewhere).toHaveURL(/\/help\/[0-9a-z]{26}\?done=asked$/i);

  // Sent is sent: the form is empty again.
  await elsewhere.goto('/help/new');
  await expect(elsewhere.locator('#title')).toHaveValue('');
  await elsewhere.context().close();
});

test('a draft that is not wanted is gone for good', async ({ person }) => {
  const { page } = person;
  await page.goto('/help/new');
  await page.locator('#title').fill('いらない下書き');
  await expect(page.getByText(KEPT)).toBeVisible();
  await page.reload();
  await expect(page.locator('#title')).toHaveValue('いらない下書き');
  await page.getByRole('button', { name: 'はじめから書く' }).click();
  await expect(page.locator('#title')).toHaveValue('');
  await page.reload();
  await expect(page.locator('#title')).toHaveValue('');
});

test('what was asked once is asked again on another day', async ({ officer, people }) => {
  const [person] = await people(1);
  await officer.grant(await person!.memberNumber(), 300);
  const { page } = person!;
  const typed = request({ title: '雨戸の修理', reward: '100' });
  const job = await askByPost(person!.request, typed);
  await act(page, job, 'cancel');
  await page.goto(job);
  await page.getByRole('link', { name: 'もう一度たのむ' }).click();
  await expect(page.locator('main')).toContainText('前の依頼の内容を入れてあります');
  await expect(page.locator('#title')).toHaveValue(typed.title!);
  await expect(page.locator('#day')).toHaveValue('');
  await page.getByRole('button', { name: '内容を確かめる' }).click();
  await expect(page.getByRole('alert')).toContainText('1か所');
  await page.locator('#day').fill(typed.day!);
  await page.getByRole('button', { name: '内容を確かめる' }).click();
  await page.getByRole('button', { name: '助けをたのむ' }).click();
  await expect(page).toHaveURL(/\/help\/[0-9a-z]{26}\?done=asked$/);
  expect(new URL(page.url()).pathname).not.toBe(job);
});
