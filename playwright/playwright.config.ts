// What is run in a browser, and as whom. The server is started outside: see fixtures/environment.ts.
import { defineConfig, type Project } from '@playwright/test';
import { BROWSER_ARGUMENTS, CHROMIUM, LOOK, ORIGIN, REPORT, WORKERS } from './fixtures/environment';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const desktop = { viewport: { width: 1280, height: 800 } };

const projects: Project[] = [
  // What people do most is walked on both; the rest once.
  { name: 'phone', testMatch: ['journeys/joining.spec.ts', 'journeys/helping.spec.ts'], use: phone },
  { name: 'desktop', testMatch: 'journeys/*.spec.ts', testIgnore: ['journeys/script_off.spec.ts', 'journeys/lapse.spec.ts', 'journeys/points_end.spec.ts'], use: desktop },
  { name: 'script-off', testMatch: 'journeys/script_off.spec.ts', use: phone },
  { name: 'security', testMatch: 'security/*.spec.ts', use: desktop },
  { name: 'accessibility', testMatch: 'accessibility/*.spec.ts', use: phone },
];
// Move the clock by weeks and by a year: after everything else, in this order.
projects.push({ name: 'last', testMatch: ['journeys/lapse.spec.ts', 'journeys/points_end.spec.ts'], use: desktop });
if (LOOK) projects.push({ name: 'look', testMatch: 'screenshots.spec.ts', timeout: 900_000 });

export default defineConfig({
  testDir: '.',
  outputDir: './results',
  globalSetup: './fixtures/setup.ts',
  // The demo has one clock for everybody: a test that moves it must be alone.
  workers: WORKERS,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: REPORT }]],
  use: {
    baseURL: ORIGIN,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: 'only-on-failure',
    trace: 'off',
    launchOptions: {
      executablePath: CHROMIUM,
      args: BROWSER_ARGUMENTS,
    },
  },
  projects,
});
