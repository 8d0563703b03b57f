import { expect } from 'chai';
import type { OpeningHours } from '../../../../src/domain/opening-hours.ts';
import { asTime } from '../../../../src/web/console/settings/hours/as-time.ts';
import { datesBetween, dateWords, rangesOf } from '../../../../src/web/console/settings/hours/dates.ts';
import { differencesOfHours, isSame } from '../../../../src/web/console/settings/hours/differences.ts';

const HOURS: OpeningHours = {
  timeZone: 'Asia/Shanghai',
  periods: { 1: [{ from: '09:00', to: '18:00' }] },
  holidays: [],
};
/** Key and values, as the page would put them into words. */
const t = (key: string, values: object = {}) => [key, ...Object.values(values)].join(' ');

describe('hours in the settings', () => {
  for (const [typed, time] of [
    ['9', '09:00'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['9:30', '09:30'],
    ['9：30', '09:30'],
    [' 18.05 ', '18:05'],
    ['24', '24:00'],
    ['25:00', '25:00'],
    ['noon', 'noon'],
    ['', ''],
  ] as const)
    it(`take “${typed}” as ${time || 'nothing'}`, () => expect(asTime(typed)).to.equal(time));

  it('show days that follow each other together, over the end of a month and a year', () => {
    const days = ['2027-01-01', '2026-12-31', '2026-10-01', '2027-01-02'];
    expect(rangesOf(days)).to.deep.equal([
      { first: '2026-10-01', last: '2026-10-01', days: 1 },
      { first: '2026-12-31', last: '2027-01-02', days: 3 },
    ]);
    expect(datesBetween('2026-12-31', '2027-01-02')).to.deep.equal([
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ]);
    expect(dateWords('2099-10-01', 'zh-CN')).to.match(/^2099年10月1日/);
  });

  it('are the same in whatever order they were written', () => {
    const two = [
      { from: '13:00', to: '18:00' },
      { from: '09:00', to: '12:00' },
    ];
    const one = { ...HOURS, periods: { 1: two, 2: [] }, holidays: ['2026-10-02', '2026-10-01'] };
    const other = { ...HOURS, periods: { 1: [...two].reverse() }, holidays: ['2026-10-01', '2026-10-02'] };
    expect(isSame(one, other)).to.equal(true);
    expect(isSame(one, { ...other, makeUpDays: { '2026-10-10': two } })).to.equal(false);
  });

  it('say what somebody else has changed, day by day', () => {
    const after = {
      ...HOURS,
      periods: { 1: [], 2: [{ from: '09:00', to: '12:00' }] },
      holidays: ['2099-10-01'],
    };
    const words = { t: t as never, locale: 'zh-CN' as const };
    expect(differencesOfHours(HOURS, after, words)).to.deep.equal([
      'changedFromTo 周一 09:00–18:00 closedAllDay',
      'changedFromTo 周二 closedAllDay 09:00–12:00',
      'changedFromTo 2099年10月1日周四 usualDay holiday',
    ]);
    expect(differencesOfHours(HOURS, structuredClone(HOURS), words)).to.deep.equal([]);
  });
});
