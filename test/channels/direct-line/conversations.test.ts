import { expect } from 'chai';
import { call, Listener, poll, post, startConversation, until } from './client.ts';
import { SECRET, startServer, type TestServer } from './server.ts';

describe('Direct Line: start and reconnect', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());
  const start = (bearer: string, json?: object) =>
    call(server, '/conversations', { bearer, method: 'POST', ...(json ? { json } : {}) });
  const generate = async () =>
    (await call(server, '/tokens/generate', { bearer: SECRET, json: { user: { id: 'dl_a' } } })).body;

  it('C1 answers 201 with the conversation of the token, a token and a stream address', async () => {
    const made = await generate();
    const { status, body } = await start(made.token);
    expect(status).to.equal(201);
    expect(body.conversationId).to.equal(made.conversationId);
    expect(body.expires_in).to.equal(1800);
    expect(body.token).to.be.a('string');
    expect(body.streamUrl).to.match(/^ws:\/\/127\.0\.0\.1:\d+\/v3\/directline\/conversations\/\w+\/stream\?/);
  });

  it('C1 an empty body with a JSON content type starts as well', async () => {
    const made = await generate();
    const headers = { 'content-type': 'application/json' };
    const answer = await call(server, '/conversations', { bearer: made.token, method: 'POST', headers });
    expect(answer.status).to.equal(201);
  });

  it('C1 a second start is 200 with the same conversation and no second greeting', async () => {
    const made = await generate();
    const first = await start(made.token);
    await server.idle();
    const second = await start(made.token);
    await server.idle();
    expect([first.status, second.status]).to.deep.equal([201, 200]);
    expect(second.body.conversationId).to.equal(first.body.conversationId);
    const talk = { id: made.conversationId, token: made.token, streamUrl: '', userId: 'dl_a' };
    expect((await poll(server, talk)).texts).to.have.length(1);
  });

  it('C1 the greeting is made up for when a process died between opening and greeting', async () => {
    const { conversationId: id, token } = await generate();
    await server.store.open({ id, channel: 'directline', userId: 'dl_a', locale: 'zh-CN' });
    expect((await start(token, { locale: 'zh-CN' })).status).to.equal(200);
    await server.idle();
    expect((await poll(server, { id, token, streamUrl: '', userId: 'dl_a' })).texts).to.deep.equal(['欢迎']);
  });

  it('C1 the secret starts a new conversation each time, for the user it names', async () => {
    const { status, body } = await start(SECRET, { user: { id: 'u' } });
    expect(status).to.equal(201);
    expect((await server.store.find(body.conversationId))?.userId).to.equal('u');
    const poll = await call(server, `/conversations/${body.conversationId}/activities`, { bearer: SECRET });
    expect(poll.status).to.equal(200);
  });

  it('C2 the bot is told of itself, the user and the locale; clients are not', async () => {
    const talk = await startConversation(server);
    const [entry] = await server.store.read(talk.id, 0, 1);
    expect(entry?.origin).to.equal('system');
    expect(entry?.activity.type).to.equal('conversationUpdate');
    expect(entry?.activity.locale).to.equal('zh-CN');
    expect(entry?.activity.membersAdded?.map(({ id }) => id)).to.deep.equal(['unbind-assistant', 'dl_li']);
    const { body } = await poll(server, talk);
    expect(body.activities.map((it: { type: string }) => it.type)).to.deep.equal(['message']);
  });

  it('C2 greets in the locale of the start; one that is none falls back', async () => {
    for (const [locale, greeting] of [
      ['en-US', 'Welcome'],
      ['zh-CN', '欢迎'],
      ['no locale at all', '欢迎'],
      // Shaped like a locale, and an error to everything that formats.
      ['en-12', '欢迎'],
      ['abc-xx-yy', '欢迎'],
    ]) {
      const { token, conversationId: id } = await generate();
      await start(token, { user: {}, locale });
      await server.idle();
      expect((await poll(server, { id, token, streamUrl: '', userId: '' })).texts).to.deep.equal([greeting]);
    }
  });

  it('C4 a reconnect with an empty watermark replays from the beginning', async () => {
    const talk = await startConversation(server);
    const { status, body } = await call(server, `/conversations/${talk.id}?watermark=`, {
      bearer: talk.token,
    });
    expect(status).to.equal(200);
    expect(body).to.include.keys('conversationId', 'token', 'streamUrl');
    const listener = new Listener(body.streamUrl);
    await listener.hears('欢迎');
    listener.socket.close();
  });

  it('C4 a reconnect without a watermark brings new messages only', async () => {
    const talk = await startConversation(server);
    const { body } = await call(server, `/conversations/${talk.id}`, { bearer: talk.token });
    const listener = new Listener(body.streamUrl);
    await until(() => listener.socket.readyState === 1, 'open');
    await post(server, talk, { type: 'message', text: '新' });
    await listener.hears('回声 新');
    expect(listener.texts).to.deep.equal(['新', '回声 新']);
    listener.socket.close();
  });

  it('C5 E5 a conversation that was never started is 404', async () => {
    const { token, conversationId: id } = await generate();
    const talk = { id, token, streamUrl: '', userId: '' };
    expect((await call(server, `/conversations/${id}?watermark=`, { bearer: token })).status).to.equal(404);
    expect((await post(server, talk, { type: 'message', text: 'x' })).status).to.equal(404);
    expect((await poll(server, talk)).status).to.equal(404);
    expect((await call(server, '/conversations/none/activities', { bearer: SECRET })).status).to.equal(404);
  });

  it('E5 a token of another conversation is 403', async () => {
    const [mine, other] = [await startConversation(server), await startConversation(server)];
    expect((await post(server, { ...mine, id: other.id }, { type: 'message', text: 'x' })).status).to.equal(
      403,
    );
  });

  it('C7 the scheme and host of the stream are those the client used, behind a proxy too', async () => {
    const proxied = await startServer({ proxyHops: 1 });
    const { token } = (await call(proxied, '/tokens/generate', { bearer: SECRET, method: 'POST' })).body;
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'chat.example' };
    const { body } = await call(proxied, '/conversations', { bearer: token, method: 'POST', headers });
    await proxied.close();
    expect(body.streamUrl).to.match(/^wss:\/\/chat\.example\/v3\/directline\//);
  });

  it('C7 forwarded headers are not believed from just anybody', async () => {
    const { token } = await generate();
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' };
    const { body } = await call(server, '/conversations', { bearer: token, method: 'POST', headers });
    expect(body.streamUrl).to.match(/^ws:\/\/127\.0\.0\.1/);
  });

  describe('upgrades that are refused', () => {
    const statusOf = async (url: string) => {
      const listener = new Listener(url);
      await until(() => listener.httpStatus !== undefined, 'a refused upgrade');
      return listener.httpStatus;
    };

    it('C5 a ticket works once', async () => {
      const talk = await startConversation(server);
      const listener = new Listener(talk.streamUrl);
      await listener.hears('欢迎');
      expect(await statusOf(talk.streamUrl)).to.equal(403);
      listener.socket.close();
    });

    it('C7 a ticket is too old after a minute', async () => {
      const talk = await startConversation(server);
      server.clock.advance(61_000);
      expect(await statusOf(talk.streamUrl)).to.equal(403);
    });

    it('a ticket opens its own conversation only', async () => {
      const [mine, other] = [await startConversation(server), await startConversation(server)];
      expect(await statusOf(mine.streamUrl.replace(mine.id, other.id))).to.equal(403);
    });

    it('a token is no ticket', async () => {
      const talk = await startConversation(server);
      const url = new URL(talk.streamUrl);
      url.searchParams.set('t', talk.token);
      expect(await statusOf(url.href)).to.equal(403);
    });

    it('C8 the multimodal stream is 404', async () => {
      const talk = await startConversation(server);
      expect(await statusOf(talk.streamUrl.replace('/stream?', '/stream/multimodal?'))).to.equal(404);
    });
  });
});
