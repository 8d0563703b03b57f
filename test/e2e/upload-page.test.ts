import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { systemClock } from '../../src/domain/clock.ts';
import { barriersOn } from '../support/axe.ts';
import { type Device, openDevice, type Tab } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { photo } from '../support/photos.ts';
import { type ProductServer, startServer } from '../support/server.ts';
import { type CallbackTarget, deliver } from '../support/tencent/callbacks.ts';
import { type FakePlatform, startPlatform } from '../support/tencent/platform.ts';
import type { FakeWecom } from '../support/tencent/wecom.ts';

const KF = 'wk1';
const CUSTOMER = 'wm_sandbox_risk_lock';
const PUBLIC_URL = 'https://help.example';
const ACCOUNT = {
  ...{ name: 'desk', corpId: 'ww1', secret: 's', token: 'pamtest', openKfIds: [KF] },
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
};
const BELL = (token: string) =>
  `<xml><ToUserName>ww1</ToUserName><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>${token}</Token><OpenKfId>${KF}</OpenKfId></xml>`;

/** What WeChat puts into a page, as far as the page uses it: what it was asked for is kept. */
const WECHAT = `
  window.asked = [];
  window.WeixinJSBridge = { invoke: (name) => window.asked.push(name) };
  document.dispatchEvent(new Event('WeixinJSBridgeReady'));
`;

/** Takes away what engines of years ago do not have, as far as a script can. */
const OLD_ENGINE = `
  delete window.createImageBitmap;
  for (const name of ['flat', 'flatMap', 'at', 'findLast', 'toSorted']) delete Array.prototype[name];
  for (const name of ['replaceAll', 'matchAll', 'trimEnd', 'at']) delete String.prototype[name];
  for (const name of ['fromEntries', 'hasOwn']) delete Object[name];
  for (const name of ['allSettled', 'any']) delete Promise[name];
  delete Promise.prototype.finally;
  delete Element.prototype.replaceChildren;
  delete window.structuredClone;
`;

