import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { Browser } from '../console/client.ts';
import { pdf } from '../documents/pdfs.ts';
import { barriersOn } from '../support/axe.ts';
import { type Device, openDevice } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { photo } from '../support/photos.ts';
import { type ProductServer, startServer } from '../support/server.ts';
import { atDesk, heard, type Seat } from './at-desk.ts';
import { Talk } from './direct-line.ts';

const ALL_DAY = '00:00-23:59';

describe('the chats at the desk', function () {
  this.timeout(120_000);
  let server: ProductServer;
  let password: string;
  let lead: Browser;
  const devices: Device[] = [];

  before(async () => {
    const hours = { HOURS_WEEKDAY: ALL_DAY, HOURS_SATURDAY: ALL_DAY, HOURS_SUNDAY: ALL_DAY };
    server = await startServer({ env: hours });
    password = /password +(\S+)/.exec(server.output())?.[1] ?? '';
    lead = new Browser(server.url);
    await lead.logIn('lead', password);
    for (const [shortcut, title, text] of [
      ['wh', '问好', '{{customer}}您好，我是客服 {{agent}}，正在看您的情况。'],
      ['sh', '审核时间', '案件 {{case}} 一般一到三个工作日有结果。'],
    ]) {
      const body = { shortcut, title, text, shared: true };
      expect((await lead.request('POST', '/quick-replies', body)).status).to.equal(201);
    }
  });
  afterEach(async () => {
    const faults = devices.flatMap((device) => device.faults());
    for (const device of devices.splice(0)) await device.close();
    expect(faults, 'errors in the browsers').to.deep.equal([]);
  });
  after(async () => {
    await server?.stop();
  });

  async function seat(
    login: string,
    width: number,
    prepare?: (device: Device) => Promise<unknown>,
  ): Promise<Seat> {
    const device = await openDevice({ viewport: { width, height: 900 }, touch: false, scale: 1 });
    devices.push(device);
    // A reading that is begun anew because something has changed.
    device.expectFaults(/ERR_ABORTED/);
    await prepare?.(device);
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

    await first.page.getByRole('button', { name: '退出登录' }).click();
    await first.page.getByRole('dialog').getByText('手上的 1 个会话会回到队列最前面').waitFor();
    await first.page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await first.page.getByRole('dialog').waitFor({ state: 'detached' });

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
  });

  /** Agents choose by themselves: nothing is offered. */
  async function withoutOffers(): Promise<void> {
    const { groups } = (await lead.request('GET', '/settings')).body as { groups: { id: string }[] };
    const { id, ...group } = groups.find((it) => it.id === 'default') ?? { id: 'default' };
    const changed = await lead.request('PUT', `/settings/groups/${id}`, { ...group, autoAssign: false });
    expect(changed.status).to.equal(200);
  }

  async function waiting(customer: string): Promise<Talk> {
    const talk = await Talk.begin(server.url, customer);
    await talk.ask('转人工');
    return talk;
  }

  it('of two who take the same customer one has it and the other is told who; many chats are kept apart', async () => {
    await withoutOffers();
    const late = await seat('agent2', 1280, async (device) => {
      device.expectFaults(/409/);
      // Its line tells nothing: the queue that it shows is old.
      await device.context.routeWebSocket(/\/live\?/, () => undefined);
    });
    await late.goOnline();
    const quick = await seat('agent1', 1024);
    await quick.goOnline();
    const first = await waiting('happy');
    const second = await waiting('closed-card');
    await quick.waiting.getByText('排队 2').waitFor();
    await late.page.reload();
    await late.waiting.getByText('排队 2').waitFor();

    await quick.page.keyboard.press('Alt+n');
    await quick.transcript.getByText('客服 A01 接待').waitFor();
    await late.waiting.getByRole('button', { name: /^接待/ }).first().click();
    await late.page.getByText('A01 小林 已经接了这个会话。').waitFor();
    await late.waiting.getByText('排队 1').waitFor();

    await quick.says('您好，第一位');
    await quick.reply.fill('写到一半');
    await quick.page.keyboard.press('Alt+n');
    await quick.mine.getByRole('link').nth(1).and(quick.page.locator('[aria-current]')).waitFor();
    await quick.says('您好，第二位');
    await heard(second, '您好，第二位');
    await quick.mine.getByText('[草稿]').waitFor();

    for (let line = 1; line <= 12; line++) await first.post(`第${line}句`);
    await quick.mine.getByTitle('12 条未读').waitFor();
    await eventually(async () => (await quick.page.title()).startsWith('(12)'));
    await quick.picture('70-unread-1024');
    await quick.page.keyboard.press('Alt+ArrowDown');
    await quick.transcript.getByText('以下是新消息').waitFor();
    expect(await quick.reply.inputValue()).to.equal('写到一半');
    await quick.transcript.getByText('第1句', { exact: true }).waitFor();
    await quick.picture('71-divider-1024');
    await quick.transcript.press('End');
    await eventually(async () => !(await quick.page.title()).startsWith('('));

    const clerk = new Browser(server.url);
    await clerk.logIn('agent1', password);
    const chat = new URL(quick.page.url()).hash.split('/').at(-1);
    for (let line = 1; line <= 60; line++) {
      const body = { text: `答${line}`, clientId: `answer-${line}` };
      expect((await clerk.request('POST', `/chats/${chat}/messages`, body)).status).to.equal(200);
    }
    // Reloaded, only the newest page is here: older ones come while one scrolls up.
    await quick.page.reload();
    await quick.transcript.getByText('答60', { exact: true }).waitFor();
    expect(await quick.transcript.getByText('第5句', { exact: true }).count()).to.equal(0);
    expect(await quick.reply.inputValue()).to.equal('写到一半');
    await quick.transcript.hover();
    await quick.page.mouse.wheel(0, -20_000);
    await quick.transcript.getByText('第5句', { exact: true }).waitFor();
    const place = `document.querySelector('.transcript').scrollTop`;
    expect(await quick.page.evaluate(place)).to.be.greaterThan(200);
    await quick.page.getByRole('button', { name: '客户', exact: true }).click();
    await quick.page.getByRole('dialog').getByText('没有案件').waitFor();
    await quick.picture('72-customer-1024');
    expect((await barriersOn(quick.page)).length).to.equal(0);
  });

  it('files go both ways: a picture is coarse until it is asked for, a document is saved, each can be taken back', async () => {
    await withoutOffers();
    const agent = await seat('agent2', 1280);
    await agent.goOnline();
    const talk = await waiting('auto-debit');
    await agent.waiting.getByRole('button', { name: '接下一位' }).click();
    await agent.transcript.getByText('客服 A02 接待').waitFor();
    await talk.sendFile(await photo('good'), '截图.jpg');
    await talk.sendFile(pdf(), '账单.pdf', 'application/pdf');
    const picture = agent.transcript.getByRole('img', { name: '截图.jpg' });
    const width = () => picture.first().evaluate((image) => Reflect.get(image, 'naturalWidth'));
    await eventually(async () => (await width()) === 480);
    await agent.picture('75-files-1280');
    await agent.transcript.getByRole('button', { name: /^看原图 截图\.jpg/ }).click();
    const whole = agent.page.getByRole('dialog').getByRole('img', { name: '截图.jpg' });
    await eventually(
      async () => (await whole.evaluate((image) => Reflect.get(image, 'naturalWidth'))) === 1600,
    );
    await agent.picture('76-whole-1280');
    await agent.page.keyboard.press('Escape');
    const downloading = agent.page.waitForEvent('download');
    await agent.transcript.getByRole('button', { name: /^下载 账单\.pdf/ }).click();
    expect((await downloading).suggestedFilename()).to.equal('账单.pdf');

    await agent.page.locator('.composer input[type=file]').setInputFiles([
      { name: '办理流程.png', mimeType: 'image/png', buffer: await photo('good') },
      { name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('text') },
    ]);
    await agent.page.getByText('说明.txt 不能发').waitFor();
    await agent.page.getByRole('button', { name: '发送', exact: true }).click();
    const sent = agent.transcript
      .getByRole('article')
      .filter({ has: agent.page.getByRole('img', { name: /^办理流程/ }) });
    await sent.getByRole('button', { name: /^撤回/ }).click();
    await agent.transcript.getByText('已撤回').waitFor();
    await noBarriers(agent.page);
  });

  it('the agent sees that the customer writes and has read, from the customer’s own page', async () => {
    await withoutOffers();
    const agent = await seat('agent2', 1280);
    await agent.goOnline();
    const phone = await openDevice();
    devices.push(phone);
    const customer = await phone.open(`${server.url}/?customer=maintenance`);
    await customer.openWidget();
    await customer.hears('我是解绑助手');
    await customer.say('转人工');
    await customer.hears('帮您转人工客服了');
    await agent.waiting.getByRole('button', { name: '接下一位' }).click();
    await agent.says('您好，请讲');
    await agent.transcript.getByText('客户已读').waitFor();
    await customer.chat.locator('.composer textarea').pressSequentially('我想问');
    await agent.page.getByText('客户正在输入…').waitFor();
    await agent.picture('77-typing-read-1280');
    await noBarriers(agent.page);
  });

  it('says that it is cut off, keeps what could not be sent, and goes on when the server is back', async () => {
    await withoutOffers();
    const agent = await seat('agent1', 1280, async (device) => {
      device.expectFaults(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|WebSocket|ERR_EMPTY_RESPONSE/);
    });
    await agent.goOnline();
    const talk = await waiting('lost-card');
    await agent.waiting.getByRole('button', { name: '接下一位' }).click();
    await agent.says('您好');
    await server.kill('SIGKILL');
    await agent.page.getByRole('alert').getByText('实时连接断开').waitFor();
    await agent.reply.fill('断网时写的');
    await agent.reply.press('Enter');
    const unsent = agent.transcript.getByRole('article').filter({ hasText: '断网时写的' });
    await unsent.getByText('没发出去').waitFor();
    await agent.picture('73-cut-off-1280');
    await noBarriers(agent.page);
    await server.revive();
    await talk.post('您还在吗');
    await agent.transcript.getByText('您还在吗').waitFor();
    await agent.page.getByText('实时连接断开').waitFor({ state: 'detached' });
    await unsent.getByRole('button', { name: '重发' }).click();
    await heard(talk, '断网时写的');
    await unsent.getByText('没发出去').waitFor({ state: 'detached' });
    expect((await talk.said()).filter(({ text }) => text === '断网时写的')).to.have.length(1);
    await agent.page.keyboard.press('Escape');
    await agent.page.getByRole('heading', { name: '会话', exact: true }).click();
    await agent.page.keyboard.press('?');
    await agent.page.getByRole('dialog').getByText('交回机器人').waitFor();
    await agent.picture('74-shortcuts-1280');
  });
});
