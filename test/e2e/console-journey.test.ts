import { expect } from 'chai';
import { type Device, openDevice, type Tab } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { photo } from '../support/photos.ts';
import { type ProductServer, startServer } from '../support/server.ts';
import { atDesk, type Seat } from './at-desk.ts';

const ALL_DAY = '00:00-23:59';

describe('a customer who asks for a person in the middle of a flow', function () {
  this.timeout(120_000);
  // Each step goes on where the one before has ended.
  this.bail(true);
  let server: ProductServer;
  const devices: Device[] = [];
  let phone: Tab;
  let first: Seat;
  let second: Seat;
  let password = '';

  async function device(options?: Parameters<typeof openDevice>[0]): Promise<Device> {
    const opened = await openDevice(options);
    opened.expectFaults(/ERR_ABORTED/);
    devices.push(opened);
    return opened;
  }

  async function seat(login: string): Promise<Seat> {
    const at = await device({ viewport: { width: 1280, height: 900 }, touch: false, scale: 1 });
    const desk = atDesk(await at.open(`${server.url}/console/`));
    await desk.logIn(login, password);
    await desk.goOnline();
    return desk;
  }

  /** Waits until the words are where the customer sees them, without scrolling. */
  const seen = (text: string) =>
    eventually(async () => {
      const line = await phone.chat.locator('.log').getByText(text).last().boundingBox();
      const log = await phone.chat.locator('.log').boundingBox();
      return line && log && line.y + line.height <= log.y + log.height + 1;
    });

  before(async () => {
    server = await startServer({
      env: { HOURS_WEEKDAY: ALL_DAY, HOURS_SATURDAY: ALL_DAY, HOURS_SUNDAY: ALL_DAY },
    });
    password = /password +(\S+)/.exec(server.output())?.[1] ?? '';
    phone = await (await device()).open(`${server.url}/?customer=risk-lock`);
    await phone.openWidget();
    await phone.say('解绑一直失败');
    await phone.choose('现在申请');
    await phone.hears('这次为什么想解绑');
  });
  after(async () => {
    for (const opened of devices) await opened.close();
    await server?.stop();
  });
  afterEach(() => {
    for (const opened of devices) expect(opened.faults()).to.deep.equal([]);
  });

  it('sees the place in the queue and leaves a photo while waiting', async () => {
    await phone.say('转人工');
    await phone.hears('您排在第一位');
    await phone.chat.locator('.banner').getByText('下一位就是您').waitFor();
    const picture = { name: '锁定页面.jpg', mimeType: 'image/jpeg', buffer: await photo('good') };
    await phone.chat.locator('.attach input[type=file]').setInputFiles(picture);
    await phone.hears('收到了，给您加密存好');
    await phone.chat.locator('.file-picture').waitFor();
    await phone.chat.getByText('收到了，给您加密存好').last().waitFor();
    await seen('收到了，给您加密存好');
    await phone.picture('80-in-the-queue');
  });

  it('is met by an agent who has read what happened and sees the photo', async () => {
    first = await seat('agent1');
    await first.mine.getByRole('button', { name: '接起' }).click();
    const before = first.transcript.getByRole('region', { name: '机器人接待' });
    await before.getByText('这次为什么想解绑').first().waitFor();
    await first.transcript
      .getByRole('region', { name: '从这里转人工' })
      .getByText('风控锁定')
      .first()
      .waitFor();
    await first.transcript.getByRole('img', { name: '锁定页面.jpg' }).waitFor();
    await phone.hears('客服 工号 A01 为您服务');
    await first.says('照片看到了，确实是风控锁定，材料可以接着交。');
    await phone.hears('确实是风控锁定');
    await first.picture('81-with-the-agent');
  });

  it('is passed on with a note that only colleagues read', async () => {
    second = await seat('agent2');
    await first.page.keyboard.press('Alt+t');
    const dialog = first.page.getByRole('dialog');
    await dialog.getByText('A02 小周').click();
    await dialog.getByLabel('交接说明').fill('已看照片，等客户交材料');
    await dialog.getByRole('button', { name: '转接' }).click();
    await second.mine.getByRole('link').first().click();
    await second.transcript.getByText('已看照片，等客户交材料').waitFor();
    await phone.hears('客服 工号 A02 接着为您服务');
    await second.says('您接着按提示交材料就行，还有问题随时找我们。');
    await phone.hears('接着按提示交材料');
    expect((await phone.bubbles()).join()).not.to.include('等客户交材料');
  });

  it('says how it was, and is back at the question that was open', async () => {
    await second.page.keyboard.press('Alt+w');
    const closing = second.page.getByRole('dialog');
    await closing.getByText('已解释清楚').click();
    await closing.getByRole('button', { name: '结束会话' }).click();
    await phone.hears('这次人工服务，您满意吗？');
    await seen('这次人工服务，您满意吗？');
    await phone.picture('82-rating');
    await phone.choose('非常满意');
    await phone.hears('谢谢您告诉我们');
    await phone.hears('我们接着说刚才的');
    await phone.picture('83-back');
    await phone.choose('这张卡不用了');
    await phone.hears('您同意吗？');
    await second.page.getByText('客户评价').waitFor();
    await second.page.getByText('5 分').waitFor();
  });
});
