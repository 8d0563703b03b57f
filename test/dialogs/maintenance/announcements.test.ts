import { expect } from 'chai';
import { endKey, ongoing } from '../../../dialogs/maintenance/announcements.ts';
import type { Announcement } from '../../../src/domain/platform.ts';

const NOW = new Date('2026-11-23T10:00:00+08:00');

function announcement(id: string, more: Partial<Announcement> = {}): Announcement {
  return { id, kind: 'maintenance', title: '升级维护', active: true, ...more };
}

describe('announcements', () => {
  it('count only while they are active and about maintenance', () => {
    const notice = announcement('a', { kind: 'notice' });
    const over = announcement('b', { active: false });
    const on = announcement('c');
    expect(ongoing([notice, over, on], undefined)).to.deep.equal([on]);
  });

  it('are narrowed to the one the diagnosis named, when it is announced', () => {
    const [one, two] = [announcement('one'), announcement('two')];
    expect(ongoing([one, two], 'two')).to.deep.equal([two]);
    expect(ongoing([one, two], 'gone')).to.deep.equal([one, two]);
  });

  it('are told three at most', () => {
    const many = ['1', '2', '3', '4'].map((id) => announcement(id));
    expect(ongoing(many, undefined)).to.have.length(3);
  });

  it('without an end, or past it, are not given one', () => {
    expect(endKey(announcement('a'), NOW)).to.equal('maintenance.openEnd');
    expect(endKey(announcement('a', { endsAt: '2026-11-23T10:00:00+08:00' }), NOW)).to.equal(
      'maintenance.overdue',
    );
    expect(endKey(announcement('a', { endsAt: '2026-11-23T02:01:00Z' }), NOW)).to.equal('maintenance.until');
  });
});
