import { expect } from 'chai';
import { platformEvent, signPlatformEvent, verifyPlatformEvent } from '../../src/platform/events.ts';

const NOW = new Date('2026-11-22T07:30:00Z');
const secret = 'event-secret';
const event = {
  id: 'evt-1',
  type: 'lock.released',
  occurredAt: '2026-11-22T15:29:59+08:00',
  customerId: 'risk-lock',
} as const;
const body = JSON.stringify(event);
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

describe('platform events', () => {
  const headers = signPlatformEvent(body, secret, NOW);
  const check = (change: Partial<Parameters<typeof verifyPlatformEvent>[0]>) =>
    verifyPlatformEvent({ body, headers, secret, now: NOW, ...change });

  it('takes what the platform signed, up to five minutes off', () => {
    expect(check({})).to.deep.equal({ kind: 'valid', event });
    expect(check({ now: later(299) }).kind).to.equal('valid');
    expect(check({ now: later(-299) }).kind).to.equal('valid');
  });

  it('signs as the contract says', () => {
    // printf '1763796600.{"id":"evt"}' | openssl dgst -sha256 -hmac event-secret
    const signed = signPlatformEvent('{"id":"evt"}', secret, new Date(1_763_796_600_500));
    expect(signed['x-platform-timestamp']).to.equal('1763796600');
    expect(signed['x-platform-signature']).to.equal(
      'v1=0d8e97bd82abce2f1ab4d3c3231e2c0ea117f7484213b911a85194fb431a0b7d',
    );
  });

  const forgeries: [string, Parameters<typeof check>[0]][] = [
    ['a changed body', { body: body.replace('risk-lock', 'happy') }],
    ['another secret', { secret: 'guess' }],
    ['an old request', { now: later(301) }],
    ['a request from the future', { now: later(-301) }],
    ['a moved timestamp', { headers: { ...headers, 'x-platform-timestamp': '1763796601' } }],
    ['a timestamp that is none', { headers: { ...headers, 'x-platform-timestamp': 'NaN' } }],
    ['a short signature', { headers: { ...headers, 'x-platform-signature': 'v1=' } }],
    ['two signatures', { headers: { ...headers, 'x-platform-signature': ['v1=a', 'v1=b'] } }],
    ['no signature', { headers: {} }],
  ];
  for (const [what, change] of forgeries) {
    it(`calls ${what} forged`, () => expect(check(change)).to.deep.equal({ kind: 'forged' }));
  }

  it('calls a signed event of a newer platform unknown', () => {
    for (const odd of ['{"id":"e","type":"card.exploded"}', 'not json', '']) {
      const signed = signPlatformEvent(odd, secret, NOW);
      expect(check({ body: odd, headers: signed })).to.deep.equal({ kind: 'unknown' });
    }
  });

  it('asks for the card of an unbinding', () => {
    expect(platformEvent.safeParse({ ...event, type: 'card.unbound' }).success).to.equal(false);
  });
});
