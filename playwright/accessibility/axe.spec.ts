// axe finds nothing on any page, in any language, light, dark or in forced colours; nothing sticks out at 320 px.
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility';
import { LOCALES, prepare } from '../fixtures/tour';
import { expect, test } from '../fixtures/test';

const LOOKS = [
  ['light', { colorScheme: 'light', forcedColors: 'none' }],
  ['dark', { colorScheme: 'dark', forcedColors: 'none' }],
  ['forced colours', { colorScheme: 'dark', forcedColors: 'active' }],
] as const;

for (const locale of LOCALES) {
  test(`every page in ${locale}`, async ({ browser, people, officer, operator, administrator, clock }) => {
    test.setTimeout(900_000);
    const tour = await prepare(browser, people, { officer, operator, administrator }, clock);
    for (const who of ['guest', 'asker', 'helper', 'officer', 'operator', 'administrator'] as const) await tour[who].goto(`/language/${locale}?next=/`);
    for (const [who, { name, open }] of tour.stops) {
      const page = tour[who];
      await open(page);
      await expect(page.locator('html'), name).toHaveAttribute('data-locale', locale);
      await expect(page.getByRole('heading', { level: 1 }), name).toHaveCount(1);
      for (const [look, media] of LOOKS) {
        await page.emulateMedia(media);
        await expectAccessible(page, `${name}, ${locale}, ${look}`);
      }
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
      const size = page.viewportSize()!;
      await page.setViewportSize({ width: 320, height: 640 });
      await expectNoSidewaysScroll(page, `${name}, ${locale}, 320 px`);
      await page.setViewportSize(size);
    }
    // Browsers of staff are used by other tests as well.
    for (const page of [tour.officer, tour.operator, tour.administrator]) await page.goto('/language/ja?next=/');
    await tour.guest.context().close();
  });
}

test('every text is readable at twice the size', async ({ person }) => {
  const { page } = person;
  for (const path of ['/', '/help', '/help/new', '/wallet', '/me']) {
    await page.goto(path);
    await page.addStyleTag({ content: 'html{font-size:200%!important}' }).catch(() => page.evaluate(() => { document.documentElement.style.fontSize = '200%'; }));
    await expectNoSidewaysScroll(page, path);
  }
});
