import type { Mode } from '../domain/conversation.ts';
import type { BotState, Claim, Lost } from './store.ts';

const MODES = new Set<unknown>(['bot', 'queued', 'human'] satisfies Mode[]);
const isMode = (mode: unknown): mode is Mode => MODES.has(mode);

/** The mode as stored. `bot` for a damaged one: with anybody else, nobody might answer the customer. */
export function modeOf(stored: string | null): Mode {
  return isMode(stored) ? stored : 'bot';
}

function stateIn(stored: string | null): BotState | undefined {
  try {
    const state: unknown = JSON.parse(stored ?? '');
    return typeof state === 'object' && state !== null && !Array.isArray(state)
      ? (state as BotState)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Mode and state of a claim as stored; what cannot be read is replaced and named in `lost`. */
export function readRecord(
  stored: { mode: string | null; state: string | null },
  alsoLost: readonly Lost[] = [],
): Pick<Claim, 'mode' | 'state' | 'lost'> {
  const state = stateIn(stored.state);
  const lost: Lost[] = [...alsoLost];
  if (!state) lost.push('state');
  if (!isMode(stored.mode)) lost.push('mode');
  return { mode: modeOf(stored.mode), state: state ?? {}, ...(lost.length > 0 && { lost }) };
}
