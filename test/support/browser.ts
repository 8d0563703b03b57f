import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PHONE = { width: 360, height: 740 };
const DEADLINE_MS = 15_000;

let browser: Promise<Browser> | undefined;

/** The one Chromium of a run. */
function sharedBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  browser ??= chromium.launch({ executablePath, args: ARGUMENTS });
  return browser;
}

after(async function closeSharedBrowser() {
  this.timeout(20_000);
  await (await browser)?.close();
});

/** A customer's device with its own storage. */
export interface Device {
  context: BrowserContext;
  /** Opens an address in a new tab. */
  open(url: string): Promise<Tab>;
  /** Script errors, console errors and failed requests so far, except those that were announced. */
  faults(): string[];
  /** From here on faults that match belong to the test, such as those of a server that is down. */
  expectFaults(pattern: RegExp): void;
  close(): Promise<void>;
}

/** A page with the widget on it. */
export interface Tab {
  page: Page;
  /** The chat inside its frame. */
  chat: FrameLocator;
  /** Opens the widget by its button. */
  openWidget(): Promise<void>;
  /** Writes a message and sends it with Enter. */
  say(text: string): Promise<void>;
  /** Presses the quick reply with this title. */
  choose(title: string): Promise<void>;
  /** Waits for the text in a message of the bot. */
  hears(text: string | RegExp): Promise<void>;
  /** Words of all messages on screen, oldest first. */
  bubbles(): Promise<string[]>;
  /** Hands a file to the newest upload card and presses its button. */
  upload(file: Buffer, name?: string, mimeType?: string): Promise<void>;
  /** Saves a picture of the screen in the folder named by `E2E_SCREENSHOTS`, if it is set. */
  picture(name: string): Promise<void>;
}

/** A phone unless told otherwise. */
export async function openDevice(
  options: { viewport?: { width: number; height: number }; touch?: boolean; scale?: number } = {},
): Promise<Device> {
  const { viewport = PHONE, touch = true, scale = 2 } = options;
  const context = await (await sharedBrowser()).newContext({
    viewport,
    deviceScaleFactor: scale,
    hasTouch: touch,
    isMobile: touch,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(DEADLINE_MS);
  const faults: string[] = [];
  const expected: RegExp[] = [];
  const note = (fault: string) => {
    if (!expected.some((pattern) => pattern.test(fault))) faults.push(fault);
  };
  context.on('weberror', (error) => note(`script: ${error.error().stack ?? error.error()}`));
  context.on('console', (message) => {
    if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('requestfailed', (request) =>
    note(`failed: ${request.method()} ${request.url()} ${request.failure()?.errorText}`),
  );
  context.on('response', (response) => {
    if (response.status() >= 400)
      note(`${response.status()}: ${response.request().method()} ${response.url()}`);
  });
  return {
    context,
    async open(url) {
      const page = await context.newPage();
      await page.goto(url);
      return tabOf(page);
    },
    faults: () => [...faults],
    expectFaults: (pattern) => void expected.push(pattern),
    close: () => context.close(),
  };
}

function tabOf(page: Page): Tab {
  // By place, since their names are in the language of the conversation.
  const chat = page.frameLocator('.panel iframe');
  const writing = chat.locator('.composer textarea');
  return {
    page,
    chat,
    async openWidget() {
      await page.locator('button.launcher').click();
      await writing.waitFor();
    },
    async say(text) {
      await writing.fill(text);
      await writing.press('Enter');
    },
    choose: (title) => chat.locator('.replies').getByRole('button', { name: title, exact: true }).click(),
    hears: (text) => chat.locator('.message:not(.is-customer)').filter({ hasText: text }).last().waitFor(),
    bubbles: () => chat.locator('.bubble').allInnerTexts(),
    async upload(file, name = 'photo.jpg', mimeType = 'image/jpeg') {
      const card = chat
        .locator('section.upload')
        .filter({ has: page.locator('input[type=file]') })
        .last();
      await card.locator('input[type=file]').last().setInputFiles({ name, mimeType, buffer: file });
      await chat.getByRole('button', { name: '同意并上传' }).click();
    },
    async picture(name) {
      const folder = process.env.E2E_SCREENSHOTS;
      if (!folder) return;
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`) });
    },
  };
}
