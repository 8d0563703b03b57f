import { expect } from 'chai';
import type { DeskGroup } from '../../src/domain/desk.ts';
import {
  coarsePosition,
  etaMinutes,
  groupFor,
  mayTake,
  modeAfter,
  priorityOf,
  skillsFor,
} from '../../src/domain/handoff-rules.ts';

const group = (id: string, routes: Partial<DeskGroup['routes']>, active = true): DeskGroup => ({
  id,
  name: id,
  routes: { about: [], locales: [], ...routes },
  autoAssign: true,
  active,
  place: 1,
  version: 1,
});
const zh = { locale: 'zh-CN' };

describe('rules of the hand-off', () => {
  it('fraud goes before complaints, and complaints before the rest', () => {
    expect(priorityOf({ ...zh, reason: 'fraud_report' })).to.equal(0);
    expect(priorityOf({ ...zh, topic: 'fraud' })).to.equal(0);
    expect(priorityOf({ ...zh, reason: 'complaint JB20261123000017' })).to.equal(1);
    expect(priorityOf({ ...zh, reason: 'fail_risk', topic: 'risk-lock' })).to.equal(2);
    expect(priorityOf({ ...zh, reason: 'complaints' })).to.equal(2);
  });

  it('a group is found by reason, topic or language, in the order of the groups', () => {
    const groups = [
      group('off', { about: ['fraud'] }, false),
      group('fraud', { about: ['fraud'] }),
      group('english', { locales: ['en'] }),
      group('default', {}),
    ];
    expect(groupFor({ ...zh, topic: 'fraud' }, groups)).to.equal('fraud');
    expect(groupFor({ locale: 'en', topic: 'fraud' }, groups)).to.equal('fraud');
    expect(groupFor({ locale: 'en' }, groups)).to.equal('english');
    expect(groupFor(zh, groups)).to.equal('default');
  });

  it('a group where nobody is leaves its customers to the default group while somebody is there', () => {
    const groups = [group('fraud', { about: ['fraud'] }), group('default', {})];
    const wish = { ...zh, topic: 'fraud' };
    expect(groupFor(wish, groups, ['default'])).to.equal('default');
    expect(groupFor(wish, groups, ['default', 'fraud'])).to.equal('fraud');
    expect(groupFor(wish, groups, [])).to.equal('fraud');
  });

  it('a language other than Chinese is a skill, as long as anybody present has it', () => {
    expect(skillsFor({ locale: 'zh-TW' })).to.deep.equal([]);
    expect(skillsFor({ locale: 'en' })).to.deep.equal(['en']);
    expect(mayTake([], ['en'], [[], ['en']])).to.equal(false);
    expect(mayTake(['en'], ['en'], [[], ['en']])).to.equal(true);
    expect(mayTake([], ['en'], [[], []])).to.equal(true);
  });

  it('places are exact up to ten and come in growing steps beyond', () => {
    expect([1, 10, 11, 15, 16, 50, 51, 200, 201].map(coarsePosition)).to.deep.equal([
      1, 10, 15, 15, 20, 50, 60, 200, 300,
    ]);
  });

  it('the wait is a range around median times place over capacity', () => {
    const known = { position: 4, medianSeconds: 600, samples: 5, capacity: 4 };
    expect(etaMinutes(known)).to.deep.equal({ from: 7, to: 14 });
    expect(etaMinutes({ ...known, position: 1, medianSeconds: 20 })).to.deep.equal({ from: 1, to: 2 });
  });

  it('nothing is said about the wait after fewer than five talks, or with nobody there', () => {
    const known = { position: 4, medianSeconds: 600, samples: 5, capacity: 4 };
    expect(etaMinutes({ ...known, samples: 4 })).to.equal(null);
    expect(etaMinutes({ ...known, capacity: 0 })).to.equal(null);
  });

  it('news of the queue leave the mode as it is', () => {
    expect(modeAfter({ kind: 'accepted', number: 'A12', how: 'first' })).to.equal('human');
    expect(modeAfter({ kind: 'closed' })).to.equal('bot');
    expect(modeAfter({ kind: 'waiting-long' })).to.equal(undefined);
  });
});
