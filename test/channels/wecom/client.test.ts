import { expect } from 'chai';
import { createWecomClient, type WecomClient } from '../../../src/channels/wecom/client.ts';
import { createEmbeddedMemory } from '../../../src/conversation/embedded/shared-memory.ts';
import { silent } from '../../../src/domain/log.ts';
import { FakeClock } from '../../support/clock.ts';
import { type FakePlatform, startPlatform } from '../../support/tencent/platform.ts';
import type { FakeWecom } from '../../support/tencent/wecom.ts';

const ACCOUNT = { name: 'desk', corpId: 'ww1', secret: 'geheim' };
const TALK = { openKfId: 'wk1', customer: 'wm1' };
const text = (content: string) => ({ msgtype: 'text', text: { content } }) as const;
const done = (value?: unknown) => ({ kind: 'done', value });
const said = (content: string) => ({ msgtype: 'text', text: { content } });

describe("WeCom's API", () => {
  let clock: FakeClock;
  let platform: FakePlatform;
  let wecom: FakeWecom;
  let client: WecomClient;

  beforeEach(async () => {
    clock = new FakeClock();
    platform = await startPlatform(clock);
    wecom = platform.wecom(ACCOUNT);
    const memory = createEmbeddedMemory(clock);
    client = createWecomClient({ account: ACCOUNT, memory, clock, log: silent, baseUrl: platform.url });
  });
  afterEach(async () => {
    await client.close();
    await platform.close();
  });

  it('gives what came, page by page, also when a page in between is empty', async () => {
    wecom.pageSize = 2;
    wecom.emptyPages = true;
    for (const content of ['一', '二', '三']) wecom.customerWrites('wk1', 'wm1', said(content));
    const token = wecom.syncToken();
    const got: unknown[] = [];
    let cursor: string | undefined;
    let pages = 0;
    for (let more = true; more; pages++) {
      const page = await client.sync('wk1', { cursor, token });
      if (page.kind !== 'done') throw new Error(page.kind);
      got.push(...page.value.items);
      ({ more } = page.value);
      cursor = page.value.cursor;
    }
    expect(got.length).to.equal(3);
    expect(pages).to.equal(4);
  });

  it('says that a sync token has run out', async () => {
    expect(await client.sync('wk1', { token: 'old' })).to.include({ kind: 'refused', reason: 'sync-token' });
    expect(await client.sync('wk1', {})).to.include({ kind: 'done' });
  });

  it('takes a message once per id, whatever became of the answer', async () => {
    wecom.customerWrites('wk1', 'wm1', said('你好'));
    platform.faults.next('/cgi-bin/kf/send_msg', { kind: 'done-hang-up' });
    expect(await client.send(TALK, 'id-1', text('您好'))).to.include({ kind: 'unknown' });
    expect(await client.send(TALK, 'id-1', text('您好'))).to.include({ kind: 'refused', reason: 'repeated' });
    expect(await client.send(TALK, 'id-2', text('还有'))).to.deep.equal(done());
    expect(wecom.sent.map((it) => it.msgid)).to.deep.equal(['id-1', 'id-2']);
  });

  it('refuses what does not fit the state, the window or the count', async () => {
    const sendIt = async (id: string) => {
      const result = await client.send(TALK, id, text('x'));
      return result.kind === 'refused' ? result.reason : result.kind;
    };
    expect(await sendIt('a')).to.equal('window-closed');
    wecom.customerWrites('wk1', 'wm1', said('你好'));
    for (const id of ['b', 'c', 'd', 'e', 'f']) expect(await sendIt(id)).to.equal('done');
    expect(await sendIt('g')).to.equal('quota-used');
    wecom.customerWrites('wk1', 'wm1', said('在吗'));
    wecom.setState('wk1', 'wm1', 3);
    expect(await sendIt('h')).to.equal('wrong-state');
  });

  it('moves talks only as they may move', async () => {
    expect(await client.serviceState(TALK)).to.deep.equal(done({ state: 'new', agent: undefined }));
    expect(await client.transfer(TALK, 'bot')).to.deep.equal(done({ code: undefined }));
    expect(await client.transfer(TALK, 'person', 'zhang')).to.include({ reason: 'agent-unavailable' });
    const queued = await client.transfer(TALK, 'queue');
    expect(queued.kind === 'done' && queued.value.code).to.match(/^code/);
    expect(await client.transfer(TALK, 'bot')).to.include({ kind: 'refused', reason: 'wrong-state' });
    expect(await client.serviceState(TALK)).to.deep.equal(done({ state: 'queue', agent: undefined }));
  });

  it('takes an answer to an event within 20 seconds, once', async () => {
    const inTime = wecom.code();
    clock.advance(19_000);
    expect(await client.sendOnEvent(inTime, 'w1', text('欢迎'))).to.deep.equal(done());
    expect(await client.sendOnEvent(inTime, 'w2', text('欢迎'))).to.include({ kind: 'refused' });
    const late = wecom.code();
    clock.advance(21_000);
    expect(await client.sendOnEvent(late, 'w3', text('欢迎'))).to.include({ kind: 'refused' });
    expect(wecom.sentOnEvent.length).to.equal(1);
  });

  it('gets another token when the one we have is refused', async () => {
    await client.sync('wk1', {});
    wecom.tokens.expire();
    expect(await client.sync('wk1', {})).to.include({ kind: 'done' });
    expect(wecom.tokens.calls).to.equal(2);
  });

  it('takes files', async () => {
    const bytes = Buffer.from('%PDF-1.7 回单');
    const file = { type: 'file', name: '回单.pdf', contentType: 'application/pdf', bytes } as const;
    expect(await client.upload(file)).to.deep.equal(done('media-1'));
  });
});
