import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import Provider from 'oidc-provider';
import { createEmbeddedMemory } from '../../src/conversation/embedded/shared-memory.ts';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import { createOidc } from '../../src/staff/index.ts';
import { FakeClock } from '../support/clock.ts';
import { type DeskServer, startDesk } from './client.ts';

const CLIENT = { clientId: 'unbind-desk', clientSecret: 'a secret between provider and desk' };

/** Follows redirects and fills in the provider's own pages, with one cookie jar per host. */
class Visitor {
  readonly #jar = new Map<string, Map<string, string>>();

  #cookiesFor(url: URL): Map<string, string> {
    const kept = this.#jar.get(url.host) ?? new Map<string, string>();
    this.#jar.set(url.host, kept);
    return kept;
  }

  cookie(host: string, name: string): string | undefined {
    return this.#jar.get(host)?.get(name);
  }

  async #fetch(url: URL, init: RequestInit = {}): Promise<Response> {
    const jar = this.#cookiesFor(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      if (/expires=Thu, 01 Jan 1970|max-age=0/i.test(set)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  /** Goes from an address on until a page of the desk is reached. */
  async go(start: string, as: string, until: string): Promise<URL> {
    let url = new URL(start);
    let response = await this.#fetch(url);
    for (let steps = 0; steps < 20; steps++) {
      const to = response.headers.get('location');
      if (to) {
        url = new URL(to, url);
        if (url.pathname === until) return url;
        response = await this.#fetch(url);
        continue;
      }
      const html = await response.text();
      const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1];
      if (!action) throw new Error(`stuck at ${url}: ${response.status} ${html.slice(0, 200)}`);
      const hidden: [string, string][] = [...html.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
        ([, name, value]) => [name ?? '', value ?? ''],
      );
      url = new URL(action, url);
      response = await this.#fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams([...hidden, ['login', as], ['password', 'any']]).toString(),
      });
    }
    throw new Error('too many steps');
  }
}

describe('logging in at an identity provider', function () {
  this.timeout(60_000);
  // The provider checks times by the machine's clock.
  const clock = new FakeClock(new Date().toISOString());
  let database: Database;
  let desk: DeskServer;
  let server: Server;
  let issuer: string;

  before(async () => {
    database = await connect({ dataDir: 'memory://' });
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const memory = createEmbeddedMemory(clock);
    desk = await startDesk(database, clock, {
      memory,
      oidc: createOidc({ issuer: new URL(issuer), ...CLIENT }, memory),
    });
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.clientId,
          client_secret: CLIENT.clientSecret,
          redirect_uris: [`${desk.url}/api/console/oidc/callback`],
        },
      ],
      cookies: { keys: ['for the tests'] },
      features: { devInteractions: { enabled: true } },
      findAccount: async (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    });
    server.on('request', provider.callback());
    const account = {
      login: 'wang',
      number: 'W01',
      name: '小王',
      roles: ['agent' as const],
      oidcSubject: 'wang',
    };
    await desk.options.accounts.create(account, 'operator:test');
  });
  after(async () => {
    await desk.close();
    server.closeAllConnections();
    server.close();
    await database.close();
  });

  const start = (purpose = 'login') => `${desk.url}/api/console/oidc/start?purpose=${purpose}`;
  const tokenOf = (visitor: Visitor) => visitor.cookie(new URL(desk.url).host, 'desk') ?? '';

  it('lets in who has an account here', async () => {
    const visitor = new Visitor();
    const page = await visitor.go(start(), 'wang', '/console/');
    expect(page.search).to.equal('');
    const session = await desk.options.login.session(tokenOf(visitor));
    expect(session).to.include({ stage: 'full' });
    expect(session?.member.login).to.equal('wang');
  });

  it('lets nobody in whom the desk does not know', async () => {
    const visitor = new Visitor();
    const page = await visitor.go(start(), 'stranger', '/console/');
    expect(page.search).to.equal('?login=refused');
    expect(tokenOf(visitor)).to.equal('');
  });

  it('counts as a fresh code when the same person logs in again there, not when another does', async () => {
    const visitor = new Visitor();
    await visitor.go(start(), 'wang', '/console/');
    clock.advance(6 * 60_000);
    expect((await desk.options.login.session(tokenOf(visitor)))?.steppedUp).to.equal(false);
    expect((await visitor.go(start('step-up'), 'stranger', '/console/')).search).to.equal('?login=refused');
    expect((await desk.options.login.session(tokenOf(visitor)))?.steppedUp).to.equal(false);
    expect((await visitor.go(start('step-up'), 'wang', '/console/')).search).to.equal('');
    expect((await desk.options.login.session(tokenOf(visitor)))?.steppedUp).to.equal(true);
  });

  it('takes a callback from its own page, to which a browser brings the session’s cookie', async () => {
    const path = '/api/console/oidc/callback?code=a&state=%22%3E%3Cscript%3E';
    const headers = { 'sec-fetch-site': 'cross-site' };
    const page = await desk.app.inject({ url: path, headers });
    expect([page.statusCode, page.headers['set-cookie']]).to.deep.equal([200, undefined]);
    expect(page.body).to.include(
      'content="0;url=/api/console/oidc/callback?code=a&amp;state=%22%3E%3Cscript%3E"',
    );
    const next = await desk.app.inject({ url: path, headers: { 'sec-fetch-site': 'same-origin' } });
    expect(next.headers.location).to.equal('/console/?login=refused');
  });

  it('begins no more logins for one address than somebody needs', async () => {
    const { options } = desk;
    await options.memory.hit('console-oidc-begun:127.0.0.1', 60, 600_000);
    const answer = await fetch(`${desk.url}/api/console/oidc/start`, { redirect: 'manual' });
    expect(answer.status).to.equal(429);
    clock.advance(11 * 60_000);
  });

  it('refuses a callback that was not begun in this browser, and one that comes twice', async () => {
    const victim = new Visitor();
    const callback = await new Visitor().go(start(), 'wang', '/api/console/oidc/callback');
    expect((await victim.go(callback.href, 'wang', '/console/')).search).to.equal('?login=refused');
    const visitor = new Visitor();
    const own = await visitor.go(start(), 'wang', '/api/console/oidc/callback');
    expect((await visitor.go(own.href, 'wang', '/console/')).search).to.equal('');
    expect((await visitor.go(own.href, 'wang', '/console/')).search).to.equal('?login=refused');
  });

  it('refuses a code that the provider did not give', async () => {
    const visitor = new Visitor();
    const callback = await visitor.go(start(), 'wang', '/api/console/oidc/callback');
    callback.searchParams.set('code', 'made-up');
    expect((await visitor.go(callback.href, 'wang', '/console/')).search).to.equal('?login=refused');
  });
});
