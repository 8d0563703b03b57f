import { entryAt } from '../../../src/conversation/log-entry.ts';
import type { LogEntry, NewActivity, Origin } from '../../../src/conversation/store.ts';

export const NOW = new Date('2026-11-23T10:00:00+08:00');

/** A line of a log, said a minute ago unless it is told otherwise. */
export function entry(
  seq: number,
  activity: Partial<NewActivity>,
  { origin = 'bot', at = NOW.getTime() - 60_000 }: { origin?: Origin; at?: number } = {},
): LogEntry {
  return entryAt('c', { seq, origin, at }, { type: 'message', ...activity });
}

/** Quick replies as the dialogs send them. */
export function replies(...labels: string[]): Pick<NewActivity, 'suggestedActions'> {
  return {
    suggestedActions: { to: [], actions: labels.map((it) => ({ type: 'imBack', title: it, value: it })) },
  };
}

/** An attachment of a card. */
export function card(kind: string, content: object): Pick<NewActivity, 'attachments'> {
  return { attachments: [{ contentType: `application/vnd.microsoft.card.${kind}`, content }] };
}
