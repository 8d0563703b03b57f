import { useCallback, useEffect, useRef, useState } from 'react';
import type { ViewPurpose } from '../../../../domain/review.ts';
import { ApiError, api, apiFile } from '../../api/client.ts';
import { serverNow } from '../../time.ts';

const BUSY_MS = 2000;
const TRIES = 4;
/** How long a plain picture stays on the screen. */
export const PLAIN_MS = 2 * 60_000;

/** A look at a picture: each address is for one look within a minute, so every try asks for its own. */
async function look(
  number: string,
  documentId: string,
  purpose: ViewPurpose | undefined,
  signal: AbortSignal,
): Promise<Blob> {
  const path = `/review/cases/${number}/documents/${documentId}`;
  for (let tries = 1; ; tries++) {
    const { url } = purpose
      ? await api<{ url: string }>('POST', `${path}/plain-views`, { purpose }, signal)
      : await api<{ url: string }>('POST', `${path}/views`, {}, signal);
    try {
      // Wherever the product is mounted.
      return await apiFile(url.slice(url.indexOf('/review/pictures/')), signal);
    } catch (error) {
      const again = error instanceof ApiError && ['Busy', 'PictureGone'].includes(error.code);
      if (!again || tries === TRIES) throw error;
      if (error.code === 'Busy') await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
    }
  }
}

export interface Plain {
  documentId: string;
  url: string;
  purpose: ViewPurpose;
  /** When it was shown, and when it is masked again; milliseconds. */
  at: number;
  until: number;
}

export type Masked =
  | { kind: 'loading' }
  | { kind: 'shown'; url: string }
  | { kind: 'failed'; error: unknown };

/**
 * The pictures of a case, as long as they may be seen: a masked one is asked for once and kept, a plain one is
 * dropped as soon as another is looked at. Nothing is left in the browser when the case is left or the claim lost.
 */
export function usePictures(number: string, documentId: string | undefined, allowed: boolean) {
  const [masked, setMasked] = useState<Record<string, Masked>>({});
  const [plain, setPlain] = useState<Plain>();
  const kept = useRef(new Set<string>());
  const life = useRef<AbortController>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was seen for one case is nothing for the next.
  useEffect(() => {
    const abort = new AbortController();
    life.current = abort;
    return () => {
      abort.abort();
      for (const url of kept.current) URL.revokeObjectURL(url);
      kept.current.clear();
      setMasked({});
      setPlain(undefined);
    };
  }, [number, allowed]);

  const ask = useCallback(
    async (wanted: string, purpose?: ViewPurpose): Promise<string | undefined> => {
      const { current } = life;
      if (!current) return undefined;
      const blob = await look(number, wanted, purpose, current.signal);
      if (current.signal.aborted) return undefined;
      const url = URL.createObjectURL(blob);
      kept.current.add(url);
      return url;
    },
    [number],
  );

  const load = useCallback(
    async (wanted: string): Promise<void> => {
      const put = (state: Masked) => setMasked((before) => ({ ...before, [wanted]: state }));
      const signal = life.current?.signal;
      put({ kind: 'loading' });
      try {
        const url = await ask(wanted);
        if (url) put({ kind: 'shown', url });
      } catch (error) {
        if (!signal?.aborted) put({ kind: 'failed', error });
      }
    },
    [ask],
  );

  const hide = useCallback(() => {
    setPlain((before) => {
      if (before) {
        URL.revokeObjectURL(before.url);
        kept.current.delete(before.url);
      }
      return undefined;
    });
  }, []);

  const isAsked = documentId !== undefined && masked[documentId] !== undefined;
  useEffect(() => {
    if (allowed && documentId !== undefined && !isAsked) void load(documentId);
  }, [allowed, documentId, isAsked, load]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another document is another purpose.
  useEffect(() => hide, [documentId, hide]);
  useEffect(() => {
    if (!plain) return;
    const timer = setTimeout(hide, plain.until - serverNow());
    return () => clearTimeout(timer);
  }, [plain, hide]);

  return {
    masked: documentId === undefined ? undefined : masked[documentId],
    plain: plain?.documentId === documentId ? plain : undefined,
    reload: load,
    hide,
    /** Asks for the plain picture; throws when it is refused. */
    async unmask(wanted: string, purpose: ViewPurpose): Promise<void> {
      const url = await ask(wanted, purpose);
      const at = serverNow();
      if (url) setPlain({ documentId: wanted, url, purpose, at, until: at + PLAIN_MS });
    },
  };
}

export type Pictures = ReturnType<typeof usePictures>;
