import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { BlockerCode, ReviewDecision } from '../../../src/domain/platform.ts';
import { type Sandbox, startSandbox } from '../../../src/platform/sandbox/server.ts';
import { eligibilityReply, unbindRequestsReply } from '../../../src/platform/schemas.ts';

const NOW = new Date('2026-11-22T07:30:00Z');
const token = 'test-token';

function decisionOn(customerId: string, kind: string, decision: ReviewDecision['decision'] = 'approved') {
  return { caseId: 'JB20261122000001', customerId, kind, decision, decidedAt: '2026-11-22T15:00:00+08:00' };
}

async function call(sandbox: Sandbox, path: string, body?: object, headers: Record<string, string> = {}) {
  const json = body && { 'content-type': 'application/json' };
  const response = await fetch(sandbox.url + path, {
    method: body || path.startsWith('/sandbox') ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...json, ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const decide = (sandbox: Sandbox, decision: object, key: string) =>
  call(sandbox, '/v1/review-decisions', decision, { 'idempotency-key': key });

async function eligibility(sandbox: Sandbox, customerId: string, card = 1) {
  const path = `/v1/customers/${customerId}/cards/card-${customerId}-${card}/unbind-eligibility`;
  return eligibilityReply.parse((await call(sandbox, path)).body).eligibility;
}

const codes = async (sandbox: Sandbox, customerId: string, card = 1): Promise<BlockerCode[]> =>
  (await eligibility(sandbox, customerId, card)).blockers.map((blocker) => blocker.code);

describe('sandbox', () => {
  let directory: string;
  let stateFile: string;
  let sandbox: Sandbox;
  const start = () => startSandbox({ token, stateFile, clock: { now: () => NOW } });

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'sandbox-'));
    stateFile = join(directory, 'nested', 'sandbox.json');
    sandbox = await start();
  });
  beforeEach(() => sandbox.reset());
  after(async () => {
    await sandbox.close();
    rmSync(directory, { recursive: true });
  });

  it('has each customer in the trouble that its name says', async () => {
    const troubles: [string, number, BlockerCode[]][] = [
      ['happy', 1, []],
      ['happy', 2, []],
      ['risk-lock', 1, ['RISK_LOCK']],
      ['identity-mismatch', 2, ['IDENTITY_MISMATCH']],
      ['closed-card', 2, ['CARD_CLOSED']],
      ['lost-card', 1, ['CARD_LOST']],
      ['unsettled-balance', 1, ['UNSETTLED_BALANCE']],
      ['withdrawal-in-transit', 1, ['WITHDRAWAL_IN_TRANSIT']],
      ['auto-debit', 1, []],
      ['verification-locked', 1, ['VERIFICATION_LOCKED']],
      ['maintenance', 1, ['MAINTENANCE']],
      ['several-blockers', 1, ['MAINTENANCE', 'RISK_LOCK', 'UNSETTLED_BALANCE']],
    ];
    for (const [customer, card, expected] of troubles) {
      expect(await codes(sandbox, customer, card), customer).to.deep.equal(expected);
      expect((await eligibility(sandbox, customer, card)).eligible).to.equal(expected.length === 0);
    }
    const { autoDebits } = await eligibility(sandbox, 'auto-debit');
    expect(autoDebits.map((debit) => debit.kind)).to.deep.equal(['subscription', 'instalment']);
  });

  it('leaves about twenty hours to revoke the request of cooling-off', async () => {
    const { body } = await call(sandbox, '/v1/customers/cooling-off/unbind-requests');
    const [request] = unbindRequestsReply.parse(body);
    expect(request?.status).to.equal('processing');
    const leftMs = Date.parse(request?.revocableUntil ?? '') - NOW.getTime();
    expect(leftMs / 3_600_000).to.be.within(19, 21);
  });

  for (const [customer, kind, card] of [
    ['risk-lock', 'risk-lock', 1],
    ['identity-mismatch', 'identity-not-holder', 2],
    ['closed-card', 'identity-card-closed', 2],
    ['lost-card', 'card-status', 1],
  ] as const) {
    it(`frees ${customer} when a ${kind} case is approved, not when it is rejected`, async () => {
      const before = await codes(sandbox, customer, card);
      await decide(sandbox, decisionOn(customer, kind, 'rejected'), 'key-rejected');
      expect(await codes(sandbox, customer, card)).to.deep.equal(before);
      const { status, body } = await decide(sandbox, decisionOn(customer, kind), 'key-approved');
      expect(status).to.equal(200);
      expect(body.cleared).to.deep.equal(before);
      expect(await eligibility(sandbox, customer, card)).to.deep.include({ eligible: true, blockers: [] });
    });
  }

  it('frees nobody for a case of another kind', async () => {
    await decide(sandbox, decisionOn('risk-lock', 'identity-info-expired'), 'key');
    expect(await codes(sandbox, 'risk-lock')).to.deep.equal(['RISK_LOCK']);
  });

  it('answers a repeated key as the first time, without a second effect', async () => {
    const decision = decisionOn('risk-lock', 'risk-lock');
    const first = await decide(sandbox, decision, 'same-key');
    const state = readFileSync(stateFile, 'utf8');
    const reordered = Object.fromEntries(Object.entries(decision).reverse());
    expect(await decide(sandbox, reordered, 'same-key')).to.deep.equal(first);
    expect(first.body.cleared).to.deep.equal(['RISK_LOCK']);
    expect(readFileSync(stateFile, 'utf8')).to.equal(state);
  });

  it('refuses a known key with another body and changes nothing', async () => {
    await decide(sandbox, decisionOn('risk-lock', 'risk-lock', 'rejected'), 'same-key');
    const { status, body } = await decide(sandbox, decisionOn('risk-lock', 'risk-lock'), 'same-key');
    expect([status, body.error.code]).to.deep.equal([409, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await codes(sandbox, 'risk-lock')).to.deep.equal(['RISK_LOCK']);
  });

  it('refuses decisions without a key, of no customer, or malformed', async () => {
    const decision = decisionOn('risk-lock', 'risk-lock');
    expect((await call(sandbox, '/v1/review-decisions', decision)).status).to.equal(400);
    expect((await decide(sandbox, { ...decision, customerId: 'nobody' }, 'k')).status).to.equal(404);
    expect((await decide(sandbox, { ...decision, decision: 'perhaps' }, 'k')).status).to.equal(400);
    expect(await codes(sandbox, 'risk-lock')).to.deep.equal(['RISK_LOCK']);
  });

  it('ends maintenance for everybody and says so in the announcement', async () => {
    expect((await call(sandbox, '/sandbox/maintenance/end')).status).to.equal(204);
    expect(await codes(sandbox, 'maintenance')).to.deep.equal([]);
    expect(await codes(sandbox, 'several-blockers')).to.deep.equal(['RISK_LOCK', 'UNSETTLED_BALANCE']);
    const { announcements } = (await call(sandbox, '/v1/announcements')).body;
    const maintenance = announcements.find((a: { kind: string }) => a.kind === 'maintenance');
    expect(maintenance).to.include({ active: false, endsAt: '2026-11-22T15:30:00+08:00' });
  });

  it('settles the money of one customer', async () => {
    expect((await call(sandbox, '/sandbox/customers/unsettled-balance/settle')).status).to.equal(204);
    expect(await codes(sandbox, 'unsettled-balance')).to.deep.equal([]);
    expect(await codes(sandbox, 'several-blockers')).to.include('UNSETTLED_BALANCE');
    expect((await call(sandbox, '/sandbox/customers/nobody/settle')).status).to.equal(404);
  });

  it('unbinds as the app would, only a card with nothing in its way', async () => {
    const unbind = (customer: string) =>
      call(sandbox, `/sandbox/customers/${customer}/unbind`, { cardId: `card-${customer}-1` });
    expect((await unbind('risk-lock')).status).to.equal(409);
    expect((await unbind('happy')).status).to.equal(204);
    const { cards } = (await call(sandbox, '/v1/customers/happy/cards')).body;
    expect(cards[0].status).to.equal('unbound');
    const { body } = await call(sandbox, '/v1/customers/happy/unbind-requests');
    expect(unbindRequestsReply.parse(body)[0]).to.include({ cardId: 'card-happy-1', status: 'completed' });
  });

  it('keeps what happened over a restart', async () => {
    await decide(sandbox, decisionOn('risk-lock', 'risk-lock'), 'kept-key');
    await sandbox.close();
    sandbox = await start();
    expect(sandbox.restored).to.equal('kept');
    expect(await codes(sandbox, 'risk-lock')).to.deep.equal([]);
    const { body } = await decide(sandbox, decisionOn('risk-lock', 'risk-lock'), 'kept-key');
    expect(body.cleared).to.deep.equal(['RISK_LOCK']);
  });

  it('starts afresh from a corrupt file, says so and keeps the file', async () => {
    await sandbox.close();
    writeFileSync(stateFile, '{"version":1,"cleared":');
    const warnings: string[] = [];
    const log = { info: () => undefined, warn: (_: object, message: string) => warnings.push(message) };
    sandbox = await startSandbox({ token, stateFile, log });
    expect(sandbox.restored).to.equal('reset');
    expect(warnings).to.deep.equal(['sandbox state was unreadable; started afresh']);
    expect(readFileSync(`${stateFile}.corrupt`, 'utf8')).to.match(/^\{"version"/);
    expect(await codes(sandbox, 'risk-lock')).to.deep.equal(['RISK_LOCK']);
  });

  it('leaves no half-written files behind', async () => {
    await decide(sandbox, decisionOn('risk-lock', 'risk-lock'), 'k');
    expect(readdirSync(join(directory, 'nested')).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
  });

  it('lets nobody in without the token', async () => {
    for (const path of ['/v1/customers/happy', '/v1/nowhere', '/sandbox/reset']) {
      const { status } = await call(sandbox, path, undefined, { authorization: 'Bearer other-token' });
      expect(status, path).to.equal(401);
    }
  });

  it('fails on demand, for one customer or for all, until told otherwise', async () => {
    const status = async (customer: string) => (await call(sandbox, `/v1/customers/${customer}`)).status;
    await call(sandbox, '/sandbox/fail', { mode: 'error', customer: 'happy' });
    expect([await status('happy'), await status('risk-lock')]).to.deep.equal([500, 200]);
    await call(sandbox, '/sandbox/fail', { mode: 'error' });
    expect(await status('risk-lock')).to.equal(500);
    await call(sandbox, '/sandbox/fail', { mode: 'none' });
    expect([await status('happy'), await status('risk-lock')]).to.deep.equal([200, 200]);
    expect((await call(sandbox, '/sandbox/fail', { mode: 'explode' })).status).to.equal(400);
  });
});
