import { useEffect, useRef, useState } from 'react';
import { useHeartbeat } from '../data.ts';
import type { ReviewCase } from '../model.ts';
import type { Work } from './work.ts';

const BEAT_MS = 60_000;
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/** Keeps a claim for as long as somebody is at the screen: a desk that was left lets go of it by itself. */
export function useClaimKeeper({ number, holder }: ReviewCase) {
  const { mutate, error, reset } = useHeartbeat(number);
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
  return { keep: mutate, refusal: error ?? undefined, forgetRefusal: reset };
}

/** Whether a claim has ended without their own doing: it ran out, or was broken. */
export function useLostClaim({ isMine, last }: Work): { isLost: boolean; forget(): void } {
  const [isLost, setLost] = useState(false);
  const wasMine = useRef(isMine);
  const endedIt = last !== undefined && last.holder?.me !== true;
  useEffect(() => {
    if (isMine || wasMine.current) setLost(!isMine && !endedIt);
    wasMine.current = isMine;
  }, [isMine, endedIt]);
  return { isLost, forget: () => setLost(false) };
}
