import type { TurnInsight } from '../../src/domain/insight.ts';
import { sharedDesk } from '../support/transcript.ts';

/** One message and what came of it. */
export interface Told {
  keys: string[];
  insight: TurnInsight;
}

let count = 0;

/** Holds a conversation with the real engine; the customer says the next thing once the last is answered. */
export async function* hold(customerId: string | undefined, texts: readonly string[]): AsyncGenerator<Told> {
  const { store, sandbox, clock, answer, insights, cases } = await sharedDesk();
  sandbox.reset();
  clock.set('2026-11-23T10:00:00+08:00');
  const id = `insight-${++count}`;
  await store.open({ id, channel: 'directline', userId: 'dl_test', customerId, locale: 'zh-CN' });
  if (customerId) {
    // What another talk has left with the desk would be told of first.
    for (const old of await cases.list({ conversationId: id, customerId }))
      if (['submitted', 'in-review', 'needs-more'].includes(old.state)) await cases.withdraw(old.id);
  }
  let seen = 0;
  for (const text of texts) {
    await store.accept(id, { origin: 'customer', activity: { type: 'message', text } });
    await answer(id);
    const entries = await store.read(id, seen, 100);
    seen = entries.at(-1)?.seq ?? seen;
    const keys = entries
      .filter(({ origin }) => origin === 'bot')
      .map(({ activity }) => String(activity.channelData?.key));
    const insight = insights.at(-1);
    if (!insight) throw new Error('the message was not answered');
    yield { keys, insight };
  }
}
