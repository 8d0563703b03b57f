import { expect } from 'chai';
import { bucketsFor, rangeBefore, rangeOf } from '../../../src/web/console/reports/range.ts';

const ZONE = 'Asia/Shanghai';
/** Monday 00:30 in Shanghai. */
const NOW = new Date('2026-11-22T16:30:45Z');

describe('ranges of reports', () => {
  it('end with the minute that runs, by the operator’s clock', () => {
    expect(rangeOf({ days: 1 }, NOW, ZONE)).to.deep.equal({
      from: '2026-11-23T00:00',
      to: '2026-11-23T00:31',
    });
    expect(rangeOf({ days: 7 }, NOW, ZONE).from).to.equal('2026-11-17T00:00');
    expect(rangeOf({ days: 1 }, NOW, 'Europe/London').from).to.equal('2026-11-22T00:00');
  });

  it('hold the last day that was chosen', () => {
    expect(rangeOf({ first: '2026-02-27', last: '2026-02-28' }, NOW, ZONE)).to.deep.equal({
      from: '2026-02-27T00:00',
      to: '2026-03-01T00:00',
    });
  });

  it('are compared with the same hours of the days before', () => {
    expect(rangeBefore({ from: '2026-11-23T00:00', to: '2026-11-23T11:00' })).to.deep.equal({
      from: '2026-11-22T00:00',
      to: '2026-11-22T11:00',
    });
    expect(rangeBefore({ from: '2026-11-17T00:00', to: '2026-11-23T11:00' }).from).to.equal(
      '2026-11-10T00:00',
    );
  });

  it('have lines of hours, days or weeks, and of hours only where the server gives them', () => {
    const lasting = (days: number) =>
      bucketsFor({
        from: '2026-01-01T00:00',
        to: new Date(Date.UTC(2026, 0, 1 + days)).toJSON().slice(0, 16),
      });
    expect([1, 7, 30, 300].map(lasting)).to.deep.equal([
      ['hour'],
      ['day', 'hour'],
      ['day', 'week'],
      ['week', 'day'],
    ]);
  });
});
