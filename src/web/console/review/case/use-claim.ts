import { useEffect, useRef } from 'react';
import { useHeartbeat } from '../data.ts';
import type { ReviewCase } from '../model.ts';

const BEAT_MS = 60_000;
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/** Keeps a claim for as long as somebody is at the screen: a desk that was left lets go of it by itself. */
export function useClaimKeeper({ number, holder }: ReviewCase) {
  const { mutate, error } = useHeartbeat(number);
  const isMine = holder?.me === true;
  const seen = useRef(false);
  useEffect(() => {
    if (!isMine) return;
    const note = () => {
      seen.current = true;
    };
    for (const sign of SIGNS) window.addEventListener(sign, note, { passive: true });
    const timer = setInterval(() => {
      if (seen.current) mutate();
      seen.current = false;
    }, BEAT_MS);
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, note);
    };
  }, [isMine, mutate]);
  return { keep: mutate, error: error ?? undefined };
}
