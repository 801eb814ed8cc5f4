// Somebody who has nothing to sign in with: an officer registers them, and the centre's operator serves them on the telephone.
import type { Page } from '@playwright/test';
import { day } from '../fixtures/calendar';
import { act, actByPost, begin, deskOf, fill, introduce, request } from '../fixtures/cohelp';
import { actForm } from '../fixtures/forms';
import { Seat } from '../fixtures/seat';
import { invite } from '../fixtures/staff';
import { expect, test } from '../fixtures/test';

/** Who rings, as they say it. */
interface Caller {
  name: string;
  birth: string;
  member: string;
}

const TELEPHONE = '0957-00-2468';

/** An officer registers somebody who has no phone, and reads their number off the page. */
async function enrol(page: Page): Promise<Caller> {
  const birth = `19${30 + Math.floor(Math.random() * 30)}-0${1 + Math.floor(Math.random() * 9)}-1${Math.floor(Math.random() * 10)}`;
  const name = `潮崎 ${String.fromCharCode(0x4e00 + Math.floor(Math.random() * 20_000))}代`;
  await page.goto('/office/counter');
  await page.getByRole('button', { name: 'スマートフォンなしで登録する' }).click();
  await expect(page.getByRole('alert')).toContainText('5か所、直してください');
  await page.getByLabel('お名前').fill(name);
  await page.getByLabel('住所').fill('めぐり市東浜1丁目2番3号');
  await page.getByLabel('生年月日').fill(birth);
  await page.getByRole('radio', { name: '女性' }).check();
  await page.locator('#evidence').selectOption('card');
  await page.getByRole('button', { name: 'スマートフォンなしで登録する' }).click();
  const card = page.locator('section, div').filter({ hasText: name }).filter({ hasText: '書いて、ご本人にお渡しください' }).last();
  const member = (await card.innerText()).match(/\d{4}-\d{4}-\d{2}/)![0];
  return { name, birth, member };
}

/** The operator asks who rings. */
async function say(page: Page, { member, name, birth }: Caller): Promise<void> {
  await page.goto('/desk');
  await page.getByRole('link', { name: '電話を受ける' }).click();
  await page.getByLabel('利用者番号').fill(member);
  await page.getByLabel('お名前').fill(name);
  await page.getByLabel('生年月日').fill(birth);
  await page.getByRole('button', { name: '確かめて始める' }).click();
}

