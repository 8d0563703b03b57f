import { expect } from 'chai';
import { SignJWT } from 'jose';
import { type Answer, call, Listener, poll, startConversation, until } from './client.ts';
import { PAGE_ORIGIN, SECRET, SIGNING_KEY, startServer, type TestServer } from './server.ts';

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

describe('Direct Line: tokens', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());
  const generate = (json?: object): Promise<Answer> =>
    call(server, '/tokens/generate', { bearer: SECRET, method: 'POST', ...(json ? { json } : {}) });

  it('B1 the secret makes a token without starting the conversation', async () => {
    const { status, body } = await generate();
    expect(status).to.equal(200);
    expect(body).to.have.all.keys('conversationId', 'token', 'expires_in');
    expect(body.expires_in).to.equal(1800);
    expect(await server.store.find(body.conversationId)).to.equal(undefined);
  });

  it('B1 a token makes no tokens', async () => {
    const { token } = (await generate()).body;
    const { status, body } = await call(server, '/tokens/generate', { bearer: token, method: 'POST' });
    expect([status, body.error.code]).to.deep.equal([403, 'SecretNeeded']);
  });

  it('B1 takes the casing of the official samples', async () => {
    const { body } = await generate({ User: { Id: 'dl_upper', Name: '李' } });
    expect(claimsOf(body.token)).to.include({ user: 'dl_upper', name: '李' });
  });

  it('B2 a user id without dl_ is refused', async () => {
    const { status, body } = await generate({ user: { id: 'li' } });
    expect([status, body.error.code]).to.deep.equal([400, 'BadArgument']);
  });

  it('B2 a trusted origin that is none is refused by place, not by value', async () => {
    const { status, body } = await generate({ trustedOrigins: ['not an origin'] });
    expect(status).to.equal(400);
    expect(body.error.message).to.include('trustedOrigins.0').and.not.include('not an origin');
  });

  it('B2 a token with trusted origins works on those pages only, its socket as well', async () => {
    const talk = await startConversation(server, { trustedOrigins: [`${PAGE_ORIGIN}/page`] });
    const from = (origin: string) =>
      call(server, `/conversations/${talk.id}?watermark=`, { bearer: talk.token, headers: { origin } });
    expect((await from(PAGE_ORIGIN)).status).to.equal(200);
    const refused = await from('https://evil.example');
    expect([refused.status, refused.body.error.code]).to.deep.equal([403, 'OriginNotTrusted']);
    const listener = new Listener(talk.streamUrl, { headers: { origin: 'https://evil.example' } });
    await until(() => listener.httpStatus !== undefined, 'a refused upgrade');
    expect(listener.httpStatus).to.equal(403);
  });

  it('B3 the token is a JWT whose payload names the user', async () => {
    const { body } = await generate({ user: { id: 'dl_7' } });
    expect(claimsOf(body.token).user).to.equal('dl_7');
  });

  it('B3 a token made without a user binds one all the same', async () => {
    expect(claimsOf((await generate()).body.token).user).to.match(/^dl_/);
  });

  it('identity: the customer id of the backend lands in the conversation, a browser cannot set it', async () => {
    const known = await startConversation(server, { customerId: 'risk-lock' });
    expect((await server.store.find(known.id))?.customerId).to.equal('risk-lock');
    const { token, conversationId } = (await generate()).body;
    const json = { user: { id: 'dl_x', customerId: 'happy' }, customerId: 'happy', locale: 'zh-CN' };
    await call(server, '/conversations', { bearer: token, json });
    expect((await server.store.find(conversationId))?.customerId).to.equal(undefined);
  });

  it('B5 a refreshed token speaks for the same user, B6 the old one stays valid', async () => {
    const talk = await startConversation(server, { customerId: 'happy' });
    server.clock.advance(1000);
    const { status, body } = await call(server, '/tokens/refresh', { bearer: talk.token, method: 'POST' });
    expect(status).to.equal(200);
    expect(body).to.include({ conversationId: talk.id, expires_in: 1800 });
    expect(claimsOf(body.token)).to.include({ user: talk.userId, customer: 'happy' });
    expect(body.token).to.not.equal(talk.token);
    expect((await poll(server, talk)).status).to.equal(200);
    expect((await poll(server, { ...talk, token: body.token })).status).to.equal(200);
  });

  it('B5 a token lives through the half hour in which stock clients try to refresh it, then is expired', async () => {
    const talk = await startConversation(server);
    server.clock.advance(30 * 60_000 + 30_000);
    expect((await call(server, '/tokens/refresh', { bearer: talk.token, method: 'POST' })).status).to.equal(
      200,
    );
    server.clock.advance(3 * 60_000);
    const { status, body } = await call(server, '/tokens/refresh', { bearer: talk.token, method: 'POST' });
    expect([status, body.error.code]).to.deep.equal([403, 'TokenExpired']);
  });

  describe('A3 bearers that are refused', () => {
    const sign = (key: string, audience: string, conv: string) =>
      new SignJWT({ conv, user: 'dl_li' })
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience(audience)
        .setExpirationTime(4_000_000_000)
        .sign(new TextEncoder().encode(key));
    const unsigned = (conv: string) =>
      [{ alg: 'none' }, { conv, user: 'dl_li', aud: 'direct-line', exp: 4_000_000_000 }]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .concat('')
        .join('.');
    const table: [string, (conv: string) => string | undefined | Promise<string>, number, string][] = [
      ['none at all', () => undefined, 401, 'Unauthorized'],
      ['an empty one', () => '', 401, 'Unauthorized'],
      ['the wrong secret', () => `${SECRET}x`, 403, 'BadToken'],
      ['a token signed with another key', (id) => sign('k'.repeat(40), 'direct-line', id), 403, 'BadToken'],
      ['a token of another kind', (id) => sign(SIGNING_KEY, 'console', id), 403, 'BadToken'],
      ['an unsigned token', unsigned, 403, 'BadToken'],
      ['a token of another conversation', () => sign(SIGNING_KEY, 'direct-line', 'other'), 403, 'BadToken'],
    ];
    for (const [name, make, status, code] of table) {
      it(name, async () => {
        const { id } = await startConversation(server);
        const answer = await call(server, `/conversations/${id}/activities`, { bearer: await make(id) });
        expect([answer.status, answer.body.error.code]).to.deep.equal([status, code]);
      });
    }

    it('a stream ticket is no token', async () => {
      const talk = await startConversation(server);
      const ticket = new URL(talk.streamUrl).searchParams.get('t') ?? '';
      const answer = await call(server, `/conversations/${talk.id}/activities`, { bearer: ticket });
      expect(answer.status).to.equal(403);
    });
  });
});
