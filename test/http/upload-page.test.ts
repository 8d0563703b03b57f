import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { FastifyInstance } from 'fastify';
import { createEmbeddedStore } from '../../src/conversation/embedded/store.ts';
import type { ConversationStore } from '../../src/conversation/store.ts';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import { createTickets } from '../../src/documents/tickets.ts';
import { UPLOAD_COMPLETED, UPLOAD_REQUEST_TYPE, type UploadTicket } from '../../src/domain/document.ts';
import { buildApp } from '../../src/http/app.ts';
import { uploadRoutes } from '../../src/http/upload.ts';
import { uploadPage } from '../../src/http/upload-page.ts';
import { CONSENT, Fixture, secretOf } from '../documents/fixture.ts';
import { photo } from '../documents/pictures.ts';

const PAGE = `<!doctype html><html lang="zh-CN"><title>上传材料</title>
<script type="application/json" id="given">null</script><div id="page"></div></html>`;
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

interface Given {
  kind: string;
  locale: string;
  code?: string;
  request?: { title: string };
}

describe('GET /upload/:ticket', function () {
  this.timeout(20_000);
  let database: Database;
  let fixture: Fixture;
  let store: ConversationStore;
  let app: FastifyInstance;
  let folder: string;
  let url: string;
  const lines: string[] = [];
  const log = () => lines.join('');
  let away = false;

  before(async () => {
    database = await connect({ dataDir: 'memory://' });
    if (!database.pglite) throw new Error('not embedded');
    fixture = await Fixture.start(database);
    store = await createEmbeddedStore({ sql: database.pglite, clock: fixture.clock });
    folder = await mkdtemp(join(tmpdir(), 'page-'));
    const file = join(folder, 'index.html');
    await writeFile(file, PAGE);
    const destination = { write: (line: string) => void lines.push(line) };
    app = buildApp({ logging: { level: 'info', destination }, health: { checks: [] } });
    const { service } = fixture;
    await app.register(uploadPage, {
      file,
      store,
      tickets: {
        async lookUp(ticket) {
          if (away) throw new Error('database gone');
          return service.lookUp(ticket);
        },
      },
    });
    await app.register(uploadRoutes, {
      documents: service,
      allowedOrigins: [],
      refusalText: (code) => code,
    });
    url = await app.listen({ port: 0, host: '127.0.0.1' });
  });
  beforeEach(() => {
    lines.length = 0;
    away = false;
  });
  after(async () => {
    await app.close();
    await fixture.stop();
    await store.close();
    await database.close();
    await rm(folder, { recursive: true });
  });

  const activityOf = (ticket: UploadTicket, title: string, locale: string) => ({
    type: 'message',
    locale,
    attachments: [{ contentType: UPLOAD_REQUEST_TYPE, content: { ...ticket, title } }],
  });

  /** A conversation in which the bot has asked for a document. */
  async function asked({ title = '身份证人像面', locale = 'zh-CN' } = {}) {
    const draft = await fixture.draft();
    const { conversationId } = draft;
    await store.open({ id: conversationId, channel: 'wecom-kf', userId: 'wm1', locale: 'zh-CN' });
    const ticket = await fixture.open(draft);
    await store.append(conversationId, 'bot', [activityOf(ticket, title, locale)]);
    return { ...draft, ticket, secret: secretOf(ticket) };
  }

  async function open(ticket: string, headers: Record<string, string> = {}) {
    const response = await fetch(`${url}/upload/${ticket}`, { headers });
    const page = await response.text();
    const json = /id="given">([^<]*)<\/script>/.exec(page)?.[1] ?? '';
    const given = JSON.parse(json) as Given;
    return { status: response.status, headers: response.headers, page, given };
  }

  async function send(secret: string, file: Uint8Array, name = '照片.jpg') {
    const form = new FormData();
    form.append('consentVersion', CONSENT);
    form.append('file', new Blob([new Uint8Array(file)], { type: 'image/jpeg' }), name);
    const response = await fetch(`${url}/uploads/${secret}`, { method: 'POST', body: form });
    return { status: response.status, body: (await response.json()) as { documentId?: string } };
  }

  async function goneOn(secret: string, documentId: string | undefined) {
    const response = await fetch(`${url}/upload/${secret}/after?documentId=${documentId}`);
    return { status: response.status, body: (await response.json()) as { kind?: string; request?: unknown } };
  }

  it('shows what the bot has asked for, in the language it was asked in, whatever the phone speaks', async () => {
    const { secret } = await asked({ title: '身分證人像面', locale: 'zh-TW' });
    const { status, given, page } = await open(secret, { 'accept-language': 'en' });
    expect([status, given.kind, given.locale]).to.deep.equal([200, 'open', 'zh-TW']);
    expect(given.request).to.include({ title: '身分證人像面', uploadUrl: `/uploads/${secret}` });
    expect(page).to.include('<html lang="zh-TW">');
  });

  it('changes nothing by being opened: apps look at links before people do', async () => {
    const { secret } = await asked();
    for (let times = 0; times < 3; times++) expect((await open(secret)).given.kind).to.equal('open');
    expect((await send(secret, await photo(800, 640))).status).to.equal(201);
  });

  it('is kept by nobody, framed by nobody, loads nothing of others and tells nobody its address', async () => {
    const { secret } = await asked();
    for (const ticket of [secret, 'made-up']) {
      const { headers } = await open(ticket);
      expect(headers.get('cache-control')).to.equal('no-store');
      expect(headers.get('referrer-policy')).to.equal('no-referrer');
      expect(headers.get('x-content-type-options')).to.equal('nosniff');
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).to.include("default-src 'none'").and.include("script-src 'self'");
      expect(policy)
        .to.include("frame-ancestors 'none'")
        .and.not.match(/unsafe|https?:|\*/);
      expect(headers.get('content-type')).to.equal('text/html; charset=utf-8');
    }
  });

  it('gives what was said as data, whatever is in it', async () => {
    const title = '</script><script>alert(1)</script><!--$& \u2028';
    const { secret } = await asked({ title });
    const { page, given } = await open(secret);
    expect(given.request?.title).to.equal(title);
    expect(page.match(/<script/g)).to.have.length(1);
    expect(page).to.not.include('<!--').and.not.include('\u2028');
  });

  it('says of a ticket that is wrong, forged or another’s only that it is unknown', async () => {
    const { secret } = await asked();
    const last = secret.endsWith('A') ? 'B' : 'A';
    const foreign = createTickets(Buffer.alloc(32, 1)).secretOf('a-ticket');
    const guesses = [
      secret.slice(0, -1) + last,
      secret.slice(1),
      `${secret}A`,
      foreign,
      '..%2f..%2fetc',
      '%00',
    ];
    for (const guess of guesses) {
      const { status, given } = await open(guess, { 'accept-language': 'en-GB,en' });
      expect([status, given], guess).to.deep.equal([
        404,
        { kind: 'closed', locale: 'en', code: 'TicketUnknown' },
      ]);
    }
  });

  it('says of a ticket that is used, expired or replaced why, in the conversation’s language', async () => {
    const used = await asked({ locale: 'en' });
    await send(used.secret, await photo(800, 640));
    const closed = async (secret: string) => {
      const { status, given } = await open(secret);
      return [status, given.locale, given.code];
    };
    expect(await closed(used.secret)).to.deep.equal([409, 'en', 'SlotAlreadyFilled']);
    const replaced = await asked({ locale: 'zh-TW' });
    await fixture.open(replaced);
    expect(await closed(replaced.secret)).to.deep.equal([409, 'zh-TW', 'NoOpenSlot']);
    const expired = await asked();
    fixture.clock.advance(31 * 60_000);
    expect(await closed(expired.secret)).to.deep.equal([410, 'zh-CN', 'TicketExpired']);
  });

  it('takes a picture by a used ticket no more, however it is called, and one that is too large not at all', async () => {
    const { secret, caseId } = await asked();
    expect((await send(secret, new Uint8Array(11 * 1024 * 1024))).status).to.equal(413);
    const picture = await photo(800, 640);
    const first = await send(secret, picture, '<script>alert(1)</script>.jpg');
    expect(first.status).to.equal(201);
    expect(await send(secret, picture, '../../etc/passwd')).to.deep.equal(first);
    expect((await send(secret, await photo(900, 700))).status).to.equal(409);
    expect(await fixture.documents(caseId)).to.have.length(1);
    expect(JSON.stringify([await fixture.documents(caseId), log()])).to.not.match(/script>|passwd/);
  });

  it('tells whoever has sent the document how the bot went on, and nobody else', async () => {
    const { secret, conversationId, caseId } = await asked();
    const { documentId } = (await send(secret, await photo(800, 640))).body;
    expect((await goneOn(secret, documentId)).body).to.deep.equal({ kind: 'waiting' });
    const value = { draftId: caseId, slot: 'id-front', documentId, warnings: [] };
    await store.accept(conversationId, {
      origin: 'system',
      activity: { type: 'event', name: UPLOAD_COMPLETED, value },
    });
    expect((await goneOn(secret, documentId)).body).to.deep.equal({ kind: 'waiting' });
    const next = await fixture.open({ caseId, conversationId }, 'id-back');
    await store.append(conversationId, 'bot', [activityOf(next, '身份证国徽面', 'zh-CN')]);

    const { body } = await goneOn(secret, documentId);
    expect(body.kind).to.equal('asked');
    expect(body.request).to.include({ title: '身份证国徽面', uploadUrl: next.uploadUrl });
    for (const [ticket, id] of [
      [secret, UNKNOWN_ID],
      [(await asked()).secret, documentId],
      ['made-up', documentId],
    ] as const)
      expect((await goneOn(ticket, id)).body).to.deep.equal({ kind: 'waiting' });
    expect((await goneOn(secret, 'no-id')).status).to.equal(400);

    await fixture.service.close(conversationId);
    expect((await goneOn(secret, documentId)).body).to.deep.equal({ kind: 'said' });
  });

  it('tells to go on in the chat when the bot has said something else', async () => {
    const { secret, conversationId, caseId } = await asked();
    const { documentId } = (await send(secret, await photo(800, 640))).body;
    const value = { draftId: caseId, slot: 'id-front', documentId, warnings: [] };
    const activity = { type: 'event', name: UPLOAD_COMPLETED, value };
    await store.accept(conversationId, { origin: 'system', activity });
    await store.append(conversationId, 'bot', [{ type: 'message', text: '收到了。' }]);
    expect((await goneOn(secret, documentId)).body).to.deep.equal({ kind: 'said' });
  });

  it('is a page, too, when the database is away, and logs why', async () => {
    away = true;
    const { status, headers, given } = await open('A'.repeat(43));
    expect([status, headers.get('retry-after'), given.code]).to.deep.equal([503, '60', 'StorageUnavailable']);
    expect(log()).to.include('database gone');
  });

  it('writes no ticket to the log, whatever is asked', async () => {
    const { secret } = await asked();
    await open(secret);
    await goneOn(secret, UNKNOWN_ID);
    away = true;
    await open(secret);
    for (const path of [`/upload/${secret}/`, `/upload/${secret}/else`, `//upload/${secret}`])
      await fetch(url + path);
    await fetch(`${url}/upload/${secret}`, { method: 'POST' });
    expect(log()).to.include('/upload/[ticket]').and.not.include(secret);
  });
});
