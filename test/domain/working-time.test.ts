import { expect } from 'chai';
import type { OpeningHours } from '../../src/domain/opening-hours.ts';
import { afterWorkingTime } from '../../src/domain/working-time.ts';

const DAY = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '18:00' },
];
const HOURS: OpeningHours = {
  timeZone: 'Asia/Shanghai',
  periods: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY },
  holidays: ['2026-11-24'],
};

const due = (from: string, minutes: number, hours = HOURS) =>
  afterWorkingTime(hours, new Date(from), minutes).toISOString();

describe('working time', () => {
  // 2026-11-23 is a Monday; China is eight hours ahead.
  const cases: [name: string, from: string, minutes: number, to: string][] = [
    ['passes within a period', '2026-11-23T09:10:30+08:00', 60, '2026-11-23T10:10:30+08:00'],
    ['stands still at lunch', '2026-11-23T11:30:00+08:00', 60, '2026-11-23T14:00:00+08:00'],
    ['begins in the morning', '2026-11-23T06:00:00+08:00', 30, '2026-11-23T09:30:00+08:00'],
    ['leaves out a holiday', '2026-11-23T17:30:00+08:00', 60, '2026-11-25T09:30:00+08:00'],
    ['leaves out the weekend', '2026-11-27T17:00:00+08:00', 120, '2026-11-30T10:00:00+08:00'],
    ['goes to the end of a period', '2026-11-23T17:00:00+08:00', 60, '2026-11-23T18:00:00+08:00'],
    ['goes over several days', '2026-11-25T09:00:00+08:00', 15 * 60 + 30, '2026-11-27T09:30:00+08:00'],
  ];
  for (const [name, from, minutes, to] of cases)
    it(name, () => expect(due(from, minutes)).to.equal(new Date(to).toISOString()));

  it('works on a make-up day', () =>
    expect(
      due('2026-11-27T17:00:00+08:00', 120, {
        ...HOURS,
        makeUpDays: { '2026-11-28': [{ from: '10:00', to: '12:00' }] },
      }),
    ).to.equal('2026-11-28T03:00:00.000Z'));

  it('runs round the clock at a desk that never opens', () =>
    expect(due('2026-11-23T09:00:00Z', 90, { ...HOURS, periods: {} })).to.equal('2026-11-23T10:30:00.000Z'));
});
