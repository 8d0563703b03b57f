import { setTimeout as pause } from 'node:timers/promises';
import { type BenchClient, createAwaiter, exchange } from './client.ts';

interface Page {
  activities: { type: string; replyToId?: string }[];
  watermark: number;
}

/**
 * A client of offline-directline, which has no stream. `pollMs` 0: asks for the reply as soon as its message is
 * acknowledged, which is after the bot's turn, so that nothing is faster. Otherwise it asks at that interval, as
 * the stock client does.
 */
export async function openStockClient(url: string, pollMs: number): Promise<BenchClient> {
  const base = `${url}/directline/conversations`;
  const { conversationId } = await exchange<{ conversationId: string }>(base, {}, {});
  const replies = createAwaiter();
  let watermark = 0;
  let open = true;

  async function poll(): Promise<void> {
    const page = await exchange<Page>(`${base}/${conversationId}/activities?watermark=${watermark}`, {});
    watermark = page.watermark;
    replies.hear(page);
  }
  async function keepPolling(): Promise<void> {
    await pause(pollMs * Math.random());
    for (; open; await pause(pollMs)) await poll();
  }
  const polling = pollMs > 0 ? keepPolling() : Promise.resolve();
  // Seen by whoever asks next.
  polling.catch(() => undefined);

  return {
    async ask(text) {
      const begun = performance.now();
      const message = { type: 'message', text, from: { id: 'customer' } };
      const { id } = await exchange<{ id: string }>(`${base}/${conversationId}/activities`, {}, message);
      while (pollMs === 0 && !replies.has(id)) await poll();
      return (await replies.reply(id)) - begun;
    },
    isOpen: () => open,
    close() {
      open = false;
    },
  };
}
