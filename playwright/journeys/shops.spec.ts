// Paying in town: by the shop's number, by a code, with a coupon; and getting it back.
import { makeCode, shopOf, take, toConfirm } from '../fixtures/shops';
import { expect, test } from '../fixtures/test';

test('an officer registers a shop, and its clerk reads so', async ({ officer, people }) => {
  const [clerk] = await people(1);
  const { page } = await officer.fresh();
  await page.goto('/office');
  await page.getByRole('link', { name: '加盟店' }).click();
  await page.getByRole('button', { name: '登録する' }).click();
  for (const field of ['name', 'trade', 'member']) await expect(page.locator(`#error-summary a[href="#${field}"]`)).toBeVisible();
  await page.getByLabel('店名').fill('こもれび書店');
  await page.getByLabel('業種').selectOption('books');
  await page.locator('#member').fill(await clerk!.memberNumber());
  await page.getByRole('button', { name: '登録する' }).dblclick();
  const words = await page.getByRole('status').innerText();
  const number = words.match(/\d{3}-\d{4}/)?.[0].replace('-', '');
  expect(number, words).toBeTruthy();
  expect(await page.getByText(words.match(/\d{3}-\d{4}/)![0], { exact: true }).count(), 'pressed twice, it is one shop').toBe(1);
  const clerks = clerk!.page;
  await clerks.goto('/me/log');
  await expect(clerks.getByText('市が、あなたを「こもれび書店」の会計係にしました').first()).toBeVisible();
  await clerks.goto('/wallet');
  await clerks.getByRole('link', { name: 'こもれび書店' }).click();
  await expect(clerks).toHaveURL(new RegExp(`/shop/${number}$`));
  await expect(clerks.getByText('まだ支払いはありません')).toBeVisible();
});

test('a shop is paid by its number, whatever is reloaded or pressed twice', async ({ person, people, officer, ledger }) => {
  const [clerk] = await people(1);
  const shop = await shopOf(officer, clerk!, 'こだま商店', 'groceries');
  await officer.grant(await person.memberNumber(), 1000);
  const { page } = person;
  await toConfirm(page, shop, '１，２００');
  await expect(page.locator('#error-summary')).toContainText('あと200足りません');
  await expect(page.locator('#amount')).toHaveValue('１，２００');
  await page.reload();
  await expect(page.locator('#error-summary')).toContainText('あと200足りません');
  await toConfirm(page, shop, '４００');
  await expect(page).toHaveURL(/amount=400$/);
  await page.reload();
  await expect(page.locator('main')).toContainText('こだま商店');
  await page.getByRole('button', { name: '400ポイントを支払う' }).dblclick();
  await expect(page).toHaveURL(/\/wallet\/done\/\d+$/);
  await page.reload();
  await expect(page.getByText('こだま商店での買い物').first()).toBeVisible();
  expect(await person.balance()).toEqual({ available: 600, held: 0 });
  await clerk!.page.goto(`/shop/${shop.number}`);
  await expect(clerk!.page.getByText('今日の売上')).toBeVisible();
  await expect(clerk!.page.getByText('+400')).toHaveCount(1);
  expect((await ledger()).sum).toBe(0);
});

test('a number that is nobody\'s, and a shop that is stopped', async ({ person, people, officer }) => {
  const [clerk] = await people(1);
  const shop = await shopOf(officer, clerk!, 'ひより堂', 'goods');
  await officer.grant(await person.memberNumber(), 100);
  const { page } = person;
  for (const [typed, says] of [['', '「お店の番号」を書いてください'], ['1234567', '7けたの番号です'], ['100-0058', 'その番号のお店はありません']] as const) {
    await page.goto('/wallet/shop');
    await page.locator('#shop').fill(typed);
    await page.locator('form:has(#shop) button[type=submit]').click();
    await expect(page.locator('#error-summary'), typed).toContainText(says);
    await expect(page.locator('#shop'), typed).toHaveValue(typed === '100-0058' ? '1000058' : typed);
  }
  const desk = (await officer.fresh()).page;
  await desk.goto('/office/shops');
  const card = desk.locator('section.mg-card', { has: desk.locator(`input[name=shop][value="${shop.number}"]`) });
  await card.getByRole('button', { name: '受け付けを止める' }).click();
  await expect(desk.getByRole('status')).toContainText('変更しました');
  await page.goto(`/wallet/shop/${shop.number}?amount=50`);
  await expect(page.locator('main')).toContainText('いまポイントを受け付けていません');
  await expect(page.getByRole('button', { name: /支払う/ })).toHaveCount(0);
});

