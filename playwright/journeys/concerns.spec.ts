// Telling the centre of somebody: it waits in the queue until an operator has answered it, and who it is about is not told.
import { actByPost, askByPost, deskOf, offers, request } from '../fixtures/cohelp';
import { actForm } from '../fixtures/forms';
import { Seat } from '../fixtures/seat';
import { expect, test } from '../fixtures/test';

test('a concern is raised, waits in the queue, is taken and answered', async ({ browser, officer, operator, people }) => {
  const [asker, helper] = await people(2);
  await officer.grant(await asker!.memberNumber(), 500);
  const job = await askByPost(asker!.request, request({ title: '窓ふき', reward: '100' }));
  await actByPost(helper!.request, job, { act: 'offer', note: '伺えます' });
  expect(await offers(asker!.request, job)).toHaveLength(1);

  const { page } = asker!;
  await page.goto(job);
  await page.getByText('困ったことをセンターに知らせる').click();
  await expect(page.locator('main')).toContainText('110番か119番');
  const form = actForm(page, 'raise');
  await form.locator('input[name=matter][value=contact]').check();
  // Nothing written: said beside the field, which stays in sight, with what was chosen.
  await form.locator('button[type=submit]').click();
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(form.locator('input[name=matter][value=contact]')).toBeChecked();
  await form.locator('#happened').fill('電話番号を何度も聞かれました。');
  await form.locator('button[type=submit]').click();
  await expect(page).toHaveURL(new RegExp(`${job}\\?done=raised$`));
  await expect(page.locator('#done')).toBeFocused();
  await expect(page.locator('main')).toContainText('担当者が決まるのを待っています。');
  await helper!.page.goto(job);
  await expect(helper!.page.locator('main')).not.toContainText('センターに知らせたこと');

  // The desk without scripts: taken, and closed with an answer only.
  const seat = await Seat.withoutScript(browser, await operator.fresh());
  const { page: desk } = seat;
  await desk.goto('/desk');
  await desk.locator(`a[href="${deskOf(job)}"]`, { hasText: '連絡先を聞かれた' }).click();
  await expect(desk.locator('main')).toContainText('電話番号を何度も聞かれました。');
  await actForm(desk, 'take').locator('button[type=submit]').click();
  await expect(desk).toHaveURL(new RegExp(`${deskOf(job)}\\?done=take$`));
  await page.goto(job);
  await expect(page.locator('main')).toContainText('担当者が確かめています。');
  await actForm(desk, 'find').locator('button[type=submit]').click();
  await expect(desk.locator('#error-summary')).toBeAttached();
  await actForm(desk, 'find').locator('#finding').fill('相手の方と話し、聞かないことになりました。');
  await actForm(desk, 'find').locator('button[type=submit]').click();
  await expect(desk).toHaveURL(new RegExp(`${deskOf(job)}\\?done=find$`));
  await desk.goto('/desk');
  await expect(desk.locator(`a[href="${deskOf(job)}"]`, { hasText: '連絡先を聞かれた' })).toHaveCount(0);
  await seat.leave();
  await page.goto(job);
  await expect(page.locator('main')).toContainText('相手の方と話し、聞かないことになりました。');
});
