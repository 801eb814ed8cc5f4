// What is asked of each kind of help, and what the centre has to have seen of who helps.
import { day } from '../fixtures/calendar';
import { documents } from '../fixtures/card';
import { actByPost, askByPost, deskOf, done, fill, request } from '../fixtures/cohelp';
import { actForm } from '../fixtures/forms';
import { register, registration } from '../fixtures/registration';
import { Seat } from '../fixtures/seat';
import { expect, test } from '../fixtures/test';

test('a child is looked after by somebody who took the course', async ({ officer, operator, people }) => {
  const [asker, helper] = await people(2);
  await officer.grant(await asker!.memberNumber(), 2000);
  const { page } = asker!;
  await page.goto('/help/new');
  // The questions of a kind are in sight while it is chosen.
  const [children, device] = [page.locator('#childminding-children'), page.locator('#phone-device')];
  await expect(children).toBeHidden();
  await fill(page, request({ category: 'phone' }));
  await expect(device).toBeVisible();
  await device.check();
  await fill(page, request({ category: 'childminding', title: '夕方の留守番', details: '3階です。', day: day(2), reward: '1000' }));
  await expect(device).toBeHidden();
  await page.locator('input[name=childminding-children][value=two]').check();
  for (const age of ['toddler', 'pupil']) await page.locator(`input[name=childminding-age][value=${age}]`).check();
  await page.locator('#childminding-care').fill('あ'.repeat(201));
  await page.locator('form:has(input[name=step]) button[type=submit]').click();
  await page.locator('#error-summary a[href="#childminding-care"]').click();
  await expect(page.locator('#childminding-care')).toBeFocused();
  await page.locator('#childminding-care').fill('卵のアレルギーがあります。');
  await page.locator('form:has(input[name=step]) button[type=submit]').click();
  await expect(page.locator('main')).toContainText('1〜2歳、小学生');
  await expect(page.locator('main')).not.toContainText('アイフォーン');
  await page.getByRole('button', { name: '助けをたのむ' }).click();
  await expect(page).toHaveURL(/\?done=asked$/);
  const job = new URL(page.url()).pathname;

  const { page: other } = helper!;
  await register(other, registration({ kinds: ['childminding'] }));
  await other.goto(job);
  await expect(other.locator('main')).toContainText('1〜2歳、小学生');
  await expect(other.locator('main')).not.toContainText('アレルギーがあります');
  await expect(other.getByText('まだ申し出られません')).toBeVisible();
  expect((await actByPost(helper!.request, job, { act: 'offer' })).status()).toBe(422);

  const { page: centre } = await operator.fresh();
  await centre.goto('/desk');
  await centre.getByRole('link', { name: '手伝う人の確認' }).click();
  const { name } = documents(helper!.card);
  const typed = async (on: string) => {
    await centre.locator('#course').fill(on);
    await actForm(centre, 'course').locator('button[type=submit]').click();
  };
  await centre.locator('main').getByRole('link', { name }).click();
  await typed(day(3));
  await expect(centre.locator('#error-summary a[href="#course"]')).toBeVisible();
  await typed(day(0));
  await expect(centre.locator('#done')).toBeFocused();
  await other.goto('/help/profile');
  await expect(other.locator('main')).toContainText('講習');
  await other.goto('/me/log');
  await expect(other.locator('main')).toContainText('講習や資格の確認を記録しました');
  await done(other, job, 'offer', 'offered', { note: '伺えます' });
});

test('a skill that takes a proof, without scripts', async ({ browser, officer, operator, people }) => {
  const [asker, helper] = await people(2);
  await officer.grant(await asker!.memberNumber(), 500);
  const answers = { 'shopping-load': 'car', 'shopping-list': '米 10キロ', able: 'driving' };
  const job = await askByPost(asker!.request, { ...request({ category: 'shopping', title: '米の買い出し', reward: '300' }), ...answers });
  const seat = await Seat.withoutScript(browser, helper!);
  const { page } = seat;
  await register(page, registration({ kinds: ['shopping'], skills: ['driving', 'cooking'] }));
  await expect(page.locator('main')).toContainText('まだ確認していません');
  await page.goto(job);
  await expect(page.getByText('まだ申し出られません')).toBeVisible();
  const desk = await Seat.withoutScript(browser, await operator.fresh());
  await desk.page.goto('/desk/helpers?area=sakurado');
  await desk.page.locator('main').getByRole('link', { name: documents(helper!.card).name }).click();
  await actForm(desk.page, 'show').locator('button[type=submit]').click();
  await expect(desk.page.locator('main')).toContainText('記録しました');
  await page.goto('/help/profile');
  await expect(page.locator('main')).toContainText('に確認ずみ');
  await done(page, job, 'offer', 'offered', { note: '車で行きます' });
  await desk.page.goto(deskOf(job));
  await expect(desk.page.locator('main')).toContainText('米 10キロ');
  await asker!.page.goto(job);
  await expect(asker!.page.locator('section:has(> form:has(input[value=choose]))')).toContainText('資格などを確認ずみ');
  await Promise.all([seat.leave(), desk.leave()]);
});
