import { serverNow } from '../time.ts';
import type { Chat } from './model.ts';

/** Whether opening it again is worth a try. */
export function mayReopen({ deadlines }: Chat): boolean {
  return deadlines.reopen !== undefined && serverNow() < Date.parse(deadlines.reopen);
}
