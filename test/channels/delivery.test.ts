import { expect } from 'chai';
import { text } from '../../locales/index.ts';
import { eventually } from '../support/eventually.ts';
import { deliver } from '../support/tencent/callbacks.ts';
import { openTalks, type Process, type Talks } from './talk.ts';

const SEND = '/cgi-bin/message/custom/send';
const KF_SEND = '/cgi-bin/kf/send_msg';

describe('delivery to messaging apps', function () {
  this.timeout(60_000);
  let talks: Talks;
  let one: Process;
  let count = 0;
  /** Another one in each test. */
  let customer: string;

  before(async () => {
    talks = await openTalks();
    one = await talks.start();
  });
  after(async () => {
    await one.stop();
    await talks.close();
  });
  beforeEach(() => {
    customer = `c${++count}`;
    talks.wechat.menus = false;
  });

  const at = () => ({ at: talks.clock.now().getTime() });
  /** Writes to the official account. */
  const writeToShop = async (content: string) => {
    talks.wechat.customerWrites(customer);
    const seconds = Math.floor(at().at / 1000);
    const body = `<xml><ToUserName>gh</ToUserName><FromUserName>${customer}</FromUserName><CreateTime>${seconds}</CreateTime><MsgType>text</MsgType><Content>${content}</Content><MsgId>${++count}</MsgId></xml>`;
    expect(await deliver(one.shop, body, at())).to.include({ status: 200 });
  };
  const writeToDesk = async (content: string, tapped: { menu_id?: string | undefined } = {}) => {
    talks.wecom.customerWrites('wk1', customer, { msgtype: 'text', text: { content, ...tapped } });
    await ring();
  };
  const ring = async () => {
    const token = talks.wecom.syncToken();
    const body = `<xml><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>${token}</Token><OpenKfId>wk1</OpenKfId></xml>`;
    expect(await deliver(one.desk, body, at())).to.include({ status: 200 });
  };
  const wordsOf = (body: Record<string, unknown>) =>
    (body.text as { content?: string } | undefined)?.content ?? body.msgtype;
  const inShop = () =>
    talks.wechat.sent.filter((it) => it.touser === customer).map(({ body }) => wordsOf(body));
  const atDesk = () => talks.wecom.sent.filter((it) => it.touser === customer).map(wordsOf);
  const shopHears = (...words: string[]) => eventually(() => expect(inShop()).to.deep.equal(words));
  const deskHears = (...words: string[]) => eventually(() => expect(atDesk()).to.deep.equal(words));
  const asAgent = (id: string, text: string) =>
    one.messaging.store.append(id, 'agent', [
      { type: 'message', text, from: { id: 'A12', name: 'A12' } as never },
    ]);
  /** Nothing is to be done, and nothing more has come. */
  const settles = (id: string) =>
    eventually(async () => {
      const claim = await talks.deliveries.claim(id, 1);
      if (claim) await talks.deliveries.end(id, claim.fence, { kind: 'idle' });
      return claim === undefined;
    });

  it('has the answers, in their order, on either platform', async () => {
    await writeToShop('你好');
    await shopHears('听到：你好');
    await writeToShop('在吗');
    await shopHears('听到：你好', '听到：在吗');
    await writeToDesk('你好');
    await deskHears('听到：你好');
  });

  it('has what goes with the words in their language', async () => {
    await writeToShop('hi');
    await shopHears('听到：hi');
    const actions = ['Yes', 'No'].map((it) => ({ type: 'imBack', title: it, value: it }));
    const asks = { type: 'message', locale: 'en', text: 'Sure?', suggestedActions: { to: [], actions } };
    await one.messaging.store.append(`wx1:${customer}`, 'bot', [asks]);
    await shopHears('听到：hi', `Sure?\n\n${text('en', 'channels.chooseByNumber')}\n1. Yes\n2. No`);
  });

  it('has what an agent says, whichever process they say it in', async () => {
    await writeToShop('你好');
    const other = await talks.start();
    await shopHears('听到：你好');
    const said = { type: 'message', text: '我来帮您', from: { id: 'A12', name: 'A12' } as never };
    await other.messaging.store.append(`wx1:${customer}`, 'agent', [said]);
    await shopHears('听到：你好', '【客服 A12】我来帮您');
    await other.stop();
  });

  it('sends once on WeCom, whatever becomes of the answers', async () => {
    talks.platform.faults.next(KF_SEND, { kind: 'done-hang-up' });
    await writeToDesk('一');
    await eventually(() => atDesk().length === 1);
    await writeToDesk('二');
    await eventually(() => {
      // Tried again after a second, and known by its id.
      talks.clock.advance(500);
      expect(atDesk()).to.deep.equal(['听到：一', '听到：二']);
    }, 20_000);
  });

  it('tries again when the platform was not reached or was busy, and loses nothing', async () => {
    talks.platform.faults.next(SEND, { kind: 'errcode', errcode: -1 });
    talks.platform.faults.next(SEND, { kind: 'errcode', errcode: 45011 });
    await writeToShop('你好');
    await eventually(() => {
      talks.clock.advance(500);
      expect(inShop()).to.deep.equal(['听到：你好']);
    }, 20_000);
  });

  it('keeps what is over the quota, and says it in one with the customer’s next message', async () => {
    const id = `wx1:${customer}`;
    await writeToShop('你好');
    await shopHears('听到：你好');
    for (let n = 2; n <= 5; n++) {
      await asAgent(id, `第 ${n} 句`);
      await eventually(() => inShop().length === n);
    }
    await asAgent(id, '第六句');
    await asAgent(id, '第七句');
    await settles(id);
    expect(inShop().length).to.equal(5);
    await writeToShop('还在吗');
    await eventually(() => inShop().join('\n').includes('听到：还在吗'));
    expect(inShop().slice(5).join('\n\n')).to.equal(
      '【客服 A12】第六句\n\n【客服 A12】第七句\n\n听到：还在吗',
    );
  });

  it('believes the platform when its count is another than ours', async () => {
    const id = `wx1:${customer}`;
    talks.platform.faults.next(SEND, { kind: 'errcode', errcode: 45047 });
    await writeToShop('你好');
    await settles(id);
    expect(inShop()).to.deep.equal([]);
    await writeToShop('喂');
    await eventually(() => inShop().join('\n\n') === '听到：你好\n\n听到：喂');
  });

  it('says nothing that the bot said more than a day ago', async () => {
    const id = `wx1:${customer}`;
    talks.platform.faults.next(SEND, { kind: 'errcode', errcode: 45015 });
    await writeToShop('你好');
    await settles(id);
    talks.clock.advance(25 * 3_600_000);
    await writeToShop('喂');
    await shopHears('听到：喂');
  });

  it('delivers what was said by a process that died before it could', async () => {
    const id = `wx1:${customer}`;
    await writeToShop('你好');
    await shopHears('听到：你好');
    await settles(id);
    await talks.deliveries.expect(id, 'soon');
    await talks.store.append(id, 'bot', [{ type: 'message', text: '遗言' }]);
    talks.clock.advance(16_000);
    await shopHears('听到：你好', '遗言');
  });

  it('has choices as text where the account turns out to have no menus, and remembers it', async () => {
    await writeToShop('问');
    await shopHears('满意吗？\n\n回复数字选：\n1. 满意');
  });

  it('takes no talk away from a person in WeCom', async () => {
    const id = `wk1:${customer}`;
    await writeToDesk('你好');
    await deskHears('听到：你好');
    talks.wecom.setState('wk1', customer, 3);
    await asAgent(id, '在吗');
    await settles(id);
    expect(talks.wecom.stateOf('wk1', customer)).to.equal(3);
    expect(atDesk().length).to.equal(1);
  });

  /** Something happened at the desk besides messages. */
  const happensAtDesk = async (event: Record<string, unknown>) => {
    talks.wecom.event('wk1', { external_userid: customer, ...event });
    await ring();
  };
  const eventsIn = async (id: string) =>
    (await talks.store.read(id, 0, 100)).flatMap(({ activity }) =>
      activity.type === 'event' ? [[activity.name, activity.value]] : [],
    );
  const waitsFor = async (id: string) => (await talks.deliveries.find(id))?.waits;

  it('says what WeCom took and then could not deliver with the customer’s next message, once', async () => {
    const id = `wk1:${customer}`;
    await writeToDesk('你好');
    await deskHears('听到：你好');
    await settles(id);
    const [first] = talks.wecom.sent.filter((it) => it.touser === customer);
    await happensAtDesk({ event_type: 'msg_send_fail', fail_msgid: first?.msgid, fail_type: 6 });
    await eventually(async () => (await waitsFor(id)) === 'window-closed');
    expect(await eventsIn(id)).to.deep.equal([
      ['unbind.delivery.failed', { after: 0, to: 2, reason: 'quota' }],
      ['unbind.delivery.settled', { seqs: [3], how: 'retried', by: 'delivery' }],
    ]);
    await asAgent(id, '在吗');
    await writeToDesk('在');
    await deskHears('听到：你好', '听到：你好\n\n【客服 A12】在吗\n\n听到：在');
    await settles(id);
    await writeToDesk('好');
    await deskHears('听到：你好', '听到：你好\n\n【客服 A12】在吗\n\n听到：在', '听到：好');
  });

  it('says what has come of a case however late, and nothing that the bot said beside it', async () => {
    const id = `wx1:${customer}`;
    await writeToShop('你好');
    await shopHears('听到：你好');
    await settles(id);
    talks.clock.advance(49 * 3_600_000);
    const say = (words: string, channelData: object) =>
      one.messaging.store.append(id, 'bot', [{ type: 'message', text: words, channelData }]);
    await say('审核通过了', { caseId: 'JB20261123000001' });
    await say('维护结束了', {});
    await eventually(async () => (await waitsFor(id)) === 'window-closed');
    talks.clock.advance(49 * 3_600_000);
    await writeToShop('在');
    await shopHears('听到：你好', '审核通过了\n\n听到：在');
  });

  it('has no choices any more after something else was said', async () => {
    const id = `wk1:${customer}`;
    await writeToDesk('你好');
    await deskHears('听到：你好');
    await settles(id);
    await talks.deliveries.hold(id, 'window-closed');
    const actions = [{ type: 'imBack', title: '继续等', value: '继续等' }];
    await one.messaging.store.append(id, 'bot', [
      { type: 'message', text: '还要等吗？', suggestedActions: { to: [], actions } },
    ]);
    await settles(id);
    await writeToDesk('在');
    await deskHears('听到：你好', '还要等吗？\n\n听到：在');
  });

  it('says nothing that was begun before a person took over and has not gone out', async () => {
    const id = `wk1:${customer}`;
    let tries = 0;
    talks.platform.faults.choose((path) =>
      path === KF_SEND && tries++ === 0 ? { kind: 'errcode', errcode: -1 } : undefined,
    );
    await writeToDesk('你好');
    await eventually(() => tries === 1);
    const value = { state: 'accepted', message: 'A12' };
    await one.messaging.store.append(id, 'bot', [{ type: 'event', name: 'handoff.status', value }]);
    await asAgent(id, '我来看看');
    talks.clock.advance(2_000);
    await deskHears('【客服 A12】我来看看');
    talks.platform.faults.choose(undefined);
  });

  it('keeps out of a talk that an agent has in WeCom, until it ends', async () => {
    const id = `wk1:${customer}`;
    await writeToDesk('你好');
    await deskHears('听到：你好');
    await settles(id);
    const change = { event_type: 'session_status_change', new_servicer_userid: 'zhang' };
    talks.wecom.setState('wk1', customer, 3);
    await happensAtDesk({ ...change, change_type: 1, msg_code: talks.wecom.code() });
    await eventually(async () => (await waitsFor(id)) === 'with-person');
    await writeToDesk('帮我看看');
    await eventually(async () => (await talks.store.read(id, 0, 100)).length === 5);
    expect(talks.wecom.sentOnEvent.map(wordsOf)).to.deep.equal([text('zh-CN', 'handoff.neverAsks')]);
    talks.wecom.setState('wk1', customer, 4);
    await happensAtDesk({ ...change, change_type: 3, msg_code: talks.wecom.code() });
    await eventually(() => talks.wecom.sentOnEvent.length === 2);
    const asked = talks.wecom.sentOnEvent[1] as unknown as {
      msgmenu: { list: { click: { id: string; content: string } }[] };
    };
    const good = asked.msgmenu.list[1]?.click;
    expect(good?.content).to.equal('满意');
    await writeToDesk('满意', { menu_id: good?.id });
    await deskHears('听到：你好', text('zh-CN', 'handoff.ratingThanks'));
    await writeToDesk('再问一下');
    await deskHears('听到：你好', text('zh-CN', 'handoff.ratingThanks'), '听到：再问一下');
  });

  it('answers again when the talk with the agent has ended unheard', async () => {
    const id = `wk1:${customer}`;
    await writeToDesk('你好');
    await deskHears('听到：你好');
    await settles(id);
    await talks.deliveries.hold(id, 'with-person');
    talks.wecom.setState('wk1', customer, 4);
    await writeToDesk('还在吗');
    await deskHears('听到：你好', '听到：还在吗');
  });

  it('delivers nothing more to who has gone', async () => {
    const id = `wx1:${customer}`;
    await writeToShop('你好');
    await shopHears('听到：你好');
    await settles(id);
    talks.wechat.unfollow(customer);
    const seconds = Math.floor(at().at / 1000);
    const gone = `<xml><ToUserName>gh</ToUserName><FromUserName>${customer}</FromUserName><CreateTime>${seconds}</CreateTime><MsgType>event</MsgType><Event>unsubscribe</Event></xml>`;
    await deliver(one.shop, gone, at());
    expect(await waitsFor(id)).to.equal('customer-gone');
    await asAgent(id, '还在吗');
    await settles(id);
    expect(inShop().length).to.equal(1);
  });

  /** A file that an agent has sent to the conversation. */
  const asFile = async (
    id: string,
    name: string,
    mediaType: 'image/jpeg' | 'application/pdf',
    bytes = 900,
  ) => {
    const file = { id: `f${++count}`, name, mediaType, sizeBytes: bytes };
    talks.files.set(`${id} ${file.id}`, { ...file, bytes: Buffer.alloc(bytes, 1), fromCustomer: false });
    await one.messaging.store.append(id, 'agent', [
      {
        type: 'message',
        from: { id: 'A12', name: 'A12' } as never,
        attachments: [{ name, contentType: mediaType }],
        channelData: { file },
      },
    ]);
    return file.id;
  };
  /** What the link in the last words leads to. */
  const opened = async (words: unknown) => {
    const [, path = ''] = /https:\/\/desk\.example(\/\S+)/.exec(String(words)) ?? [];
    return fetch(`${new URL(one.shop.url).origin}${path}`);
  };

  it('has pictures of agents as pictures, on either platform', async () => {
    await writeToDesk('你好');
    await deskHears('听到：你好');
    await asFile(`wk1:${customer}`, '示意图.jpg', 'image/jpeg');
    await deskHears('听到：你好', 'image');
    await writeToShop('你好');
    await shopHears('听到：你好');
    await asFile(`wx1:${customer}`, '示意图.jpg', 'image/jpeg');
    await shopHears('听到：你好', 'image');
    expect(talks.platform.media.uploads.slice(-2)).to.deep.equal(
      [1, 2].map(() => ({
        ...{ type: 'image', name: 'picture.jpg', contentType: 'image/jpeg', bytes: Buffer.alloc(900, 1) },
      })),
    );
  });

  it('has files of agents as files on WeCom, under their names', async () => {
    await writeToDesk('你好');
    await deskHears('听到：你好');
    await asFile(`wk1:${customer}`, '证明.pdf', 'application/pdf');
    await deskHears('听到：你好', 'file');
    const { type, name } = talks.platform.media.uploads.at(-1) ?? {};
    expect([type, name]).to.deep.equal(['file', '证明.pdf']);
  });

  it('has the same file uploaded once, and anew when the platform has lost it', async () => {
    const id = `wx1:${customer}`;
    await writeToShop('你好');
    await shopHears('听到：你好');
    const before = talks.platform.media.uploads.length;
    await asFile(id, '一.jpg', 'image/jpeg', 901);
    await shopHears('听到：你好', 'image');
    await asFile(id, '二.jpg', 'image/jpeg', 901);
    await shopHears('听到：你好', 'image', 'image');
    expect(talks.platform.media.uploads.length - before).to.equal(1);
    talks.platform.faults.next(SEND, { kind: 'errcode', errcode: 40007 });
    await asFile(id, '三.jpg', 'image/jpeg', 901);
    await shopHears('听到：你好', 'image', 'image', 'image');
    expect(talks.platform.media.uploads.length - before).to.equal(2);
    talks.clock.advance(61 * 3_600_000);
    await writeToShop('在');
    await asFile(id, '四.jpg', 'image/jpeg', 901);
    await eventually(() => inShop().length === 6);
    expect(talks.platform.media.uploads.length - before).to.equal(3);
  });

  it('has other files, and pictures too large for the platform, as links good for half an hour', async () => {
    const id = `wx1:${customer}`;
    await writeToShop('你好');
    await shopHears('听到：你好');
    await asFile(id, '证明.pdf', 'application/pdf');
    await eventually(() => inShop().length === 2);
    expect(inShop()[1]).to.match(/^【客服 A12】证明\.pdf：\nhttps:/);
    const shown = await opened(inShop()[1]);
    expect([shown.status, shown.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
    expect((await shown.arrayBuffer()).byteLength).to.equal(900);
    await asFile(id, '大图.jpg', 'image/jpeg', 3 * 1024 * 1024);
    await eventually(() => inShop().length === 3);
    const large = inShop()[2];
    expect((await opened(large)).status).to.equal(200);
    expect((await opened(String(large).replace('/channels/files/', '/channels/files/x'))).status).to.equal(
      404,
    );
    talks.clock.advance(31 * 60_000);
    expect((await opened(large)).status).to.equal(404);
  });

  it('notes a file that was taken back before it could be sent', async () => {
    const id = `wk1:${customer}`;
    await writeToDesk('你好');
    await deskHears('听到：你好');
    await settles(id);
    const file = await asFile(id, '错.jpg', 'image/jpeg');
    talks.files.delete(`${id} ${file}`);
    await eventually(async () => {
      talks.clock.advance(500);
      const told = { after: 2, to: 3, reason: 'file-gone' };
      expect(await eventsIn(id)).to.deep.equal([['unbind.delivery.failed', told]]);
    }, 20_000);
  });

  it('has many choices in pages where they are taps', async () => {
    await writeToDesk('哪张');
    await deskHears('msgmenu');
    const tap = async (at: number) => {
      const last = talks.wecom.sent.filter((it) => it.touser === customer).at(-1);
      const { list } = (
        last as unknown as { msgmenu: { list: { click: { id: string; content: string } }[] } }
      ).msgmenu;
      const { id, content = '' } = list.at(at)?.click ?? {};
      await writeToDesk(content, { menu_id: id });
    };
    await tap(-1);
    await deskHears('msgmenu', 'msgmenu');
    await tap(1);
    await deskHears('msgmenu', 'msgmenu', '听到：卡11');
  });

  it('has the way to sign in where an account is needed', async () => {
    await writeToShop('我是谁');
    await eventually(() => inShop().length === 1);
    expect(inShop()[0]).to.include('<a href="https://me.example/in">');
    await writeToDesk('我是谁');
    await eventually(() => atDesk().length === 1);
    expect(atDesk()[0]).to.include('登录并关联账户：https://me.example/in\n').and.not.include('请先登录');
  });

  it('shows on WeChat that somebody is writing, not more often than it is seen', async () => {
    const id = `wx1:${customer}`;
    await writeToShop('你好');
    await shopHears('听到：你好');
    const before = talks.wechat.typings;
    for (let n = 0; n < 3; n++) await one.messaging.store.pass(id, { type: 'typing' });
    await eventually(() => talks.wechat.typings === before + 1);
    talks.clock.advance(16_000);
    await one.messaging.store.pass(id, { type: 'typing' });
    await eventually(() => talks.wechat.typings === before + 2);
  });

  it('says nothing that was taken back while it waited', async () => {
    const id = `wx1:${customer}`;
    talks.platform.faults.next(SEND, { kind: 'errcode', errcode: 45047 });
    await writeToShop('你好');
    await settles(id);
    const [wrong] = await asAgent(id, '发错了');
    await one.messaging.store.append(id, 'agent', [
      { type: 'messageDelete', replyToId: wrong?.activity.id ?? '' },
    ]);
    await writeToShop('喂');
    await eventually(() => inShop().join('\n\n') === '听到：你好\n\n听到：喂');
  });

  it('gives up what cannot be sent, and goes on with what comes after it', async () => {
    const id = `wx1:${customer}`;
    talks.platform.faults.next(SEND, { kind: 'errcode', errcode: 47001 });
    await writeToShop('你好');
    await settles(id);
    await writeToShop('喂');
    await shopHears('听到：喂');
    const told = (await talks.store.read(id, 0, 50)).filter(({ activity }) => activity.type === 'event');
    expect(told.map(({ activity }) => [activity.name, activity.value])).to.deep.equal([
      ['unbind.delivery.failed', { after: 0, to: 2, reason: 'invalid', code: 47001 }],
    ]);
  });

  it('has each message once in several processes that all look for work', async () => {
    const others = await Promise.all([talks.start(), talks.start()]);
    const expected: string[] = [];
    for (let n = 0; n < 15; n++) {
      await writeToShop(`第 ${n} 句`);
      for (const { messaging } of others) messaging.start();
      expected.push(`听到：第 ${n} 句`);
    }
    await eventually(() => expect(inShop().join('\n\n')).to.equal(expected.join('\n\n')), 20_000);
    await Promise.all(others.map((it) => it.stop()));
  });
});
