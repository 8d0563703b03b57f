import { expect } from 'chai';
import { barriersOn } from '../support/axe.ts';
import { type Device, openDevice } from '../support/browser.ts';
import { type ProductServer, startServer } from '../support/server.ts';
import { atDesk, heard, type Seat } from './at-desk.ts';
import { Talk } from './direct-line.ts';

const ALL_DAY = '00:00-24:00';

describe('the supervisor at the desk', function () {
  this.timeout(120_000);
  let server: ProductServer;
  const devices: Device[] = [];

  before(async () => {
    server = await startServer({
      env: { HOURS_WEEKDAY: ALL_DAY, HOURS_SATURDAY: ALL_DAY, HOURS_SUNDAY: ALL_DAY },
    });
  });
  after(async () => {
    for (const device of devices) await device.close();
    await server?.stop();
  });

  async function seat(login: string, width: number): Promise<Seat> {
    const device = await openDevice({ viewport: { width, height: 900 }, touch: false, scale: 1 });
    devices.push(device);
    device.expectFaults(/ERR_ABORTED/);
    const desk = atDesk(await device.open(`${server.url}/console/`));
    await desk.logIn(login, /password +(\S+)/.exec(server.output())?.[1] ?? '');
    return desk;
  }

  it('watches a chat, whispers, gives it to somebody else, takes it over and finds it again', async () => {
    const [first, second, lead] = [
      await seat('agent1', 1280),
      await seat('agent2', 1280),
      await seat('lead', 1920),
    ];
    await first.goOnline();
    const { page } = lead;
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
    await page.getByRole('menuitem', { name: '现场' }).click();
    await page.getByText('现在没有进行中的会话').waitFor();
    expect(await barriersOn(page)).to.deep.equal([]);

    const talk = await Talk.begin(server.url, 'risk-lock');
    await talk.ask('解绑一直失败');
    await talk.ask('转人工');
    await first.mine.getByRole('button', { name: '接起' }).click();
    await page.getByText('接待中 1', { exact: true }).waitFor();
    await first.mine.getByRole('link').first().click();
    await first.says('您好，我在看。');

    await button('查看: 风控锁定').click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('您好，我在看。').waitFor();
    await talk.post('能快一点吗');
    await drawer.getByText('能快一点吗').waitFor();
    expect(await barriersOn(page)).to.deep.equal([]);
    await lead.picture('80-monitor-1920');

    const whisper = drawer.getByRole('textbox', { name: '只说给 A01' });
    await whisper.fill('问问他是不是换了手机号');
    await whisper.press('Enter');
    await first.transcript.getByText('问问他是不是换了手机号').waitFor();

    await second.goOnline();
    await drawer.getByRole('button', { name: '改派' }).click();
    const moving = page.getByRole('dialog', { name: '改派' });
    await moving.getByText('A02 小周').click();
    await moving.getByRole('button', { name: '改派' }).click();
    await first.mine.getByText('手上没有会话').waitFor();
    await second.mine.getByRole('link').first().click();
    await second.transcript.getByText('能快一点吗').waitFor();
    await second.transcript.getByText('问问他是不是换了手机号').waitFor();
    await drawer.getByText('A02 小周').first().waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });

    await lead.goOnline();
    await lead.picture('81-supervise-1920');
    await button('接管: 风控锁定').click();
    await page.getByText('A02 小周 正在接待，接管后由您继续。').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '接管' }).click();
    await lead.says('我是组长，接着帮您看。');
    await heard(talk, '我是组长，接着帮您看。');
    await second.mine.getByText('手上没有会话').waitFor();

    await page.keyboard.press('Alt+w');
    await page.getByRole('dialog').getByText('已解释清楚').click();
    await page.getByRole('dialog').getByRole('button', { name: '结束会话' }).click();
    await page.getByRole('button', { name: '再次接待' }).waitFor();

    await page.getByRole('menuitem', { name: '历史会话' }).click();
    const found = page.getByRole('list', { name: '搜索结果' }).getByRole('link').first();
    await expectFound(lead, '组长 快一点', async () => found.filter({ hasText: '能快一点吗' }).isVisible());
    expect(await barriersOn(page)).to.deep.equal([]);
    await lead.picture('82-search-1920');
    await found.press('Enter');
    await page.getByText('第 1 处，共 2 处').waitFor();
    await page.keyboard.press('j');
    await page.getByText('第 2 处，共 2 处').waitFor();
    expect(await page.locator('.is-found').textContent()).to.include('我是组长');
    expect(await barriersOn(page)).to.deep.equal([]);
    await lead.picture('83-talk-1920');
    for (const device of devices) expect(device.faults()).to.deep.equal([]);
  });
});

/** A talk is archived soon after its end: the search is repeated until it is there. */
async function expectFound({ page }: Seat, words: string, isThere: () => Promise<boolean>): Promise<void> {
  const field = page.getByRole('searchbox', { name: '关键词' });
  for (let tries = 0; tries < 20 && !(await isThere()); tries++) {
    await field.fill(`${words}${' '.repeat(tries % 2)}`);
    await field.press('Enter');
    await page.waitForTimeout(1000);
  }
  expect(await isThere()).to.equal(true);
}
