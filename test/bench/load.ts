/** The customers of a wave, in a process of their own: it measures what comes back, not what it costs to ask. */
import { setTimeout as pause } from 'node:timers/promises';
import { type BenchClient, openClient } from './client.ts';
import { openStockClient } from './stock-client.ts';

/** A number of customers who write at once, each waiting for the answer before the next message. */
export interface Wave {
  /** Of the product, or of offline-directline when there is `pollMs`. */
  urls: string[];
  pollMs?: number;
  customers: number;
  texts: string[];
  rounds: number;
  /** Mean time between two messages of one customer; 0 = the next at once after the answer. */
  paceMs: number;
}

export interface WaveResult {
  /** Milliseconds from each message to its first reply. */
  samples: number[];
  seconds: number;
  /** What this process used meanwhile. */
  cpuSeconds: number;
}

function open({ urls, pollMs }: Wave): Promise<BenchClient> {
  return pollMs === undefined ? openClient(urls, 'happy') : openStockClient(urls[0] ?? '', pollMs);
}

async function talk(client: BenchClient, { texts, rounds, paceMs }: Wave): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const text of texts) {
      if (paceMs > 0) await pause(paceMs * (0.5 + Math.random()));
      samples.push(await client.ask(text));
    }
  }
  return samples;
}

async function run(wave: Wave): Promise<WaveResult> {
  const clients: BenchClient[] = [];
  // Not all at once: opening is not what is measured.
  while (clients.length < wave.customers) {
    clients.push(...(await Promise.all(Array.from({ length: 8 }, () => open(wave)))));
  }
  const cpuBefore = process.cpuUsage();
  const begun = performance.now();
  const samples = await Promise.all(clients.map((client) => talk(client, wave)));
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  for (const client of clients) client.close();
  return { samples: samples.flat(), seconds, cpuSeconds: (user + system) / 1e6 };
}

process.on('message', (wave: Wave) => {
  run(wave).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ fault: String(error) }),
  );
});
// Nobody is left to tell.
process.on('disconnect', () => process.exit());
