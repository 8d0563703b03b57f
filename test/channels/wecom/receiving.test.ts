import { expect } from 'chai';
import { accountsSchema, type WecomAccount } from '../../../src/channels/accounts.ts';
import { createSayByCode } from '../../../src/channels/wecom/by-code.ts';
import { createWecomClient, type WecomClient } from '../../../src/channels/wecom/client.ts';
import type { WecomInbound } from '../../../src/channels/wecom/decode.ts';
import { wecomChannel } from '../../../src/channels/wecom/index.ts';
import { createSync, type Sync } from '../../../src/channels/wecom/sync.ts';
import { createTake } from '../../../src/channels/wecom/take.ts';
import type { Cursors } from '../../../src/domain/cursors.ts';
import { silent } from '../../../src/domain/log.ts';
import { maskInTalk } from '../../../src/understanding/mask-in-talk.ts';
import { eventually } from '../../support/eventually.ts';
import { type CallbackTarget, deliver, deliverOnce, wecomCheck } from '../../support/tencent/callbacks.ts';
import { type FakePlatform, startPlatform } from '../../support/tencent/platform.ts';
import type { FakeWecom } from '../../support/tencent/wecom.ts';
import { type Bench, openBench } from '../bench.ts';

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const said = (content: string) => ({ msgtype: 'text', text: { content } });

/** Cursors in memory, which a test can lose. */
function keptCursors(): Cursors & { saved: Map<string, string> } {
  const saved = new Map<string, string>();
  return {
    saved,
    read: async (name) => saved.get(name),
    save: async (name, cursor) => void saved.set(name, cursor),
  };
}

