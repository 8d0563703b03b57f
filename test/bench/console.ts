import { type Browser, chromium } from 'playwright-core';
import sharp from 'sharp';
import { burn } from '../../src/documents/watermark.ts';
import { type Figure, median } from './figure.ts';
import { startProduct } from './product.ts';

const VISITS = 5;
/** 12 megapixels, as a phone takes them. */
const PHOTO = { width: 4000, height: 3000 };

/** Milliseconds until the login and the page of the chats can be used, by a browser that has nothing of them yet. */
async function visit(
  browser: Browser,
  url: string,
  password: string,
): Promise<[login: number, chats: number]> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  let begun = performance.now();
  await page.goto(`${url}/console/`, { waitUntil: 'commit' });
  await page.getByLabel('登录名').fill('agent1');
  const login = performance.now() - begun;
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '会话', exact: true }).waitFor();
  begun = performance.now();
  await page.goto(`${url}/console/?again`, { waitUntil: 'commit' });
  await page.getByRole('combobox', { name: '我的状态' }).click();
  const chats = performance.now() - begun;
  await context.close();
  return [login, chats];
}

async function pages(): Promise<Figure[]> {
  const product = await startProduct();
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const password = /password +(\S+)/.exec(product.output())?.[1] ?? '';
    const visits: [number, number][] = [];
    for (let n = 0; n < VISITS; n++) visits.push(await visit(browser, product.url, password));
    return [
      {
        name: 'the login can be used',
        figure: median(visits.map(([login]) => login)),
        unit: 'ms',
        goal: 2000,
      },
      {
        name: 'the chats can be used',
        figure: median(visits.map(([, chats]) => chats)),
        unit: 'ms',
        goal: 2000,
      },
    ];
  } finally {
    await browser.close();
    await product.stop();
  }
}

async function watermark(): Promise<Figure> {
  const noise = { type: 'gaussian' as const, mean: 150, sigma: 30 };
  const photo = await sharp({ create: { ...PHOTO, channels: 3, background: 'white', noise } })
    .jpeg({ quality: 90 })
    .toBuffer();
  const took: number[] = [];
  for (let n = 0; n < VISITS; n++) {
    const begun = performance.now();
    await burn(photo, '复核 R01 2026-11-23 20:15');
    took.push(performance.now() - begun);
  }
  return { name: 'watermark on 12 megapixels', figure: median(took), unit: 'ms', goal: 800 };
}

/** How soon the staff's pages can be used, and how long a picture with a watermark takes. */
export const bench = async (): Promise<Figure[]> => [...(await pages()), await watermark()];
