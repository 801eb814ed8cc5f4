// Who could help with what: registering, what suits, whom the centre asks, and who is not to meet whom.
import { day } from '../fixtures/calendar';
import { actByPost, askByPost, deskOf, done, fill, offers, request } from '../fixtures/cohelp';
import { actForm } from '../fixtures/forms';
import { register, registration } from '../fixtures/registration';
import { Seat } from '../fixtures/seat';
import { expect, test } from '../fixtures/test';

test('a helper registers, is asked by the centre, and the requester sees why', async ({ officer, operator, people }) => {
  const [asker, helper, far] = await people(3);
  await officer.grant(await asker!.memberNumber(), 1000);
  const { page } = helper!;
  await page.goto('/help/offers');
  await page.getByRole('link', { name: '手伝う人の登録をする' }).click();
  // Nothing ticked: everything that is missing is said at once, and what was chosen is kept.
  await page.locator('input[name=kinds][value=phone]').check();
  await page.locator('form:has([name=kinds]) button[type=submit]').click();
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page.locator('#error-summary a')).toHaveCount(6);
  await expect(page.locator('input[name=kinds][value=phone]')).toBeChecked();
  await register(page, registration());
  await expect(page.locator('#done')).toBeFocused();
  await register(far!.page, registration({ area: 'otonashi', reach: '20000', travel: 'car' }));

  const job = await askByPost(asker!.request, request({ title: '写真の印刷', reward: '300' }));
  await page.goto('/help/offers');
  const suited = page.locator('section', { has: page.getByRole('heading', { name: 'あなたに合いそうなこと' }) });
  await expect(suited.locator('li', { hasText: '写真の印刷' })).toContainText('すぐ近く');

  const { page: desk } = await operator.fresh();
  await desk.goto(deskOf(job));
  await expect(desk.getByRole('heading', { name: 'お願いできそうな人' })).toBeVisible();
  const { origin } = new URL(desk.url());
  const ask = async (number: number) => {
    await desk.goto(deskOf(job));
    const before = await actForm(desk, 'enquire').count();
    await actForm(desk, 'enquire').nth(number).locator('button[type=submit]').click();
    await expect(desk).toHaveURL(`${origin}${deskOf(job)}?done=enquire`);
    await expect(desk.locator('#done')).toBeFocused();
    expect(await actForm(desk, 'enquire').count()).toBeLessThanOrEqual(before);
  };
  // Others of the town may fit as well: asked until it is on the page of this one.
  const waits = async () => {
    await page.goto('/help/offers');
    return (await page.getByRole('heading', { name: 'センターからのお願い' }).count()) > 0;
  };
  for (let asked = 0; asked < 10 && !(await waits()); asked += 1) await ask(0);
  await page.locator(`a[href="${job}"]`).first().click();
  await expect(page.locator('main')).toContainText('センターからあなたへのお願いです');
  await done(page, job, 'decline', 'declined');
  await desk.goto(deskOf(job));
  await expect(desk.locator('main')).toContainText('見送りの返事がありました');
  await done(page, job, 'offer', 'offered', { note: 'やはり伺えます' });
  await done(far!.page, job, 'offer', 'offered', { note: '車で伺えます' });
  await asker!.page.goto(job);
  const cards = asker!.page.locator('section:has(> form:has(input[value=choose]))');
  await expect(cards).toHaveCount(2);
  await expect(cards.nth(0)).toContainText('やはり伺えます');
  await expect(cards.nth(0)).toContainText('すぐ近く');
  await expect(cards.nth(1)).toContainText('キロメートル');
});

test('two who are to keep apart do not meet, and only one of them knows', async ({ officer, people }) => {
  const [asker, helper] = await people(2);
  await officer.grant(await asker!.memberNumber(), 500);
  const job = await askByPost(asker!.request, request({ title: '犬の散歩', reward: '100' }));
  const { page } = helper!;
  await page.goto(job);
  await page.getByText('関わりたくない人がいるとき').click();
  await actForm(page, 'part').locator('button[type=submit]').click();
  await expect(page).toHaveURL(/\/help\/profile\?done=parted$/);
  await expect(page.locator('#done')).toBeFocused();
  expect((await page.goto(job))?.status()).toBe(404);
  await page.goto('/help/offers');
  await expect(page.locator(`a[href="${job}"]`)).toHaveCount(0);
  await asker!.page.goto('/help/profile');
  await expect(asker!.page.locator('main')).not.toContainText('関わらない人');
  await page.goto('/help/profile');
  await page.getByRole('button', { name: 'もとに戻す' }).click();
  await expect(page).toHaveURL(/\/help\/profile\?done=met$/);
  expect((await page.goto(job))?.status()).toBe(200);
});

