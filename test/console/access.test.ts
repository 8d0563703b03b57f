import { expect } from 'chai';
import { generateSync } from 'otplib';
import type { Access } from '../../src/console/access.ts';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import { mayDo, type Permission, ROLES, type Role } from '../../src/domain/staff.ts';
import { FakeClock } from '../support/clock.ts';
import { Browser, type DeskServer, PASSWORD, startDesk } from './client.ts';

const errorOf = ({ body }: { body: Record<string, unknown> }) =>
  (body.error as { code: string } | undefined)?.code;

describe('the console’s API', function () {
  this.timeout(60_000);
  const clock = new FakeClock();
  let database: Database;
  let desk: DeskServer;

  before(async () => {
    database = await connect({ dataDir: 'memory://' });
    desk = await startDesk(database, clock);
  });
  after(async () => {
    await desk.close();
    await database.close();
  });

  async function loggedIn(roles: Role[]): Promise<Browser> {
    const browser = new Browser(desk.url);
    const { login } = await desk.hire(`m${Math.random().toString(36).slice(2, 10)}`, roles);
    clock.advance(6 * 60_000);
    expect((await browser.logIn(login)).status).to.equal(200);
    return browser;
  }

  it('lets nobody in without a session', async () => {
    const answer = await new Browser(desk.url).request('GET', '/staff');
    expect([answer.status, errorOf(answer)]).to.deep.equal([401, 'NotLoggedIn']);
  });

  it('gives a cookie that scripts and other sites do not get', async () => {
    const browser = await loggedIn(['agent']);
    expect(browser.setCookie)
      .to.match(/^desk=[\w-]{43}; /)
      .and.to.include('HttpOnly')
      .and.to.include('SameSite=Strict');
  });

  it('ties the cookie to the host where it is served over HTTPS', async () => {
    const { login } = await desk.hire('behindproxy', ['agent']);
    const browser = new Browser(desk.url);
    const proxied = await startDesk(database, clock, { origin: 'https://desk.example' });
    try {
      const answer = await proxied.app.inject({
        method: 'POST',
        url: '/api/console/login',
        payload: { login, password: PASSWORD },
        headers: { 'x-forwarded-proto': 'https', origin: 'https://desk.example' },
      });
      // No proxy is trusted here: the header alone changes nothing.
      expect(String(answer.headers['set-cookie'])).to.match(/^desk=/);
      expect(browser.cookie).to.equal('');
    } finally {
      await proxied.close();
    }
  });

  it('refuses a change without the page’s token, with another session’s, and from another site', async () => {
    const [one, two] = [await loggedIn(['agent']), await loggedIn(['agent'])];
    const own = one.csrf;
    one.csrf = '';
    expect(errorOf(await one.request('POST', '/logout'))).to.equal('CsrfMissing');
    one.csrf = two.csrf;
    expect(errorOf(await one.request('POST', '/logout'))).to.equal('CsrfMissing');
    one.csrf = own;
    const elsewhere = await one.request('POST', '/logout', undefined, { origin: 'https://evil.example' });
    expect([elsewhere.status, errorOf(elsewhere)]).to.deep.equal([403, 'OtherOrigin']);
    expect((await one.request('POST', '/logout', undefined, { origin: desk.url })).status).to.equal(204);
  });

  it('ends the session at the logout', async () => {
    const browser = await loggedIn(['agent']);
    const { cookie } = browser;
    await browser.request('POST', '/logout');
    browser.cookie = cookie;
    expect((await browser.request('GET', '/staff')).status).to.equal(401);
  });

  it('ends the session of a page that only asks by itself', async () => {
    const [used, left] = [await loggedIn(['agent']), await loggedIn(['agent'])];
    for (let waited = 0; waited < 40; waited += 10) {
      clock.advance(10 * 60_000);
      await used.request('GET', '/desk');
      await left.request('GET', '/desk', undefined, { 'x-by-itself': '1' });
    }
    expect((await used.request('GET', '/desk')).status).to.equal(200);
    expect((await left.request('GET', '/desk')).status).to.equal(401);
  });

  it('wants a fresh code for accounts, and the password of whoever has none', async () => {
    const admin = await loggedIn(['admin']);
    clock.advance(6 * 60_000);
    const account = { login: 'newcomer', number: 'B77', name: '新人', roles: ['agent'] };
    expect(errorOf(await admin.request('POST', '/staff', account))).to.equal('StepUpNeeded');
    expect((await admin.request('POST', '/step-up', { code: 'not the password' })).status).to.equal(401);
    expect((await admin.request('POST', '/step-up', { code: PASSWORD })).status).to.equal(200);
    const made = await admin.request('POST', '/staff', account);
    expect(made.status).to.equal(201);
    expect(made.body).to.have.property('temporaryPassword').with.length(20);
    expect(errorOf(await admin.request('POST', '/staff', account))).to.equal('Taken-login');
  });

  it('tells what is wrong with a request, and who else has changed an account', async () => {
    const admin = await loggedIn(['admin']);
    const bad = await admin.request('POST', '/staff', { login: 'X', number: '1', name: '', roles: [] });
    expect([bad.status, errorOf(bad)]).to.deep.equal([400, 'BadRequest']);
    const { id } = await desk.hire('changing', ['agent']);
    expect((await admin.request('PATCH', `/staff/${id}`, { capacity: 3, version: 1 })).status).to.equal(200);
    const late = await admin.request('PATCH', `/staff/${id}`, { capacity: 4, version: 1 });
    expect([late.status, errorOf(late)]).to.deep.equal([409, 'ChangedMeanwhile']);
  });

  it('slows down whoever tries many logins from one address', async () => {
    const other = await startDesk(database, clock);
    try {
      const browser = new Browser(other.url);
      const statuses = [];
      for (let i = 0; i < 32; i++) statuses.push((await browser.logIn(`nobody${i}`, 'x')).status);
      expect(statuses.filter((status) => status === 401)).to.have.length(30);
      expect(statuses.at(-1)).to.equal(429);
    } finally {
      await other.close();
    }
  });

  it('goes from the password to the second factor and on where it is required', async () => {
    const strict = await startDesk(database, clock, { secondFactor: 'required' });
    try {
      const { login } = await strict.hire('careful', ['agent']);
      const browser = new Browser(strict.url);
      const begun = await browser.logIn(login);
      expect(begun.body.session).to.include({ stage: 'enrol' });
      expect(errorOf(await browser.request('GET', '/staff'))).to.equal('LoginUnfinished');
      const { secret } = (await browser.request('POST', '/login/second-factor')).body as { secret: string };
      const code = () => generateSync({ secret, epoch: Math.floor(clock.now().getTime() / 1000) });
      const kept = await browser.request('POST', '/login/second-factor/confirm', { code: code() });
      expect(kept.body.session).to.include({ stage: 'full' });
      expect(kept.body.recoveryCodes).to.have.length(10);
      clock.advance(60_000);
      const again = new Browser(strict.url);
      expect((await again.logIn(login)).body.session).to.include({ stage: 'totp' });
      expect((await again.request('POST', '/login/code', { code: '000000' })).status).to.equal(401);
      expect((await again.request('POST', '/login/code', { code: code() })).body.session).to.include({
        stage: 'full',
      });
    } finally {
      await strict.close();
    }
  });

  it('tells nobody the hash of a password', async () => {
    const admin = await loggedIn(['admin']);
    const { body } = await admin.request('GET', '/staff');
    expect(JSON.stringify(body)).to.not.match(/argon2|totpSecret|passwordHash|recoveryHash/);
  });

  describe('every route', () => {
    interface Route {
      method: string;
      url: string;
      access: Access;
      stepUp: boolean;
    }
    const routes: Route[] = [];

    before(async () => {
      const listing = await startDesk(database, clock);
      const { paths } = (await (await loggedIn(['admin'])).request('GET', '/openapi.json')).body as {
        paths: Record<string, Record<string, unknown>>;
      };
      await listing.close();
      for (const [url, methods] of Object.entries(paths))
        for (const [method, described] of Object.entries(methods)) {
          const { 'x-access': access, 'x-step-up': stepUp } = described as Record<string, unknown>;
          routes.push({
            method: method.toUpperCase(),
            url,
            access: access as Access,
            stepUp: stepUp === true,
          });
        }
    });

    it('says in the description who may use it', () => {
      expect(routes.length).to.be.greaterThan(8);
      expect(routes.filter(({ access }) => access === undefined)).to.deep.equal([]);
    });

    it('is among them, also where it takes or gives a file', () => {
      const ofFiles = routes
        .filter(({ url }) => /files/.test(url))
        .map((it) => `${it.method} ${it.url} ${it.access}`);
      expect(ofFiles.map((it) => it.replace('/api/console', '')).sort()).to.deep.equal([
        'GET /chat-files/{token} chat',
        'POST /chats/{id}/files chat',
        'POST /chats/{id}/files/{fileId}/views chat',
      ]);
    });

    for (const role of ROLES) {
      it(`is open or closed to ${role} as its access says`, async () => {
        const browser = await loggedIn([role]);
        const wrong = [];
        for (const { method, url, access } of routes.filter(({ url }) => !url.includes('logout'))) {
          if (['anyone', 'login', 'staff'].includes(access)) continue;
          const path = url
            .replace('/api/console', '')
            .replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
          const answer = await browser.request(method, path, method === 'GET' ? undefined : {});
          const refused = answer.status === 403 && errorOf(answer) === 'NotAllowed';
          if (refused === mayDo([role], access as Permission))
            wrong.push(`${method} ${url}: ${answer.status}`);
        }
        expect(wrong).to.deep.equal([]);
      });
    }
  });
});