describe('receiving from WeCom', function () {
  this.timeout(30_000);
  let bench: Bench;
  let platform: FakePlatform;
  let wecom: FakeWecom;
  let client: WecomClient;
  let account: WecomAccount;
  let cursors: ReturnType<typeof keptCursors>;
  let sync: Sync;
  let target: CallbackTarget;
  let events: WecomInbound[];
  let count = 0;
  /** Another one in each test. */
  let kf: string;
  let talk: string;

  /** As one more process would have it. */
  const another = (pollMs = 600_000): Sync =>
    createSync({
      ...{ account, client, cursors, pollMs, retryMs: 50, log: silent },
      memory: bench.memory,
      counts: bench.counts,
      take: createTake({
        ...{ client, store: bench.store, receiver: bench.receiver, clock: bench.clock },
        maskInTalk,
        allows: { messages: 5, forMs: 48 * 3_600_000 },
        welcome: { type: 'message', text: '您好，我是解绑助手。', channelData: { key: 'common.welcome' } },
        takeEvent: async (event) => {
          events.push(event);
          return 'accepted';
        },
        deliveries: { find: async () => undefined, resume: async () => undefined },
        sayByCode: createSayByCode({ client, store: bench.store, clock: bench.clock }),
      }),
    });
  const bell = (token = wecom.syncToken(), openKfId = kf) =>
    `<xml><ToUserName>ww1</ToUserName><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>${token}</Token><OpenKfId>${openKfId}</OpenKfId></xml>`;
  const now = () => ({ at: bench.clock.now().getTime() });
  const log = () => bench.log(talk);
  const texts = async () => (await log()).map(({ activity }) => activity.text);
  const heard = (...expected: string[]) =>
    eventually(async () => expect(await texts()).to.deep.equal(expected));

  before(async () => {
    bench = await openBench();
    platform = await startPlatform(bench.clock);
    wecom = platform.wecom({ corpId: 'ww1', secret: 's' });
    // Changed in place: the routes hold them.
    const [made] = accountsSchema.parse({
      wecom: [
        {
          name: 'desk',
          corpId: 'ww1',
          secret: 's',
          token: 'pamtest',
          encodingAesKey: KEY,
          openKfIds: ['wk0'],
        },
      ],
    }).wecom;
    if (!made) throw new Error('no account');
    account = made;
    client = createWecomClient({
      account,
      memory: bench.memory,
      clock: bench.clock,
      log: silent,
      baseUrl: platform.url,
    });
    const ring: Sync['ring'] = (...args) => sync.ring(...args);
    await bench.app.register(wecomChannel, {
      accounts: [{ account, sync: { ring } }],
      counts: bench.counts,
      clock: bench.clock,
    });
    const url = await bench.listen();
    target = { url: `${url}/channels/wecom/desk`, token: 'pamtest', encodingAesKey: KEY, receiverId: 'ww1' };
  });
  after(async () => {
    await client.close();
    await platform.close();
    await bench.close();
  });
  beforeEach(() => {
    kf = `wk${++count}`;
    talk = `${kf}:wm1`;
    account.openKfIds.push(kf);
    events = [];
    cursors = keptCursors();
    cursors.saved.set(`wecom:${kf}`, 'c0');
    bench.resetCounts();
    Object.assign(wecom, { pageSize: 1000, emptyPages: false });
    sync = another();
  });
  afterEach(() => sync.stop());

  it('says back what the platform checks the address with, deciphered', async () => {
    const checked = await wecomCheck(target, '1616140317555161061', now().at);
    expect([checked.status, await checked.text()]).to.deep.equal([200, '1616140317555161061']);
    const forged = await wecomCheck({ ...target, token: 'wrong1' }, 'x', now().at);
    expect([forged.status, await forged.text()]).to.deep.equal([403, '']);
  });

  it('fetches what the bell announces into the conversation of its customer', async () => {
    wecom.customerWrites(kf, 'wm1', said('卡解绑不了'));
    expect(await deliver(target, bell(), now())).to.include({ status: 200, text: 'success' });
    await heard('卡解绑不了');
    expect(await bench.store.find(talk)).to.include({ channel: 'wecom-kf', userId: 'wm1' });
    expect(cursors.saved.get(`wecom:${kf}`)).to.equal('c1');
  });

  it('fetches all pages, in order, also when one in between is empty', async () => {
    Object.assign(wecom, { pageSize: 2, emptyPages: true });
    const words = Array.from({ length: 9 }, (_, n) => `第 ${n} 句`);
    for (const content of words) wecom.customerWrites(kf, 'wm1', said(content));
    await deliver(target, bell(), now());
    await heard(...words);
  });

  it('fetches without the token when the bell is old', async () => {
    wecom.customerWrites(kf, 'wm1', said('你好'));
    await deliver(target, bell('old'), now());
    await heard('你好');
  });

  it('hears a bell that comes while it fetches, in whichever process', async () => {
    const others = [another(), another(), another()];
    for (let n = 0; n < 30; n++) {
      wecom.customerWrites(kf, 'wm1', said(`第 ${n} 句`));
      await Promise.all([sync, ...others].map((it) => it.ring(kf, wecom.syncToken())));
    }
    await heard(...Array.from({ length: 30 }, (_, n) => `第 ${n} 句`));
    await Promise.all(others.map((it) => it.stop()));
  });

  it('finds by itself what no bell has announced', async () => {
    wecom.customerWrites(kf, 'wm1', said('有人吗'));
    const polling = another(20);
    polling.start();
    await heard('有人吗');
    wecom.customerWrites(kf, 'wm1', said('在吗'));
    await heard('有人吗', '在吗');
    await polling.stop();
  });

  it('saves no cursor before the messages are stored, and has each once in the end', async () => {
    for (const content of ['一', '二', '三']) wecom.customerWrites(kf, 'wm1', said(content));
    bench.away = true;
    await deliver(target, bell(), now());
    await eventually(async () => (await bench.counted()).some((it) => it.startsWith('wecom desk failed')));
    expect(cursors.saved.get(`wecom:${kf}`)).to.equal('c0');
    bench.away = false;
    await heard('一', '二', '三');
    await eventually(() => cursors.saved.get(`wecom:${kf}`) === 'c3');
    // As if the process had died before it saved.
    cursors.saved.set(`wecom:${kf}`, 'c1');
    wecom.customerWrites(kf, 'wm1', said('四'));
    await sync.ring(kf, wecom.syncToken());
    await heard('一', '二', '三', '四');
  });

  it('goes on after the platform has failed', async () => {
    platform.faults.next('/cgi-bin/kf/sync_msg', { kind: 'errcode', errcode: -1 });
    platform.faults.next('/cgi-bin/kf/sync_msg', { kind: 'hang-up' });
    platform.faults.next('/cgi-bin/kf/sync_msg', { kind: 'nonsense' });
    wecom.customerWrites(kf, 'wm1', said('你好'));
    await deliver(target, bell(), now());
    await heard('你好');
  });

  it('has the bot answer nothing old when its place in the list is lost', async () => {
    wecom.customerWrites(kf, 'wm1', said('早就说过的'));
    bench.clock.advance(24 * 3_600_000);
    wecom.customerWrites(kf, 'wm1', said('一小时前'));
    bench.clock.advance(3_600_000);
    wecom.customerWrites(kf, 'wm1', said('刚才'));
    cursors.saved.clear();
    await sync.ring(kf, wecom.syncToken());
    await heard('一小时前', '刚才');
    expect((await log()).map(({ activity }) => activity.channelData)).to.deep.equal([{ late: true }, {}]);
  });

  it('has the bot answer what is old when only the bells were lost', async () => {
    wecom.customerWrites(kf, 'wm1', said('一小时前'));
    bench.clock.advance(3_600_000);
    await sync.ring(kf, wecom.syncToken());
    await heard('一小时前');
    expect((await log())[0]?.activity.channelData).to.deep.equal({});
  });

  it('greets who opens the chat with the code that came, once, within its 20 seconds', async () => {
    const enter = () =>
      wecom.event(kf, { event_type: 'enter_session', external_userid: 'wm1', welcome_code: wecom.code() });
    enter();
    await sync.ring(kf, wecom.syncToken());
    await heard('您好，我是解绑助手。');
    await eventually(() => wecom.sentOnEvent.length === 1);
    expect(wecom.sentOnEvent[0]).to.deep.include({ text: { content: '您好，我是解绑助手。' } });
    expect((await log())[0]?.activity.channelData).to.include({ sent: true, key: 'common.welcome' });
    enter();
    bench.clock.advance(21_000);
    await sync.ring(kf, wecom.syncToken());
    await eventually(() => events.length === 1);
    expect(wecom.sentOnEvent.length).to.equal(1);
  });

  it('keeps what an agent writes in WeCom, as something the customer has', async () => {
    wecom.customerWrites(kf, 'wm1', said('你好'));
    wecom.add(kf, { external_userid: 'wm1', origin: 5, servicer_userid: 'zhang', ...said('我来帮您') });
    const repeated = said('卡号 6222021234567890128 对吗');
    wecom.add(kf, { external_userid: 'wm1', origin: 5, servicer_userid: 'zhang', ...repeated });
    await sync.ring(kf, wecom.syncToken());
    await eventually(async () => expect(await log()).to.have.length(3));
    const words = await texts();
    expect(words.slice(0, 2)).to.deep.equal(['你好', '我来帮您']);
    expect(words[2]).to.match(/^卡号/).and.not.include('6222021234567890128');
    const [, entry] = await log();
    expect([entry?.origin, entry?.activity.channelData]).to.deep.equal(['agent', { sent: true }]);
  });

  it('tells of messages that were not delivered and of talks that agents take', async () => {
    wecom.event(kf, { event_type: 'msg_send_fail', external_userid: 'wm1', fail_msgid: 'm1', fail_type: 6 });
    wecom.event(kf, {
      event_type: 'session_status_change',
      external_userid: 'wm1',
      change_type: 1,
      new_servicer_userid: 'z',
    });
    await sync.ring(kf, wecom.syncToken());
    await eventually(() => events.length === 2);
    expect(events.map((it) => it.kind === 'event' && it.event.kind)).to.deep.equal([
      'send-failed',
      'session',
    ]);
  });

  it('is not held up by what it cannot read', async () => {
    wecom.add(kf, { msgtype: 'text' });
    wecom.add(kf, { external_userid: 'wm1', origin: 3, msgtype: 'merged_msg', merged_msg: {} });
    wecom.customerWrites(kf, 'wm1', said('你好'));
    await deliver(target, bell(), now());
    await eventually(async () => (await log()).length === 2);
    expect(await bench.counted()).to.include('wecom desk malformed 1');
  });

  it('leaves alone bells of others, and refuses what is not from the platform', async () => {
    expect(await deliver(target, bell('t', 'wk-other'), now())).to.include({ status: 200 });
    const other = '<xml><MsgType>event</MsgType><Event>change_contact</Event></xml>';
    expect(await deliver(target, other, now())).to.include({ status: 200 });
    expect((await deliverOnce({ ...target, receiverId: 'ww2' }, bell(), now())).status).to.equal(403);
    expect((await deliverOnce(target, '<xml></xml>', now())).status).to.equal(400);
    expect(await bench.counted()).to.have.members([
      'wecom desk ignored 2',
      'wecom desk undecryptable 1',
      'wecom desk malformed 1',
    ]);
  });
});