test('a day is assigned without scripts: the operator keeps a pair, and asks as proposed', async ({
  browser, officer, operator, people,
}) => {
  const [asker, one, other] = await people(3);
  await officer.grant(await asker!.memberNumber(), 1000);
  // Nobody else in these tests helps with visits.
  for (const helper of [one!, other!]) {
    const seat = await Seat.withoutScript(browser, helper);
    await register(seat.page, registration({ kinds: ['visit'] }));
    await seat.leave();
  }
  const on = day(41);
  const jobs = [];
  for (const title of ['将棋の相手', 'お茶の相手']) {
    jobs.push(await askByPost(asker!.request, request({ category: 'visit', title, day: on, reward: '100' })));
  }
  const seat = await Seat.withoutScript(browser, await operator.fresh());
  const { page: desk } = seat;
  await desk.goto(`/desk/day?day=${on}`);
  await expect(desk.locator('[name=pair]')).toHaveCount(2);
  const proposed = await desk.locator('[name=pair]').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
  // The other way round.
  const crossed = `${proposed[0]!.split(':')[0]}:${proposed[1]!.split(':')[1]}`;
  await desk.locator(`select:has(option[value="${crossed}"])`).selectOption(crossed);
  await actForm(desk, 'again').locator('button[type=submit]').click();
  await expect(desk.locator(`[name=pair][value="${crossed}"]`)).toHaveCount(1);
  await expect(desk.locator('main')).toContainText('指定：');
  // By area: a grid of how many there are, whose rows lead to the lists.
  await desk.getByRole('link', { name: '地区ごと' }).click();
  await expect(desk.getByRole('row', { name: /桜戸町/ })).toContainText('2件');
  await desk.getByRole('row', { name: /桜戸町/ }).getByRole('link').click();
  await expect(desk.locator('section:target a')).toHaveCount(2);
  await desk.locator(`select:has(option[value="${crossed}"])`).selectOption(crossed);
  await actForm(desk, 'again').locator('button[type=submit]').click();
  await expect(desk.locator(`[name=pair][value="${crossed}"]`)).toHaveCount(1);
  await actForm(desk, 'enquire').locator('button[type=submit]').click();
  await expect(desk).toHaveURL(new RegExp(`day=${on}&by=area&asked=2&left=0$`));
  await expect(desk.locator('main')).toContainText('2件お願いしました');
  await expect(desk.locator('[name=pair]')).toHaveCount(0);
  await seat.leave();
  for (const helper of [one!, other!]) {
    await helper.page.goto('/help/offers');
    const asked = helper.page.locator('section', { has: helper.page.getByRole('heading', { name: 'センターからのお願い' }) });
    await expect(asked.locator('li')).toHaveCount(1);
    const job = new URL((await asked.locator('a').first().getAttribute('href'))!, helper.page.url()).pathname;
    await actByPost(helper.request, job, { act: 'offer', note: '伺います' });
  }
  for (const job of jobs) expect(await offers(asker!.request, job)).toHaveLength(1);
});

test('somebody who asks in English finds who speaks it; what was ticked is kept', async ({ officer, operator, people }) => {
  const [asker, japanese, english] = await people(3);
  await officer.grant(await asker!.memberNumber(), 500);
  await register(japanese!.page, registration());
  await register(english!.page, registration({ languages: ['ja', 'en'] }));
  const { page } = asker!;
  // In Japanese it is folded away.
  await page.goto('/help/new');
  await expect(page.locator('input[name=spoken][value=en]')).toBeHidden();
  await page.goto('/language/en?next=/help/new');
  await page.goto('/help/new');
  await page.getByLabel('English', { exact: true }).check();
  await page.locator('button[name=step][value=save]').click();
  await expect(page.locator('#done')).toBeVisible();
  await page.goto('/help/new');
  await expect(page.getByLabel('English', { exact: true })).toBeChecked();
  const typed = request({ title: 'Reading a letter', reward: '100' });
  await fill(page, typed);
  await page.locator('form:has(input[name=step]) button[type=submit]').click();
  await expect(page.locator('.mg-list__row', { hasText: 'Languages to speak' })).toContainText('English');
  await page.locator('button[name=step][value=send]').click();
  await expect(page).toHaveURL(/\?done=asked$/);
  const job = new URL(page.url()).pathname;
  await page.goto(`/language/ja?next=${job}`);

  await english!.page.goto('/help/offers');
  const suited = english!.page.locator('section', { has: english!.page.getByRole('heading', { name: 'あなたに合いそうなこと' }) });
  await expect(suited.locator('li', { hasText: typed.title })).toContainText('英語で話せます');
  await japanese!.page.goto('/help/offers');
  const entry = japanese!.page.locator('li', { hasText: typed.title });
  await expect(entry).toContainText('英語');
  await expect(entry).not.toContainText('英語で話せます');
  const { page: desk } = await operator.fresh();
  await desk.goto(deskOf(job));
  const candidates = desk.locator('section', { has: desk.getByRole('heading', { name: 'お願いできそうな人' }) });
  await expect(candidates.locator('form').first()).toBeVisible();
  const spoken = await candidates.getByText('英語で話せます').count();
  expect(await candidates.locator('form').count()).toBe(spoken);
  // Whoever does not speak it may offer all the same.
  await done(japanese!.page, job, 'offer', 'offered', { note: '翻訳アプリを使います' });
});
