import { request as plainRequest } from 'node:http';
import { encrypt, getSignature } from '@wecom/crypto';
import { expect } from 'chai';
import { cdata } from '../../src/channels/tencent/xml.ts';
import { eventually } from '../support/eventually.ts';
import { type CallbackTarget, deliver, deliverOnce } from '../support/tencent/callbacks.ts';
import { openTalks, type Process, type Talks } from './talk.ts';

describe('callbacks that are not as they should be', function () {
  this.timeout(60_000);
  let talks: Talks;
  let one: Process;
  let two: Process;
  let count = 0;
  /** Another one in each test, and where they talk. */
  let customer: string;
  let here: string;

  before(async () => {
    talks = await openTalks();
    one = await talks.start();
    two = await talks.start();
  });
  after(async () => {
    await Promise.all([one.stop(), two.stop()]);
    await talks.close();
  });
  beforeEach(() => {
    customer = `c${++count}`;
    here = `wx1:${customer}`;
    talks.wechat.customerWrites(customer);
  });

  const now = () => talks.clock.now().getTime();
  const body = (fields: Record<string, string>) => {
    const seconds = String(Math.floor(now() / 1000));
    const known = { ToUserName: 'gh', FromUserName: customer, CreateTime: seconds, MsgType: 'text' };
    const all = { ...known, MsgId: String(++count), ...fields };
    return `<xml>${Object.entries(all)
      .map(([tag, value]) => `<${tag}>${cdata(value)}</${tag}>`)
      .join('')}</xml>`;
  };
  /** A callback as it goes over the line, so that the very same one can come again. */
  const captured = (target: CallbackTarget, xml: string, at = now()) => {
    const encrypted = encrypt(target.encodingAesKey, xml, target.receiverId);
    const timestamp = String(Math.floor(at / 1000));
    const signature = getSignature(target.token, timestamp, 'n', encrypted);
    const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce: 'n' });
    return { query, body: `<xml><Encrypt>${encrypted}</Encrypt></xml>` };
  };
  const post = async (
    target: CallbackTarget,
    given: { query: URLSearchParams | string; body: string | Buffer },
    headers: Record<string, string> = { 'content-type': 'text/xml' },
  ) => {
    const url = `${target.url}?${given.query}`;
    return (await fetch(url, { method: 'POST', headers, body: given.body as string })).status;
  };
  const shown = () => {
    const words = talks.wechat.sent.filter((it) => it.touser === customer).map((it) => it.body.text);
    return words.map((it) => (it as { content: string }).content);
  };
  const said = async () =>
    (await talks.store.read(here, 0, 100))
      .filter((it) => it.origin === 'customer')
      .map((it) => it.activity.text);

  it('are answered once when they come three times at once to two processes', async () => {
    const xml = body({ Content: '一次' });
    await Promise.all([one.shop, two.shop, one.shop].map((target) => deliver(target, xml, { at: now() })));
    await eventually(() => shown().length > 0);
    expect([await said(), shown()]).to.deep.equal([['一次'], ['听到：一次']]);
  });

  it('change nothing when somebody plays them again, and are refused after their time', async () => {
    const given = captured(one.shop, body({ Content: '原话' }));
    for (const target of [one.shop, one.shop, two.shop]) expect(await post(target, given)).to.equal(200);
    talks.clock.advance(301_000);
    expect(await post(one.shop, given)).to.equal(403);
    expect(await said()).to.deep.equal(['原话']);
  });

  it('do not say under an old signature what it was not made for', async () => {
    const { query, body: first } = captured(one.shop, body({ Content: '原话' }));
    const other = captured(one.shop, body({ Content: '假话' })).body;
    expect(await post(one.shop, { query, body: other })).to.equal(403);
    // Nor one account what another one was told.
    expect(await post(one.desk, { query, body: first })).to.equal(403);
    const twice = first.replace('</xml>', `${other.replace(/<\/?xml>/g, '')}</xml>`);
    expect(await post(one.shop, { query, body: twice })).to.equal(403);
    expect(await talks.store.find(here)).to.equal(undefined);
  });

  it('are refused when the query says something twice, or nothing', async () => {
    const { query, body: text } = captured(one.shop, body({ Content: '你好' }));
    for (const name of ['msg_signature', 'timestamp', 'nonce']) {
      const doubled = `${query}&${name}=${query.get(name)}`;
      const without = new URLSearchParams(query);
      without.delete(name);
      expect(await post(one.shop, { query: doubled, body: text }), name).to.equal(400);
      expect(await post(one.shop, { query: without, body: text }), name).to.equal(400);
    }
    expect(await post(one.shop, { query: `msg_signature[a]=1&${query}`, body: text })).to.equal(200);
  });

  it('are taken within five minutes of either side’s clock, and the window is counted by ours', async () => {
    const fast = body({ Content: '快', CreateTime: String(Math.floor(now() / 1000) + 290) });
    expect((await deliverOnce(one.shop, fast, { at: now() + 290_000 })).status).to.equal(200);
    expect((await deliverOnce(one.shop, body({ Content: '慢' }), { at: now() - 290_000 })).status).to.equal(
      200,
    );
    for (const ms of [-310_000, 310_000]) {
      expect((await deliverOnce(one.shop, body({ Content: '错' }), { at: now() + ms })).status).to.equal(403);
    }
    const until = (await talks.deliveries.find(here))?.windowUntil.getTime();
    expect(until).to.equal(now() + 48 * 3_600_000);
  });

  it('are answered in the order in which they come, whenever they were written', async () => {
    const early = body({ Content: '先写', CreateTime: String(Math.floor(now() / 1000) - 60) });
    await deliver(one.shop, body({ Content: '后写' }), { at: now() });
    await deliver(two.shop, early, { at: now() });
    await eventually(() => shown().join('').includes('先写'));
    expect(shown().join('\n\n')).to.equal('听到：后写\n\n听到：先写');
  });

  it('bring whole what a customer has written, and take it back in pieces that the platform takes', async () => {
    const odd = 'a]]>b 👨‍👩‍👧 <b>&amp;';
    await deliver(one.shop, body({ Content: odd }), { at: now() });
    await eventually(() => shown().length === 1);
    expect(shown()).to.deep.equal([`听到：${odd}`]);
    for (const [character, times] of [
      ['😀', 900],
      ['汉', 1200],
      ['é', 1800],
    ] as const) {
      talks.wechat.sent.length = 0;
      talks.wechat.customerWrites(customer);
      const long = character.repeat(times);
      await deliver(one.shop, body({ Content: long }), { at: now() });
      await eventually(() => shown().join('') === `听到：${long}`);
      for (const piece of shown()) expect(Buffer.byteLength(piece)).to.be.at.most(2048);
    }
  });

  it('are cut off between characters where they are longer than anybody writes', async () => {
    await deliver(one.shop, body({ Content: `a${'😀'.repeat(2_500)}` }), { at: now() });
    expect(await said()).to.deep.equal([`a${'😀'.repeat(1_999)}`]);
  });

  it('are refused in whatever form they come that nobody can read', async () => {
    const { query, body: text } = captured(one.shop, body({ Content: '你好' }));
    const encrypted = /<Encrypt>(.*)<\/Encrypt>/.exec(text)?.[1] ?? '';
    const wrong: [body: string | Buffer, status: number][] = [
      [text.slice(0, -9), 400],
      [text.replace(encrypted, encrypted.slice(0, -4)), 403],
      [text.replace(encrypted, encrypted.toLowerCase()), 403],
      [text.replace('<Encrypt>', '<Encrypt><![CDATA[').replace('</Encrypt>', ' ]]></Encrypt>'), 403],
      [`<!DOCTYPE x [<!ENTITY a "${'x'.repeat(100)}">]>${text}`, 400],
      [`<xml>${'<a>'.repeat(20)}${'</a>'.repeat(20)}</xml>`, 400],
      [`<xml>${'<a/>'.repeat(15_000)}</xml>`, 400],
      [`{"Encrypt":${'['.repeat(30_000)}`, 400],
      [Buffer.from([0xff, 0xfe, 0x00, 0x3c]), 400],
      ['x'.repeat(70_000), 413],
    ];
    for (const [given, status] of wrong) {
      expect(await post(one.shop, { query, body: given }), String(given).slice(0, 60)).to.equal(status);
    }
    const packed = { 'content-type': 'text/xml', 'content-encoding': 'gzip' };
    expect(await post(one.shop, { query, body: Buffer.from([0x1f, 0x8b, 8, 0]) }, packed)).to.equal(400);
    expect(await post(one.shop, { query, body: text }, { 'content-type': 'application/json' })).to.equal(200);
    expect(await said()).to.deep.equal(['你好']);
  });

  it('are refused with headers that have no end, and by no other method', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'x-much': 'x'.repeat(20_000) };
      const sent = plainRequest(one.shop.url, { method: 'POST', headers }, (answer) => {
        resolve(answer.statusCode);
        answer.resume();
      });
      sent.on('error', reject).end();
    });
    expect(status).to.equal(431);
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      expect((await fetch(one.shop.url, { method })).status, method).to.equal(404);
    }
  });

  it('do not stop what comes after them at WeCom', async () => {
    const text = (content: string) => ({ msgtype: 'text', text: { content } });
    talks.wecom.customerWrites('wk1', customer, { ...text('何时'), send_time: 9_000_000_000_000_000 });
    talks.wecom.customerWrites('wk1', customer, { msgtype: 'hologram', hologram: { a: 1 } });
    talks.wecom.customerWrites('wk1', customer, text('你好'));
    const bell = `<xml><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>${talks.wecom.syncToken()}</Token><OpenKfId>wk1</OpenKfId></xml>`;
    expect(await deliver(one.desk, bell, { at: now() })).to.include({ status: 200 });
    const words = () => JSON.stringify(talks.wecom.sent.filter((it) => it.touser === customer));
    await eventually(() => words().includes('听到：你好'));
    expect(words()).not.to.include('何时');
  });
});
