import { expect } from 'chai';
import { call, Listener, poll, post, startConversation, until } from './client.ts';
import { startServer, type TestServer } from './server.ts';

describe('Direct Line: receiving', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({ socket: { keepAliveMs: 100, retryMs: 20 } });
  });
  after(() => server.close());

  it('D1 D3 every frame has activities and a watermark that is a growing, non-empty string', async () => {
    const talk = await startConversation(server);
    const listener = new Listener(talk.streamUrl);
    await listener.hears('欢迎');
    await post(server, talk, { type: 'message', text: '一' });
    await listener.hears('回声 一');
    const watermarks = listener.sets.map((set) => set.watermark);
    expect(listener.sets.every((set) => Array.isArray(set.activities))).to.equal(true);
    expect(watermarks.every((it) => typeof it === 'string' && it !== '')).to.equal(true);
    expect(watermarks.map(Number)).to.deep.equal(watermarks.map(Number).sort((a, b) => a - b));
    listener.socket.close();
  });

  it('D2 sends empty frames and pings, takes empty frames, and keeps the socket', async () => {
    const talk = await startConversation(server);
    const listener = new Listener(talk.streamUrl);
    await listener.hears('欢迎');
    listener.socket.send('');
    await until(
      () => listener.frames.filter((it) => it === '').length >= 4 && listener.pings >= 4,
      'keep-alives',
    );
    expect(listener.closeCode).to.equal(undefined);
    listener.socket.close();
  });

  it('D2 a client that gives no sign of life is dropped', async () => {
    const talk = await startConversation(server);
    const listener = new Listener(talk.streamUrl, { autoPong: false });
    await until(() => listener.closeCode !== undefined, 'a dropped socket');
  });

  it('D4 a reconnect by watermark has no gap and no duplicate while messages keep coming', async () => {
    const talk = await startConversation(server);
    const heard: unknown[] = [];
    let watermark = '';
    const sent = Array.from({ length: 30 }, (_, n) => `第${n}条`);
    const sending = (async () => {
      for (const text of sent) await post(server, talk, { type: 'message', text });
    })();
    for (let round = 0; round < 6; round++) {
      const { body } = await call(server, `/conversations/${talk.id}?watermark=${watermark}`, {
        bearer: talk.token,
      });
      const listener = new Listener(body.streamUrl);
      const enough =
        round === 5 ? () => listener.texts.includes('回声 第29条') : () => listener.sets.length >= 2;
      await until(enough, 'messages of this round');
      listener.socket.terminate();
      heard.push(...listener.texts);
      watermark = listener.watermark ?? watermark;
    }
    await sending;
    await server.idle();
    expect(heard).to.deep.equal((await poll(server, talk)).texts);
    expect(heard).to.have.length(61);
  });

  it('D5 the own message is echoed with id, timestamp and channelData as sent', async () => {
    const talk = await startConversation(server);
    const channelData = {
      clientActivityID: 'w8x2',
      clientTimestamp: '2026-11-23T02:00:00.000Z',
      attachmentSizes: [7],
    };
    const { body } = await post(server, talk, { type: 'message', text: '在吗', channelData });
    const echo = (await poll(server, talk)).body.activities[1];
    expect(echo.id).to.equal(body.id);
    expect(echo.channelData).to.deep.equal(channelData);
    expect(echo.timestamp).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(echo.recipient).to.include({ id: 'unbind-assistant', role: 'bot' });
    expect(echo).to.include({ channelId: 'directline' });
    expect(echo.conversation).to.deep.equal({ id: talk.id });
  });

  it('D4 a client that saw more than the log holds hears what comes next', async () => {
    const talk = await startConversation(server);
    const { body } = await call(server, `/conversations/${talk.id}?watermark=900`, { bearer: talk.token });
    const listener = new Listener(body.streamUrl);
    await post(server, talk, { type: 'message', text: '还在吗' });
    await listener.hears('回声 还在吗');
    listener.socket.terminate();
  });

  it('D6 typing of the bot reaches sockets, without id and watermark, and is not in the history', async () => {
    const talk = await startConversation(server);
    const listener = new Listener(talk.streamUrl);
    await listener.hears('欢迎');
    await server.store.pass(talk.id, { type: 'typing' });
    await until(() => listener.activities.some(({ type }) => type === 'typing'), 'typing');
    const set = listener.sets.at(-1);
    expect(set).to.not.have.property('watermark');
    expect(set?.activities[0]).to.not.have.property('id');
    expect(set?.activities[0]?.from).to.include({ id: 'unbind-assistant', role: 'bot' });
    expect((await poll(server, talk)).texts).to.deep.equal(['欢迎']);
    listener.socket.close();
  });

  it('D6 events and endOfConversation are delivered, traces and updates are not', async () => {
    const talk = await startConversation(server);
    await server.store.append(talk.id, 'bot', [
      { type: 'trace', name: 't' },
      { type: 'conversationUpdate' },
      { type: 'contactRelationUpdate' },
      { type: 'event', name: 'handoff.status', value: { state: 'accepted' } },
      { type: 'endOfConversation' },
    ]);
    const { body } = await poll(server, talk, '2');
    expect(body.activities.map((it: { type: string }) => it.type)).to.deep.equal([
      'event',
      'endOfConversation',
    ]);
  });

  it('D6 what the system tells the bot is never shown, and the bot’s answer to it names no reply', async () => {
    const talk = await startConversation(server);
    const activity = { type: 'event', name: 'unbind.upload.completed', value: { documentId: 'd' } };
    const told = await server.store.accept(talk.id, { origin: 'system', activity });
    const id = told.kind === 'accepted' ? told.entry.activity.id : '';
    await server.store.append(talk.id, 'bot', [{ type: 'message', text: '收到了', replyToId: id }]);
    const { body } = await poll(server, talk, '2');
    expect(body.activities.map((it: { text?: string }) => it.text)).to.deep.equal(['收到了']);
    expect(body.activities[0]).to.not.have.property('replyToId');
  });

  it('D7 polls page until empty and never stop early at entries that are not shown', async () => {
    const talk = await startConversation(server);
    const hidden = Array.from({ length: 250 }, () => ({ type: 'trace' }));
    const shown = Array.from({ length: 150 }, (_, n) => ({ type: 'message', text: String(n) }));
    await server.store.append(talk.id, 'bot', [...hidden, ...shown]);
    const texts: string[] = [];
    let watermark = '';
    for (;;) {
      const page = await poll(server, talk, watermark);
      if (page.texts.length === 0) break;
      texts.push(...page.texts);
      watermark = page.body.watermark;
    }
    expect(texts).to.deep.equal(['欢迎', ...shown.map(({ text }) => text)]);
    expect((await poll(server, talk, watermark)).body).to.deep.equal({ activities: [], watermark });
  });

  it('D7 a watermark that is none of ours replays from the beginning', async () => {
    const talk = await startConversation(server);
    for (const watermark of ['-', 'abc', '-5', '1e3', '99999999999999999999']) {
      expect((await poll(server, talk, watermark)).texts).to.deep.equal(['欢迎']);
    }
  });

  it('D8 polls answer 200 with nothing and the same watermark while the store is away or hangs', async () => {
    const slow = await startServer({ storeTimeoutMs: 50 });
    const talk = await startConversation(slow);
    for (const mode of ['throws', 'hangs'] as const) {
      slow.storeState.mode = mode;
      const answer = await poll(slow, talk, '7');
      expect([answer.status, answer.body]).to.deep.equal([200, { activities: [], watermark: '7' }]);
    }
    slow.storeState.mode = 'fine';
    await slow.close();
    expect(slow.logLines.join('')).to.include('could not be read');
  });

  it('D8 polls are never limited', async () => {
    const strict = await startServer({
      limits: { perUser: { max: 5, windowSeconds: 60 }, perAddress: { max: 50, windowSeconds: 60 } },
    });
    const talk = await startConversation(strict);
    const answers = await Promise.all(Array.from({ length: 80 }, () => poll(strict, talk)));
    await strict.close();
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([200]));
  });

  it('D10 timestamps are strictly increasing', async () => {
    const talk = await startConversation(server);
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => post(server, talk, { type: 'message', text: `${n}` })),
    );
    await server.idle();
    const { body } = await poll(server, talk);
    const times = body.activities.map((it: { timestamp: string }) => Date.parse(it.timestamp));
    expect(times.every((time: number, n: number) => n === 0 || time > times[n - 1])).to.equal(true);
  });

  it('D10 a reply names what it replies to only when the client has got that', async () => {
    const talk = await startConversation(server);
    const { body: posted } = await post(server, talk, { type: 'message', text: '问' });
    await server.idle();
    const [greeting, , reply] = (await poll(server, talk)).body.activities;
    expect(greeting).to.not.have.property('replyToId');
    expect(reply.replyToId).to.equal(posted.id);
    // From in between, when the message replied to is no longer in the page.
    const { body } = await poll(server, talk, '3');
    expect(body.activities[0].replyToId).to.equal(posted.id);
    expect((await poll(server, talk, '1')).body.activities[0]).to.not.have.property('replyToId');
  });

  it('a customer’s reply to an entry that cannot be leaves the conversation readable', async () => {
    const talk = await startConversation(server);
    for (const seq of ['4294967296', '99999999999999999999', '0', '999999999']) {
      await post(server, talk, { type: 'message', text: 'x', replyToId: `${talk.id}|${seq}` });
    }
    await server.idle();
    const { texts } = await poll(server, talk);
    expect(texts.filter((text) => text === 'x')).to.have.length(4);
  });

  it('D11 roles are explicit, a person at the desk is a named bot', async () => {
    const talk = await startConversation(server);
    await post(server, talk, { type: 'message', text: '问', from: { id: 'x', role: 'bot' } });
    await server.idle();
    await server.store.append(talk.id, 'agent', [
      { type: 'message', text: '您好', from: { id: 'agent-7', name: '小王' } as never },
    ]);
    const from = (await poll(server, talk)).body.activities.map((it: { from: object }) => it.from);
    expect(from).to.deep.equal([
      { id: 'unbind-assistant', name: '解绑助手', role: 'bot' },
      { id: 'dl_li', role: 'user' },
      { id: 'unbind-assistant', name: '解绑助手', role: 'bot' },
      { id: 'agent-7', name: '小王', role: 'bot' },
    ]);
  });

  it('D12 ids are the conversation and seven digits', async () => {
    const talk = await startConversation(server);
    expect((await poll(server, talk)).body.activities[0].id).to.equal(`${talk.id}|0000002`);
  });

  it('D13 D14 nulls are kept out on top, channelData goes out as it is', async () => {
    const talk = await startConversation(server);
    const channelData = { topic: null, key: 'risk-lock.stopTrying' };
    await server.store.append(talk.id, 'bot', [
      { type: 'message', text: 'x', speak: null, channelData } as never,
    ]);
    const activity = (await poll(server, talk, '2')).body.activities[0];
    expect(activity).to.not.have.property('speak');
    expect(activity.channelData).to.deep.equal(channelData);
  });

  it('H2 H3 two sockets get everything, and closing one ends nothing', async () => {
    const talk = await startConversation(server);
    const { body } = await call(server, `/conversations/${talk.id}?watermark=`, { bearer: talk.token });
    const [first, second] = [new Listener(talk.streamUrl), new Listener(body.streamUrl)];
    await post(server, talk, { type: 'message', text: '一' });
    await Promise.all([first.hears('回声 一'), second.hears('回声 一')]);
    first.socket.close();
    await post(server, talk, { type: 'message', text: '二' });
    await second.hears('回声 二');
    expect(second.texts).to.deep.equal(['欢迎', '一', '回声 一', '二', '回声 二']);
    second.socket.close();
  });

  it('a socket survives a store that is away for a while and misses nothing', async () => {
    const talk = await startConversation(server);
    const listener = new Listener(talk.streamUrl);
    await listener.hears('欢迎');
    server.storeState.mode = 'throws';
    await server.store.append(talk.id, 'bot', [{ type: 'message', text: '补上' }]);
    await until(() => server.logLines.some((line) => line.includes('read for a stream')), 'a failed read');
    server.storeState.mode = 'fine';
    await listener.hears('补上');
    expect(listener.texts).to.deep.equal(['欢迎', '补上']);
    listener.socket.close();
  });

  it('a client that does not read is closed and costs a bounded amount of memory', async () => {
    const talk = await startConversation(server);
    const listener = new Listener(talk.streamUrl);
    await listener.hears('欢迎');
    listener.socket.pause();
    const big = 'x'.repeat(200_000);
    const batch = Array.from({ length: 50 }, () => ({ type: 'message', text: big }));
    for (let n = 0; n < 4; n++) await server.store.append(talk.id, 'bot', batch);
    let most = 0;
    const [client] = [...server.app.websocketServer.clients].slice(-1);
    await until(() => {
      most = Math.max(most, client?.bufferedAmount ?? 0);
      return client?.readyState === 3;
    }, 'the socket to be closed');
    // One page of the log is under way at most, out of 40 MB.
    expect(most).to.be.below(25_000_000);
    listener.socket.terminate();
  });

  it('C6 closing the server tells sockets 1001', async () => {
    const closing = await startServer();
    const talk = await startConversation(closing);
    const listener = new Listener(talk.streamUrl);
    await listener.hears('欢迎');
    await closing.close();
    await until(() => listener.closeCode !== undefined, 'the close frame');
    expect(listener.closeCode).to.equal(1001);
  });
});
