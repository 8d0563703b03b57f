import { expect } from 'chai';
import { createDelivery, type Sent } from '../../src/channels/delivery.ts';
import { createEmbeddedStore } from '../../src/conversation/embedded/store.ts';
import { connect } from '../../src/database/connect.ts';
import { createDeliveries } from '../../src/database/deliveries.ts';
import { systemClock as clock } from '../../src/domain/clock.ts';
import { silent } from '../../src/domain/log.ts';
import { eventually } from '../support/eventually.ts';

/** What is tried of a message whose tries come to this, one by one. */
async function triesOf(fates: Sent['kind'][]): Promise<string[]> {
  const database = await connect({ dataDir: 'memory://' });
  if (!database.pglite) throw new Error('not embedded');
  const store = await createEmbeddedStore({ sql: database.pglite, clock });
  const deliveries = createDeliveries({ database, clock });
  const id = 'app:customer';
  const about = { conversationId: id, channel: 'app', userId: 'customer' };
  await store.open({ id, channel: 'app', userId: 'customer', locale: 'zh-CN' });
  const windowUntil = new Date(clock.now().getTime() + 60_000);
  await deliveries.customerWrote({ ...about, messages: 5, windowUntil, lastSeq: 0 });
  const tried: string[] = [];
  const send = async (): Promise<Sent> => {
    const kind = fates[tried.length];
    tried.push(kind ?? 'sent');
    return kind === 'again' || kind === 'uncertain' ? { kind } : { kind: 'sent' };
  };
  const worker = createDelivery({
    ...{ store, deliveries, clock, log: silent, retryMs: [5, 5, 5, 5, 5], sweepMs: 50 },
    senders: {
      get:
        () =>
        (_, [entry]) =>
          entry?.activity.type === 'message' ? [{ seq: entry.seq, send }] : [],
    },
  });
  await store.append(id, 'bot', [{ type: 'message', text: '在' }]);
  worker.said(id);
  await eventually(async () => ((await deliveries.find(id))?.sentSeq ?? 0) > 0);
  await worker.stop();
  await store.close();
  await database.close();
  return tried;
}

describe('a message that does not get through', () => {
  it('may get lost on its way after it could not be sent for a while, and is sent all the same', async () => {
    const fates = ['again', 'again', 'again', 'uncertain', 'again', 'sent'] as const;
    expect(await triesOf([...fates])).to.deep.equal(fates);
  });

  it('is not sent on and on where nobody can say whether it got there', async () => {
    const tried = await triesOf(['uncertain', 'uncertain', 'uncertain', 'uncertain', 'uncertain']);
    expect(tried).to.have.length(4);
  });
});
