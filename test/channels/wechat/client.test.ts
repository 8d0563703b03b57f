import { expect } from 'chai';
import { createWechatClient, type WechatClient } from '../../../src/channels/wechat/client.ts';
import { createEmbeddedMemory } from '../../../src/conversation/embedded/shared-memory.ts';
import { silent } from '../../../src/domain/log.ts';
import { FakeClock } from '../../support/clock.ts';
import { type FakePlatform, startPlatform } from '../../support/tencent/platform.ts';
import type { FakeWechat } from '../../support/tencent/wechat.ts';

const ACCOUNT = { kind: 'official-account', appId: 'wx1', secret: 'geheim' } as const;
const SEND = '/cgi-bin/message/custom/send';
const text = (content: string) => ({ msgtype: 'text', text: { content } }) as const;
const done = { kind: 'done', value: undefined };

describe("WeChat's API", () => {
  let clock: FakeClock;
  let platform: FakePlatform;
  let wechat: FakeWechat;
  let client: WechatClient;

  const connect = (given: { secret?: string; baseUrl?: string; timeoutMs?: number } = {}) => {
    const { secret = ACCOUNT.secret, ...rest } = given;
    return createWechatClient({
      account: { ...ACCOUNT, secret },
      memory: createEmbeddedMemory(clock),
      clock,
      log: silent,
      baseUrl: platform.url,
      ...rest,
    });
  };

  beforeEach(async () => {
    clock = new FakeClock();
    platform = await startPlatform(clock);
    wechat = platform.wechat(ACCOUNT);
    client = connect();
    wechat.customerWrites('o1');
  });
  afterEach(async () => {
    await client.close();
    await platform.close();
  });

  it('takes messages as they are written, and one token for all of them', async () => {
    expect(await client.send('o1', text('您好 😀 "引号"'))).to.deep.equal(done);
    expect(await client.send('o1', text('第二条'))).to.deep.equal(done);
    expect(wechat.sent.map((it) => it.body.text)).to.deep.equal([
      { content: '您好 😀 "引号"' },
      { content: '第二条' },
    ]);
    expect(wechat.tokens.calls).to.equal(1);
  });

  it('gets another token when the one we have is refused, and the message once', async () => {
    await client.send('o1', text('a'));
    wechat.tokens.expire();
    expect(await client.send('o1', text('b'))).to.deep.equal(done);
    expect(wechat.sent.length).to.equal(2);
    expect(wechat.tokens.calls).to.equal(2);
  });

  it('has a token made by force when the platform insists on a bad one', async () => {
    await client.send('o1', text('a'));
    wechat.tokens.confuse();
    expect(await client.send('o1', text('b'))).to.deep.equal(done);
    expect(wechat.tokens.forced).to.equal(1);
  });

  const refusals: [string, () => Promise<unknown>, string][] = [
    [
      'a sixth message',
      async () => {
        for (let n = 0; n < 5; n++) await client.send('o1', text('x'));
        return client.send('o1', text('x'));
      },
      'quota-used',
    ],
    [
      'a message after two days',
      async () => {
        clock.advance(48 * 3_600_000 + 1);
        return client.send('o1', text('x'));
      },
      'window-closed',
    ],
    ['a message to nobody we know', () => client.send('o9', text('x')), 'customer-gone'],
    [
      'a message to who has left',
      async () => {
        wechat.unfollow('o1');
        return client.send('o1', text('x'));
      },
      'customer-gone',
    ],
    ['a text that is too long', () => client.send('o1', text('汉'.repeat(683))), 'too-long'],
    [
      'a menu of an account without',
      () =>
        client.send('o1', {
          msgtype: 'msgmenu',
          msgmenu: { head_content: '?', list: [{ id: '1-1', content: '是' }], tail_content: '' },
        }),
      'menu-not-allowed',
    ],
  ];
  for (const [what, call, reason] of refusals) {
    it(`says ${reason} to ${what}, with status 200`, async () => {
      expect(await call()).to.include({ kind: 'refused', reason });
    });
  }

  for (const [errcode, reason] of [
    [-1, 'busy'],
    [45009, 'daily-quota'],
    [45011, 'rate'],
    [40164, 'not-configured'],
    [48001, 'not-configured'],
    [47001, 'invalid'],
    [99999, 'other'],
  ] as const) {
    it(`says ${errcode} for ${reason}`, async () => {
      platform.faults.next(SEND, { kind: 'errcode', errcode });
      expect(await client.send('o1', text('x'))).to.deep.equal({ kind: 'refused', reason, code: errcode });
    });
  }

  it('is unknown in its outcome when there is no answer, one too late, or one that says nothing', async () => {
    const quick = connect({ timeoutMs: 150 });
    await quick.typing('o1');
    const unknown = (why: string) => ({ kind: 'unknown', why });
    platform.faults.next(SEND, { kind: 'slow', ms: 400 });
    expect(await quick.send('o1', text('x'))).to.deep.equal(unknown('timeout'));
    platform.faults.next(SEND, { kind: 'hang-up' });
    expect(await quick.send('o1', text('x'))).to.deep.equal(unknown('interrupted'));
    platform.faults.next(SEND, { kind: 'status', status: 502 });
    expect(await quick.send('o1', text('x'))).to.deep.equal(unknown('status'));
    platform.faults.next(SEND, { kind: 'nonsense' });
    expect(await quick.send('o1', text('x'))).to.deep.equal(unknown('nonsense'));
    platform.faults.next(SEND, { kind: 'done-hang-up' });
    const before = wechat.sent.length;
    expect(await quick.send('o1', text('x'))).to.deep.equal(unknown('interrupted'));
    expect(wechat.sent.length).to.equal(before + 1);
    await quick.close();
  });

  it('is known not to have got anything when it cannot be reached', async () => {
    const lost = connect({ baseUrl: 'http://127.0.0.1:1' });
    expect(await lost.send('o1', text('x'))).to.deep.equal({ kind: 'unreachable' });
    await lost.close();
  });

  it('says that the secret has to be put right, once, instead of asking for tokens again', async () => {
    const wrong = connect({ secret: 'falsch' });
    expect(await wrong.send('o1', text('x'))).to.deep.equal({
      kind: 'refused',
      reason: 'not-configured',
      code: 40125,
    });
    await wrong.close();
  });

  it('shows that somebody types, and minds nothing about it', async () => {
    expect(await client.typing('o1')).to.deep.equal(done);
    expect(await client.typing('o1')).to.include({ kind: 'refused', reason: 'repeated' });
    expect(wechat.typings).to.equal(1);
  });

  it('takes a picture', async () => {
    const bytes = Buffer.from('\x89PNG picture');
    const upload = { type: 'image', name: '图.png', contentType: 'image/png', bytes } as const;
    const result = await client.upload(upload);
    expect(result).to.deep.equal({ kind: 'done', value: 'media-1' });
    expect(platform.media.uploads).to.deep.equal([upload]);
  });
});
