import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { type EventCheck, verifyPlatformEvent } from '../../../src/platform/events.ts';
import { type Sandbox, startSandbox } from '../../../src/platform/sandbox/server.ts';
import { eventually, type Scripted, startScripted } from '../scripted.ts';

const secret = 'event-secret';

describe('sandbox events', () => {
  let product: Scripted;
  let sandbox: Sandbox;
  let received: EventCheck[];
  let status: number;

  beforeEach(async () => {
    received = [];
    status = 204;
    product = await startScripted(async (response, request) => {
      const body = await text(request);
      received.push(verifyPlatformEvent({ body, headers: request.headers, secret, now: new Date() }));
      response.writeHead(status).end();
    });
    sandbox = await startSandbox({
      token: 't',
      events: { url: `${product.url}/api/platform/events`, secret },
    });
  });
  afterEach(async () => {
    await sandbox.close();
    await product.close();
  });

  const types = () => received.map((check) => (check.kind === 'valid' ? check.event.type : check.kind));

  it('are sent, signed, once for each thing that happens', async () => {
    sandbox.settle('unsettled-balance');
    sandbox.settle('unsettled-balance');
    sandbox.endMaintenance();
    sandbox.endMaintenance();
    sandbox.unbind('happy', 'card-happy-1');
    await fetch(`${sandbox.url}/v1/review-decisions`, {
      method: 'POST',
      headers: { authorization: 'Bearer t', 'content-type': 'application/json', 'idempotency-key': 'k' },
      body: JSON.stringify({
        caseId: 'c',
        customerId: 'risk-lock',
        kind: 'risk-lock',
        decision: 'approved',
        decidedAt: '2026-11-22T15:00:00+08:00',
      }),
    });
    await eventually(() => received.length >= 4);
    expect(types()).to.have.members([
      'balance.settled',
      'maintenance.ended',
      'card.unbound',
      'lock.released',
    ]);
    expect(product.requests).to.deep.equal(Array(4).fill('POST /api/platform/events'));
  });

  it('are sent again with the same id until they are taken', async () => {
    status = 503;
    sandbox.settle('unsettled-balance');
    await eventually(() => received.length === 1);
    status = 204;
    await eventually(() => received.length === 2);
    const ids = received.map((check) => check.kind === 'valid' && check.event.id);
    expect(ids[0]).to.be.a('string').and.equal(ids[1]);
  });

  it('do not hold up closing when nobody takes them', async () => {
    status = 503;
    sandbox.endMaintenance();
    await eventually(() => received.length > 0);
    await sandbox.close();
  });
});