describe('the upload page', function () {
  this.timeout(120_000);
  let server: ProductServer;
  let platform: FakePlatform;
  let wecom: FakeWecom;
  let target: CallbackTarget;
  let phone: Device;
  let folder: string;
  let seen = 0;

  before(async () => {
    platform = await startPlatform(systemClock);
    wecom = platform.wecom(ACCOUNT);
    folder = mkdtempSync(join(tmpdir(), 'channels-'));
    const CHANNELS_FILE = join(folder, 'channels.json');
    writeFileSync(CHANNELS_FILE, JSON.stringify({ wecom: [ACCOUNT] }));
    const [WECOM_API_URL, LOG_LEVEL] = [platform.url, 'info'];
    server = await startServer({ env: { CHANNELS_FILE, WECOM_API_URL, PUBLIC_URL, LOG_LEVEL } });
    const { token, encodingAesKey, corpId: receiverId } = ACCOUNT;
    target = { url: `${server.url}/channels/wecom/desk`, token, encodingAesKey, receiverId };
    phone = await openDevice();
  });
  after(async () => {
    const faults = phone.faults();
    await phone.close();
    await server.stop();
    await platform.close();
    rmSync(folder, { recursive: true });
    expect(faults, 'errors in the browser').to.deep.equal([]);
  });

  /** What the customer was sent since they last did something. */
  const news = () => JSON.stringify(wecom.sent.slice(seen));
  const hears = (words: string | RegExp) =>
    eventually(() => expect(news()).to.match(new RegExp(words)), 20_000);
  async function does(content: Record<string, unknown>): Promise<void> {
    seen = wecom.sent.length;
    wecom.customerWrites(KF, CUSTOMER, content);
    await deliver(target, BELL(wecom.syncToken()));
  }
  const says = (content: string) => does({ msgtype: 'text', text: { content } });
  /** The newest link, on the server that runs here. */
  async function link(): Promise<string> {
    const LINK = /https:\/\/help\.example\/upload\/[\w-]{43}/g;
    await hears('help.example/upload/');
    return (news().match(LINK) ?? []).at(-1)?.replace(PUBLIC_URL, server.url) ?? '';
  }
  const heading = (tab: Tab) => tab.page.getByRole('heading', { level: 1 });
  const shows = async (tab: Tab, title: string) => heading(tab).filter({ hasText: title }).waitFor();
  const asked = (tab: Tab) => tab.page.evaluate<string[]>('window.asked');
  async function choose(tab: Tab, buffer: Buffer, name = '照片.jpg', mimeType = 'image/jpeg'): Promise<void> {
    await tab.page.locator('input[type=file]').last().setInputFiles({ name, mimeType, buffer });
  }
  const send = (tab: Tab) => tab.page.getByRole('button', { name: '同意并上传' }).click();
  async function isWellMade(tab: Tab): Promise<void> {
    for (const colorScheme of ['dark', 'light'] as const) {
      await tab.page.emulateMedia({ colorScheme });
      expect(await barriersOn(tab.page), colorScheme).to.deep.equal([]);
    }
    const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await tab.page.evaluate(wider), 'sideways').to.equal(0);
  }

  it('opens from the link in the chat, and says what is to be sent', async () => {
    await says('解绑一直失败');
    await hears('现在申请');
    await says('现在申请');
    await hears('换了新卡');
    await says('换了新卡');
    await hears('您同意吗');
    await says('同意');
    const tab = await phone.open(await link());
    await shows(tab, '身份证人像面');
    await tab.page.getByText('四个角都拍进来').waitFor();
    await tab.picture('90-upload-empty');
    await isWellMade(tab);
  });

  it('says what is wrong with a file before anything is sent, and with a picture the server cannot open', async () => {
    const [tab] = [await phone.open(await link())];
    const problem = tab.page.getByRole('alert');
    const says = (words: string) => problem.filter({ hasText: words }).waitFor();
    await choose(tab, Buffer.alloc(0));
    await says('这个文件是空的');
    await choose(tab, Buffer.from('ftypheic'), 'IMG_0001.HEIC', 'image/heic');
    await says('HEIC');
    await choose(tab, Buffer.from('%PDF-1.7'), '合同.pdf', 'application/pdf');
    await says('不是可用的图片');
    await choose(tab, Buffer.alloc(11 * 1024 * 1024, 1));
    await says('超过 10 MB');
    await tab.picture('91-upload-too-large');
    phone.expectFaults(/4(15|22)/);
    await choose(tab, (await photo('good')).subarray(0, 2000), '<img src=x onerror=alert(1)>.jpg');
    await send(tab);
    await says('照片打不开');
    await tab.picture('92-upload-unreadable');
    await isWellMade(tab);
  });

  it('keeps a picture whose line broke, goes on to the next document, and the bot goes on in the chat', async () => {
    const first = await link();
    const tab = await phone.open(first);
    await choose(tab, await photo('good'));
    await tab.page.getByAltText('待上传的图片').waitFor();
    await tab.picture('93-upload-chosen');
    await isWellMade(tab);
    phone.expectFaults(/uploads.*ERR_FAILED|ERR_FAILED.*uploads/);
    await tab.page.route('**/uploads/*', (route) => route.abort());
    await send(tab);
    await tab.page.getByText('图片还在，可以接着传').waitFor();
    await tab.picture('94-upload-cut');
    await isWellMade(tab);

    await tab.page.unroute('**/uploads/*');
    let letPass: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      letPass = resolve;
    });
    await tab.page.route('**/uploads/*', async (route) => {
      await gate;
      await route.continue();
    });
    seen = wecom.sent.length;
    await tab.page.getByRole('button', { name: '继续上传' }).click();
    await tab.page.getByRole('progressbar').waitFor();
    await tab.picture('95-upload-sending');
    letPass();
    await shows(tab, '身份证国徽面');
    await tab.page.getByText('身份证人像面 收到了').waitFor();
    await tab.picture('96-upload-next');
    await isWellMade(tab);
    await hears('身份证人像面收到了，还差');
    const second = await link();
    expect(tab.page.url()).to.equal(second).and.not.equal(first);
    await tab.page.reload();
    await shows(tab, '身份证国徽面');
  });

  it('is what a picture sent in the chat is answered with; the picture itself is never fetched', async () => {
    const before = await link();
    platform.media.put('m1', { name: 'id.jpg', contentType: 'image/jpeg', bytes: await photo('good') });
    await does({ msgtype: 'image', image: { media_id: 'm1' } });
    await hears('聊天里发来的照片没有保存');
    expect(await link()).to.not.equal(before);
    expect(platform.media.fetched).to.deep.equal([]);
    phone.expectFaults(/\/upload\//);
    phone.expectFaults(/status of 4(04|09|10)/);
    await shows(await phone.open(before), '这一步已经过去了');
  });

  it('speaks the language of the conversation, and for links that belong to none the phone’s', async () => {
    await says('English please');
    await hears('in English');
    await says('Continue upload');
    const tab = await phone.open(await link());
    await shows(tab, 'ID card');
    expect(await tab.page.locator('html').getAttribute('lang')).to.equal('en');
    await tab.picture('99-upload-english');
    await isWellMade(tab);
    const unknown = await phone.open(`${server.url}/upload/${'A'.repeat(43)}`);
    await shows(unknown, '这个链接用不了');
    await unknown.picture('99-upload-unknown');
    await isWellMade(unknown);
  });

  it('notices by itself that the link has run out', async () => {
    // Time is that of the whole device.
    const other = await openDevice();
    const tab = await other.open('about:blank');
    await tab.page.clock.install();
    await tab.page.goto(await link());
    await shows(tab, 'ID card');
    await tab.page.clock.fastForward('31:00');
    await shows(tab, 'This link has expired');
    await tab.picture('99-upload-expired');
    await isWellMade(tab);
    await other.close();
  });

  it('leads back into the chat, where the bot has gone on by itself', async () => {
    await says('说中文');
    await hears('用简体中文');
    await says('继续上传');
    const tab = await phone.open(await link());
    await tab.page.evaluate(WECHAT);
    await choose(tab, await photo('dark'));
    seen = wecom.sent.length;
    await send(tab);
    await shows(tab, '收到了，不过有点小问题');
    await tab.picture('97-upload-warned');
    await isWellMade(tab);
    await hears('有点暗');
    await says('重新拍');
    const again = await phone.open(await link());
    await again.page.evaluate(WECHAT);
    await choose(again, await photo('good'));
    seen = wecom.sent.length;
    await send(again);
    await shows(again, '可以回到聊天了');
    await hears('身份证国徽面收到了');
    await hears('手持证件照');
    await again.picture('98-upload-done');
    await isWellMade(again);
    await again.page.emulateMedia({ colorScheme: 'dark' });
    await again.picture('98-upload-done-dark');
    await again.page.getByRole('button', { name: '回到聊天' }).click();
    expect(await asked(again)).to.deep.equal(['hideOptionMenu', 'closeWindow']);
    await again.page.getByText('点左上角的关闭或返回').waitFor();

    await again.page.reload();
    await shows(again, '这一份已经收到了');
    expect(await again.page.getByRole('button').count()).to.equal(0);
    await again.page.getByText('点左上角的关闭或返回').waitFor();
    await again.picture('99-upload-used');
    await isWellMade(again);
    await says('同意');
    const inHand = await phone.open('about:blank');
    await inHand.page.addInitScript(OLD_ENGINE);
    await inHand.page.goto(await link());
    // Large enough to be drawn anew.
    await choose(inHand, Buffer.concat([await photo('good'), Buffer.alloc(5 * 1024 * 1024)]));
    await send(inHand);
    await shows(inHand, '可以回到聊天了');
    await hears('手持身份证照片收到了');
    await says('提交');
    await hears(/JB\d{14}/);
  });

  it('leaves no ticket in the log', async () => {
    const tickets = JSON.stringify(wecom.sent).match(/(?<=\/upload\/)[\w-]{43}/g) ?? [];
    expect(tickets).to.have.length.above(4);
    expect(server.output()).to.include('/upload/[ticket]').and.include('/uploads/[ticket]');
    for (const ticket of tickets) expect(server.output()).to.not.include(ticket);
  });
});
