import { expect } from 'chai';
import { createExpiring } from '../../src/domain/expiring.ts';
import { FakeClock } from '../support/clock.ts';

describe('a map whose entries go by themselves', () => {
  it('says how long an entry has left, and gives none that has expired', () => {
    const clock = new FakeClock();
    const entries = createExpiring<string>(clock);
    entries.set('a', 'x', 1_000);
    clock.advance(999);
    expect(entries.get('a')).to.deep.equal({ value: 'x', leftMs: 1 });
    clock.advance(1);
    expect(entries.get('a')).to.equal(undefined);
  });

  it('takes the newest value and time of a key', () => {
    const clock = new FakeClock();
    const entries = createExpiring<string>(clock);
    entries.set('a', 'x', 1_000);
    entries.set('a', 'y', 5_000);
    clock.advance(3_000);
    expect(entries.get('a')).to.deep.equal({ value: 'y', leftMs: 2_000 });
    entries.delete('a');
    expect(entries.get('a')).to.equal(undefined);
  });

  it('keeps what lives on when it throws out the rest', () => {
    const clock = new FakeClock();
    const entries = createExpiring<string>(clock);
    entries.set('old', 'x', 1_000);
    entries.set('live', 'x', 3_600_000);
    clock.advance(60_000);
    entries.set('new', 'x', 1_000);
    expect(['old', 'live', 'new'].map((key) => entries.get(key)?.value)).to.deep.equal([undefined, 'x', 'x']);
  });
});
