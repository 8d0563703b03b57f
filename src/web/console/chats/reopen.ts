import { serverNow } from '../time.ts';
import type { Chat } from './model.ts';

/** How long a closed chat can usually be opened again; the server decides. */
const REOPEN_MS = 24 * 3_600_000;

/** Whether opening it again is worth a try. */
export function mayReopen({ state, endedAt }: Chat): boolean {
  return state === 'closed' && endedAt !== undefined && serverNow() - Date.parse(endedAt) < REOPEN_MS;
}
