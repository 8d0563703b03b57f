import { expect } from 'chai';
import { type Device, openDevice, type Tab } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { photo } from '../support/photos.ts';
import { type ProductServer, sharedServer, startServer } from '../support/server.ts';

const UPLOAD_TTL = '31:00';
/** What a browser reports by itself when there is nobody at the other end. */
const NOBODY_THERE =
  /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection/;

/** Up to the first upload card. */
async function reachUpload(tab: Tab): Promise<void> {
  await tab.say('解绑一直失败');
  await tab.choose('现在申请');
  await tab.choose('换了新卡');
  await tab.choose('同意');
  await tab.hears('请上传：身份证人像面');
}

const own = (tab: Tab) => tab.chat.locator('.message.is-customer .bubble').allInnerTexts();

describe('the widget', function () {
  this.timeout(90_000);
  let server: ProductServer;
  let device: Device;

  before(async () => {
    server = await sharedServer();
  });
  afterEach(async () => {
    const faults = device.faults();
    await device.close();
    expect(faults, 'errors in the browser').to.deep.equal([]);
  });

  async function visit(customer: string, options?: Parameters<typeof openDevice>[0]): Promise<Tab> {
    device = await openDevice(options);
    const tab = await device.open(`${server.url}/?customer=${customer}`);
    await tab.openWidget();
    await tab.hears('我是解绑助手');
    return tab;
  }

  it('speaks the language of the page, and goes over to the one that is asked for', async () => {
    device = await openDevice();
    const tab = await device.open(`${server.url}/?customer=risk-lock&locale=en-GB`);
    await tab.openWidget();
    await tab.hears("I'm the unbinding assistant");
    await tab.chat.getByPlaceholder('Tell me what happened').waitFor();
    await tab.picture('30-en');
    await tab.choose('Unbinding keeps failing');
    await tab.choose('Apply now');
    await tab.choose('I have a new card');
    await tab.choose('I agree');
    await tab.hears('Please upload: ID card (photo side)');
    await tab.picture('31-en-upload');
    await tab.say('用繁體中文');
    await tab.hears('接下來用繁體中文');
    await tab.chat.getByPlaceholder('說說遇到的情況').waitFor();
    expect(await tab.chat.locator('html').getAttribute('lang')).to.equal('zh-TW');
    expect(await tab.page.locator('.panel iframe').getAttribute('title')).to.equal('解綁助手對話');
    await tab.picture('32-zh-TW');
  });

  it('keeps what is written without a network and sends it once when there is one', async () => {
    const tab = await visit('happy');
    device.expectFaults(NOBODY_THERE);
    await device.context.setOffline(true);
    await tab.say('怎么安全解绑');
    await tab.say('转人工');
    await tab.chat.getByText('没有网络').waitFor();
    await tab.picture('20-offline');
    await device.context.setOffline(false);
    await eventually(
      () =>
        tab.chat
          .locator('.message.is-sending')
          .count()
          .then((count) => count === 0),
      20_000,
    );
    await tab.chat.getByText('没有网络').waitFor({ state: 'detached' });
    await eventually(async () => expect((await tab.bubbles()).length).to.be.greaterThan(4), 20_000);
    expect(await own(tab)).to.deep.equal(['怎么安全解绑', '转人工']);

    await tab.page.reload();
    await tab.openWidget();
    await tab.chat.locator('.message.is-customer').nth(1).waitFor();
    expect(await own(tab)).to.deep.equal(['怎么安全解绑', '转人工']);
  });

  it('shows one conversation in two tabs', async () => {
    const first = await visit('closed-card');
    const second = await device.open(`${server.url}/?customer=closed-card`);
    await second.openWidget();
    await second.hears('我是解绑助手');
    await first.say('解绑一直失败');
    await second.hears('是哪张卡解绑不了');
    await eventually(async () => expect(await first.bubbles()).to.deep.equal(await second.bubbles()));
    expect(await own(second)).to.deep.equal(['解绑一直失败']);
  });

  it('does not scroll sideways on 320 pixels', async () => {
    const tab = await visit('risk-lock', { viewport: { width: 320, height: 568 } });
    const overhang = `(() => {
      const page = document.scrollingElement ?? document.body;
      const log = document.querySelector('.log');
      return { page: page.scrollWidth - innerWidth, log: log ? log.scrollWidth - log.clientWidth : 0 };
    })()`;
    const widths = () => Promise.all(tab.page.frames().map((frame) => frame.evaluate(overhang)));
    const narrow = [
      { page: 0, log: 0 },
      { page: 0, log: 0 },
    ];
    expect(await widths()).to.deep.equal(narrow);
    await reachUpload(tab);
    await tab.picture('21-320px');
    expect(await widths()).to.deep.equal(narrow);
    const long = `https://example.com/${'a'.repeat(200)}`;
    await tab.say(long);
    await eventually(async () => expect(await own(tab)).to.include(long));
    expect(await widths()).to.deep.equal(narrow);
  });

  it('is used with the keyboard alone', async () => {
    device = await openDevice({ viewport: { width: 800, height: 700 }, touch: false });
    const tab = await device.open(`${server.url}/?customer=risk-lock`);
    const { keyboard } = tab.page;
    const launcher = tab.page.locator('button.launcher:focus');
    await tab.page.getByText('一切正常').waitFor();
    for (let presses = 0; presses < 40 && (await launcher.count()) === 0; presses++)
      await keyboard.press('Tab');
    await keyboard.press('Enter');
    await tab.hears('我是解绑助手');
    const writing = tab.chat.getByPlaceholder('说说遇到的情况');
    await tab.chat.locator('textarea:focus').waitFor();
    await keyboard.type('解绑一直失败');
    await keyboard.press('Enter');
    await tab.hears('要现在申请人工审核吗');

    await keyboard.press('Shift+Tab');
    await keyboard.press('Shift+Tab');
    await keyboard.press('Enter');
    await tab.hears('这次为什么想解绑');
    expect(await own(tab)).to.deep.equal(['解绑一直失败', '现在申请']);
    await tab.chat.locator('textarea:focus').waitFor();

    await keyboard.press('Escape');
    await writing.waitFor({ state: 'hidden' });
    await launcher.waitFor();
    await keyboard.press('Enter');
    await tab.hears('这次为什么想解绑');
  });

  it('shows why the server does not take a file, and takes the next', async () => {
    const tab = await visit('risk-lock');
    await reachUpload(tab);
    device.expectFaults(/415/);
    await tab.upload(Buffer.from('%PDF-1.7 not a picture'));
    await tab.chat.getByRole('alert').getByText('只能收 JPG、PNG 或 WebP 格式的照片').waitFor();
    await tab.picture('22-refused');
    await tab.upload(await photo('good'));
    await tab.hears('请上传：身份证国徽面');
  });

  it('asks for a clearer picture when one is too dark', async () => {
    const tab = await visit('risk-lock');
    await reachUpload(tab);
    await tab.upload(await photo('dark'));
    await tab.hears('有点暗');
    await tab.picture('23-dark');
    await tab.choose('重新拍');
    await tab.upload(await photo('good'));
    await tab.hears('请上传：身份证国徽面');
    await tab.picture('24-retaken');
  });

  it('renews an upload card that has expired', async () => {
    device = await openDevice();
    await device.context.clock.install();
    const tab = await device.open(`${server.url}/?customer=risk-lock`);
    await tab.openWidget();
    await tab.hears('我是解绑助手');
    await reachUpload(tab);
    const now = Date.now();
    await device.context.clock.fastForward(UPLOAD_TTL);
    await tab.chat.getByText('上传入口已过期').waitFor();
    await tab.picture('25-expired');
    await device.context.clock.setSystemTime(now);
    await tab.chat.getByRole('button', { name: '重新获取入口' }).click();
    await eventually(() =>
      tab.chat
        .locator('section.upload input[type=file]')
        .count()
        .then((count) => count > 0),
    );
    await tab.picture('26-renewed');
    await tab.upload(await photo('good'));
    await tab.hears('请上传：身份证国徽面');
  });

  describe('while the server restarts', () => {
    let mortal: ProductServer;
    before(async () => {
      mortal = await startServer();
    });
    after(async () => mortal?.stop());

    it('waits, says so, and goes on with what was written meanwhile', async () => {
      device = await openDevice();
      const tab = await device.open(`${mortal.url}/?customer=maintenance`);
      await tab.openWidget();
      await tab.hears('我是解绑助手');
      device.expectFaults(NOBODY_THERE);
      await mortal.kill('SIGTERM');
      await tab.say('解绑按钮点了没反应');
      await tab.chat.getByText('正在重新连接').waitFor();
      await tab.picture('27-reconnecting');
      await mortal.revive();
      await tab.hears('维护');
      await tab.chat.getByText('正在重新连接').waitFor({ state: 'detached' });
      expect(await own(tab)).to.deep.equal(['解绑按钮点了没反应']);
    });
  });
});
