import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { call, post, startConversation, until } from './client.ts';
import { PAGE_ORIGIN, SECRET, startServer, type TestServer } from './server.ts';
import { openPage, STATUS, type StockActivity, type StockClient } from './stock-client.ts';

const PICTURE = Buffer.from('89504e470d0a1a0a', 'hex');

describe('the stock botframework-directlinejs', function () {
  this.timeout(60_000);
  let server: TestServer;
  let files: Server;
  let page: ReturnType<typeof openPage>;
  const clients: StockClient[] = [];

  before(async () => {
    server = await startServer();
    page = openPage(PAGE_ORIGIN);
    // Where the page's file lies: the client fetches a file before it uploads it.
    files = createServer((_request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Access-Control-Allow-Headers', '*');
      response.end(PICTURE);
    });
    await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    for (const client of clients) client.end();
    await page.close();
    files.close();
    await server.close();
  });

  async function tokenFor(id: string): Promise<{ token: string; conversationId: string }> {
    return (await call(server, '/tokens/generate', { bearer: SECRET, json: { user: { id } } })).body;
  }

  /** A client that is being listened to, as a page does it. */
  function connect(options: object) {
    const client = page.create({
      domain: server.base,
      conversationStartProperties: { locale: 'zh-CN' },
      ...options,
    });
    clients.push(client);
    const heard: StockActivity[] = [];
    const statuses: number[] = [];
    const errors: unknown[] = [];
    client.connectionStatus$.subscribe((status) => statuses.push(status));
    client.activity$.subscribe(
      (activity) => heard.push(activity),
      (error) => errors.push(error),
    );
    const texts = () => heard.filter(({ type }) => type === 'message').map(({ text }) => text);
    return { client, heard, statuses, errors, texts };
  }

  function send(client: StockClient, activity: object): Promise<string> {
    return new Promise((resolve, reject) => {
      client
        .postActivity({ type: 'message', from: { id: 'dl_page' }, ...activity })
        .subscribe(resolve, reject);
    });
  }

  for (const webSocket of [true, false]) {
    const way = webSocket ? 'over the socket' : 'polling';

    it(`starts, is greeted, sends and gets echo and reply in order, ${way}`, async () => {
      const { token } = await tokenFor('dl_page');
      const { client, heard, texts, statuses } = connect({ token, webSocket, pollingInterval: 200 });
      await until(() => texts().includes('欢迎'), 'the greeting');
      const id = await send(client, { text: '你好', channelData: { clientActivityID: `n-${way}` } });
      await until(() => texts().includes('回声 你好'), 'the reply');
      expect(texts()).to.deep.equal(['欢迎', '你好', '回声 你好']);
      // D5
      expect(heard[1]).to.include({ id });
      expect(heard[1]?.channelData).to.deep.equal({ clientActivityID: `n-${way}` });
      expect(heard[1]?.from).to.include({ id: 'dl_page', role: 'user' });
      expect(heard[2]?.replyToId).to.equal(id);
      expect(statuses.at(-1)).to.equal(STATUS.online);
      client.end();
    });
  }

  it('starts with the secret, too', async () => {
    const { client, texts } = connect({ secret: SECRET });
    await until(() => texts().includes('欢迎'), 'the greeting');
    await send(client, { text: '一' });
    await until(() => texts().includes('回声 一'), 'the reply');
    client.end();
  });

  it('C4 resumes a conversation that another page has begun', async () => {
    const talk = await startConversation(server);
    await post(server, talk, { type: 'message', text: '刷新前' });
    const { client, texts } = connect({ token: talk.token, conversationId: talk.id });
    await until(() => texts().includes('回声 刷新前'), 'the history');
    await send(client, { text: '刷新后' });
    await until(() => texts().includes('回声 刷新后'), 'the reply');
    expect(texts()).to.deep.equal(['欢迎', '刷新前', '回声 刷新前', '刷新后', '回声 刷新后']);
    client.end();
  });

  it('F1 uploads a file while a slot is open, and hears why not when none is', async () => {
    const { token } = await tokenFor('dl_page');
    const { client, heard, texts } = connect({ token });
    await until(() => texts().includes('欢迎'), 'the greeting');
    const contentUrl = `http://127.0.0.1:${(files.address() as AddressInfo).port}/身份证.png`;
    const withFile = {
      text: '',
      attachments: [{ name: '身份证.png', contentType: 'image/png', contentUrl }],
    };

    server.uploads.open = false;
    const refusal = (await send(client, withFile).catch((error: unknown) => error)) as {
      status: number;
      xhr: { response: { error: { code: string } } };
    };
    expect(refusal.status).to.equal(409);

    server.uploads.open = true;
    server.uploads.received = [];
    const id = await send(client, withFile);
    await until(() => heard.some((activity) => activity.id === id), 'the echo');
    expect(server.uploads.received.map((it) => Buffer.from(it))).to.deep.equal([PICTURE]);
    const echo = heard.find((activity) => activity.id === id);
    expect(echo?.attachments).to.deep.equal([{ name: '身份证.png', contentType: 'image/png' }]);
    client.end();
  });

  it('C5 C6 comes back after a lost socket by its watermark, without a gap or a duplicate', async () => {
    const { token, conversationId } = await tokenFor('dl_page');
    const { client, texts } = connect({ token });
    await until(() => texts().includes('欢迎'), 'the greeting');
    const opened = page.sockets.length;
    for (const socket of server.app.websocketServer.clients) socket.close(1012);
    await server.store.append(conversationId, 'bot', [{ type: 'message', text: '断线期间' }]);
    // The client waits 3 to 15 s by itself.
    await until(() => texts().includes('断线期间'), 'the missed message', 25_000);
    await send(client, { text: '之后' });
    await until(() => texts().includes('回声 之后'), 'the reply');
    expect(texts()).to.deep.equal(['欢迎', '断线期间', '之后', '回声 之后']);
    const url = new URL(page.sockets[opened]?.url ?? '');
    expect(Number(url.searchParams.get('watermark'))).to.be.greaterThan(0);
    client.end();
  });

  it('B5 gets a new token when it asks for one, and goes on with it', async () => {
    const { token } = await tokenFor('dl_page');
    const { client, texts } = connect({ token });
    await until(() => texts().includes('欢迎'), 'the greeting');
    server.clock.advance(60_000);
    const fresh = await new Promise<string>((resolve, reject) =>
      client.refreshToken().subscribe(resolve, reject),
    );
    expect(fresh).to.be.a('string').and.not.equal(token);
    client.token = fresh;
    await send(client, { text: '新令牌' });
    await until(() => texts().includes('回声 新令牌'), 'the reply');
    client.end();
  });

  it('E3 403 becomes the string "retry" and the status ExpiredToken', async () => {
    const { token } = await tokenFor('dl_page');
    const { client, texts, statuses } = connect({ token });
    await until(() => texts().includes('欢迎'), 'the greeting');
    server.clock.advance(33 * 60_000);
    expect(await send(client, { text: '迟了' })).to.equal('retry');
    expect(statuses.at(-1)).to.equal(STATUS.expiredToken);
    client.end();
  });

  it('E3 413 is an error the page hears at once', async () => {
    const { token } = await tokenFor('dl_page');
    const { client, texts } = connect({ token });
    await until(() => texts().includes('欢迎'), 'the greeting');
    const error = (await send(client, { text: '长'.repeat(4001) }).catch((it: unknown) => it)) as {
      status: number;
    };
    expect(error.status).to.equal(413);
    client.end();
  });

  it('D8 keeps polling through a store that is away', async () => {
    const { token } = await tokenFor('dl_page');
    const { client, texts } = connect({ token, webSocket: false, pollingInterval: 200 });
    await until(() => texts().includes('欢迎'), 'the greeting');
    server.storeState.mode = 'throws';
    const failures = () => server.logLines.filter((line) => line.includes('read for a poll')).length;
    const seen = failures();
    await until(() => failures() >= seen + 3, 'polls while the store is away');
    server.storeState.mode = 'fine';
    await send(client, { text: '回来了' });
    await until(() => texts().includes('回声 回来了'), 'the reply');
    client.end();
  });

  it('H1 gets a session id', async () => {
    const { token } = await tokenFor('dl_page');
    const { client } = connect({ token });
    const id = await new Promise<string>((resolve, reject) =>
      client.getSessionId().subscribe(resolve, reject),
    );
    expect(id).to.match(/^[0-9a-f-]{36}$/);
    client.end();
  });
});
