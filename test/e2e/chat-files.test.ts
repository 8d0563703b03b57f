import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Locator } from 'playwright-core';
import { Browser } from '../console/client.ts';
import { pdf } from '../documents/pdfs.ts';
import { type Device, openDevice, type Tab } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { photo } from '../support/photos.ts';
import { type ProductServer, startServer } from '../support/server.ts';

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

  before(async () => {
    const hours = { HOURS_WEEKDAY: ALL_DAY, HOURS_SATURDAY: ALL_DAY, HOURS_SUNDAY: ALL_DAY };
    server = await startServer({ env: hours });
    agent = new Agent(server.url);
    await agent.logIn('agent1', /password +(\S+)/.exec(server.output())?.[1] ?? '');
    await agent.request('PUT', '/presence', { presence: 'online' });
    device = await openDevice();
  });
  after(async () => {
    const faults = device.faults();
    await device.close();
    await server.stop();
    expect(faults, 'errors in the browser').to.deep.equal([]);
  });

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

    await tab.chat.getByRole('button', { name: '打开：办理流程.jpg' }).click();
    const whole = tab.chat.locator('dialog.viewer img');
    await eventually(async () => expect(await widthOf(whole)).to.equal(1600));
    await tab.picture('73-opened');
    await tab.page.keyboard.press('Escape');
    await whole.waitFor({ state: 'detached' });
    await tab.chat.locator('.composer textarea').waitFor();

    const download = tab.page.waitForEvent('download');
    await tab.chat.getByRole('button', { name: '打开：<img src=x onerror=alert(1)>.pdf' }).click();
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
});
