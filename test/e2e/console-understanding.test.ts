import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { parse } from 'yaml';
import { connect } from '../../src/database/connect.ts';
import type { Misunderstanding } from '../../src/domain/insight.ts';
import { createInsights } from '../../src/insight/index.ts';
import { turn } from '../insight/turns.ts';
import { type Device, openDevice } from '../support/browser.ts';
import { FakeClock } from '../support/clock.ts';
import { freshPostgres } from '../support/databases.ts';
import { type ProductServer, startServer } from '../support/server.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DAY_MS = 86_400_000;

/** What axe-core finds on the page that keeps people out. */
const barriers = `axe.run().then(({ violations }) => violations
  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
  .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`;

const WORDINGS = ['按钮是灰的', '按钮灰的', '按钮是灰的啊', '这个按钮是灰的'];

function said(seq: number, text: string): Misunderstanding {
  return {
    ...{ conversationId: 'c', seq, at: new Date(Date.now() - 10 * DAY_MS).toISOString(), locale: 'zh-CN' },
    ...{ text, why: 'asked', meant: 'fail_maintenance', topic: null, step: null, intent: 'fail_generic' },
    ...{ confidence: 0.4, decision: 'ask', ranking: [] },
  };
}

describe('what was not understood, at the desk', function () {
  this.timeout(120_000);
  let server: ProductServer;
  let device: Device;

  before(async () => {
    const databaseUrl = await freshPostgres();
    server = await startServer({ env: { DATABASE_URL: databaseUrl } });
    const database = await connect({ databaseUrl, dataDir: 'memory://' });
    await createInsights({ database, clock: new FakeClock() }).write([
      turn('c', 1, { unclear: [...WORDINGS, '你们周末上班吗'].map((text, seq) => said(seq, text)) }),
    ]);
    await database.close();
    device = await openDevice({ viewport: { width: 1280, height: 900 }, touch: false, scale: 1 });
  });
  after(async () => {
    await device?.close();
    await server?.stop();
  });

  it('is read by groups, taken along as phrases, and said to be nothing where there is nothing', async () => {
    const { page } = await device.open(`${server.url}/console/#/understanding`);
    await page.getByLabel('登录名').fill('lead');
    await page.getByLabel('密码').fill(/password +(\S+)/.exec(server.output())?.[1] ?? '');
    await page.keyboard.press('Enter');

    await page.getByText('5 句，分成 2 组').waitFor();
    const group = page.getByRole('row').filter({ hasText: '按钮是灰的' });
    await group.filter({ hasText: /^4.*按钮没反应、系统维护.*反问过 4/s }).waitFor();
    expect(await group.getByRole('listitem').count()).to.equal(3);
    await group.getByRole('button', { name: '展开 4 种说法' }).press('Enter');
    expect(await group.getByRole('listitem').allTextContents()).to.have.members(WORDINGS);
    await page.evaluate(AXE);
    expect(await page.evaluate(barriers)).to.deep.equal([]);

    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: '导出语料' }).press('Enter');
    const download = await downloading;
    expect(download.suggestedFilename()).to.match(/^unclear-\d{4}-\d\d-\d\d\.yml$/);
    const { nlu } = parse(readFileSync(await download.path(), 'utf8')) as { nlu: { intent: string }[] };
    expect(nlu[0]?.intent).to.equal('fail_maintenance');

    await page.getByRole('radiogroup').getByText('7 天', { exact: true }).click();
    await page.getByText('这段时间没有没听懂的话').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Everything was understood in this range').waitFor();
    expect(await page.evaluate(barriers)).to.deep.equal([]);
    expect(device.faults()).to.deep.equal([]);
  });
});
