import { expect } from 'chai';
import { deskState, type OpeningHours } from '../../src/domain/opening-hours.ts';

const WORKDAY = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '18:00' },
];
const HOURS: OpeningHours = {
  timeZone: 'Asia/Shanghai',
  periods: { 1: WORKDAY, 2: WORKDAY, 3: WORKDAY, 4: WORKDAY, 5: WORKDAY },
  holidays: ['2026-11-24'],
  makeUpDays: { '2026-12-05': [{ from: '10:00', to: '24:00' }] },
};

/** 2026-11-23 is a Monday. */
const CASES: [string, string | 'open' | undefined][] = [
  ['2026-11-23T09:00:00+08:00', 'open'],
  ['2026-11-23T08:59:59+08:00', '2026-11-23T09:00:00+08:00'],
  ['2026-11-23T12:00:00+08:00', '2026-11-23T13:30:00+08:00'],
  ['2026-11-23T17:59:00+08:00', 'open'],
  ['2026-11-23T18:00:00+08:00', '2026-11-25T09:00:00+08:00'],
  ['2026-11-24T10:00:00+08:00', '2026-11-25T09:00:00+08:00'],
  ['2026-11-28T01:30:20+08:00', '2026-11-30T09:00:00+08:00'],
  ['2026-11-27T23:59:59.999+08:00', '2026-11-30T09:00:00+08:00'],
  ['2026-12-04T18:00:00+08:00', '2026-12-05T10:00:00+08:00'],
  ['2026-12-05T23:59:59+08:00', 'open'],
  ['2026-12-06T00:00:00+08:00', '2026-12-07T09:00:00+08:00'],
];

describe('opening hours', () => {
  for (const [now, expected] of CASES) {
    it(`at ${now} the desk is ${expected === 'open' ? 'open' : `closed until ${expected}`}`, () => {
      const state = deskState(HOURS, new Date(now));
      if (expected === 'open') expect(state).to.deep.equal({ kind: 'open' });
      else expect(state).to.deep.equal({ kind: 'closed', opensAt: new Date(expected ?? 0) });
    });
  }

  it('knows no next opening when there is none', () => {
    const never = { ...HOURS, periods: {}, makeUpDays: {} };
    expect(deskState(never, new Date('2026-11-23T10:00:00+08:00'))).to.deep.equal({
      kind: 'closed',
      opensAt: undefined,
    });
  });
});
