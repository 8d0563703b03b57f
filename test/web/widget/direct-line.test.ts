import { expect } from 'chai';
import { WebSocket } from 'ws';
import { DirectLine, type DirectLineOptions, type KeyValue } from '../../../src/web/widget/direct-line.ts';
import { eventually } from '../../support/eventually.ts';
import { DirectLineServer } from '../support/direct-line-server.ts';

const QUICK = {
  backoffMinMs: 5,
  backoffMaxMs: 20,
  giveUpMs: 60_000,
  socketOpenMs: 1000,
  pollMs: 10,
  socketRetryMs: 60_000,
  keepAliveMs: 1000,
  typingMs: 60_000,
};

function memory(): KeyValue {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

describe('Direct Line client', () => {
  let server: DirectLineServer;
  let clients: DirectLine[];

  beforeEach(async () => {
    server = new DirectLineServer();
    clients = [];
    await server.listen();
  });

  afterEach(async () => {
    for (const client of clients) client.close();
    await server.close();
  });

  function connect(more: Partial<DirectLineOptions> = {}): DirectLine {
    const { delays, ...rest } = more;
    const client = new DirectLine({
      baseUrl: server.baseUrl,
      credentials: { token: 'token-1', conversationId: 'conversation-1' },
      createSocket: (url) => new WebSocket(url),
      fetch: (input, init) => fetch(input, init),
      storage: memory(),
      outboxKey: 'outbox',
      locale: 'zh-CN',
      delays: { ...QUICK, ...delays },
      ...rest,
    });
    clients.push(client);
    client.start();
    return client;
  }

  const shown = (client: DirectLine) => client.snapshot.entries.map(({ activity }) => activity.text);
  const deliveries = (client: DirectLine) => client.snapshot.entries.map(({ delivery }) => delivery);
  const online = (client: DirectLine) => eventually(() => expect(client.snapshot.status).to.equal('online'));

  it('starts a conversation and shows what was said before the socket opened', async () => {
    server.say('您好');
    const client = connect();
    await eventually(() => expect(shown(client)).to.deep.equal(['您好']));
    expect(client.snapshot).to.include({ status: 'online', conversationId: 'conversation-1' });
  });

  it('shows a message at once and keeps its key from draft to echo', async () => {
    const client = connect();
    await online(client);
    const id = client.send('解绑不了');
    expect(client.snapshot.entries).to.have.length(1);
    expect(client.snapshot.entries[0]).to.include({ key: id, delivery: 'sending' });
    await eventually(() => expect(deliveries(client)).to.deep.equal(['sent']));
    expect(client.snapshot.entries[0]?.key).to.equal(id);
  });

  it('takes messages before the conversation has started', async () => {
    server.troubles.start = ['drop', { status: 503 }];
    const client = connect();
    client.send('在吗');
    await eventually(() => expect(server.texts).to.deep.equal(['在吗']));
    expect(server.seen.start).to.equal(3);
  });

  it('resends after lost connections, 5xx and lost answers without a duplicate, in order', async () => {
    const client = connect();
    await online(client);
    server.troubles.post = [
      'drop',
      { status: 502 },
      'answer-lost',
      { status: 429, headers: { 'retry-after': '0' } },
    ];
    for (const text of ['一', '二', '三']) client.send(text);
    await eventually(() => expect(server.texts).to.deep.equal(['一', '二', '三']));
    await eventually(() => expect(deliveries(client)).to.deep.equal(['sent', 'sent', 'sent']));
    expect(server.seen.post).to.be.at.least(6);
    expect(shown(client)).to.deep.equal(['一', '二', '三']);
  });

  it('fails a message the server refuses and sends the next', async () => {
    const client = connect();
    await online(client);
    server.troubles.post = [{ status: 400 }];
    client.send('太长');
    client.send('短');
    await eventually(() => expect(server.texts).to.deep.equal(['短']));
    await eventually(() => expect(deliveries(client).toSorted()).to.deep.equal(['failed', 'sent']));
  });

  it('gives up after a while for all queued messages together, and resends on request with the same id', async () => {
    const client = connect({ delays: { giveUpMs: 30 } });
    await online(client);
    server.always.post = { status: 503 };
    const first = client.send('一');
    client.send('二');
    await eventually(() => expect(deliveries(client)).to.deep.equal(['failed', 'failed']));
    delete server.always.post;
    client.resend(first);
    await eventually(() => expect(server.texts).to.deep.equal(['一']));
    expect(server.log[0]?.channelData).to.deep.equal({ clientActivityID: first });
  });

  it('lets no later message overtake one that could not leave', async () => {
    const storage = memory();
    const stored = [
      { clientId: 'a', text: '一', queuedAt: Date.now() - 59_900, delivery: 'sending' },
      { clientId: 'b', text: '二', queuedAt: Date.now(), delivery: 'sending' },
    ];
    storage.setItem('outbox', JSON.stringify(stored));
    server.always.post = { status: 503 };
    const client = connect({ storage });
    await eventually(() => expect(deliveries(client)).to.deep.equal(['failed', 'failed']));
  });

  it('finds unsent messages after a reload and does not send twice what had arrived', async () => {
    const storage = memory();
    const before = connect({ storage });
    await online(before);
    server.troubles.post = ['answer-lost'];
    server.always.resume = 'drop';
    server.cut();
    before.send('在吗');
    await eventually(() => expect(server.texts).to.deep.equal(['在吗']));
    before.close();
    delete server.always.resume;

    const resume = { token: 'token-1', conversationId: 'conversation-1' };
    const after = connect({ storage, resume });
    await eventually(() => expect(deliveries(after)).to.deep.equal(['sent']));
    after.send('还在吗');
    await eventually(() => expect(server.texts).to.deep.equal(['在吗', '还在吗']));
    expect(shown(after)).to.deep.equal(['在吗', '还在吗']);
  });

  it('resumes from the beginning after a reload', async () => {
    server.say('您好');
    server.say('请说');
    const client = connect({ resume: { token: 'token-1', conversationId: 'conversation-1' } });
    await eventually(() => expect(shown(client)).to.deep.equal(['您好', '请说']));
    expect(server.seen.start).to.equal(0);
  });

  for (const [what, resume] of [
    ['unknown conversation', { token: 'token-1', conversationId: 'another' }],
    ['stale token', { token: 'old', conversationId: 'conversation-1' }],
  ] as const) {
    it(`starts anew when the stored one has an ${what}`.replace('an stale', 'a stale'), async () => {
      const stored: unknown[] = [];
      const client = connect({ resume, sessionChanged: (session) => stored.push(session) });
      await online(client);
      expect(server.seen.start).to.equal(1);
      expect(stored.at(-1)).to.deep.equal({ token: 'token-1', conversationId: 'conversation-1' });
    });
  }

  it('reconnects from its watermark and shows each activity once', async () => {
    const client = connect();
    await online(client);
    server.say('一');
    await eventually(() => expect(shown(client)).to.deep.equal(['一']));
    server.always.resume = 'drop';
    server.cut();
    await eventually(() => expect(client.snapshot.status).to.equal('reconnecting'));
    server.say('二');
    delete server.always.resume;
    await eventually(() => expect(shown(client)).to.deep.equal(['一', '二']));
    expect(client.snapshot.status).to.equal('online');
  });

  it('shows an activity that comes again once, in its latest form', async () => {
    const client = connect();
    await online(client);
    server.say('一');
    server.say('二');
    server.frame(JSON.stringify({ activities: [{ ...server.log[0], text: '一(已更正)' }] }));
    await eventually(() => expect(shown(client)).to.deep.equal(['一(已更正)', '二']));
  });

  it('polls when no socket opens', async () => {
    server.always.socket = 'drop';
    const client = connect();
    await eventually(() => expect(server.seen.poll).to.be.above(1));
    server.say('经轮询');
    await eventually(() => expect(shown(client)).to.deep.equal(['经轮询']));
    expect(client.snapshot.status).to.equal('online');
    client.send('收到');
    await eventually(() => expect(deliveries(client)).to.deep.equal(['sent', 'sent']));
  });

  it('polls when the socket cannot even be made', async () => {
    const client = connect({
      createSocket: () => {
        throw new Error('blocked by policy');
      },
    });
    server.say('您好');
    await eventually(() => expect(shown(client)).to.deep.equal(['您好']));
  });

  it('does not wait out a backoff when woken', async () => {
    server.troubles.start = [{ status: 503, headers: { 'retry-after': '3600' } }];
    const client = connect();
    await eventually(() => expect(server.seen.start).to.equal(1));
    await eventually(() => {
      client.wake();
      expect(client.snapshot.status).to.equal('online');
    });
  });

  it('looks for missed messages when woken on a line that died silently', async () => {
    const client = connect({
      createSocket: (url) => {
        const line = new WebSocket(url);
        // Opens, then lets nothing through: like a phone's line after sleep.
        return new Proxy(line, {
          set: (target, key, value) => (key === 'onmessage' ? true : Reflect.set(target, key, value)),
          get: (target, key) =>
            key === 'send' || key === 'close' ? () => undefined : Reflect.get(target, key),
        });
      },
    });
    await online(client);
    server.say('错过的');
    client.wake();
    await eventually(() => expect(shown(client)).to.deep.equal(['错过的']));
  });

  it('refreshes its token at half of its life', async () => {
    server.expiresInSeconds = 0.1;
    connect({ credentials: { token: 'token-1', expiresInSeconds: 0.1 } });
    await eventually(() => expect(server.seen.refresh).to.be.above(1));
  });

  it('asks the host once for a new token of the same conversation and goes on', async () => {
    let asked = 0;
    const client = connect({
      requestToken: async () => {
        asked++;
        return { token: 'token-2', conversationId: 'conversation-1' };
      },
    });
    await online(client);
    server.validToken = 'token-2';
    client.send('还在');
    await eventually(() => expect(server.texts).to.deep.equal(['还在']));
    expect(asked).to.equal(1);
    expect(client.snapshot.status).to.equal('online');
  });

  it('says that it expired when the host has only another conversation, and keeps the message', async () => {
    const client = connect({ requestToken: async () => ({ token: 'token-2', conversationId: 'another' }) });
    await online(client);
    server.validToken = 'token-3';
    client.send('还在');
    await eventually(() => expect(client.snapshot.status).to.equal('expired'));
    expect(deliveries(client)).to.deep.equal(['failed']);
    expect(server.tokensSeen.has('token-2')).to.equal(false);
  });

  it('says that the conversation ended when the server forgot it', async () => {
    const client = connect();
    await online(client);
    server.conversationId = 'moved';
    server.cut();
    await eventually(() => expect(client.snapshot.status).to.equal('ended'));
  });

  it('does not ask again when a start is refused', async () => {
    server.always.start = { status: 400 };
    const client = connect();
    await eventually(() => expect(client.snapshot.status).to.equal('refused'));
    expect(server.seen.start).to.equal(1);
  });

  it('shows typing until the message comes', async () => {
    const client = connect();
    await online(client);
    server.frame(JSON.stringify({ activities: [{ type: 'typing', from: { id: 'bot', role: 'bot' } }] }));
    await eventually(() => expect(client.snapshot.typing).to.equal(true));
    server.say('好了');
    await eventually(() => expect(shown(client)).to.deep.equal(['好了']));
    expect(client.snapshot.typing).to.equal(false);
  });

  it('lets frames pass that it does not understand', async () => {
    const client = connect();
    await online(client);
    for (const frame of ['', 'not json', '[]', '{"activities":[null,{"type":3}]}']) server.frame(frame);
    server.say('还在');
    await eventually(() => expect(shown(client)).to.deep.equal(['还在']));
    expect(server.seen.socket).to.equal(1);
  });
});