/** The same, and it is them: the address of the call. */
async function ring(page: Page, caller: Caller): Promise<string> {
  await say(page, caller);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${caller.name}さんのお電話`);
  return new URL(page.url()).pathname;
}

/** Asks in the caller's name: the form, the check page, the last button. The path of the job as its own. */
async function ask(page: Page, call: string, title: string): Promise<string> {
  await page.getByRole('link', { name: '依頼を入力する' }).click();
  await expect(page.locator('main')).toContainText('代わりに入力しています');
  await page.getByRole('button', { name: '内容を確かめる' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await fill(page, request({ title, reward: '400' }));
  await page.getByRole('button', { name: '内容を確かめる' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('内容を確認する');
  await page.getByRole('button', { name: '助けをたのむ' }).click();
  await expect(page).toHaveURL(new RegExp(`${call}/help/[0-9a-z]{26}\\?done=asked$`));
  return new URL(page.url()).pathname.replace(call, '');
}

for (const script of [true, false]) {
  test(`a caller is served from the counter to thanks, ${script ? 'with' : 'without'} script`, async ({ administrator, browser, clock, ledger, officer, operator, people }) => {
    test.setTimeout(180_000);
    const [helper] = await people(1);
    const sit = async (staff: typeof operator) => {
      const person = await staff.fresh();
      return script ? Seat.at(person) : Seat.withoutScript(browser, person);
    };
    const counter = await sit(officer);
    const caller = await enrol(counter.page);
    await officer.grant(caller.member, 1_000);
    const desk = await sit(operator);
    const start = await ledger();

    // Not somebody else who knows the number.
    await say(desk.page, { ...caller, birth: '1950-01-01' });
    await expect(desk.page.getByRole('alert')).toContainText('見つかりません');
    let call = await ring(desk.page, caller);
    await expect(desk.page.locator('main')).toContainText('1,000ポイント');
    await desk.page.getByLabel('折り返しの電話番号').fill('119');
    await desk.page.getByRole('button', { name: '電話番号を保存する' }).click();
    await expect(desk.page.getByRole('alert')).toContainText('折り返しの電話番号');
    await desk.page.getByLabel('折り返しの電話番号').fill(TELEPHONE);
    await desk.page.getByRole('button', { name: '電話番号を保存する' }).click();
    await expect(desk.page.locator('#done')).toContainText('電話番号を保存しました');
    const title = `病院への付き添い ${caller.member}`;
    const job = await ask(desk.page, call, title);
    await desk.page.getByRole('link', { name: 'お電話の画面へ戻る' }).click();
    await expect(desk.page.getByRole('link', { name: title })).toBeVisible();
    await desk.page.getByRole('button', { name: '電話での応対を終える' }).click();
    await expect(desk.page.locator('#done')).toContainText('電話での応対を終えました');

    // A neighbour offers. The desk says whom to ring up, and where.
    await actByPost(helper!.request, job, { act: 'offer', note: '車いすも押せます' });
    await desk.page.goto('/desk');
    const back = desk.page.locator('section', { hasText: 'お電話する方' }).getByRole('link', { name: title });
    await expect(back).toBeVisible();
    await back.click();
    await expect(desk.page.locator('main')).toContainText(TELEPHONE.replaceAll('-', ''));
    await desk.page.getByRole('button', { name: '伝えたと残す' }).click();
    await expect(desk.page.locator('#done')).toContainText('電話で伝えたことを残しました');
    await desk.page.goto('/desk');
    await expect(desk.page.locator('section', { hasText: 'お電話する方' }).getByRole('link', { name: title })).toHaveCount(0);
    call = await ring(desk.page, caller);
    await act(desk.page, `${call}${job}`, 'choose');
    await expect(desk.page).toHaveURL(/done=chosen$/);
    // Who chose for her does not introduce the two: that takes a second pair of eyes.
    await desk.page.goto(deskOf(job));
    await expect(desk.page.locator('main')).toContainText('あなたが代わりに入力しました');
    await expect(actForm(desk.page, 'introduce')).toHaveCount(0);
    const colleague = await invite((await administrator.fresh()).page, browser, '共助センター 青木', 'オペレーター');
    await introduce(colleague.page, job);
    await colleague.leave();

    // The day comes. Hours have passed, so everybody signs in again, and the call is another one.
    await clock.to(day(2), '09:30');
    await helper!.signIn();
    await desk.signInAgain();
    await desk.page.goto(`${call}${job}`);
    await expect(desk.page.locator('main')).not.toContainText(title);
    call = await ring(desk.page, caller);
    await desk.page.goto(`${call}${job}`);
    await begin(desk.page, helper!.page, job, `${call}${job}`);
    await actByPost(helper!.request, job, { act: 'report', outcome: 'done-40' });
    await desk.page.goto('/desk');
    await expect(desk.page.locator('section', { hasText: 'お電話する方' })).toContainText('手伝った方の報告あり');
    await desk.page.goto(`${call}${job}`);
    await desk.page.getByRole('button', { name: 'そのとおりです' }).click();
    await expect(desk.page).toHaveURL(/done=reported$/);
    await act(desk.page, `${call}${job}`, 'thank', { rating: '5', message: '心づよかったです。' });
    await expect(desk.page).toHaveURL(/done=thanked$/);
    await helper!.page.goto(job);
    await expect(helper!.page.locator('main')).toContainText('心づよかったです。');
    await expect(helper!.page.locator('main')).not.toContainText('代わりに入力した');
    expect(await helper!.balance()).toEqual({ available: 380, held: 0 });

    // Everything that was entered stands at the desk, with who typed it; the caller has paid what was said.
    await desk.page.goto(deskOf(job));
    for (const said of ['依頼した', 'お願いする人を決めた', 'どうなったかを伝えた', 'お礼を伝えた']) {
      await expect(desk.page.locator('main')).toContainText(said);
    }
    await ring(desk.page, caller);
    await expect(desk.page.locator('main')).toContainText('600ポイント');
    const book = await ledger();
    expect(book.sum, 'nothing is made or lost').toBe(0);
    expect(book.held - start.held, 'points set aside, all together').toBe(0);
    for (const seat of [counter, desk]) await seat.leave();
  });
}

test('a call that is over, and what nobody can do in one', async ({ administrator, browser, officer, people }) => {
  const [resident] = await people(1);
  const operator = await invite((await administrator.fresh()).page, browser, '共助センター 電話係', 'オペレーター');
  const { page } = operator;
  const caller = await enrol((await officer.fresh()).page);
  const call = await ring(page, caller);
  // Somebody else's call is as good as none, for an operator and for everybody.
  await resident!.page.goto(call);
  await expect(resident!.page.getByRole('heading', { level: 1 })).toHaveText('このページは見られません');
  const other = await page.context().newPage();
  await other.goto(call);
  await other.getByRole('button', { name: '電話での応対を終える' }).click();
  await expect(other.locator('#done')).toContainText('電話での応対を終えました');
  await other.close();
  // The page that was still open says so when something is sent.
  await page.getByLabel('折り返しの電話番号').fill(TELEPHONE);
  await page.getByRole('button', { name: '電話番号を保存する' }).click();
  await expect(page.locator('#done')).toContainText('電話での応対は終わっています');
  // Nobody is found by trying.
  for (let tries = 0; tries < 5; tries += 1) {
    await say(page, { ...caller, name: '潮崎 誰' });
    await expect(page.getByRole('alert')).toContainText('見つかりません');
  }
  await say(page, caller);
  await expect(page.locator('main')).toContainText('120');
  await expect(actForm(page, 'end')).toHaveCount(0);
  await operator.leave();
});
