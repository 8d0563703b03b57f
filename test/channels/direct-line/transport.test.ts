import { expect } from 'chai';
import { call, post, startConversation } from './client.ts';
import { PAGE_ORIGIN, SECRET, startServer, type TestServer } from './server.ts';

describe('Direct Line: transport', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());
  const origin = PAGE_ORIGIN;

  it('A1 the preflight of stock clients is allowed', async () => {
    for (const path of [
      '/conversations',
      '/tokens/refresh',
      '/conversations/c/activities',
      '/conversations/c/upload',
    ]) {
      const { status, headers } = await call(server, path, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,x-ms-bot-agent,x-requested-with',
        },
      });
      expect(status).to.be.within(200, 204);
      expect(headers.get('access-control-allow-origin')).to.equal(origin);
      const allowed = headers.get('access-control-allow-headers') ?? '';
      expect(allowed)
        .to.include('authorization')
        .and.include('content-type')
        .and.include('x-ms-bot-agent')
        .and.include('x-requested-with');
      expect(headers.get('access-control-allow-methods')).to.equal('GET, POST, OPTIONS');
    }
  });

  it('A1 errors of every kind can be read by the page', async () => {
    const talk = await startConversation(server);
    const answers = [
      await call(server, '/conversations', { method: 'POST', headers: { origin } }),
      await call(server, '/conversations/x', { bearer: 'forged', headers: { origin } }),
      await call(server, '/nothing', { headers: { origin } }),
      await call(server, '/conversations', {
        bearer: SECRET,
        body: '{',
        headers: { origin, 'content-type': 'application/json' },
      }),
      await call(server, '/conversations', {
        bearer: SECRET,
        json: { a: 'x'.repeat(300_000) },
        headers: { origin },
      }),
      await call(server, `/conversations/${talk.id}/upload`, {
        bearer: talk.token,
        body: 'x',
        headers: { origin },
      }),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([401, 403, 404, 400, 413, 415]);
    for (const { headers, body } of answers) {
      expect(headers.get('access-control-allow-origin')).to.equal(origin);
      expect(headers.get('access-control-allow-credentials')).to.equal('true');
      // A3
      expect(body.error.code).to.match(/^[A-Z]\w+$/);
      expect(body.error.message).to.be.a('string');
    }
  });

  it('A2 H1 the session answers with credentials and a concrete origin, at both addresses', async () => {
    for (const path of ['/session/getsessionid', '/../../session/getsessionid']) {
      const { status, headers, body } = await call(server, path, { headers: { origin } });
      expect(status).to.equal(200);
      expect(body.sessionId).to.be.a('string');
      expect(headers.get('set-cookie')).to.include('HttpOnly');
      expect(headers.get('access-control-allow-origin')).to.equal(origin);
      expect(headers.get('access-control-allow-credentials')).to.equal('true');
    }
  });

  it('A2 other sites are not allowed; with * each is named, never a star', async () => {
    const from = (of: TestServer) =>
      call(of, '/session/getsessionid', { headers: { origin: 'https://other.example' } });
    expect((await from(server)).headers.get('access-control-allow-origin')).to.equal(null);
    const open = await startServer({ allowedOrigins: ['*'] });
    const { headers } = await from(open);
    await open.close();
    expect(headers.get('access-control-allow-origin')).to.equal('https://other.example');
  });

  it('A4 answers are JSON in UTF-8 and kept by nobody, errors too', async () => {
    const talk = await startConversation(server);
    for (const { headers } of [
      await call(server, `/conversations/${talk.id}/activities`, { bearer: talk.token }),
      await post(server, talk, { type: 'message', text: 'x' }),
      await call(server, '/conversations', { method: 'POST' }),
    ]) {
      expect(headers.get('content-type')).to.equal('application/json; charset=utf-8');
      expect(headers.get('cache-control')).to.equal('no-store');
    }
  });

  describe('G limits', () => {
    const limits = (perUser: number, perAddress: number) => ({
      limits: {
        perUser: { max: perUser, windowSeconds: 60 },
        perAddress: { max: perAddress, windowSeconds: 60 },
      },
    });

    it('a user over the limit gets 429 with a Retry-After the page can read; others go on', async () => {
      const strict = await startServer(limits(4, 1000));
      const talk = await startConversation(strict);
      const other = await startConversation(strict, { user: { id: 'dl_wang' } });
      let last = await post(strict, talk, { type: 'message', text: 'x' });
      for (let n = 0; n < 5 && last.status === 200; n++)
        last = await post(strict, talk, { type: 'message', text: 'x' });
      const path = `/conversations/${talk.id}/activities`;
      const headers = { origin };
      const refused = await call(strict, path, { bearer: talk.token, json: { type: 'message' }, headers });
      const fine = await post(strict, other, { type: 'message', text: 'x' });
      const poll = await call(strict, path, { bearer: talk.token });
      await strict.close();
      expect([refused.status, refused.body.error.code]).to.deep.equal([429, 'TooManyRequests']);
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
      expect(refused.headers.get('access-control-expose-headers')).to.include('Retry-After');
      expect([fine.status, poll.status]).to.deep.equal([200, 200]);
    });

    it('an address over the limit gets 429; the backend with the secret does not', async () => {
      const strict = await startServer(limits(1000, 3));
      const users = ['dl_a', 'dl_b', 'dl_c', 'dl_d', 'dl_e'];
      const statuses: number[] = [];
      for (const id of users) {
        const { status, body } = await call(strict, '/tokens/generate', {
          bearer: SECRET,
          json: { user: { id } },
        });
        expect(status).to.equal(200);
        statuses.push((await call(strict, '/conversations', { bearer: body.token, method: 'POST' })).status);
      }
      await strict.close();
      expect(statuses).to.deep.equal([201, 201, 201, 429, 429]);
    });
  });

  it('no token, ticket, secret or message text is logged', async () => {
    const talk = await startConversation(server);
    await post(server, talk, { type: 'message', text: '一句不该记的话' });
    await call(server, `/conversations/${talk.id}/activities?watermark=1&t=${talk.token}`, {
      bearer: talk.token,
    });
    await fetch(talk.streamUrl.replace('ws:', 'http:'));
    const log = server.logLines.join('');
    expect(log).to.include(`/conversations/${talk.id}/stream`);
    for (const secret of [
      talk.token,
      SECRET,
      new URL(talk.streamUrl).searchParams.get('t') ?? '?',
      '一句不该记的话',
    ]) {
      expect(log).to.not.include(secret);
    }
  });
});
