import { expect } from 'chai';
import {
  choose,
  MENU_TTL_MS,
  mayChoose,
  menuId,
  numbered,
  placeIn,
} from '../../../src/channels/rendering/menu.ts';
import type { LogEntry } from '../../../src/conversation/store.ts';
import { entry, NOW, replies } from './entries.ts';

const ask = (seq: number, turn = 'c|1') =>
  entry(seq, { text: '哪张卡？', replyToId: turn, ...replies('建行', '招行', '都不是') });
const say = (seq: number, text = '好的', turn = 'c|1') => entry(seq, { text, replyToId: turn });
const customer = (seq: number, text: string, data?: object) =>
  entry(seq, { text, channelData: data }, { origin: 'customer' });
const chosen = (says: string, seq = 2) => ({ kind: 'chosen', says, seq });
const type = (text: string, log: LogEntry[], now = NOW) => choose({ text }, log, now);
const tap = (menu: string, log: LogEntry[], now = NOW) => choose({ text: '招行', menuId: menu }, log, now);

describe('choices by number', () => {
  it('are listed from one', () => {
    expect(
      numbered([
        { label: '是', says: 'x' },
        { label: '否', says: 'y' },
      ]),
    ).to.equal('1. 是\n2. 否');
  });

  it('are understood however the number is written', () => {
    for (const text of ['2', '２', '②', '二', '第二个', ' 2 ', '2.', '选2', '贰', '2号', '第二张']) {
      expect(type(text, [ask(2)]), text).to.deep.equal(chosen('招行'));
    }
    for (const [text, place] of [
      ['10', 10],
      ['⑩', 10],
      ['十', 10],
      ['12', 12],
      ['第十个', 10],
    ] as const) {
      expect(placeIn(text), text).to.equal(place);
    }
  });

  it('are no number within other words, and then nobody looks at the log', () => {
    for (const text of ['2026', '我有2张卡', '1234', '13800138000', '', '两点我再打来', '21']) {
      expect(mayChoose({ text }), text).to.equal(false);
      expect(type(text, [ask(2)]), text).to.deep.equal({ kind: 'none' });
    }
    expect(mayChoose({ text: '2' })).to.equal(true);
    expect(mayChoose({ text: '这是一段很长的话', menuId: '2-1' })).to.equal(true);
  });

  it('that are not on the list stand for themselves', () => {
    expect(type('4', [ask(2)])).to.deep.equal({ kind: 'none' });
    expect(type('1', [])).to.deep.equal({ kind: 'none' });
    expect(type('1', [say(2)])).to.deep.equal({ kind: 'none' });
  });

  it('are counted in what was asked last', () => {
    const log = [
      ask(2),
      customer(3, '换一张'),
      entry(4, { text: '是吗？', replyToId: 'c|3', ...replies('是', '否') }),
    ];
    expect(type('2', log)).to.deep.equal(chosen('否', 4));
  });

  it('are meant as long as nothing else was answered since', () => {
    expect(type('1', [ask(2), say(3)])).to.deep.equal(chosen('建行'));
    expect(type('1', [ask(2), customer(3, '嗯'), say(4, '请说尾号', 'c|3')])).to.deep.equal({ kind: 'none' });
  });
});

describe('choices that are tapped', () => {
  it('are known by the menu and their place in it', () => {
    expect(tap(menuId(2, 2), [ask(2)])).to.deep.equal(chosen('招行'));
    expect(tap(menuId(2, 2), [ask(2), customer(3, '问别的')])).to.deep.equal(chosen('招行'));
  });

  it('count once', () => {
    const log = [ask(2), customer(3, '招行', { menu: 2 })];
    expect(tap(menuId(2, 2), log)).to.deep.equal({ kind: 'stale' });
    expect(tap(menuId(2, 1), log)).to.deep.equal({ kind: 'stale' });
    expect(type('1', log)).to.deep.equal({ kind: 'stale' });
  });

  it('are too late after ten minutes, and not before', () => {
    const at = NOW.getTime() - 60_000;
    const last = new Date(at + MENU_TTL_MS);
    expect(tap(menuId(2, 2), [ask(2)], last)).to.deep.equal(chosen('招行'));
    const late = new Date(at + MENU_TTL_MS + 1);
    expect(tap(menuId(2, 2), [ask(2)], late)).to.deep.equal({ kind: 'stale' });
    expect(type('2', [ask(2)], late)).to.deep.equal({ kind: 'stale' });
  });

  it('of a menu before the last, or of one that nobody knows any more, are stale', () => {
    const log = [ask(2), customer(3, '换'), ask(4, 'c|3')];
    expect(tap(menuId(2, 2), log)).to.deep.equal({ kind: 'stale' });
    expect(tap(menuId(4, 9), log)).to.deep.equal({ kind: 'stale' });
    expect(tap(menuId(9, 1), log)).to.deep.equal({ kind: 'stale' });
    expect(tap(menuId(2, 1), [])).to.deep.equal({ kind: 'stale' });
  });

  it('of a menu in pages are those of each page, and count once in all of them', () => {
    const many = Array.from({ length: 12 }, (_, n) => `卡${n + 1}`);
    const first = entry(2, { text: '哪张？', ...replies(...many) });
    expect(tap(menuId(2, 0), [ask(2)])).to.deep.equal({ kind: 'stale' });
    const more = tap(menuId(2, 0), [first]);
    expect(more.kind === 'more' && more.rest.map(({ label }) => label)).to.deep.equal(many.slice(9));
    const second = entry(4, { ...replies(...many.slice(9)), channelData: { continues: 2 } });
    const log = [first, customer(3, '更多'), second];
    expect(tap(menuId(4, 1), log)).to.deep.equal(chosen('卡10', 4));
    expect(tap(menuId(2, 3), log)).to.deep.equal(chosen('卡3', 2));
    const used = [...log, customer(5, '卡3', { menu: 2 })];
    expect(tap(menuId(4, 1), used)).to.deep.equal({ kind: 'stale' });
  });

  it('of a menu that is none of ours stand for their words', () => {
    for (const foreign of ['101', 'a-1', '1-', '-1-1', '99999999999-1']) {
      expect(tap(foreign, [ask(2)]), foreign).to.deep.equal({ kind: 'none' });
    }
  });
});
