import { expect } from 'chai';
import { accountsSchema } from '../../../src/channels/accounts.ts';
import { cdata } from '../../../src/channels/tencent/xml.ts';
import { wechatChannel } from '../../../src/channels/wechat/index.ts';
import { type CallbackTarget, deliver, deliverOnce, wechatCheck } from '../../support/tencent/callbacks.ts';
import { type Bench, openBench } from '../bench.ts';
import { replies } from '../rendering/entries.ts';

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const { wechat: accounts } = accountsSchema.parse({
  wechat: [
    {
      name: 'shop',
      kind: 'official-account',
      appId: 'wx1',
      secret: 's',
      token: 'pamtest',
      encodingAesKey: KEY,
    },
    { name: 'mini', kind: 'mini-program', appId: 'wx2', secret: 's', token: 'other1', encodingAesKey: KEY },
  ],
});

describe('receiving from WeChat', function () {
  this.timeout(30_000);
  let bench: Bench;
  let shop: CallbackTarget;
  let mini: CallbackTarget;
  let gone: string[];
  let count = 0;
  /** Another one in each test, and where the shop talks with them. */
  let customer: string;
  let here: string;

  const xml = (fields: Record<string, string>) => {
    const all = { ToUserName: 'gh_1', FromUserName: customer, CreateTime: '1348831860', ...fields };
    return `<xml>${Object.entries(all)
      .map(([tag, value]) => `<${tag}>${cdata(value)}</${tag}>`)
      .join('')}</xml>`;
  };
  const message = (fields: Record<string, string>) =>
    xml({ MsgType: 'text', MsgId: String(++count), ...fields });
  const now = () => ({ at: bench.clock.now().getTime() });
  const send = (fields: Record<string, string>, target = shop) => deliver(target, message(fields), now());
  const said = async () => (await bench.log(here)).map(({ activity }) => activity.text);

  before(async () => {
    bench = await openBench();
    await bench.app.register(wechatChannel, {
      accounts,
      receiver: bench.receiver,
      counts: bench.counts,
      clock: bench.clock,
      gone: async (id) => void gone.push(id),
    });
    const url = await bench.listen();
    shop = { url: `${url}/channels/wechat/shop`, token: 'pamtest', encodingAesKey: KEY, receiverId: 'wx1' };
    mini = { url: `${url}/channels/wechat/mini`, token: 'other1', encodingAesKey: KEY, receiverId: 'wx2' };
  });
  after(() => bench.close());
  beforeEach(() => {
    customer = `o${++count}`;
    here = `wx1:${customer}`;
    gone = [];
    bench.resetCounts();
  });

  it('says back what the platform checks the address with, and nothing without its signature', async () => {
    const checked = await wechatCheck(shop, '4375120948345356249', now().at);
    expect(await checked.text()).to.equal('4375120948345356249');
    expect(checked.headers.get('content-type')).to.match(/^text\/plain/);
    const forged = await wechatCheck({ ...shop, token: 'wrong1' }, 'x', now().at);
    expect([forged.status, await forged.text()]).to.deep.equal([403, '']);
  });

  it('stores a message in the conversation of its customer, and answers success', async () => {
    const answer = await send({ Content: '卡解绑不了 😀' });
    expect(answer).to.include({ status: 200, text: 'success' });
    expect(await bench.store.find(here)).to.include({ channel: 'wechat-oa', userId: customer, lastSeq: 1 });
    const [entry] = await bench.log(here);
    expect(entry).to.include({ origin: 'customer' });
    expect(entry?.activity).to.include({ type: 'message', text: '卡解绑不了 😀', textFormat: 'plain' });
    await send({ Content: '你好' }, mini);
    expect(await bench.store.find(`wx2:${customer}`)).to.include({ channel: 'wechat-mp' });
  });

  it('masks before it stores', async () => {
    await send({ Content: '卡号 6222021234567890128' });
    const stored = JSON.stringify(await bench.log(here));
    expect(stored).not.to.contain('6222021234567890128').and.not.to.contain('1234567890');
    expect(stored).to.contain('"sensitive":["pan"]');
    await send({
      MsgType: 'location',
      Location_X: '23.1',
      Location_Y: '113.3',
      Label: '我的卡 6222021234567890128',
    });
    expect(JSON.stringify(await bench.log(here))).not.to.contain('6222021234567890128');
  });

  it('stores a message once, however often and at once it is delivered', async () => {
    const body = message({ Content: '一次' });
    await Promise.all(Array.from({ length: 6 }, () => deliver(shop, body, now())));
    await deliver(shop, body, now());
    expect(await said()).to.deep.equal(['一次']);
    expect(await bench.counted()).to.deep.equal(['wechat shop accepted 1', 'wechat shop duplicate 6']);
  });

  it('answers no 200 while the store is away, and takes what is sent again', async () => {
    bench.away = true;
    const body = message({ Content: '还在吗' });
    expect((await deliverOnce(shop, body, now())).status).to.equal(500);
    expect(await deliver(shop, body, now())).to.equal(undefined);
    bench.away = false;
    expect(await deliver(shop, body, now())).to.include({ status: 200 });
    expect(await said()).to.deep.equal(['还在吗']);
  });

  it('keeps of a picture only that there was one', async () => {
    await send({ MsgType: 'image', PicUrl: 'http://mmbiz.qpic.cn/secret', MediaId: 'media-secret' });
    const [entry] = await bench.log(here);
    expect(entry?.activity.attachments).to.deep.equal([{ contentType: 'image/unknown' }]);
    expect(JSON.stringify(entry)).not.to.contain('secret');
  });

  it('takes the words of a voice message, and names what it cannot read', async () => {
    await send({ MsgType: 'voice', MediaId: 'm', Recognition: '我要解绑' });
    await send({ MsgType: 'voice', MediaId: 'm' });
    await send({ MsgType: 'hologram' });
    const entries = await bench.log(here);
    expect(
      entries.map(({ activity }) => activity.text ?? activity.attachments?.[0]?.contentType),
    ).to.deep.equal(['我要解绑', 'audio/unknown', 'application/x-unsupported']);
  });

  it('greets who follows, once, and not who has talked already', async () => {
    const follow = xml({ MsgType: 'event', Event: 'subscribe', EventKey: '' });
    await deliver(shop, follow, now());
    await deliver(shop, follow, now());
    await deliver(shop, xml({ MsgType: 'event', Event: 'SCAN', EventKey: '1' }), now());
    expect((await bench.log(here)).map(({ origin, activity }) => [origin, activity.type])).to.deep.equal([
      ['system', 'conversationUpdate'],
    ]);
  });

  it('takes a tap on the operator’s menu for the words behind it', async () => {
    await deliver(shop, xml({ MsgType: 'event', Event: 'CLICK', EventKey: '转人工' }), now());
    expect(await said()).to.deep.equal(['转人工']);
  });

  it('tells who follows no more, and says nothing of events that do not matter', async () => {
    await deliver(shop, xml({ MsgType: 'event', Event: 'unsubscribe' }), now());
    const other = await deliver(shop, xml({ MsgType: 'event', Event: 'LOCATION', Latitude: '1' }), now());
    expect(other).to.include({ status: 200, text: 'success' });
    expect(gone).to.deep.equal([here]);
    expect(await bench.counted()).to.deep.equal(['wechat shop ignored 2']);
  });

  describe('an answer by number', () => {
    const ask = () =>
      bench.store.append(here, 'bot', [{ type: 'message', text: '哪张卡？', ...replies('建行', '招行') }]);
    const last = async () => (await bench.log(here)).at(-1)?.activity;

    beforeEach(async () => {
      await send({ Content: '你好' });
      await ask();
    });

    it('is stored as what it stands for', async () => {
      await send({ Content: '②' });
      expect(await last()).to.deep.include({ text: '招行', channelData: { menu: 2 } });
    });

    it('that was tapped is good once, also when two taps come at the same moment', async () => {
      await Promise.all(['1', '2'].map((place) => send({ Content: 'x', bizmsgmenuid: `2-${place}` })));
      const data = (await bench.log(here)).slice(2).map(({ activity }) => activity.channelData);
      expect(data).to.have.deep.members([{ menu: 2 }, { staleChoice: true }]);
    });

    it('is the same one when it is delivered again', async () => {
      const body = message({ Content: '建行', bizmsgmenuid: '2-1' });
      for (let n = 0; n < 3; n++) await deliver(shop, body, now());
      expect((await said()).slice(2)).to.deep.equal(['建行']);
      expect((await last())?.channelData).to.deep.equal({ menu: 2 });
    });

    it('is too late after ten minutes', async () => {
      bench.clock.advance(11 * 60_000);
      await send({ Content: '1' });
      expect(await last()).to.deep.include({ text: '1', channelData: { staleChoice: true } });
    });
  });

  describe('what is not from the platform', () => {
    const post = async (target: CallbackTarget, query: string, body: string) => {
      const headers = { 'content-type': 'text/xml' };
      const response = await fetch(`${target.url}?${query}`, { method: 'POST', headers, body });
      return { status: response.status, text: await response.text() };
    };

    it('is refused with 403: another key, an old time, no encryption', async () => {
      const body = message({ Content: 'x' });
      const wrongKey = { ...shop, encodingAesKey: 'kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR' };
      expect((await deliverOnce(wrongKey, body, now())).status).to.equal(403);
      expect((await deliverOnce({ ...shop, token: 'wrong1' }, body, now())).status).to.equal(403);
      expect((await deliverOnce({ ...shop, receiverId: 'wx2' }, body, now())).status).to.equal(403);
      expect((await deliverOnce(shop, body, { at: now().at - 301_000 })).status).to.equal(403);
      expect((await post(shop, 'signature=x&timestamp=1&nonce=1', body)).status).to.equal(403);
      expect(await bench.store.find(here)).to.equal(undefined);
      expect(await bench.counted()).to.deep.equal([
        'wechat shop undecryptable 2',
        'wechat shop signature 1',
        'wechat shop timestamp 1',
        'wechat shop not-encrypted 1',
      ]);
    });

    it('is refused with 400 when it is cut off, a DOCTYPE or nothing, 413 when it is too much', async () => {
      for (const body of [
        '',
        '<xml><Encrypt>',
        '<!DOCTYPE x><xml><Encrypt>x</Encrypt></xml>',
        '{"Encrypt"',
      ]) {
        expect((await post(shop, '', body)).status, body).to.equal(400);
      }
      expect((await deliverOnce(shop, '<!DOCTYPE x><xml></xml>', now())).status).to.equal(400);
      expect((await deliverOnce(shop, '<xml><A>1</A></xml>', now())).status).to.equal(400);
      expect((await post(shop, '', 'x'.repeat(70_000))).status).to.equal(413);
    });

    it('finds nothing at an account that there is not', async () => {
      const nobody = { ...shop, url: shop.url.replace('shop', 'nobody') };
      expect((await deliverOnce(nobody, message({}), now())).status).to.equal(404);
      const checked = await wechatCheck(nobody, 'x', now().at);
      expect([checked.status, (await checked.text()).includes('NotFound')]).to.deep.equal([404, true]);
    });
  });
});
