// Pictures of every page, for people to look at. Run with MEGURI_LOOK=1.
import { mkdirSync } from 'node:fs';
import { LOOK_FOLDER } from './fixtures/environment';
import { LOCALES, prepare } from './fixtures/tour';
import { test } from './fixtures/test';

const SIZES = [[360, 740], [390, 844], [1280, 800], [1920, 1080]] as const;

for (const locale of LOCALES) {
  test(`every page in ${locale}`, async ({ browser, people, officer, operator, administrator, clock }) => {
    const tour = await prepare(browser, people, { officer, operator, administrator }, clock);
    for (const who of ['guest', 'asker', 'helper', 'officer', 'operator', 'administrator'] as const) await tour[who].goto(`/language/${locale}?next=/`);
    mkdirSync(LOOK_FOLDER, { recursive: true });
    for (const [who, { name, open }] of tour.stops) {
      const page = tour[who];
      await open(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const [width, height] of SIZES) {
          await page.setViewportSize({ width, height });
          await page.screenshot({ path: `${LOOK_FOLDER}/${name}.${locale}.${colorScheme}.${width}.png`, fullPage: width < 1920 });
        }
      }
    }
    for (const page of [tour.officer, tour.operator, tour.administrator]) await page.goto('/language/ja?next=/');
    await tour.guest.context().close();
  });
}
