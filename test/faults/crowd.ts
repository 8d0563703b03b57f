import { type Conversation, converse } from './customer.ts';
import type { Pair } from './pair.ts';
import type { Script } from './scripts.ts';

/** Customers who come one after the other, several at a time. */
export interface Crowd {
  /** All so far, those under way included. */
  conversations: Conversation[];
  /** Lets nobody new in and waits until everybody has been answered; throws when somebody has not. */
  finish(): Promise<void>;
}

const LANES: { script: Script; patient: boolean }[] = [
  { script: 'lost-card', patient: true },
  { script: 'lost-card', patient: false },
  { script: 'risk-lock', patient: true },
  { script: 'risk-lock', patient: false },
];

/** Customers that have come so far: each is somebody else, also in the next crowd. */
let number = 0;

/** Starts `size` customers; each is followed by another until `finish`. */
export function startCrowd(pair: Pair, size = 8): Crowd {
  const conversations: Conversation[] = [];
  let finishing = false;

  async function lane(index: number): Promise<void> {
    const kind = LANES[index % LANES.length];
    if (!kind) return;
    while (!finishing) {
      number += 1;
      const begun = (conversation: Conversation) => void conversations.push(conversation);
      await converse({ pair, number, ...kind, begun });
    }
  }
  const lanes = Array.from({ length: size }, (_, index) => lane(index));
  // What goes wrong in one is told by `finish`.
  for (const running of lanes) running.catch(() => undefined);

  return {
    conversations,
    async finish() {
      finishing = true;
      const ends = await Promise.allSettled(lanes);
      for (const { reader } of conversations) await reader.close();
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
  };
}
