// An officer takes a grant back; the resident reads why.
import { expect, test } from '../fixtures/test';

test('a grant to the wrong person is taken back, as far as it was not spent', async ({ person, people, officer, ledger }) => {
  const member = await person.memberNumber();
  const grant = await officer.grant(member, 300);
  const { page } = await officer.fresh();
  await page.goto('/office');
  await page.getByRole('link', { name: '付与の訂正' }).click();
  // Somebody else's number: nothing happens, what was typed stays.
  const [other] = await people(1);
  await page.getByLabel('付与の取引番号').fill(String(grant));
  await page.getByLabel('住民の利用者番号').fill(await other!.memberNumber());
  await page.getByLabel('戻すポイント').fill('３００');
  await page.getByLabel('理由').fill('番号のまちがい');
  await page.getByRole('button', { name: '訂正する' }).click();
  await expect(page.locator('#error-summary')).toContainText('その番号の付与は、この方にはありません');
  await expect(page.getByLabel('戻すポイント')).toHaveValue('３００');
  expect(await person.balance()).toEqual({ available: 300, held: 0 });
  await page.getByLabel('住民の利用者番号').fill(member);
  await page.getByLabel('戻すポイント').fill('150');
  // Pressed twice in a hurry it is one correction.
  await page.getByRole('button', { name: '訂正する' }).dblclick();
  await expect(page.getByRole('status')).toContainText('訂正しました');
  expect(await person.balance()).toEqual({ available: 150, held: 0 });
  await page.getByLabel('付与の取引番号').fill(String(grant));
  await page.getByLabel('住民の利用者番号').fill(member);
  await page.getByLabel('戻すポイント').fill('150');
  await page.getByLabel('理由').fill('番号のまちがい');
  await page.getByRole('button', { name: '訂正する' }).click();
  await expect(page.getByRole('status')).toContainText('訂正しました');
  expect(await person.balance()).toEqual({ available: 0, held: 0 });
  await person.page.goto('/wallet/statement');
  await expect(person.page.getByRole('row', { name: /市からの付与の訂正.+番号のまちがい.+−150/ }).first()).toBeVisible();
  await person.page.goto('/me/log');
  await expect(person.page.getByText('市が付与した150ポイントを取り消しました（理由：番号のまちがい）').first()).toBeVisible();
  expect((await ledger()).sum).toBe(0);
});
