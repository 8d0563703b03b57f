import { expect } from 'chai';
import { connect } from '../../../src/database/connect.ts';
import type { Database } from '../../../src/database/database.ts';
import { columnsOf, REPORT_NAMES } from '../../../src/domain/report.ts';
import { createInsights } from '../../../src/insight/index.ts';
import { turn } from '../../insight/turns.ts';
import { FakeClock } from '../../support/clock.ts';
import { Browser, type DeskServer, startDesk } from '../client.ts';

const RANGE = 'from=2026-11-23T00:00&to=2026-11-24T00:00';

describe('the desk’s reports', function () {
  this.timeout(60_000);
  const clock = new FakeClock();
  let database: Database;
  let desk: DeskServer;
  let browser: Browser;

  before(async () => {
    database = await connect({ dataDir: 'memory://' });
    desk = await startDesk(database, clock);
    browser = new Browser(desk.url);
    await browser.logIn((await desk.hire('boss', ['supervisor'])).login);
    await createInsights({ database, clock }).write([
      turn('secret-conversation', 1, { topic: '=cmd()', entered: ['=cmd()', 'risk-lock'] }),
    ]);
  });
  after(async () => {
    await desk.close();
    await database.close();
  });

  const file = async (path: string) => {
    const response = await fetch(`${desk.url}/api/console${path}`, { headers: { cookie: browser.cookie } });
    // `text()` takes the mark at the beginning away.
    return { response, text: Buffer.from(await response.arrayBuffer()).toString('utf8') };
  };

  it('says what every column of every report means, in both languages', async () => {
    for (const lang of ['zh-CN', 'en']) {
      const { body } = await browser.request('GET', `/reports?lang=${lang}`);
      const { metrics, timeZone } = body as { metrics: Record<string, { means: string }>; timeZone: string };
      const columns = new Set(REPORT_NAMES.flatMap((name) => columnsOf(name).map(([column]) => column)));
      expect(Object.keys(metrics).sort()).to.deep.equal([...columns].sort());
      expect(timeZone).to.equal('Asia/Shanghai');
    }
  });

  for (const name of REPORT_NAMES)
    it(`answers ${name} with its columns, as rows and as a file`, async () => {
      const { status, body } = await browser.request('GET', `/reports/${name}?${RANGE}`);
      const { rows } = body as { rows: Record<string, unknown>[] };
      const columns = columnsOf(name).map(([column]) => column);
      expect(status).to.equal(200);
      for (const row of rows) expect(Object.keys(row)).to.have.members(columns);
      const { response, text } = await file(`/reports/${name}.csv?${RANGE}&lang=en`);
      expect(response.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
      expect(response.headers.get('content-disposition')).to.match(/^attachment; filename="[\w-]+\.csv"$/);
      expect(text.split('\r\n')).to.have.length(rows.length + 2);
      expect(JSON.stringify(body) + text).not.to.include('secret-conversation');
    });

  it('names what it exports, and disarms what could be a formula', async () => {
    const { text } = await file(`/reports/topics.csv?${RANGE}`);
    expect(text.split('\r\n').slice(0, 3)).to.deep.equal([
      '\uFEFF主题,进入,已解决,提交审核,订了提醒,转人工,离开,转到别的主题',
      "'=cmd(),1,0,0,0,0,0,0",
      '风控锁定,1,0,0,0,0,0,0',
    ]);
  });

  for (const [what, query] of [
    ['a range that ends before it begins', 'from=2026-11-24T00:00&to=2026-11-23T00:00'],
    ['more than a year', 'from=2025-11-01T00:00&to=2026-11-23T00:00'],
    ['hours over more than a month', 'from=2026-10-01T00:00&to=2026-11-23T00:00&bucket=hour'],
    ['a day that does not exist', 'from=2026-02-30T00:00&to=2026-03-05T00:00'],
    ['no time at all', `from=yesterday&to=today`],
    ['a bucket of its own', `${RANGE}&bucket=second`],
    ['a filter that is no name', `${RANGE}&topic=${encodeURIComponent("x'; --\0")}`],
  ])
    it(`refuses ${what}`, async () => {
      expect((await browser.request('GET', `/reports/trend?${query}`)).status).to.equal(400);
    });
});
