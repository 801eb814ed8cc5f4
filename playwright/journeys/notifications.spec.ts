// What the two are told: the start page says that there is something, the list says what, and each line leads to its request.
import { actByPost, askByPost, introduce, offers, request } from '../fixtures/cohelp';
import { Seat } from '../fixtures/seat';
import { expect, test } from '../fixtures/test';

test('each is told what the other one did, with and without scripts', async ({ browser, officer, operator, people }) => {
  const [asker, helper] = await people(2);
  await officer.grant(await asker!.memberNumber(), 500);
  const job = await askByPost(asker!.request, request({ title: '網戸の張り替え', reward: '100' }));
  const { page } = asker!;
  await page.goto('/');
  await expect(page.locator('main')).not.toContainText('新しいお知らせ');
  await actByPost(helper!.request, job, { act: 'offer', note: '伺えます' });

  await page.goto('/');
  await page.getByRole('region', { name: '新しいお知らせが1件あります' }).getByRole('link').click();
  await expect(page).toHaveURL(/\/notifications$/);
  const line = page.locator('main li');
  await expect(line).toHaveCount(1);
  await expect(line).toContainText('網戸の張り替え');
  await expect(line).toContainText('新着');
  await line.getByRole('link', { name: '手伝えるという申し出がありました' }).click();
  await expect(page).toHaveURL(new RegExp(`${job}$`));
  await page.goto('/');
  await expect(page.locator('main')).not.toContainText('新しいお知らせ');
  await page.goto('/notifications');
  await expect(line).not.toContainText('新着');

  // The helper reads without scripts.
  await actByPost(asker!.request, job, { act: 'choose', offer: (await offers(asker!.request, job))[0]! });
  await introduce((await operator.fresh()).page, job);
  const seat = await Seat.withoutScript(browser, helper!);
  await seat.page.goto('/notifications');
  const said = ['3人での顔合わせが済みました', '手伝いが決まりました'];
  await expect(seat.page.locator('main li').getByRole('link')).toHaveText(said);
  await actByPost(asker!.request, job, { act: 'cancel', reason: '体調が悪くなりました' });
  await seat.page.goto('/');
  await expect(seat.page.locator('main')).toContainText('新しいお知らせが1件あります');
  await seat.page.goto('/notifications');
  await expect(seat.page.locator('main li').getByRole('link').first()).toHaveText('このたのみごとは終わりになりました。くわしくは、開いてごらんください');
  await seat.leave();
});
