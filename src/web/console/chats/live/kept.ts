/** What of a chat outlives a reload of the page: words not sent yet, and how far it was read. */
export interface Kept {
  reply: string;
  note: string;
  readSeq: number;
}

const NOTHING: Kept = { reply: '', note: '', readSeq: 0 };

/** The browser's, for this tab; leaving the desk clears it. */
export interface KeptIn {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export function keptOf(
  storage: KeptIn,
  owner: string,
  chatId: string,
): { read(): Kept; write(change: Partial<Kept>): void } {
  const key = `desk-chat:${owner}:${chatId}`;
  const read = (): Kept => ({ ...NOTHING, ...JSON.parse(storage.getItem(key) ?? '{}') });
  return {
    read,
    write: (change) => storage.setItem(key, JSON.stringify({ ...read(), ...change })),
  };
}
