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
    expect(await barriersOn(tab.page)).to.deep.equal([]);
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
});
