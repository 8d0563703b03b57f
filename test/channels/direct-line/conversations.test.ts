import { expect } from 'chai';
import { call, Listener, poll, post, startConversation } from './client.ts';
import { SECRET, startServer, type TestServer } from './server.ts';

describe('Direct Line: start, post, get, socket', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  it('C1 starts a conversation with 201 and gives token and stream address', async () => {
    const made = await call(server, '/tokens/generate', { bearer: SECRET, json: { user: { id: 'dl_a' } } });
    const started = await call(server, '/conversations', { bearer: made.body.token, method: 'POST' });
    expect(started.status).to.equal(201);
    expect(started.body.conversationId).to.equal(made.body.conversationId);
    expect(started.body.expires_in).to.be.at.least(1800);
    expect(started.body.token).to.be.a('string');
    expect(started.body.streamUrl).to.match(
      /^ws:\/\/127\.0\.0\.1:\d+\/v3\/directline\/conversations\/.+\/stream\?/,
    );
  });

  it('E1 answers a message with its full id, the log has echo and reply in order', async () => {
    const talk = await startConversation(server);
    const posted = await post(server, talk, {
      type: 'message',
      text: '你好',
      channelData: { clientActivityID: 'c1' },
    });
    await server.idle();
    expect(posted.status).to.equal(200);
    expect(posted.body.id).to.equal(`${talk.id}|0000003`);
    expect((await poll(server, talk)).texts).to.deep.equal(['欢迎', '你好', '回声 你好']);
  });

  it('D4 a socket opened after the first messages gets all of them, then live ones', async () => {
    const talk = await startConversation(server);
    await post(server, talk, { type: 'message', text: '一' });
    const listener = new Listener(talk.streamUrl);
    await listener.hears('欢迎', '一', '回声 一');
    await post(server, talk, { type: 'message', text: '二' });
    await listener.hears('二', '回声 二');
    expect(listener.texts).to.deep.equal(['欢迎', '一', '回声 一', '二', '回声 二']);
    listener.socket.close();
  });
});
