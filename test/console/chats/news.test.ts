import { expect } from 'chai';
import { chatsOfEvents } from '../../../src/console/chats/news.ts';
import type { DeskEvent, Handoff } from '../../../src/domain/desk.ts';
import { USUAL_TIMES } from '../../../src/domain/desk.ts';

const at = '2026-11-23T02:00:00.000Z';
const event: DeskEvent = { seq: 7, at, type: 'queued', handoffId: 'h1', actor: 'customer', data: {} };
const handoff: Handoff = {
  ...{ id: 'h1', conversationId: 'c1', channel: 'directline', locale: 'zh-CN', group: 'default' },
  ...{
    skills: [],
    priority: 2,
    state: 'queued',
    requestedAt: at,
    queuedAt: at,
    slaFrom: at,
    returned: false,
  },
  ...{ breaches: [], startSeq: 1, version: 0 },
};

describe('the chats of the desk’s events', () => {
  it('are read once for everybody, and again after a reading that failed', async () => {
    let reads = 0;
    const chatOf = chatsOfEvents({
      async get() {
        reads += 1;
        if (reads === 1) throw new Error('the database is away');
        return handoff;
      },
      targets: async () => () => USUAL_TIMES,
    });
    const fault = await chatOf(event).catch((error: unknown) => error);
    expect(fault).to.be.instanceOf(Error);
    expect(await chatOf(event)).to.deep.include({ id: 'h1' });
    expect(await chatOf(event)).to.deep.include({ id: 'h1' });
    expect(reads).to.equal(2);
  });
});