test('a code shown at the counter pays once', async ({ person, people, officer, ledger }) => {
  const [clerk] = await people(1);
  const shop = await shopOf(officer, clerk!, 'うみかぜ食堂', 'dining');
  await officer.grant(await person.memberNumber(), 1000);
  const code = await makeCode(person.page, '600');
  await expect(person.page.getByRole('img', { name: '支払いコードのQRコード' })).toBeVisible();
  await person.page.reload();
  await expect(person.page.locator('main'), 'the same code as often as it is looked at').toContainText(code);
  const till = clerk!.page;
  await take(till, shop, code, '601');
  await expect(till.locator('#error-summary')).toContainText('上限は600ポイント');
  await take(till, shop, code.toLowerCase().replaceAll('-', ' '), '５００');
  await expect(till).toHaveURL(/\/sale\/\d+$/);
  await expect(till.getByText('うみかぜ食堂が500ポイントを受け取りました。')).toBeVisible();
  await till.reload();
  await expect(till.getByText('うみかぜ食堂が500ポイントを受け取りました。')).toBeVisible();
  // Shown once more, by a photograph say, it pays nothing: neither as much again nor anything else.
  for (const amount of ['500', '100']) {
    await take(till, shop, code, amount);
    await expect(till.locator('main'), amount).toContainText('このコードは、すでに使われています');
  }
  await person.page.getByRole('link', { name: '支払いが済んだか確かめる' }).click();
  await person.page.getByRole('link', { name: '支払いの内容を見る' }).click();
  await expect(person.page.getByText('うみかぜ食堂での買い物').first()).toBeVisible();
  await take(till, shop, 'ABCD-EFGH-JKMN-PQRS', '100');
  await expect(till.locator('#error-summary')).toContainText('このコードは見つかりません');
  expect(await person.balance()).toEqual({ available: 500, held: 0 });
  expect((await ledger()).sum).toBe(0);
});

test('a coupon is taken where it is meant for, mixed with points, and comes back as a coupon', async ({ person, people, officer, ledger }) => {
  const [clerk] = await people(1);
  const books = await shopOf(officer, clerk!, 'あさひ書房', 'books');
  const diner = await shopOf(officer, clerk!, 'みなと亭', 'dining');
  const member = await person.memberNumber();
  await officer.grant(member, 300);
  await officer.grant(member, 500, 'akachan');
  const { page } = person;
  await page.goto('/wallet');
  await expect(page.getByText('子育てクーポン')).toBeVisible();
  await toConfirm(page, diner, '400');
  await expect(page.locator('#error-summary')).toContainText('あと100足りません');
  await expect(page.locator('main')).toContainText('このお店では、子育てクーポンは使えません。');
  await toConfirm(page, books, '600');
  await expect(page.locator('main')).toContainText('子育てクーポン 500ポイント＋ポイント 100ポイント');
  await page.getByRole('button', { name: '600ポイントを支払う' }).click();
  await expect(page).toHaveURL(/\/wallet\/done\/\d+$/);
  const seq = page.url().split('/').at(-1)!;
  // Two ways where two would do: the one that is chosen.
  await toConfirm(page, books, '0');
  await expect(page.locator('#error-summary')).toContainText('1ポイント以上');
  const till = clerk!.page;
  await till.goto(`/shop/${books.number}/sale/${seq}`);
  await till.locator('#amount').fill('700');
  await till.locator('#reason').fill('返品');
  await till.getByRole('button', { name: '返金する' }).click();
  await expect(till.locator('#error-summary')).toContainText('お店の残高が100ポイント足りません');
  await till.locator('#amount').fill('350');
  await till.getByRole('button', { name: '返金する' }).dblclick();
  await expect(till.getByText('お客さまに350ポイントを返しました。')).toBeVisible();
  // The hundred points are back, and half of the coupon: not a point more.
  expect(await person.balance()).toEqual({ available: 300, held: 0 });
  await expect(page.getByText(/^250ポイント（うち250ポイントは/)).toBeVisible();
  await page.goto('/wallet/statement');
  await expect(page.getByRole('row', { name: /あさひ書房からの返金.+返品.+\+350/ })).toBeVisible();
  await toConfirm(page, books, '200');
  await page.getByLabel(/^ポイントだけで支払う/).check();
  await page.getByRole('button', { name: '200ポイントを支払う' }).click();
  await expect(page).toHaveURL(/\/wallet\/done\/\d+$/);
  expect(await person.balance()).toEqual({ available: 100, held: 0 });
  expect((await ledger()).sum).toBe(0);
});
