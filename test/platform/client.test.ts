import { inspect } from 'node:util';
import { expect } from 'chai';
import { createPlatformClient, type PlatformClient } from '../../src/platform/client.ts';
import { PlatformRefused, PlatformUnavailable } from '../../src/platform/errors.ts';
import { type Answer, CUSTOMER, json, type Scripted, silent, startScripted } from './scripted.ts';

const TOKEN = 'secret-token-5d1f';
const UNAVAILABLE = { kind: 'unavailable' };
const decision = {
  caseId: 'JB20261122000001',
  customerId: 'risk-lock',
  kind: 'risk-lock',
  decision: 'approved',
  decidedAt: '2026-11-22T15:00:00+08:00',
} as const;
const receipt = {
  caseId: decision.caseId,
  decision: 'approved',
  cleared: [],
  receivedAt: '2026-11-22T15:00:01+08:00',
};

const raw =
  (body: string, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
  };
const truncated: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
  response.write('{"id":"happy",', () => response.destroy());
};
const stalled: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"id":"happy",');
};
const endless: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (response.writable && response.write('x'.repeat(65_536)));
  };
  response.on('drain', more);
  more();
};

describe('platform client', () => {
  let platform: Scripted;
  let client: PlatformClient;
  let logged: unknown[];

  const connect = (timeoutMs: number) => {
    const note = (details: object, message: string) => logged.push({ ...details, message });
    const log = { info: note, warn: note };
    return createPlatformClient({ baseUrl: `${platform.url}/`, token: TOKEN, timeoutMs, log });
  };
  const neverEnds = (answer: Answer) => answer === silent || answer === stalled;

  beforeEach(async () => {
    platform = await startScripted(json(CUSTOMER));
    logged = [];
    client = connect(10_000);
  });
  afterEach(async () => {
    await client.close();
    await platform.close();
  });

  // Asked again only where the second answer may differ.
  const broken: [string, Answer, number][] = [
    ['500', json({ error: { code: 'INTERNAL', message: '' } }, 500), 2],
    ['503 with a page', (r) => r.writeHead(503).end('<html>'), 2],
    ['401', json({ error: { code: 'UNAUTHORIZED', message: '' } }, 401), 1],
    ['429', json({}, 429), 1],
    ['no answer', silent, 2],
    ['an answer that stalls', stalled, 2],
    ['a truncated body', truncated, 2],
    ['a dropped connection', (r) => r.destroy(), 2],
    ['an endless body', endless, 1],
    ['300 KB of valid JSON', json({ ...CUSTOMER, more: 'x'.repeat(300_000) }), 1],
    ['a page', raw('<!doctype html><p>登录'), 1],
    ['nothing', raw(''), 1],
    ['204', (r) => r.writeHead(204).end(), 1],
    ['a list', json([CUSTOMER]), 1],
    ['null', json(null), 1],
    ['a wrong type', json({ ...CUSTOMER, identityVerified: 'yes' }), 1],
    ['a missing property', json({ id: 'happy', nameMasked: '张*' }), 1],
    ['an unmasked name', json({ ...CUSTOMER, nameMasked: '张三' }), 1],
    ['compressed bytes', raw('\u001f\u008b\b', { 'content-encoding': 'gzip' }), 1],
  ];
  for (const [what, answer, requests] of broken) {
    it(`calls ${what} unavailable after ${requests === 1 ? 'one request' : 'asking again once'}`, async () => {
      platform.answer = answer;
      if (neverEnds(answer)) client = connect(300);
      expect(await client.customer('happy')).to.deep.equal(UNAVAILABLE);
      expect(platform.requests).to.have.length(requests);
    });
  }

  it('calls a redirect unavailable and does not follow it with the token', async () => {
    const elsewhere = await startScripted(json(CUSTOMER));
    platform.answer = (r) => r.writeHead(302, { location: `${elsewhere.url}/v1/customers/happy` }).end();
    expect(await client.customer('happy')).to.deep.equal(UNAVAILABLE);
    expect(elsewhere.requests).to.deep.equal([]);
    await elsewhere.close();
  });

  it('calls a platform that nobody listens for unavailable', async () => {
    await platform.close();
    expect(await client.announcements()).to.deep.equal(UNAVAILABLE);
  });

  it('calls addresses and tokens that make no request unavailable', async () => {
    for (const odd of [{ baseUrl: 'not an address' }, { baseUrl: platform.url, token: 'line\nbreak' }]) {
      const misled = createPlatformClient({ token: TOKEN, ...odd });
      expect(await misled.customer('happy')).to.deep.equal(UNAVAILABLE);
      await misled.close();
    }
  });

  it('has the answer of a second attempt', async () => {
    platform.answer = (response, request) => {
      const answer = platform.requests.length === 1 ? json({}, 503) : json(CUSTOMER);
      answer(response, request);
    };
    expect(await client.customer('happy')).to.deep.equal({ kind: 'found', value: CUSTOMER });
    expect(platform.requests).to.have.length(2);
  });

  it('calls 404 not found, whatever its body, and does not ask again', async () => {
    platform.answer = (r) => r.writeHead(404).end('<html>');
    expect(await client.cards('happy')).to.deep.equal({ kind: 'not-found' });
    expect(platform.requests).to.deep.equal(['GET /v1/customers/happy/cards']);
  });

  it('drops properties of a newer platform', async () => {
    platform.answer = json({ ...CUSTOMER, birthday: '1990-01-01' });
    expect(await client.customer('happy')).to.deep.equal({ kind: 'found', value: CUSTOMER });
  });

  it('never lets an id reach another path', async () => {
    for (const id of ['', '.', '..', 'x'.repeat(200), '\ud800']) {
      expect(await client.cards(id)).to.deep.equal({ kind: 'not-found' });
      expect(await client.identityLink('wechat', id)).to.deep.equal({ kind: 'not-found' });
    }
    expect(platform.requests).to.deep.equal([]);
    await client.eligibility('a/../b', '?x=1#y');
    expect(platform.requests).to.deep.equal([
      'GET /v1/customers/a%2F..%2Fb/cards/%3Fx%3D1%23y/unbind-eligibility',
    ]);
  });

  describe('given blockers of a newer platform', () => {
    const ask = (reply: object) => {
      platform.answer = json(reply);
      return client.eligibility('happy', 'card');
    };

    it('keeps the known ones and calls the card not eligible', async () => {
      const blockers = [{ code: 'CARD_LOST' }, { code: 'TAX_HOLD', until: 3 }, { code: '张三 138' }];
      const value = { eligible: false, blockers: [{ code: 'CARD_LOST' }], autoDebits: [] };
      expect(await ask({ eligible: false, blockers })).to.deep.equal({ kind: 'found', value });
      expect(logged).to.deep.include({
        unknownCodes: ['TAX_HOLD', 'not a code'],
        message: 'platform sent blockers unknown here',
      });
    });

    it('calls the card not eligible even if only unknown ones are left, or the reply contradicts itself', async () => {
      const value = { eligible: false, blockers: [], autoDebits: [] };
      const unknownOnly = await ask({ eligible: true, blockers: [{ code: 'TAX_HOLD' }] });
      expect(unknownOnly).to.deep.equal({ kind: 'found', value });
      const contradicting = await ask({ eligible: true, blockers: [{ code: 'CARD_CLOSED' }] });
      expect(contradicting).to.deep.equal({
        kind: 'found',
        value: { ...value, blockers: [{ code: 'CARD_CLOSED' }] },
      });
    });

    it('does not guess at a known one that is malformed', async () => {
      const blockers = [{ code: 'UNSETTLED_BALANCE', items: [{ id: 'i', title: '余额', amountFen: 3.5 }] }];
      expect(await ask({ eligible: false, blockers })).to.deep.equal(UNAVAILABLE);
    });
  });

  describe('handing in a decision', () => {
    const hand = (): Promise<unknown> =>
      client.submitReviewDecision(decision, 'key-1').then(
        () => 'taken',
        (error: unknown) => error,
      );

    it('is content with a receipt for the case', async () => {
      platform.answer = json(receipt);
      expect(await hand()).to.equal('taken');
      expect(platform.requests).to.deep.equal(['POST /v1/review-decisions']);
    });

    it('throws PlatformRefused with status and code when sending it again is no use', async () => {
      for (const [status, code] of [
        [400, 'INVALID_REQUEST'],
        [404, 'NOT_FOUND'],
        [409, 'IDEMPOTENCY_KEY_REUSED'],
      ] as const) {
        platform.answer = json({ error: { code, message: '张三' } }, status);
        const error = await hand();
        expect(error).to.be.instanceOf(PlatformRefused);
        expect(error).to.include({ operation: 'submitReviewDecision', status, code });
        expect(inspect(error)).not.to.contain('张三');
      }
    });

    const retryable: [string, Answer, object][] = [
      ['500', json({}, 500), { reason: 'status', status: 500 }],
      ['401', json({}, 401), { reason: 'status', status: 401 }],
      ['a redirect', (r) => r.writeHead(307, { location: '/' }).end(), { reason: 'status', status: 307 }],
      ['no answer', silent, { reason: 'timeout', status: undefined }],
      ['a truncated body', truncated, { reason: 'interrupted', status: undefined }],
      ['a page', raw('<html>13800138000'), { reason: 'nonsense', status: 200 }],
      ['the receipt of another case', json({ ...receipt, caseId: 'JB2' }), { reason: 'nonsense' }],
    ];
    for (const [what, answer, details] of retryable) {
      it(`throws PlatformUnavailable on ${what} after one request, without secrets`, async () => {
        platform.answer = answer;
        if (neverEnds(answer)) client = connect(300);
        const error = await hand();
        expect(error).to.be.instanceOf(PlatformUnavailable);
        expect(error).to.deep.include({ operation: 'submitReviewDecision', ...details });
        expect(platform.requests).to.have.length(1);
        expect(inspect(error, { depth: 9 })).not.to.match(/secret-token|13800138000/);
      });
    }
  });

  it('logs neither ids nor the token', async () => {
    platform.answer = json({}, 500);
    await client.customer('customer-4711');
    await client.identityLink('wechat', 'openid-4711');
    expect(logged.length).to.be.greaterThan(1);
    expect(JSON.stringify(logged)).not.to.match(/4711|secret-token/);
  });
});
