import { useCallback, useEffect, useRef } from 'preact/hooks';
import { READ_EVENT } from '../../domain/handoff.ts';
import { peopleHaveIt, speakerOf } from './lines.ts';
import type { Conversation } from './use-conversation.ts';

/** A sign of writing is shown about this long; more often need not be told. */
const TYPING_MS = 4000;

/** The place in the log that an activity's id names. */
const seqOf = (id: string | undefined) => Number(/\|(\d{1,9})$/.exec(id ?? '')?.[1] ?? 0);

/**
 * While people have the conversation, tells them that the customer writes (by the returned function) and how far the
 * customer has read: with the chat open and the page looked at.
 */
export function usePresence({ snapshot, tell }: Conversation, open: boolean): () => void {
  const entries = snapshot?.entries ?? [];
  const withPeople = peopleHaveIt(entries);
  const last = entries.findLast(({ activity }) => activity.id && speakerOf(activity) === 'agent');
  const seq = withPeople ? seqOf(last?.activity.id) : 0;
  const toldSeq = useRef(0);
  const toldAt = useRef(0);

  useEffect(() => {
    const look = () => {
      if (!open || document.visibilityState !== 'visible' || seq <= toldSeq.current) return;
      toldSeq.current = seq;
      tell({ type: 'event', name: READ_EVENT, value: { seq } });
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [open, seq, tell]);

  return useCallback(() => {
    if (!withPeople || Date.now() - toldAt.current < TYPING_MS) return;
    toldAt.current = Date.now();
    tell({ type: 'typing' });
  }, [withPeople, tell]);
}
