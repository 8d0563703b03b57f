import { expect } from 'chai';
import { type Item, timelineOf } from '../../../../src/web/console/chats/chat/timeline.ts';
import { firstPage, unreadIn, withNewer, withOlder } from '../../../../src/web/console/chats/live/log.ts';
import type { ChatMessage } from '../../../../src/web/console/chats/model.ts';
import { ME, said } from './samples.ts';

const author = { id: ME, number: 'A01', name: '小林' };
const note = (id: string, at: string) => ({
  ...{ id, at, handoffId: 'one', conversationId: 'talk', author, text: id, mentions: [] },
});

function shown(item: Item): string {
  if (item.kind === 'message') return `${item.joined ? '+' : ''}${item.message.seq}`;
  if (item.kind === 'note') return item.note.id;
  if (item.kind === 'status') return `${item.state} ${item.message}`;
  return item.kind;
}

function timeline(messages: ChatMessage[], more: Partial<Parameters<typeof timelineOf>[0]> = {}): string[] {
  const parts = { notes: [], outgoing: [], startSeq: 3, reachesStart: true, readSeq: undefined };
  return timelineOf({ messages, ...parts, ...more }).map(shown);
}

describe('the transcript of a chat', () => {
  const talk = [
    said(1, 'bot'),
    said(2, 'customer'),
    said(3, 'customer'),
    said(4, 'bot'),
    said(5, 'customer'),
  ];

  it('has the bot’s part, the boundary, and then people', () => {
    expect(timeline(talk)).to.deep.equal(['day', '1', '2', '+3', 'boundary', '4', '5']);
  });

  it('has the boundary at its end while nothing has been said since', () => {
    expect(timeline(talk.slice(0, 3))).to.deep.equal(['day', '1', '2', '+3', 'boundary']);
  });

  it('has no boundary where the hand-off began before what is here', () => {
    expect(timeline(talk.slice(3))).to.deep.equal(['day', '4', '5']);
  });

  it('tells what is new, once, before the customer’s first words after what was read', () => {
    expect(timeline(talk, { readSeq: 3 })).to.deep.equal([
      'day',
      '1',
      '2',
      '+3',
      'boundary',
      '4',
      'unread',
      '5',
    ]);
    expect(timeline(talk, { readSeq: 5 })).to.not.include('unread');
  });

  it('puts notes between what was said before and after them', () => {
    const early = note('early', said(2, 'bot').at.replace('.000Z', '.500Z'));
    const late = note('late', said(9, 'bot').at);
    expect(timeline(talk, { notes: [early, late] })).to.deep.equal([
      'day',
      '1',
      '2',
      'early',
      '3',
      'boundary',
      '4',
      '5',
      'late',
    ]);
    expect(timeline(talk.slice(3), { notes: [early, late], reachesStart: false })).to.not.include('early');
  });

  it('shows marks of people coming, no places in the queue, and words on their way last', () => {
    const event = (seq: number, name: string, value: unknown) =>
      said(seq, 'bot', { kind: 'event', event: { name, value } });
    const lines = [
      ...talk,
      event(6, 'handoff.queue', { position: 1 }),
      event(7, 'handoff.status', { state: 'accepted', message: 'A01' }),
      said(8, 'agent', { kind: 'recall', recalls: 5 }),
    ];
    const outgoing = [{ clientId: 'c', text: '您好', at: '', state: 'sending' as const }];
    expect(timeline(lines, { outgoing }).slice(-3)).to.deep.equal(['5', 'accepted A01', 'outgoing']);
  });

  it('is put together from pages and news: each line once, in order, taken back over page borders', () => {
    const log = firstPage({ messages: [said(4, 'bot'), said(5, 'agent')], from: 4, to: 5, more: true });
    const older = withOlder(log, {
      messages: [said(2, 'bot'), said(3, 'agent')],
      from: 2,
      to: 3,
      more: false,
    });
    const recall = said(6, 'agent', { kind: 'recall', recalls: 3 });
    const whole = withNewer(older, [recall, said(5, 'agent')]);
    expect(whole.messages.map(({ seq, recalled }) => [seq, recalled])).to.deep.equal([
      [2, false],
      [3, true],
      [4, false],
      [5, false],
      [6, false],
    ]);
    expect([whole.from, whole.more]).to.deep.equal([2, false]);
  });

  it('counts only the customer’s words as unread', () => {
    const log = firstPage({ messages: talk, from: 1, to: 5, more: false });
    expect(unreadIn(log, 2).map(({ seq }) => seq)).to.deep.equal([3, 5]);
  });
});
