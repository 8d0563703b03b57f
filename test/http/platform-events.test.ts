import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import type { FastifyInstance } from 'fastify';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import type { PlatformEvent } from '../../src/domain/platform-event.ts';
import { buildApp } from '../../src/http/app.ts';
import { PLATFORM_EVENTS_PATH, platformEventRoutes } from '../../src/http/platform-events.ts';
import { type Sandbox, startSandbox } from '../../src/platform/sandbox/server.ts';
import { createPlatformEvents } from '../../src/reminders/index.ts';
import { FakeClock } from '../support/clock.ts';
import { eventually } from '../support/eventually.ts';

const SECRET = 'the secret that the platform signs with';
const EVENT: PlatformEvent = {
  id: 'evt-1',
  type: 'lock-released',
  occurredAt: '2026-11-23T10:00:00+08:00',
  customerId: 'risk-lock',
};

describe('POST /api/platform/events', function () {
  this.timeout(60_000);
  let clock: FakeClock;
  let database: Database;
  let app: FastifyInstance;
  let sandbox: Sandbox;
  let url: string;
  let taken: PlatformEvent[];

  before(async () => {
    clock = new FakeClock();
    database = await connect({ dataDir: 'memory://' });
    const hours = { timeZone: 'Asia/Shanghai', from: '09:00', to: '21:00' };
    const take = createPlatformEvents({ database, clock, hours, kick: () => {} });
    app = buildApp({ logging: { level: 'silent' }, health: { checks: [] } });
    await app.register(platformEventRoutes, {
      secret: SECRET,
      clock,
      take: async (event) => {
        const outcome = await take(event);
        if (outcome.kind === 'taken') taken.push(event);
        return outcome;
      },
    });
    url = (await app.listen({ host: '127.0.0.1', port: 0 })) + PLATFORM_EVENTS_PATH;
    sandbox = await startSandbox({ token: 'token', clock });
  });
  beforeEach(() => {
    taken = [];
    clock.set('2026-11-23T10:00:00+08:00');
    sandbox.reset();
  });
  after(async () => {
    await sandbox.close();
    await app.close();
    await database.close();
  });

  const seconds = (ahead = 0) => String(Math.floor(clock.now().getTime() / 1000) + ahead);

  function signed(body: string, timestamp = seconds(), secret = SECRET): Record<string, string> {
    const hmac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    return { 'x-platform-timestamp': timestamp, 'x-platform-signature': `sha256=${hmac}` };
  }

  async function post(body: string, headers: Record<string, string> = signed(body)) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const answer = (await response.json()) as { outcome?: string; error?: { code: string; message: string } };
    return { status: response.status, outcome: answer.outcome, code: answer.error?.code };
  }
  const refused = async (status: number, code: string, ...request: Parameters<typeof post>) => {
    expect(await post(...request)).to.deep.equal({ status, outcome: undefined, code });
    expect(taken).to.deep.equal([]);
  };
  const json = (more: object = {}) => JSON.stringify({ ...EVENT, ...more });

  it('takes a signed event, and a repeated one without effect', async () => {
    expect(await post(json())).to.deep.equal({ status: 200, outcome: 'taken', code: undefined });
    clock.advance(3_600_000);
    expect(await post(json())).to.deep.equal({ status: 200, outcome: 'repeated', code: undefined });
    expect(taken).to.deep.equal([EVENT]);
  });

  it('refuses what is not signed', async () => {
    await refused(401, 'SignatureMissing', json({ id: 'a' }), {});
    const { 'x-platform-signature': signature = '' } = signed(json({ id: 'a' }));
    await refused(401, 'SignatureMissing', json({ id: 'a' }), { 'x-platform-signature': signature });
    await refused(401, 'SignatureMissing', json({ id: 'a' }), {
      'x-platform-timestamp': 'soon',
      'x-platform-signature': signature,
    });
  });

  it('refuses what is signed with another secret, for another body or another time', async () => {
    const body = json({ id: 'forged' });
    await refused(401, 'SignatureInvalid', body, signed(body, seconds(), 'another secret'));
    await refused(401, 'SignatureInvalid', json({ id: 'forged', customerId: 'happy' }), signed(body));
    await refused(401, 'SignatureInvalid', body, { ...signed(body), 'x-platform-timestamp': seconds(1) });
    for (const signature of ['', 'sha256=', 'x'.repeat(71), 'é'.repeat(35)]) {
      const headers = { ...signed(body), 'x-platform-signature': encodeURI(signature) };
      const { status } = await post(body, headers);
      expect(status).to.equal(401);
    }
  });

  it('refuses a good signature of more than five minutes ago or ahead', async () => {
    const body = json({ id: 'old' });
    await refused(401, 'TimestampOutside', body, signed(body, seconds(-301)));
    await refused(401, 'TimestampOutside', body, signed(body, seconds(301)));
    expect(await post(body, signed(body, seconds(-299)))).to.include({ outcome: 'taken' });
  });

  it('refuses what is no event, in words that say why', async () => {
    await refused(400, 'BadRequest', 'no json');
    await refused(400, 'BadRequest', '[]');
    await refused(400, 'BadRequest', json({ id: '' }));
    await refused(400, 'BadRequest', json({ id: 'x'.repeat(129) }));
    await refused(400, 'BadRequest', json({ id: 'b', customerId: undefined }));
    await refused(400, 'BadRequest', json({ id: 'b', occurredAt: '2026-02-31T10:00:00+08:00' }));
    await refused(422, 'UnknownEvent', json({ id: 'b', type: 'card-eaten' }));
    await refused(413, 'BodyTooLarge', json({ id: 'b', padding: 'x'.repeat(17_000) }));
    await refused(415, 'UnsupportedMediaType', json(), { ...signed(json()), 'content-type': 'text/plain' });
  });

  it('hears from the sandbox what happens there', async () => {
    sandbox.sendEventsTo({ url, secret: SECRET });
    sandbox.endMaintenance();
    sandbox.endMaintenance();
    sandbox.settle('unsettled-balance');
    sandbox.settle('unsettled-balance');
    sandbox.unbind('happy', 'card-happy-1');
    const decision = {
      caseId: 'JB20261123000001',
      customerId: 'risk-lock',
      kind: 'risk-lock',
      decision: 'approved',
      decidedAt: '2026-11-23T10:00:00+08:00',
    };
    for (const _ of [1, 2]) {
      await fetch(`${sandbox.url}/v1/review-decisions`, {
        method: 'POST',
        headers: {
          authorization: 'Bearer token',
          'content-type': 'application/json',
          'idempotency-key': 'decision:1',
        },
        body: JSON.stringify(decision),
      });
    }
    await eventually(() => taken.length === 4);
    const what = taken.map(({ id: _, occurredAt: __, ...event }) => JSON.stringify(event));
    expect(what).to.have.members([
      JSON.stringify({ type: 'maintenance-ended', announcementId: 'ann-maintenance' }),
      JSON.stringify({ type: 'settled', customerId: 'unsettled-balance' }),
      JSON.stringify({ type: 'unbound', customerId: 'happy', cardId: 'card-happy-1' }),
      JSON.stringify({ type: 'lock-released', customerId: 'risk-lock' }),
    ]);
  });
});
