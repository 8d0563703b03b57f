import { PGlite } from '@electric-sql/pglite';
import { expect } from 'chai';
import { createEmbeddedMemory } from '../../src/conversation/embedded/shared-memory.ts';
import { createEmbeddedStore } from '../../src/conversation/embedded/store.ts';
import { connect } from '../../src/database/connect.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { ROLES } from '../../src/domain/staff.ts';
import { customerAt, type Page, type Process, staffAt, startProcess } from './chats/world.ts';
import { PASSWORD } from './client.ts';

describe('the console’s API, abused', function () {
  this.timeout(60_000);
  let at: Process;
  let close: () => Promise<void>;
  let all: Page;
  let chat: string;

  before(async () => {
    const database = await connect({ dataDir: 'memory://' });
    const store = await createEmbeddedStore({ sql: await PGlite.create('memory://'), clock: systemClock });
    at = await startProcess({ database, store, memory: createEmbeddedMemory(systemClock) });
    close = async () => {
      await at.close();
      await at.chats.live.stop();
      await store.close();
      await database.close();
    };
    all = await staffAt(at, [...ROLES], { capacity: 50 });
    await all.ask('PUT', '/presence', { presence: 'online' });
    const customer = await customerAt(at);
    await customer.say('您好');
    chat = await customer.askForPerson();
    await all.ask('POST', `/chats/${chat}/claim`);
  });
  after(() => close());

  const HOURS = { autoAssign: false, active: true, place: 1, version: 0 };
  const writes = (text: string): [string, string, object][] => [
    ['POST', '/login', { login: `a${text}`, password: 'x' }],
    ['POST', '/quick-replies', { shortcut: 'abc', title: `t${text}`, text: 'x' }],
    ['POST', `/chats/${chat}/messages`, { text: `x${text}`, clientId: 'abcdefgh' }],
    ['POST', `/chats/${chat}/notes`, { text: `x${text}` }],
    ['PUT', '/settings/groups/abc', { ...HOURS, name: 'n', routes: { about: [`a${text}`], locales: [] } }],
    ['POST', '/staff', { login: 'newcomer', number: 'Z1', name: `n${text}`, roles: ['agent'] }],
    ['POST', '/review/holds', { customerId: `c${text}`, reason: 'x' }],
    ['POST', '/review/customers/export', { customerId: `c${text}` }],
  ];

  for (const [name, text] of [
    ['NUL', '\0'],
    ['half a character', '\ud83d'],
  ] as const)
    it(`refuses texts with ${name}, which no database keeps`, async () => {
      for (const [method, path, body] of writes(text)) {
        const { status, code } = await all.ask(method, path, body);
        expect([path, status, code]).to.deep.equal([path, 400, 'BadText']);
      }
    });

  it('refuses them in addresses and as names of fields, however deep', async () => {
    for (const path of ['/search?q=%00', '/search?group=a%00', '/quick-replies?q=%00', '/audit?actor=%00'])
      expect((await all.ask('GET', path)).code).to.equal('BadText');
    const { code } = await all.ask('POST', `/chats/${chat}/notes`, { text: 'x', more: [{ 'a\0': 1 }] });
    expect(code).to.equal('BadText');
  });

  it('takes whole characters beyond the basic plane', async () => {
    expect((await all.ask('POST', `/chats/${chat}/notes`, { text: '👩‍👧𠮷' })).status).to.equal(200);
  });

  it('is not brought down by nesting', async () => {
    const deep = `{"text":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const headers = { cookie: all.cookie, 'x-csrf-token': all.csrf, 'content-type': 'application/json' };
    const url = `${at.url}/api/console/chats/${chat}/notes`;
    const { status } = await fetch(url, { method: 'POST', headers, body: deep });
    expect(status).to.equal(400);
  });

  const id = '00000000-0000-4000-8000-000000000000';
  for (const path of [
    '/audit?from=0000-01-01T00:00:00Z',
    '/search?from=0000-01-01T00:00:00Z',
    '/search?to=0001-01-01T00:00:00%2B14:00',
    `/search?after=${encodeURIComponent(`2026-11-23T00:00:00.000Z|${'-'.repeat(36)}`)}`,
    `/search?after=${encodeURIComponent(`+275760-09-13T00:00:00.000Z|${id}`)}`,
    `/search?after=${encodeURIComponent(`0000-01-01T00:00:00.000Z|${id}`)}`,
    '/search?limit=NaN',
    '/audit?before=1e400',
  ])
    it(`refuses ${path} as it is, not by failing`, async () => {
      expect((await all.ask('GET', path)).status).to.equal(400);
    });

  it('refuses numbers beyond every log', async () => {
    for (const seq of [3_000_000_000, Number.MAX_SAFE_INTEGER, -1, 0.5, null])
      expect((await all.ask('POST', `/chats/${chat}/recall`, { seq })).status).to.equal(400);
  });

  it('refuses a file without a name as any other that is none', async () => {
    const part = (head: string, body: string) =>
      `--B\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
    const body = `${part('name="clientId"', 'abcdefgh')}${part(
      'name="file"\r\nContent-Type: application/octet-stream',
      'x',
    )}--B--\r\n`;
    const headers = {
      cookie: all.cookie,
      'x-csrf-token': all.csrf,
      'content-type': 'multipart/form-data; boundary=B',
    };
    const url = `${at.url}/api/console/chats/${chat}/files`;
    expect((await fetch(url, { method: 'POST', headers, body })).status).to.equal(415);
  });

  it('tells colleagues nobody’s login, second factor or own account', async () => {
    await at.hire('withaccount', ['agent'], { customerId: 'C-own' });
    for (const role of ROLES) {
      const { body } = await (await staffAt(at, [role])).ask('GET', '/staff');
      const known = (body.staff as Record<string, unknown>[]).find(({ name }) => name === 'withaccount');
      const told = ['login', 'secondFactor', 'customerId'].filter((it) => it in (known ?? {}));
      expect([role, told.length]).to.deep.equal([role, role === 'admin' ? 3 : 0]);
    }
  });

  it('a chat that is transferred to oneself stays as it is', async () => {
    const before = await at.chats.desk.get(chat);
    const { status } = await all.ask('POST', `/chats/${chat}/transfer`, { staffId: all.who.id });
    expect([status, (await at.chats.desk.get(chat))?.version]).to.deep.equal([200, before?.version]);
  });

  it('a locked account is asked for no password any more, not even in its session', async () => {
    const agent = await staffAt(at, ['agent']);
    const change = (current: string) =>
      agent.ask('POST', '/password', { current, next: 'quite another one 7' });
    for (let tries = 0; tries < 5; tries++) expect((await change('wrong')).status).to.equal(401);
    expect((await change(PASSWORD)).code).to.equal('LoginRefused');
  });

  it('nobody reads the audit without a line of it, wherever they begin', async () => {
    const read = async () => {
      const { body } = await all.ask('GET', '/audit?before=999999999&limit=5');
      return (body.lines as { seq: number; action: string }[])[0];
    };
    await read();
    expect((await read())?.action).to.equal('audit.read');
  });

  it('keeps reasons of holds masked', async () => {
    const reason = '法院来函，卡号 6222021234567890128';
    const headers = { customerId: 'C-hold', reason };
    expect((await all.ask('POST', '/review/holds', headers)).status).to.equal(201);
    const kept = JSON.stringify([
      (await all.ask('GET', '/review/holds')).body,
      (await all.ask('GET', '/audit')).body,
    ]);
    expect(kept).to.include('法院来函').and.not.include('6222021234567890128');
  });
});
