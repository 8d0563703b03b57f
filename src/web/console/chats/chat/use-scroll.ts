import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Room } from '../live/room.ts';

/** So close to the end, the newest is being read. */
const NEAR_PX = 60;
/** So close to the beginning, more is fetched. */
const TOP_PX = 120;

interface Scroll {
  /** Something new is below. */
  away: boolean;
  toEnd(): void;
}

/**
 * Keeps the place in a transcript: the end stays in sight while it is, lines added above move nothing, and a chat
 * that is opened again is where it was left. `first` and `last` name the outermost lines that are here.
 */
export function useScroll(
  list: RefObject<HTMLElement | null>,
  room: Room,
  { first, last, seen }: { first: string | undefined; last: string | undefined; seen(): void },
): Scroll {
  const atEnd = useRef(room.scrolledTo === undefined);
  const height = useRef(0);
  const begun = useRef(false);
  const [away, setAway] = useState(false);
  const latest = useRef(seen);
  latest.current = seen;

  const look = useCallback(() => {
    const element = list.current;
    if (!element || !begun.current) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    height.current = scrollHeight;
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    room.scrolledTo = atEnd.current ? undefined : scrollTop;
    if (atEnd.current) {
      setAway(false);
      if (document.hasFocus()) latest.current();
    }
    if (scrollTop < TOP_PX) void room.loadOlder().catch(() => undefined);
  }, [list, room]);

  const toEnd = useCallback(() => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
    look();
  }, [list, look]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: lines came above
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    if (begun.current && !atEnd.current) element.scrollTop += element.scrollHeight - height.current;
    height.current = element.scrollHeight;
  }, [list, first]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: lines came below
  useLayoutEffect(() => {
    const element = list.current;
    if (!element || last === undefined) return;
    if (!begun.current) {
      begun.current = true;
      const divider = element.querySelector<HTMLElement>('[data-unread]');
      element.scrollTop = room.scrolledTo ?? element.scrollHeight;
      if (room.scrolledTo === undefined && divider && divider.offsetTop < element.scrollTop)
        element.scrollTop = divider.offsetTop - NEAR_PX;
      look();
    } else if (atEnd.current) toEnd();
    else setAway(true);
    height.current = element.scrollHeight;
  }, [list, last, look, toEnd]);

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    // The composer grows, a banner comes: the end moves without a new line.
    const sizes = new ResizeObserver(() => atEnd.current && toEnd());
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    window.addEventListener('focus', look);
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
      window.removeEventListener('focus', look);
    };
  }, [list, look, toEnd]);

  return { away, toEnd };
}
