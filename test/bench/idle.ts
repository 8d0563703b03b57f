/** Customers who have opened the chat and say nothing, in a process of their own. */
import { type BenchClient, openClient } from './client.ts';

export interface Crowd {
  url: string;
  /** To be opened besides those that are; the answer is how many are open then. */
  sockets: number;
}

const clients: BenchClient[] = [];

/** At once; a browser does the three steps of opening one after the other. */
const OPENING = 32;

async function open({ url, sockets }: Crowd): Promise<number> {
  let begun = 0;
  async function openMore(): Promise<void> {
    while (begun < sockets) {
      begun++;
      clients.push(await openClient(url, 'happy'));
    }
  }
  await Promise.all(Array.from({ length: OPENING }, openMore));
  return clients.filter((client) => client.isOpen()).length;
}

process.on('message', (crowd: Crowd) => {
  open(crowd).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ fault: String(error) }),
  );
});
// Ends the sockets, too.
process.on('disconnect', () => process.exit());
