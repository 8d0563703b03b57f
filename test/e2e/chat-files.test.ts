import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Locator } from 'playwright-core';
import { Browser } from '../console/client.ts';
import { pdf } from '../documents/pdfs.ts';
import { barriersOn } from '../support/axe.ts';
import { type Device, openDevice, type Tab } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { photo } from '../support/photos.ts';
import { type ProductServer, startServer } from '../support/server.ts';

/** A file as the browser hands it over with an event of the mouse or the keyboard. */
const DROP = `({ type, name, bytes }) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/jpeg' }));
  const area = document.querySelector('.composer textarea');
  const options = { bubbles: true, cancelable: true };
  const event = type === 'paste'
    ? new ClipboardEvent('paste', { ...options, clipboardData: data })
    : new DragEvent('drop', { ...options, dataTransfer: data });
  area.dispatchEvent(event);
}`;
const ALL_DAY = '00:00-23:59';

/** An agent without a page of their own. */
class Agent extends Browser {
  readonly #url: string;

  constructor(url: string) {
    super(url);
    this.#url = url;
  }

  async send(chat: string, bytes: Uint8Array, name: string): Promise<{ seq: number }> {
    const form = new FormData();
    form.append('clientId', randomUUID());
    form.append('file', new Blob([bytes]), name);
    const headers = { cookie: this.cookie, 'x-csrf-token': this.csrf };
    const address = `${this.#url}/api/console/chats/${chat}/files`;
    const response = await fetch(address, { method: 'POST', headers, body: form });
    const { message } = (await response.json()) as { message: { seq: number } };
    expect(response.status).to.equal(200);
    return message;
  }
}

