/** What of a chat outlives a reload of the page: words not sent yet, and how far it was read. */
export interface Kept {
  reply: string;
  note: string;
  readSeq: number;
}

const NOTHING: Kept = { reply: '', note: '', readSeq: 0 };

/** Kept by the browser for this tab; leaving the desk clears it. */
export function keptOf(owner: string, chatId: string): { read(): Kept; write(change: Partial<Kept>): void } {
  const key = `desk-chat:${owner}:${chatId}`;
  const read = (): Kept => ({ ...NOTHING, ...JSON.parse(sessionStorage.getItem(key) ?? '{}') });
  return {
    read,
    write: (change) => sessionStorage.setItem(key, JSON.stringify({ ...read(), ...change })),
  };
}
