import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { Browser } from '../console/client.ts';
import { barriersOn } from '../support/axe.ts';
import { type Device, openDevice, type Tab } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { type ProductServer, startServer } from '../support/server.ts';
import { Talk } from './direct-line.ts';

const ALL_DAY = '00:00-23:59';

/** A page of the desk, as its agent works with it. */
function atDesk({ page, picture }: Tab) {
  const box = (name: string) => page.getByRole('combobox', { name, exact: true });
  return {
    page,
    picture,
    async logIn(login: string, password: string) {
      await page.getByLabel('登录名').fill(login);
      await page.getByLabel('密码').fill(password);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '会话', exact: true }).waitFor();
    },
    async goOnline() {
      await page.getByRole('combobox', { name: '我的状态' }).click();
      await page.locator('.ant-select-item-option').filter({ hasText: '在线' }).click();
      await page.getByText('您现在离线').waitFor({ state: 'detached' });
    },
    mine: page.getByRole('region', { name: '我的会话' }),
    waiting: page.getByRole('region', { name: '等待接待' }),
    transcript: page.getByRole('log'),
    reply: box('回复客户'),
    note: box('内部备注'),
    async says(text: string) {
      await box('回复客户').fill(text);
      await box('回复客户').press('Enter');
      await page.getByRole('log').getByText(text, { exact: true }).waitFor();
    },
  };
}
type Seat = ReturnType<typeof atDesk>;

const heard = (talk: Talk, text: string) =>
  eventually(async () => (await talk.said()).some((said) => said.text?.includes(text)), 10_000);

describe('the chats at the desk', function () {
  this.timeout(120_000);
  let server: ProductServer;
  let password: string;
  const devices: Device[] = [];

  before(async () => {
    const hours = { HOURS_WEEKDAY: ALL_DAY, HOURS_SATURDAY: ALL_DAY, HOURS_SUNDAY: ALL_DAY };
    server = await startServer({ env: hours });
    password = /password +(\S+)/.exec(server.output())?.[1] ?? '';
    const lead = new Browser(server.url);
    await lead.logIn('lead', password);
    for (const [shortcut, title, text] of [
      ['wh', '问好', '{{customer}}您好，我是客服 {{agent}}，正在看您的情况。'],
      ['sh', '审核时间', '案件 {{case}} 一般一到三个工作日有结果。'],
    ]) {
      const body = { shortcut, title, text, shared: true };
      expect((await lead.request('POST', '/quick-replies', body)).status).to.equal(201);
    }
  });
  after(async () => {
    for (const device of devices) await device.close();
    await server?.stop();
  });

  async function seat(login: string, width: number): Promise<Seat> {
    const device = await openDevice({ viewport: { width, height: 900 }, touch: false, scale: 1 });
    devices.push(device);
    // A reading that is begun anew because something has changed.
    device.expectFaults(/ERR_ABORTED/);
    const desk = atDesk(await device.open(`${server.url}/console/`));
    await desk.logIn(login, password);
    return desk;
  }

  const noBarriers = async (page: Page) => expect(await barriersOn(page)).to.deep.equal([]);

  it('a customer is taken from the queue, answered, passed on with a note and said goodbye to', async () => {
    const first = await seat('agent1', 1280);
    const second = await seat('agent2', 1920);
    await first.page.getByText('您现在离线，接不到会话').waitFor();
    await noBarriers(first.page);
    await first.goOnline();

    const talk = await Talk.begin(server.url, 'risk-lock');
    await talk.ask('解绑一直失败');
    await talk.ask('转人工');
    await first.mine.getByRole('button', { name: '接起' }).waitFor();
    await first.picture('60-offer-1280');
    await first.mine.getByRole('link').first().click();
    await first.page.getByText('还在排队，接待后才能回复').waitFor();
    await first.mine.getByRole('button', { name: '接起' }).click();

    await first.transcript
      .getByRole('region', { name: '机器人接待' })
      .getByText('解绑一直失败')
      .last()
      .waitFor();
    const boundary = first.transcript.getByRole('region', { name: '从这里转人工' });
    await boundary.getByText('风控锁定').first().waitFor();
    await first.page.getByRole('complementary', { name: '客户' }).getByText('风控锁定').first().waitFor();
    await first.transcript.getByText('客服 A01 接待').waitFor();

    await first.reply.fill('/wh');
    await first.page.getByRole('option', { name: /问好/ }).waitFor();
    await first.picture('61-quick-replies-1280');
    await first.reply.press('Enter');
    await first.reply.press('Enter');
    await heard(talk, '您好，我是客服 A01，正在看您的情况。');

    await first.reply.fill('请把短信验证码发给我');
    await first.page.getByRole('alert').getByText('不能向客户索要验证码').waitFor();
    expect(await first.page.getByRole('button', { name: '发送', exact: true }).isDisabled()).to.equal(true);
    await first.picture('62-secret-1280');
    await noBarriers(first.page);
    await first.reply.fill('');

    await talk.post('我提交了材料，<b>什么时候</b>能好？');
    await first.transcript.getByText('我提交了材料，<b>什么时候</b>能好？').waitFor();

    await first.says('发错了');
    const wrong = first.transcript.getByRole('article').filter({ hasText: '发错了' });
    await wrong.getByRole('button', { name: /^撤回/ }).click();
    await first.transcript.getByText('已撤回').waitFor();
    await eventually(async () => (await talk.said()).some(({ type }) => type === 'messageDelete'));

    await first.page.keyboard.press('Alt+i');
    await first.note.fill('客户着急，@A02 帮忙看看');
    await first.note.press('Enter');
    await first.transcript.getByText('客户着急，@A02 帮忙看看').waitFor();
    await first.page.keyboard.press('Alt+r');
    await first.reply.fill('这句先不发');
    await first.picture('63-chat-1280');

    await second.goOnline();
    await first.page.keyboard.press('Alt+t');
    const dialog = first.page.getByRole('dialog');
    await dialog.getByText('A02 小周').click();
    await dialog.getByLabel('交接说明').fill('材料已交，请跟进审核');
    await first.picture('64-transfer-1280');
    await dialog.getByRole('button', { name: '转接' }).click();
    await first.mine.getByText('手上没有会话').waitFor();

    await second.mine.getByRole('link').first().click();
    await second.transcript.getByText('材料已交，请跟进审核').waitFor();
    await second.transcript.getByText('客户着急，@A02 帮忙看看').waitFor();
    await second.says('您好，我接着帮您看。');
    await heard(talk, '我接着帮您看');
    await noBarriers(second.page);
    await second.picture('65-chat-1920');
    await second.page.getByRole('button', { name: 'English' }).click();
    await second.page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
    await second.picture('66-en-1920');
    await second.page.getByRole('button', { name: '中文' }).click();

    await second.page.keyboard.press('Alt+w');
    const closing = second.page.getByRole('dialog');
    await closing.getByText('已解释清楚').click();
    await closing.getByLabel('给客户的总结').fill('审核一到三个工作日出结果。');
    await second.picture('67-close-1920');
    await closing.getByRole('button', { name: '结束会话' }).click();
    await second.page.getByRole('button', { name: '再次接待' }).waitFor();
    await heard(talk, '审核一到三个工作日出结果。');
    await second.picture('68-closed-1920');
    for (const device of devices) expect(device.faults()).to.deep.equal([]);
  });
});
