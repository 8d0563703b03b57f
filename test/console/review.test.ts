import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { createCases } from '../../src/cases/index.ts';
import { createEmbeddedMemory } from '../../src/conversation/embedded/shared-memory.ts';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import { cases as caseRows, documents, staff } from '../../src/database/schema/index.ts';
import { createPictures } from '../../src/documents/pictures.ts';
import type { Role } from '../../src/domain/staff.ts';
import { buildApp } from '../../src/http/app.ts';
import { createInsights } from '../../src/insight/index.ts';
import { Fixture, storedOf } from '../documents/fixture.ts';
import { photo } from '../documents/pictures.ts';
import { turn } from '../insight/turns.ts';
import { FakeClock } from '../support/clock.ts';
import { Browser, type DeskServer, PASSWORD, reviewParts, startDesk } from './client.ts';

type Answer = Awaited<ReturnType<Browser['request']>>;
interface ErrorAnswer {
  code: string;
  details?: Record<string, unknown>;
}
const errorOf = ({ body }: Answer) => body.error as ErrorAnswer | undefined;
interface Seen {
  version: number;
  state: string;
  proposal: unknown;
  documents: { id: string; slot: string }[];
}
const caseOf = ({ body }: Answer) => body.case as Seen;

describe('the review desk’s API', function () {
  this.timeout(60_000);
  const clock = new FakeClock(new Date().toISOString());
  let database: Database;
  let fixture: Fixture;
  let desk: DeskServer;
  let one: Browser;
  let two: Browser;

  before(async () => {
    database = await connect({ dataDir: 'memory://' });
    fixture = await Fixture.start(database);
    const { read, standing } = fixture.service;
    const memory = createEmbeddedMemory(clock);
    desk = await startDesk(database, clock, {
      review: reviewParts(database, clock, {
        pictures: createPictures({ database, memory, clock, timeZone: 'Asia/Shanghai', read, standing }),
        platform: {
          customer: async (id) => ({
            kind: 'found',
            value: { id, nameMasked: '张*', identityVerified: true },
          }),
          cards: async () => ({
            kind: 'found',
            value: [
              {
                id: 'k1',
                bank: '招商银行',
                last4: '6411',
                type: 'credit',
                status: 'bound',
                boundAt: '2024-01-01T00:00:00+08:00',
              },
              {
                id: 'k2',
                bank: '中信银行',
                last4: '7753',
                type: 'credit',
                status: 'bound',
                boundAt: '2024-01-01T00:00:00+08:00',
              },
            ],
          }),
          eligibility: async (_customer, cardId) => ({
            kind: 'found',
            value: {
              eligible: false,
              autoDebits: [],
              blockers: cardId === 'k1' ? [{ code: 'RISK_LOCK' }] : [],
            },
          }),
        },
      }),
    });
    [one, two] = [await loggedIn(['reviewer']), await loggedIn(['reviewer'])];
  });
  after(async () => {
    await desk.close();
    await fixture.stop();
    await database.close();
  });

  async function loggedIn(roles: Role[]): Promise<Browser> {
    const browser = new Browser(desk.url);
    const { login } = await desk.hire(`m${randomUUID().slice(0, 8)}`, roles);
    clock.advance(6 * 60_000);
    expect((await browser.logIn(login)).status).to.equal(200);
    return browser;
  }
  const stepUp = (browser: Browser) => browser.request('POST', '/step-up', { code: PASSWORD });

  /** A submitted case with a real picture in it. */
  async function submitted(customerId = 'customer-1') {
    const { caseId, ticket } = await fixture.opened();
    const { documentId } = storedOf(await fixture.service.receiveTicket({ ticket, file: await photo() }));
    const values = { customerId, cardLast4: '6411' };
    await database.run((db) => db.update(caseRows).set(values).where(eq(caseRows.id, caseId)));
    const { number = '' } = await createCases({ database, clock }).submit(caseId);
    return {
      number,
      documentId,
      path: `/review/cases/${number}`,
      document: `/review/cases/${number}/documents/${documentId}`,
    };
  }
  async function claimed(browser = one) {
    const made = await submitted();
    const answer = await browser.request('POST', `${made.path}/claim`, {});
    expect(answer.status).to.equal(200);
    return { ...made, version: caseOf(answer).version };
  }
  async function picture(browser: Browser, url: unknown) {
    return fetch(`${desk.url}${String(url)}`, { headers: { cookie: browser.cookie } });
  }

  it('goes from the queue to a confirmed release, each step answering with the case', async () => {
    const { number, path, document, version } = await claimed();
    const { body } = await one.request('GET', '/review/cases?mine=true&kind=risk-lock&limit=10');
    expect((body.cases as { number: string }[]).map((item) => item.number)).to.include(number);
    const judged = await one.request('POST', `${document}/verdict`, {
      ...{ version, verdict: { verdict: 'accepted' }, checked: ['sharp', 'four-corners'] },
    });
    const concluded = await one.request('POST', `${path}/conclusion`, { version: caseOf(judged).version });
    expect(caseOf(concluded).proposal).to.include({ decision: 'approved', cause: 'risk-lock', mine: true });
    expect(errorOf(await one.request('POST', `${path}/claim`, {}))?.code).to.equal('SamePerson');
    const taken = caseOf(await two.request('POST', `${path}/claim`, {}));
    const confirmed = await two.request('POST', `${path}/proposal/confirm`, { version: taken.version });
    expect(caseOf(confirmed)).to.include({ state: 'approved', proposal: null });
    expect(
      errorOf(await two.request('POST', `${path}/proposal/confirm`, { version: taken.version }))?.code,
    ).to.equal('ChangedMeanwhile');
  });

  it('names the holder to others, and says what has changed', async () => {
    const { path, document, version } = await claimed();
    const held = await two.request('POST', `${path}/claim`, {});
    expect([held.status, errorOf(held)?.code]).to.deep.equal([409, 'Held']);
    expect(errorOf(held)?.details).to.have.keys('by', 'until');
    await one.request('POST', `${document}/verdict`, { version, verdict: { verdict: 'accepted' } });
    // Looking is not changing.
    await picture(one, (await one.request('POST', `${document}/views`, {})).body.url);
    const late = await one.request('POST', `${document}/verdict`, { version, verdict: null });
    expect([late.status, errorOf(late)?.code]).to.deep.equal([409, 'ChangedMeanwhile']);
    expect(errorOf(late)?.details).to.deep.include({ version: version + 1, state: 'in-review' });
    expect(errorOf(late)?.details?.last).to.include({ action: 'document.accepted' });
    clock.advance(15 * 60_000);
    expect(errorOf(await one.request('POST', `${path}/heartbeat`, {}))?.code).to.equal('NotClaimed');
  });

  it('shows beforehand what the customer will read, in the language they write in', async () => {
    const { document, version } = await claimed();
    const verdict = { verdict: 'retry', reason: 'BLURRY' };
    const judged = await one.request('POST', `${document}/verdict`, { version, verdict });
    const { customerTexts, conversationId } = judged.body.case as {
      customerTexts: Record<string, unknown>;
      conversationId: string;
    };
    expect(customerTexts.returned).to.include('有 1 份材料要补一下').and.include('身份证人像面：照片有点糊');
    expect(customerTexts.rejected).to.include('没有通过');
    await createInsights({ database, clock }).write([turn(conversationId, 1, { locale: 'en' })]);
    const later = await one.request('POST', `${document}/verdict`, { version: version + 1, verdict: null });
    const told = (later.body.case as { customerTexts: Record<string, unknown> }).customerTexts;
    expect(told).to.include({ locale: 'en', returned: null });
    expect(told.reasons).to.have.property('BLURRY').that.includes('blur');
  });

  it('shows the account masked and only to the holder', async () => {
    const { path } = await claimed();
    const { body } = await one.request('GET', `${path}/account`);
    expect(body.customer).to.deep.equal({
      kind: 'found',
      nameMasked: '张*',
      phoneMasked: null,
      identityVerified: true,
    });
    expect(body.blockers).to.deep.equal({ kind: 'found', codes: ['RISK_LOCK'] });
    expect((body.cards as { cards: { ofCase: boolean }[] }).cards.map(({ ofCase }) => ofCase)).to.deep.equal([
      true,
      false,
    ]);
    expect(errorOf(await two.request('GET', `${path}/account`))?.code).to.equal('NotClaimed');
  });

  it('shows a picture masked at once, plain only for a purpose and with a fresh code', async () => {
    const { document } = await claimed();
    const { body } = await one.request('POST', `${document}/views`, {});
    const masked = await picture(one, body.url);
    expect(masked.status).to.equal(200);
    expect(masked.headers.get('content-type')).to.equal('image/jpeg');
    expect(masked.headers.get('cache-control')).to.equal('no-store');
    const { width } = await sharp(Buffer.from(await masked.arrayBuffer())).metadata();
    expect(width).to.equal(1200);

    clock.advance(6 * 60_000);
    const purpose = { purpose: 'compare-identity' };
    expect(errorOf(await one.request('POST', `${document}/plain-views`, purpose))?.code).to.equal(
      'StepUpNeeded',
    );
    await stepUp(one);
    expect((await one.request('POST', `${document}/plain-views`, {})).status).to.equal(400);
    const plain = await one.request('POST', `${document}/plain-views`, purpose);
    expect((await picture(one, plain.body.url)).status).to.equal(200);
    expect((await picture(one, plain.body.url)).status).to.equal(404);
  });

  it('gives no picture to whoever does not hold the case, nor for another session, nor after a minute', async () => {
    const { document } = await claimed();
    expect(errorOf(await two.request('POST', `${document}/views`, {}))?.code).to.equal('NotClaimed');
    const address = async () => (await one.request('POST', `${document}/views`, {})).body.url;
    expect((await picture(two, await address())).status).to.equal(404);
    expect((await picture(new Browser(desk.url), await address())).status).to.equal(401);
    const late = await address();
    clock.advance(60_001);
    expect((await picture(one, late)).status).to.equal(404);
    expect((await picture(one, '/api/console/review/pictures/AAAA')).status).to.equal(404);
  });

  it('writes no address into the log', async () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const app = buildApp({ logging: { level: 'info', destination }, health: { checks: [] } });
    await app.inject({ url: '/api/console/review/pictures/very-secret-token' });
    await app.close();
    expect(lines.join('')).to.include('/pictures/').and.not.to.include('very-secret-token');
  });

  it('lets nobody work on their own account', async () => {
    const browser = await loggedIn(['reviewer']);
    const { number } = await submitted('that-is-me');
    const own = (await browser.request('GET', '/session')).body.session as { member: { id: string } };
    await database.run((db) =>
      db.update(staff).set({ customerId: 'that-is-me' }).where(eq(staff.id, own.member.id)),
    );
    const refused = await browser.request('POST', `/review/cases/${number}/claim`, {});
    expect([refused.status, errorOf(refused)?.code]).to.deep.equal([403, 'OwnAccount']);
    const read = await browser.request('GET', `/review/cases/${number}`);
    expect([read.status, errorOf(read)?.code]).to.deep.equal([403, 'OwnAccount']);
  });

  it('breaks a claim for supervisors only', async () => {
    const { path } = await claimed();
    const reason = { reason: '同事已下班' };
    expect((await two.request('POST', `${path}/break-claim`, reason)).status).to.equal(403);
    const lead = await loggedIn(['supervisor']);
    expect((await lead.request('POST', `${path}/break-claim`, {})).status).to.equal(400);
    const broken = await lead.request('POST', `${path}/break-claim`, reason);
    expect((broken.body.case as { notes: unknown[] }).notes[0]).to.include({ text: '同事已下班' });
    expect((await two.request('POST', `${path}/claim`, {})).status).to.equal(200);
  });

  it('keeps notes with the case, script and all, as masked text', async () => {
    const { path } = await submitted();
    const note = '<script>alert(1)</script> 看过，卡号 6222021234567890128';
    const answer = await two.request('POST', `${path}/notes`, { text: note });
    const kept = (answer.body.case as { notes: { text: string }[] }).notes.map(({ text }) => text);
    expect(kept).to.have.length(1);
    expect(kept[0]).to.match(/^<script>alert\(1\)<\/script> 看过/);
    expect(kept[0]).not.to.include('6222021234567890128');
    expect((await two.request('POST', `${path}/notes`, { text: '  ' })).status).to.equal(400);
  });

  it('sets a legal hold, exports and deletes with a fresh code and the id typed twice', async () => {
    const admin = await loggedIn(['admin']);
    const { number, documentId } = await submitted('customer-gone');
    const held = await admin.request('POST', '/review/holds', { caseNumber: number, reason: '法院调取' });
    expect(held.status).to.equal(201);
    const exported = await admin.request('POST', '/review/customers/export', { customerId: 'customer-gone' });
    expect(exported.body.cases).to.have.length(1);
    const slip = { customerId: 'customer-gone', confirm: 'customer-gon' };
    expect((await admin.request('POST', '/review/customers/delete', slip)).status).to.equal(422);
    const both = { ...slip, confirm: 'customer-gone' };
    const kept = await admin.request('POST', '/review/customers/delete', both);
    expect(kept.body.kept).to.deep.include({ what: 'case', why: 'legal-hold', number });
    const lifted = await admin.request('POST', `/review/holds/${String(held.body.id)}/lift`, {
      reason: '解除',
    });
    expect(lifted.status).to.equal(204);
    const [row] = await database.run((db) => db.select().from(documents).where(eq(documents.id, documentId)));
    expect(row?.wrappedKey).to.be.a('string');
    clock.advance(6 * 60_000);
    expect(errorOf(await admin.request('POST', '/review/customers/delete', both))?.code).to.equal(
      'StepUpNeeded',
    );
  });

  it('lists the audit page by page, filtered, checks its chain, and notes who read', async () => {
    const auditor = await loggedIn(['auditor']);
    const { number } = await claimed();
    const ofCase = await auditor.request('GET', `/audit?caseNumber=${number}&action=case.`);
    expect((ofCase.body.lines as { action: string }[]).map(({ action }) => action)).to.deep.equal([
      'case.claimed',
      'case.submitted',
    ]);
    const [line] = ofCase.body.lines as { staffNumber: string; caseNumber: string }[];
    expect(line?.caseNumber).to.equal(number);
    const ofOne = await auditor.request('GET', `/audit?staffNumber=${line?.staffNumber}&limit=200`);
    const theirs = ofOne.body.lines as { staffNumber: string; caseNumber?: string }[];
    expect([...new Set(theirs.map(({ staffNumber }) => staffNumber))]).to.deep.equal([line?.staffNumber]);
    expect(theirs.map(({ caseNumber }) => caseNumber)).to.include(number);
    expect((await auditor.request('GET', '/audit?staffNumber=ZZ9')).body.lines).to.deep.equal([]);
    const first = await auditor.request('GET', '/audit?limit=5');
    const next = await auditor.request('GET', `/audit?limit=5&before=${String(first.body.next)}`);
    const seqs = [first, next].flatMap(({ body }) => (body.lines as { seq: number }[]).map(({ seq }) => seq));
    expect(seqs).to.deep.equal(Array.from({ length: 10 }, (_, n) => (seqs[0] ?? 0) - n));
    expect((await auditor.request('GET', '/audit/verification')).body).to.include({ kind: 'intact' });
    const readings = await auditor.request('GET', '/audit?action=audit.read');
    // Each page is a reading: whoever begins in the middle is noted, too.
    expect(readings.body.lines).to.have.length(5);
  });

  it('refuses nonsense politely', async () => {
    const unknown = await one.request('GET', `/review/cases/JB${'9'.repeat(14)}`);
    expect([unknown.status, errorOf(unknown)?.code]).to.deep.equal([404, 'NotFound']);
    for (const path of ['/review/cases/1', '/review/cases?limit=1000', '/review/cases?kind=nonsense'])
      expect((await one.request('GET', path)).status).to.equal(400);
    const { path, document, version } = await claimed();
    const odd = { version, verdict: { verdict: 'retry', reason: 'TAMPERED' } };
    expect((await one.request('POST', `${document}/verdict`, odd)).status).to.equal(400);
    const other = `${path}/documents/${randomUUID()}/verdict`;
    expect((await one.request('POST', other, { version, verdict: null })).status).to.equal(404);
  });
});
