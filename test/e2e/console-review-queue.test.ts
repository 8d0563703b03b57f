import { expect } from 'chai';
import { sql } from 'drizzle-orm';
import { connect } from '../../src/database/connect.ts';
import { barriersOn } from '../support/axe.ts';
import { type Device, openDevice, type Tab } from '../support/browser.ts';
import { freshPostgres } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { type ProductServer, startServer } from '../support/server.ts';
import { logIn } from './review-desk.ts';

/** Cases of two kinds, one a minute, the first of them late. */
const FILL = sql`
  insert into cases (id, number, kind, state, conversation_id, customer_id, card_last4, required_slots,
    returned_slots, idempotency_key, created_at, submitted_at, breach_at, updated_at, version)
  select gen_random_uuid(), 'JB20261120' || lpad(n::text, 6, '0'),
    (array['risk-lock', 'card-status'])[n % 2 + 1], 'submitted',
    'c-' || n, 'customer-' || n % 700, lpad((n % 997)::text, 4, '0'), '[]', '[]', 'queue-' || n, t, t, t, t, 1
  from generate_series(1, 10000) n,
    lateral (select now() + (n - 500) * interval '1 minute' as t) times`;

/** More would be slow to lay out. */
const MOST_ROWS = 60;

describe('a queue of 10,000 cases', function () {
  this.timeout(120_000);
  let server: ProductServer;
  let device: Device;
  let tab: Tab;

  before(async () => {
    const databaseUrl = await freshPostgres();
    server = await startServer({ env: { DATABASE_URL: databaseUrl } });
    const database = await connect({ databaseUrl, dataDir: 'memory://' });
    await database.run((db) => db.execute(FILL));
    await database.close();
    device = await openDevice({ viewport: { width: 1920, height: 1080 }, touch: false, scale: 1 });
    device.expectFaults(/401|ERR_ABORTED/);
    tab = await logIn(device, { server, login: 'reviewer1', path: '/review' });
  });
  after(async () => {
    await device?.close();
    await server?.stop();
  });
  afterEach(() => expect(device.faults()).to.deep.equal([]));

  const rows = () => tab.page.locator('.case-row').count();
  const first = () => tab.page.locator('.case-row').first();

  it('is scrolled page after page with only the rows in sight on the page', async () => {
    await first().filter({ hasText: 'JB20261120000001' }).filter({ hasText: '超 8 小时' }).waitFor();
    await tab.page.getByText('待处理 10000').waitFor();
    await tab.picture('80-queue-1920');
    const list = tab.page.locator('.case-list');
    for (const loaded of [200, 300, 400, 500]) {
      await list.hover();
      await tab.page.mouse.wheel(0, 1_000_000);
      await tab.page.getByText(`已载入 ${loaded} 件`).waitFor();
      expect(await rows()).to.be.below(MOST_ROWS);
    }
    expect(await barriersOn(tab.page)).to.deep.equal([]);
  });

  it('is filtered by what is late, by kind and by number', async () => {
    await tab.page.getByText(/已超时 4\d\d|已超时 500/).click();
    await first().filter({ hasText: 'JB20261120000001' }).waitFor();
    await tab.page.getByRole('combobox', { name: '类型' }).focus();
    await tab.page.keyboard.type('风控');
    await tab.page.keyboard.press('Enter');
    await first().filter({ hasText: 'JB20261120000002' }).waitFor();
    await tab.page.getByText(/^待处理/).click();
    await tab.page.keyboard.press('/');
    await tab.page.keyboard.type('JB2026112000123');
    await eventually(async () => expect(await rows()).to.equal(5));
    await tab.page.getByText('共 5 件').waitFor();
    await tab.page.getByLabel('案件号或卡尾号').fill('zz');
    await tab.page.getByText('没有符合条件的案件').waitFor();
    await tab.picture('81-nothing');
    await tab.page.getByRole('button', { name: '清除筛选' }).click();
    await first().filter({ hasText: 'JB20261120000001' }).waitFor();
  });

  it('is walked by keys; the list is as it was on the way back; the next free case is one key away', async () => {
    for (let step = 0; step < 3; step++) await tab.page.keyboard.press('j');
    await tab.page.keyboard.press('k');
    await tab.page.keyboard.press('Enter');
    await tab.page.getByRole('heading', { name: 'JB20261120000002' }).waitFor();
    await tab.page.getByText('这个案件没有材料。').first().waitFor();
    await tab.picture('82-no-documents-1920');
    await tab.page.keyboard.press('c');
    await tab.page.getByText(/我认领着/).waitFor();
    await tab.page.keyboard.press('n');
    await tab.page.getByRole('heading', { name: 'JB20261120000001' }).waitFor();
    await tab.page.keyboard.press('u');
    await tab.page.locator('.case-row', { hasText: 'JB20261120000002' }).filter({ hasText: '我' }).waitFor();
  });

  it('speaks English, and tells how long documents are kept', async () => {
    await tab.page.getByRole('button', { name: 'English' }).click();
    await tab.page.getByRole('tab', { name: 'Retention' }).click();
    await tab.page.getByRole('cell', { name: 'ID in hand' }).waitFor();
    expect(await barriersOn(tab.page)).to.deep.equal([]);
    await tab.picture('83-retention');
    await tab.page.getByRole('tab', { name: 'Queue' }).click();
    await tab.page.getByText('Free').first().waitFor();
    await tab.picture('84-queue-en');
  });
});
