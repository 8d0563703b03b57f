import { expect } from 'chai';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { accountsSchema } from '../../src/channels/accounts.ts';
import { createChannelCounts } from '../../src/channels/counts.ts';
import { wechatChannel } from '../../src/channels/wechat/index.ts';
import { wecomChannel } from '../../src/channels/wecom/index.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { buildApp } from '../../src/http/app.ts';
import { type CallbackTarget, deliverOnce } from '../support/tencent/callbacks.ts';

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const keys = { token: 'secrettoken', encodingAesKey: KEY, secret: 'app-secret' };
const { wechat, wecom } = accountsSchema.parse({
  wechat: [{ name: 'shop', kind: 'official-account', appId: 'wx1', ...keys }],
  wecom: [{ name: 'desk', corpId: 'ww1', openKfIds: ['wk1'], ...keys }],
});
const WORDS = '我的卡号是 6222021234567890128';

describe('what goes wrong with callbacks', () => {
  let app: FastifyInstance;
  let shop: CallbackTarget;
  let desk: CallbackTarget;
  let written = '';

  before(async () => {
    const registry = new Registry();
    const counts = createChannelCounts(registry);
    const destination = {
      write(line: string) {
        written += line;
      },
    };
    app = buildApp({ logging: { level: 'trace', destination }, health: { checks: [], registry } });
    // As drivers do, which put what was to be stored into their errors.
    const away = async (): Promise<never> => {
      throw Object.assign(new Error('the store is away'), { detail: WORDS, parameters: [WORDS] });
    };
    const receiver = { message: away, opened: away };
    const given = { receiver, counts, clock: systemClock };
    await app.register(wechatChannel, { ...given, accounts: wechat, gone: away });
    const accounts = wecom.map((account) => ({ account, sync: { ring: away } }));
    await app.register(wecomChannel, { ...given, accounts });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    shop = { url: `${url}/channels/wechat/shop`, receiverId: 'wx1', ...keys };
    desk = { url: `${url}/channels/wecom/desk`, receiverId: 'ww1', ...keys };
  });
  after(() => app.close());

  const message = `<xml><ToUserName>gh</ToUserName><FromUserName>secret-customer</FromUserName><CreateTime>${Math.floor(Date.now() / 1000)}</CreateTime><MsgType>text</MsgType><Content>${WORDS}</Content><MsgId>1</MsgId></xml>`;
  const bell =
    '<xml><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>secret-bell</Token><OpenKfId>wk1</OpenKfId></xml>';

  it('is told to the platform by 5xx, which makes it come again, on either platform', async () => {
    expect(await deliverOnce(shop, message)).to.include({ status: 500 });
    expect(await deliverOnce(desk, bell)).to.include({ status: 500 });
  });

  it('is told to operators without a word of customers or a secret, and to outsiders not at all', async () => {
    for (const target of [shop, desk]) {
      for (const wrong of [{ token: 'another1' }, { receiverId: 'wx9' }]) {
        const answer = await deliverOnce({ ...target, ...wrong }, message);
        expect([answer.status, answer.text]).to.deep.equal([403, '']);
      }
      expect((await deliverOnce(target, '<xml><A>6222021234567890128</A></xml>')).text).to.equal('');
    }
    const metrics = await (await fetch(new URL('/metrics', shop.url))).text();
    for (const line of [
      'channel="wechat",account="shop",outcome="failed"} 1',
      'channel="wecom",account="desk",outcome="failed"} 1',
      'channel="wechat",account="shop",outcome="signature"} 1',
      'channel="wecom",account="desk",outcome="undecryptable"} 1',
      'channel="wecom",account="desk",outcome="malformed"} 1',
    ]) {
      expect(metrics).to.include(line);
    }
    expect(written).to.include('callback refused').and.include('the store is away');
    const secrets = ['622202', '卡号', 'secret-customer', 'secrettoken', KEY, 'app-secret', 'secret-bell'];
    for (const secret of [...secrets, 'msg_signature', 'nonce']) {
      expect(written, secret).not.to.include(secret);
      expect(metrics, secret).not.to.include(secret);
    }
  });
});
