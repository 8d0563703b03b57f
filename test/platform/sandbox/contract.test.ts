import { expect } from 'chai';
import type { Lookup } from '../../../src/domain/platform.ts';
import { createPlatformClient, type PlatformClient } from '../../../src/platform/client.ts';
import { SANDBOX_CUSTOMERS } from '../../../src/platform/sandbox/customers.ts';
import { type Sandbox, startSandbox } from '../../../src/platform/sandbox/server.ts';
import { startInspector, violations } from '../contract.ts';

function answerOf<T>(lookup: Lookup<T>): T {
  if (lookup.kind !== 'found') throw new Error(`expected an answer, got ${lookup.kind}`);
  return lookup.value;
}

describe('client and sandbox', () => {
  let sandbox: Sandbox;
  let inspector: Awaited<ReturnType<typeof startInspector>>;
  let client: PlatformClient;

  before(async () => {
    sandbox = await startSandbox({ token: 'test-token' });
    inspector = await startInspector(sandbox.url);
    client = createPlatformClient({ baseUrl: inspector.url, token: 'test-token', timeoutMs: 10_000 });
  });

  after(async () => {
    await client.close();
    await inspector.close();
    await sandbox.close();
  });

  afterEach(() => {
    expect(inspector.seen).not.to.have.length(0);
    expect(inspector.seen.splice(0).flatMap(violations)).to.deep.equal([]);
  });

  for (const { id } of SANDBOX_CUSTOMERS.filter((customer) => customer.id !== 'platform-down')) {
    it(`keep to openapi.yaml about ${id}`, async () => {
      expect(answerOf(await client.customer(id)).id).to.equal(id);
      const cards = answerOf(await client.cards(id));
      expect(cards).not.to.have.length(0);
      for (const card of cards) answerOf(await client.eligibility(id, card.id));
      const requests = answerOf(await client.unbindRequests(id));
      for (const request of requests) expect(cards.map((card) => card.id)).to.include(request.cardId);
    });
  }

  it('keep to openapi.yaml about announcements and identity links', async () => {
    expect(answerOf(await client.announcements())).not.to.have.length(0);
    expect(answerOf(await client.identityLink('wechat', 'o_sandbox_happy'))).to.deep.equal({
      customerId: 'happy',
    });
    expect(answerOf(await client.identityLink('wechat', 'o_sandbox_risk_lock')).customerId).to.equal(
      'risk-lock',
    );
  });

  it('keep to openapi.yaml about what does not exist', async () => {
    expect(await client.customer('nobody')).to.deep.equal({ kind: 'not-found' });
    expect(await client.cards('nobody')).to.deep.equal({ kind: 'not-found' });
    expect(await client.unbindRequests('nobody')).to.deep.equal({ kind: 'not-found' });
    expect(await client.eligibility('happy', 'card-risk-lock-1')).to.deep.equal({ kind: 'not-found' });
    expect(await client.identityLink('wechat', 'o_stranger')).to.deep.equal({ kind: 'not-found' });
    expect(await client.customer('a/b?c#d 中%2e')).to.deep.equal({ kind: 'not-found' });
    expect(await client.customer('__proto__')).to.deep.equal({ kind: 'not-found' });
  });

  it('keep to openapi.yaml about decisions, taken and refused', async () => {
    const decision = {
      caseId: 'JB20261122000001',
      customerId: 'risk-lock',
      kind: 'risk-lock',
      decision: 'approved',
      decidedAt: '2026-11-22T07:00:00.000Z',
    } as const;
    await client.submitReviewDecision(decision, 'key-1');
    const refusal = (run: Promise<void>) =>
      run.then(
        () => 'taken',
        (error: unknown) => String(error),
      );
    expect(
      await refusal(client.submitReviewDecision({ ...decision, decision: 'rejected' }, 'key-1')),
    ).to.match(/refused, HTTP 409 IDEMPOTENCY_KEY_REUSED/);
    expect(
      await refusal(client.submitReviewDecision({ ...decision, customerId: 'nobody' }, 'key-2')),
    ).to.match(/refused, HTTP 404 NOT_FOUND/);
  });

  it('keep to openapi.yaml when the platform fails', async () => {
    sandbox.fail({ mode: 'error', customer: 'happy' });
    expect(await client.cards('happy')).to.deep.equal({ kind: 'unavailable' });
    sandbox.fail({ mode: 'none' });
  });
});