describe('files in a chat with a person', function () {
  this.timeout(120_000);
  let server: ProductServer;
  let agent: Agent;
  let device: Device;
  let password: string;
  const seats: Device[] = [];

  before(async () => {
    const hours = { HOURS_WEEKDAY: ALL_DAY, HOURS_SATURDAY: ALL_DAY, HOURS_SUNDAY: ALL_DAY };
    server = await startServer({ env: hours });
    agent = new Agent(server.url);
    password = /password +(\S+)/.exec(server.output())?.[1] ?? '';
    await agent.logIn('agent1', password);
    await agent.request('PUT', '/presence', { presence: 'online' });
    device = await openDevice();
    // What the widget was still telling (that somebody types) when its page was left.
    device.expectFaults(/ERR_ABORTED/);
  });
  after(async () => {
    const faults = [device, ...seats].flatMap((it) => it.faults());
    for (const it of [device, ...seats]) await it.close();
    await server.stop();
    expect(faults, 'errors in the browser').to.deep.equal([]);
  });

  /** The page of an agent who is online. */
  async function deskOf(login: string): Promise<Tab> {
    const seat = await openDevice({ viewport: { width: 1280, height: 900 }, touch: false, scale: 1 });
    seats.push(seat);
    seat.expectFaults(/ERR_ABORTED/);
    const tab = await seat.open(`${server.url}/console/`);
    await tab.page.getByLabel('登录名').fill(login);
    await tab.page.getByLabel('密码').fill(password);
    await tab.page.keyboard.press('Enter');
    await tab.page.getByRole('combobox', { name: '我的状态' }).click();
    await tab.page.locator('.ant-select-item-option').filter({ hasText: '在线' }).click();
    await tab.page.getByText('您现在离线').waitFor({ state: 'detached' });
    return tab;
  }
  const sideways = (tab: Tab) =>
    tab.chat.locator('.log').evaluate((log) => {
      const { scrollWidth, clientWidth } = log as unknown as Record<string, number>;
      return Number(scrollWidth) - Number(clientWidth);
    });
  const widthOf = (picture: Locator) =>
    picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
  const attach = (tab: Tab) => tab.chat.locator('.attach input[type=file]');

  it('go both ways on a phone: sent from the queue, shown, opened, taken back', async () => {
    const tab = await device.open(`${server.url}/?customer=happy`);
    await tab.openWidget();
    await tab.hears('我是解绑助手');
    expect(await attach(tab).count()).to.equal(0);
    await tab.say('转人工');
    await tab.hears('帮您转人工客服了');
    await attach(tab).waitFor({ state: 'attached' });
    await tab.picture('70-queue-with-button');

    const picture = { name: '转账截图.jpg', mimeType: 'image/jpeg', buffer: await photo('good') };
    await attach(tab).setInputFiles(picture);
    await tab.hears('收到了，给您加密存好');
    await tab.chat.locator('.message.is-customer.is-sent .file-picture').waitFor();
    await tab.picture('71-photo-sent');

    const { body } = await agent.request('GET', '/desk');
    const [offered] = [...(body.queue as { id: string }[]), ...(body.chats as { id: string }[])];
    const chat = offered?.id ?? '';
    expect((await agent.request('POST', `/chats/${chat}/claim`)).status).to.equal(200);
    const log = (await agent.request('GET', `/chats/${chat}/messages`)).body.messages as {
      kind: string;
      files: { name: string; id?: string }[];
    }[];
    expect(log.filter(({ kind }) => kind === 'files').flatMap(({ files }) => files)[0]).to.include({
      name: '转账截图.jpg',
    });

    await tab.chat.getByText('人工客服已接入').waitFor();
    const sent = await agent.send(chat, await photo('good'), '办理流程.png');
    await agent.send(chat, pdf(), '<img src=x onerror=alert(1)>.pdf');
    const thumbnail = tab.chat.locator('.message.is-agent img.file-picture');
    await eventually(async () => expect(await widthOf(thumbnail)).to.equal(480));
    await tab.chat.getByText('<img src=x onerror=alert(1)>.pdf').waitFor();
    await tab.picture('72-files-of-the-agent');
    expect(await sideways(tab)).to.equal(0);

    await tab.chat.getByRole('button', { name: '打开 办理流程.jpg' }).click();
    const whole = tab.chat.locator('dialog.viewer img');
    await eventually(async () => expect(await widthOf(whole)).to.equal(1600));
    await tab.picture('73-opened');
    await tab.page.keyboard.press('Escape');
    await whole.waitFor({ state: 'detached' });
    await tab.chat.locator('.composer textarea').waitFor();

    const download = tab.page.waitForEvent('download');
    await tab.chat.getByRole('button', { name: /^<img src=x/ }).click();
    expect((await download).suggestedFilename()).to.match(/\.pdf$/);

    await agent.request('POST', `/chats/${chat}/recall`, { seq: sent.seq });
    await tab.chat.getByText('这条消息已撤回').waitFor();
    expect(await thumbnail.count()).to.equal(0);

    await tab.page.reload();
    await tab.openWidget();
    await tab.chat.getByText('转账截图.jpg').waitFor();
    await tab.chat.locator('.message.is-agent .file').waitFor();
    await tab.picture('74-after-a-reload');
    await attach(tab).setInputFiles({
      name: 'a.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('not a pdf'),
    });
    device.expectFaults(/415/);
    await tab.chat.getByText('聊天里能收照片').waitFor();
    await tab.picture('75-refused');
    await tab.chat.getByRole('button', { name: '删除' }).click();
    await tab.chat.getByText('聊天里能收照片').waitFor({ state: 'detached' });

    await agent.request('POST', `/chats/${chat}/close`, { code: 'solved' });
    await attach(tab).waitFor({ state: 'detached' });
  });

  it('are beside an agent’s words before they are sent: chosen, pasted, dropped', async () => {
    await agent.request('PUT', '/presence', { presence: 'offline' });
    const desk = await deskOf('agent2');
    const tab = await device.open(`${server.url}/?customer=closed-card`);
    await tab.openWidget();
    await tab.hears('我是解绑助手');
    await tab.say('转人工');
    await tab.hears('帮您转人工客服了');
    await attach(tab).setInputFiles({
      name: '扣款.jpg',
      mimeType: 'image/jpeg',
      buffer: await photo('good'),
    });
    await tab.hears('收到了，给您加密存好');

    const mine = desk.page.getByRole('region', { name: '我的会话' });
    await mine.getByRole('button', { name: '接起' }).click();
    await mine.getByRole('link').first().click();
    const log = desk.page.getByRole('log');
    await log.getByRole('button', { name: /^看原图 扣款\.jpg/ }).waitFor();

    const input = desk.page.locator('.composer input[type=file]');
    await input.setInputFiles([
      { name: '说明.pdf', mimeType: 'application/pdf', buffer: pdf() },
      { name: '程序.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
    ]);
    await desk.page.getByText('程序.exe 不能发').waitFor();
    const picture = [...(await photo('good'))];
    // As a screenshot is pasted, and as a file is dropped from the desktop.
    for (const [type, name] of [
      ['paste', '截图.jpg'],
      ['drop', '拖进来.jpg'],
    ] as const)
      await desk.page.evaluate(`(${DROP})(${JSON.stringify({ type, name, bytes: picture })})`);
    const attached = desk.page.getByRole('list', { name: '随这条回复发送的文件' });
    await eventually(async () => expect(await attached.getByRole('listitem').count()).to.equal(3));
    await attached.getByRole('button', { name: '移除 拖进来.jpg' }).click();
    await desk.page.getByRole('combobox', { name: '回复客户', exact: true }).fill('请看附件');
    await desk.picture('77-desk-attached');
    expect(await barriersOn(desk.page)).to.deep.equal([]);
    await desk.page.keyboard.press('Enter');
    await tab.hears('请看附件');
    await tab.chat.getByRole('button', { name: '打开 截图.jpg' }).waitFor();
    await tab.chat.getByRole('button', { name: /^说明.pdf/ }).waitFor();
    const sent = log.getByRole('article').filter({ has: desk.page.getByText(/^看原图 截图/) });
    await sent.waitFor();
    await log.locator('.bubble-line.is-sending').waitFor({ state: 'detached' });
    await desk.picture('78-desk-sent');
    expect(await barriersOn(desk.page)).to.deep.equal([]);

    await sent.getByRole('button', { name: /^撤回/ }).click();
    await tab.chat.getByText('这条消息已撤回').waitFor();
    await sent.waitFor({ state: 'detached' });
    expect(await tab.chat.getByRole('button', { name: /^说明.pdf/ }).count()).to.equal(1);
  });
});
