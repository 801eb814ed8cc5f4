// What a screen reader is told: landmarks, headings, names of links, fields and buttons.
import { prepare } from '../fixtures/tour';
import { expect, test } from '../fixtures/test';

test('the page for people who are not signed in', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - link "本文へ進む"
    - banner:
      - link /めぐり/
      - link "サインイン"
    - main:
      - heading [level=1]
      - link "カードで登録する"
      - link "サインイン"
    - contentinfo
  `);
});

test('joining and signing in', async ({ page, newcomer }) => {
  await page.goto('/join');
  await expect(page.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "カードで登録する" [level=1]
      - button "カードで登録する"
  `);
  await expect(page.locator('main').getByRole('link', { name: 'サインイン' })).toBeVisible();
  await page.goto('/signin');
  await expect(page.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "サインイン" [level=1]
      - button "パスキーでサインイン"
      - status
      - alert
      - link "カードをかざす"
  `);
  await newcomer.presentCard();
  await expect(newcomer.page.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "パスキーを作る" [level=1]
      - textbox /パスキーの名前.*任意/: この端末
      - button "パスキーを作る"
      - status
      - alert
  `);
});

test('the pages of somebody signed in', async ({ browser, people, officer, operator, administrator, clock }) => {
  test.setTimeout(180_000);
  const { asker, helper, officer: desk, guest, stops } = await prepare(browser, people, { officer, operator, administrator }, clock);
  const open = (name: string) => stops.find(([, stop]) => stop.name === name)![1].open(name.includes('helper') || name === 'job-offer' ? helper : asker);
  await open('home');
  await expect(asker.getByRole('navigation')).toMatchAriaSnapshot(`
    - navigation "おもなページ":
      - list:
        - listitem:
          - link "ホーム"
        - listitem:
          - link "助け合い"
        - listitem:
          - link "さいふ"
        - listitem:
          - link "わたし"
  `);
  await expect(asker.locator('main').getByText('つぎにすること')).toBeVisible();
  await open('help');
  await expect(asker.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "助け合い" [level=1]
      - heading "手伝ってほしい" [level=2]:
        - link "手伝ってほしい"
      - heading "手伝いたい" [level=2]:
        - link "手伝いたい"
      - heading "わたしがたのんだこと" [level=2]
      - heading "わたしが手伝うこと" [level=2]
  `);
  await open('help-new');
  await expect(asker.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "手伝ってほしい" [level=1]
      - group /どんな手伝いですか.*必須/:
        - radio "買い物代行"
        - radio "スマホ操作"
      - textbox /ひとことで言うと.*必須/
      - textbox /くわしい内容.*必須/
      - combobox /どの地区ですか.*必須/
      - textbox /いつですか.*必須/
      - combobox /始まりの時間.*必須/
      - combobox /終わりの時間.*必須/
      - textbox /かかりそうな時間.*任意/
      - textbox /お礼のポイント.*必須/
      - button
  `);
  await open('help-check');
  await expect(asker.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "内容を確認する" [level=1]
      - term: どんな手伝いですか
      - definition: スマホ操作
      - button "助けをたのむ"
      - button "変更する"
  `);
  await open('job-offered');
  await expect(asker.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "病院への付き添い" [level=1]
      - button /お願いする/
  `);
  await open('job-offer');
  await expect(helper.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "庭の草取り" [level=1]
      - textbox /ひとこと.*任意/
      - button "手伝うと申し出る"
  `);
  await open('job-paid');
  await expect(asker.locator('main').getByRole('radio', { name: 'とても良かった' }).or(asker.getByRole('radio', { name: 'とてもよかった' }))).toBeVisible();
  await expect(asker.getByRole('button', { name: 'お礼を伝える' })).toBeVisible();
  await open('wallet');
  await expect(asker.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "さいふ" [level=1]
      - heading "使えるポイント" [level=2]
      - link "支払う"
      - heading "最近の記録" [level=2]
  `);
  await open('statement');
  await expect(asker.getByRole('table')).toHaveAccessibleName(/.+/);
  await expect(asker.getByRole('columnheader')).toHaveText(['日時', '内容', 'ポイント']);
  await open('me');
  await expect(asker.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "わたし" [level=1]
      - heading "パスキー" [level=2]
      - link "パスキーを追加する"
  `);
  await desk.goto('/office');
  await expect(desk.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "ポイントを付与する" [level=1]
      - combobox /予算.*必須/
      - textbox /利用者番号.*必須/
      - textbox /付与するポイント.*必須/
      - textbox /理由.*必須/
      - button
  `);
  await guest.context().close();
});
