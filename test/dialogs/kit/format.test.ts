import { expect } from 'chai';
import { formatAmount, formatList, formatWhen } from '../../../dialogs/kit/format.ts';
import type { Locale } from '../../../src/domain/locale.ts';

const NOW = new Date('2026-11-23T10:00:00+08:00');

function when(at: string, locale: Locale = 'zh-CN'): string {
  return formatWhen(locale, new Date(at), NOW);
}

describe('amounts', () => {
  it('are yuan with two decimals, from fen', () => {
    expect(formatAmount('zh-CN', 5210)).to.equal('52.10');
    expect(formatAmount('zh-CN', 3)).to.equal('0.03');
    expect(formatAmount('zh-CN', 0)).to.equal('0.00');
  });

  it('of a thousand and more are grouped', () => {
    expect(formatAmount('zh-CN', 12_345_678)).to.equal('123,456.78');
  });
});

describe('moments', () => {
  it('of today, tomorrow and yesterday are called so', () => {
    expect(when('2026-11-23T14:30:00+08:00')).to.equal('今天 14:30');
    expect(when('2026-11-24T09:00:00+08:00')).to.equal('明天 09:00');
    expect(when('2026-11-22T23:59:00+08:00')).to.equal('昨天 23:59');
  });

  it('of other days have a date, and a year only when it is another one', () => {
    expect(when('2026-11-25T09:00:00+08:00')).to.equal('11月25日 09:00');
    expect(when('2026-11-21T09:00:00+08:00')).to.equal('11月21日 09:00');
    expect(when('2027-01-03T09:05:00+08:00')).to.equal('2027年1月3日 09:05');
  });

  it('are told in Shanghai time, whatever their offset', () => {
    expect(when('2026-11-23T16:30:00Z')).to.equal('明天 00:30');
    expect(when('2026-11-23T15:59:00Z')).to.equal('今天 23:59');
    expect(when('2026-12-31T16:30:00Z')).to.equal('2027年1月1日 00:30');
  });

  it('follow the language', () => {
    expect(when('2026-11-26T09:00:00+08:00', 'en')).to.contain('November 26').and.contain('09:00');
    expect(when('2026-11-26T09:00:00+08:00', 'zh-TW')).to.equal('11月26日 09:00');
  });
});

describe('lists', () => {
  it('are joined as the language does', () => {
    expect(formatList('zh-CN', ['甲', '乙', '丙'])).to.equal('甲、乙、丙');
    expect(formatList('zh-TW', ['甲', '乙'])).to.equal('甲、乙');
    expect(formatList('en', ['A', 'B', 'C'])).to.equal('A, B, and C');
    expect(formatList('en', ['A'])).to.equal('A');
  });
});
