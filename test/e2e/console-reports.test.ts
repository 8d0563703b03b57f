import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { connect } from '../../src/database/connect.ts';
import { createInsights } from '../../src/insight/index.ts';
import { turn } from '../insight/turns.ts';
import { barriersOn } from '../support/axe.ts';
import { type Device, openDevice } from '../support/browser.ts';
import { FakeClock } from '../support/clock.ts';
import { freshPostgres } from '../support/databases.ts';
import { type ProductServer, startServer } from '../support/server.ts';

const HOUR_MS = 3_600_000;

describe('the reports at the desk', function () {
  this.timeout(120_000);
  let server: ProductServer;
  let device: Device;

  before(async () => {
    const databaseUrl = await freshPostgres();
    server = await startServer({ env: { DATABASE_URL: databaseUrl } });
    const database = await connect({ databaseUrl, dataDir: 'memory://' });
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS).toISOString();
    await createInsights({ database, clock: new FakeClock() }).write([
      ...[30, 31, 32].map((hours) => turn(`talk-${hours}`, 1, { at: hoursAgo(hours) })),
      turn('talk-before', 1, { at: hoursAgo(9 * 24) }),
    ]);
    await database.close();
    device = await openDevice({ viewport: { width: 1280, height: 900 }, touch: false, scale: 1 });
  });
  after(async () => {
    await device?.close();
    await server?.stop();
  });

  it('are read, compared, filtered by the keyboard and taken along as a file', async () => {
    // Nobody has logged in yet when the page asks who has.
    const { page } = await device.open(`${server.url}/console/#/reports`);
    await page.getByLabel('登录名').fill('lead');
    await page.getByLabel('密码').fill(/password +(\S+)/.exec(server.output())?.[1] ?? '');
    await page.keyboard.press('Enter');

    const card = page.locator('.report-cards .ant-card').first();
    await card.filter({ hasText: /会话.*3.*↑ \+200%/s }).waitFor();
    await page.locator('.report-chart svg').first().waitFor();
    await page.getByRole('cell', { name: '风控锁定' }).first().waitFor();
    expect(await barriersOn(page)).to.deep.equal([]);

    await card.getByRole('button').focus();
    await page.getByRole('tooltip').filter({ hasText: '客户写过至少一条消息的会话' }).waitFor();

    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载 CSV: 渠道' }).press('Enter');
    const download = await downloading;
    expect(download.suggestedFilename()).to.match(/^channels-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
    expect(readFileSync(await download.path(), 'utf8')).to.equal('\uFEFF渠道,会话,客户消息\r\n网页,3,3\r\n');

    await page.getByRole('combobox', { name: '渠道' }).focus();
    await page.keyboard.type('企业');
    await page.keyboard.press('Enter');
    await page.getByText('这段时间没有数据').first().waitFor();
    await page.getByRole('tab', { name: '人工客服' }).press('Enter');
    await page.locator('.report-cards').filter({ hasText: '转人工率' }).waitFor();
    expect(await barriersOn(page)).to.deep.equal([]);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Nothing in this range').first().waitFor();
    expect(device.faults()).to.deep.equal([]);
  });
});
