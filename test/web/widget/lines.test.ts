import { expect } from 'chai';
import { isRecalled, offeredReplies, queueText } from '../../../src/web/widget/lines.ts';
import { needsTime, timeText } from '../../../src/web/widget/time.ts';
import { entry } from '../support/activity.ts';

const actions = { actions: [{ type: 'imBack', title: '好', value: '好的' }] };

describe('lines of the conversation', () => {
  it('offers only the replies of the last message', () => {
    const question = entry({ id: '1', text: '好吗', suggestedActions: actions });
    expect(offeredReplies([question])).to.deep.equal([{ title: '好', value: '好的' }]);
    expect(
      offeredReplies([question, entry({ id: '2', text: '好的', from: { role: 'user' } })]),
    ).to.deep.equal([]);
    expect(offeredReplies([question, entry({ id: '2', text: '收到' })])).to.deep.equal([]);
  });

  it('keeps the replies when an event follows', () => {
    const question = entry({ id: '1', text: '好吗', suggestedActions: actions });
    expect(
      offeredReplies([question, entry({ id: '2', type: 'event', name: 'handoff.queue' })]),
    ).to.have.length(1);
  });

  it('tells the newest place in the queue until a person takes over', () => {
    const queue = (id: string, position: number, etaMinutes: unknown) =>
      entry({ id, type: 'event', name: 'handoff.queue', value: { position, etaMinutes } });
    const waiting = [queue('1', 3, null), queue('2', 2, { from: 3, to: 8 })];
    expect(queueText(waiting)).to.equal('正在为您排队，前面还有 1 位，预计 3–8 分钟');
    expect(queueText([queue('1', 1, null)])).to.equal('正在为您排队，下一位就是您');
    const accepted = entry({ id: '3', type: 'event', name: 'handoff.status', value: { state: 'accepted' } });
    expect(queueText([...waiting, accepted])).to.equal(undefined);
  });
});

describe('a message that was taken back', () => {
  it('is told by a later line that names it, and no other message is', () => {
    const [one, two] = [entry({ id: 'c|1', text: '一' }), entry({ id: 'c|2', text: '二' })];
    const log = [one, two, entry({ id: 'c|3', type: 'messageDelete', replyToId: 'c|2' })].map(
      ({ activity }) => activity,
    );
    expect([one, two].map(({ activity }) => isRecalled(activity, log))).to.deep.equal([false, true]);
  });
});

describe('times between messages', () => {
  it('are written at the start and after a pause of more than five minutes', () => {
    expect(needsTime(undefined, '2026-11-22T10:00:00Z')).to.equal(true);
    expect(needsTime('2026-11-22T10:00:00Z', '2026-11-22T10:05:00Z')).to.equal(false);
    expect(needsTime('2026-11-22T10:00:00Z', '2026-11-22T10:05:01Z')).to.equal(true);
  });

  it('name the day as people do', () => {
    const now = new Date(2026, 10, 22, 0, 30);
    const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();
    expect(timeText(at(2026, 10, 22, 0, 5), now)).to.equal('今天 00:05');
    expect(timeText(at(2026, 10, 21, 23, 41), now)).to.equal('昨天 23:41');
    expect(timeText(at(2026, 10, 20, 9, 0), now)).to.equal('11月20日 09:00');
  });
});
