import { expect } from 'chai';
import {
  createPlatformClient,
  type PlatformClient,
  type PlatformClientOptions,
} from '../../src/platform/client.ts';
import { PlatformUnavailable } from '../../src/platform/errors.ts';
import { startSandbox } from '../../src/platform/sandbox/server.ts';
import { eventually } from '../support/eventually.ts';
import { CUSTOMER, json, type Scripted, silent, startScripted } from './scripted.ts';

const UNAVAILABLE = { kind: 'unavailable' };
const NEVER = { halfOpenAfterMs: 3_600_000, halfOpenMaxMs: 3_600_000 };
const SOON = { halfOpenAfterMs: 20, halfOpenMaxMs: 40 };
const failing = json({}, 500);
const working = json(CUSTOMER);

describe('platform circuit', () => {
  let platform: Scripted;
  let client: PlatformClient;
  let states: unknown[];

  const connect = (options: Partial<PlatformClientOptions>) => {
    const note = (details: object) => 'state' in details && states.push(details.state);
    const log = { info: note, warn: note };
    client = createPlatformClient({ baseUrl: platform.url, token: 't', timeoutMs: 60_000, log, ...options });
  };

  beforeEach(async () => {
    states = [];
    platform = await startScripted(failing);
  });
  afterEach(async () => {
    await client.close();
    await platform.close();
  });

  it('spares a customer the second and third query of a turn when the first found nobody', async () => {
    connect({ timeoutMs: 300, circuit: NEVER });
    platform.answer = silent;
    expect(await client.customer('a')).to.deep.equal(UNAVAILABLE);
    expect(await client.cards('a')).to.deep.equal(UNAVAILABLE);
    expect(await client.unbindRequests('a')).to.deep.equal(UNAVAILABLE);
    expect(platform.requests).to.have.length(2);
  });

  it('lets nobody else in the same turn wait until the timeout either', async () => {
    connect({ circuit: { ...NEVER, suspicionPatienceMs: 20 } });
    await client.customer('a');
    platform.answer = silent;
    expect(await client.announcements()).to.deep.equal(UNAVAILABLE);
    expect(platform.requests.at(-1)).to.equal('GET /v1/announcements');
    expect(states).to.deep.equal([]);
  });

  it('waits as long as ever once something has succeeded', async () => {
    connect({ circuit: { ...NEVER, suspicionPatienceMs: 20 } });
    await client.customer('a');
    platform.answer = working;
    await eventually(async () => (await client.customer('b')).kind === 'found');
    platform.answer = (response, request) => setTimeout(() => working(response, request), 100);
    expect((await client.customer('c')).kind).to.equal('found');
  });

  it('asks no second time for queries of one customer that failed together', async () => {
    connect({ timeoutMs: 300, circuit: NEVER });
    platform.answer = silent;
    await Promise.all([client.customer('a'), client.cards('a'), client.unbindRequests('a')]);
    expect(platform.requests).to.have.length(3);
  });

  it('goes on serving others however long one account does not answer', async () => {
    connect({ circuit: SOON });
    await eventually(async () => {
      expect(await client.customer('a')).to.deep.equal(UNAVAILABLE);
      return platform.requests.length >= 6;
    });
    expect(states).to.deep.equal([]);
    platform.answer = working;
    expect((await client.customer('b')).kind).to.equal('found');
  });

  it('serves the sandbox customers right after platform-down', async () => {
    const sandbox = await startSandbox({ token: 't' });
    connect({ baseUrl: sandbox.url, timeoutMs: 800 });
    expect(await client.customer('platform-down')).to.deep.equal(UNAVAILABLE);
    expect((await client.customer('happy')).kind).to.equal('found');
    await sandbox.close();
  });

  it('opens for everybody after three failures in a row with two customers', async () => {
    connect({ circuit: NEVER });
    await client.customer('a');
    await client.customer('b');
    expect(platform.requests).to.have.length(3);
    expect(states).to.deep.equal(['open']);
    platform.answer = working;
    expect(await client.customer('c')).to.deep.equal(UNAVAILABLE);
    expect(await client.announcements()).to.deep.equal(UNAVAILABLE);
    expect(platform.requests).to.have.length(3);
  });

  it('stays closed while failures are not in a row', async () => {
    connect({ circuit: NEVER });
    for (const id of ['a', 'b', 'c', 'd']) {
      platform.answer = failing;
      await client.customer(id);
      platform.answer = working;
      expect((await client.customer('z')).kind).to.equal('found');
    }
    expect(states).to.deep.equal([]);
  });

  it('opens for everybody when one customer finds no connection', async () => {
    connect({ circuit: { ...NEVER, subjectFailures: 100 } });
    await platform.close();
    for (const query of [client.customer, client.cards]) await query('a');
    expect(states).to.deep.equal(['open']);
    platform = await startScripted(working, platform.port);
    expect(await client.customer('b')).to.deep.equal(UNAVAILABLE);
    expect(platform.requests).to.deep.equal([]);
  });

  it('holds decisions back while it is open', async () => {
    connect({ circuit: NEVER });
    for (const id of ['a', 'b']) await client.customer(id);
    const decidedAt = '2026-11-22T15:00:00+08:00';
    const decision = {
      caseId: 'c',
      customerId: 'x',
      kind: 'risk-lock',
      decision: 'approved',
      decidedAt,
    } as const;
    const error = await client.submitReviewDecision(decision, 'k').catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(PlatformUnavailable).and.include({ reason: 'circuit-open' });
    expect(platform.requests.filter((line) => line.startsWith('POST'))).to.deep.equal([]);
  });

  it('closes again when the platform is back', async () => {
    connect({ circuit: SOON });
    for (const id of ['a', 'b']) await client.customer(id);
    expect(states).to.deep.equal(['open']);
    platform.answer = working;
    await eventually(async () => (await client.customer('a')).kind === 'found');
    expect(states.at(-1)).to.equal('closed');
    const queries = await Promise.all(['a', 'b', 'c', 'd'].map((id) => client.customer(id)));
    expect(queries.map((query) => query.kind)).to.deep.equal(['found', 'found', 'found', 'found']);
  });

  it('opens again when the probe fails', async () => {
    connect({ circuit: SOON });
    for (const id of ['a', 'b']) await client.customer(id);
    const before = platform.requests.length;
    await eventually(async () => {
      await client.customer('c');
      return platform.requests.length >= before + 3;
    });
    // Each probe is one request: what fails half-open is not asked again.
    expect(states.filter((state) => state === 'open').length).to.be.at.least(3);
    expect(states).not.to.include('closed');
  });

  it('probes with one query, for which nobody waits until the timeout', async () => {
    connect({ circuit: { ...SOON, probePatienceMs: 20 } });
    for (const id of ['a', 'b']) await client.customer(id);
    const before = platform.requests.length;
    platform.answer = silent;
    await eventually(async () => {
      expect(await client.customer('c')).to.deep.equal(UNAVAILABLE);
      return platform.requests.length > before;
    });
    const queries = await Promise.all(['c', 'd', 'e', 'f'].map((id) => client.customer(id)));
    expect(queries).to.deep.equal(Array(4).fill(UNAVAILABLE));
    expect(platform.requests).to.have.length(before + 1);
  });

  it('closes on a probe that answers after its customer went on', async () => {
    connect({ circuit: { ...SOON, probePatienceMs: 20 } });
    for (const id of ['a', 'b']) await client.customer(id);
    let answerLate: (() => void) | undefined;
    platform.answer = (response, request) => {
      answerLate = () => working(response, request);
    };
    await eventually(async () => {
      expect(await client.customer('c')).to.deep.equal(UNAVAILABLE);
      return answerLate !== undefined;
    });
    const before = platform.requests.length;
    await Promise.all(['e', 'f', 'g'].map((id) => client.customer(id)));
    platform.answer = working;
    answerLate?.();
    await eventually(() => states.at(-1) === 'closed');
    expect((await client.customer('d')).kind).to.equal('found');
    // Queries that were turned away are not made up for when nobody waits for them any more.
    expect(platform.requests).to.have.length(before + 1);
  });
});
