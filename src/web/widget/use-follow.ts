import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** So close to the end, the customer is reading the newest. */
const NEAR_PX = 80;

/**
 * Keeps the newest line in sight, unless the customer has scrolled up to read: then `away` says that
 * something new is below. The customer's own message always brings the end back.
 */
export function useFollow(list: RefObject<HTMLElement | null>, count: number, own: boolean) {
  const near = useRef(true);
  const [away, setAway] = useState(false);

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    let top = element.scrollTop;
    const look = () => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      // Only who scrolls up leaves the end; a picture that grows meanwhile takes nobody away from it.
      if (isNear || element.scrollTop < top) near.current = isNear;
      top = element.scrollTop;
      if (isNear) setAway(false);
    };
    // The keyboard, an opened fold or a loaded picture move the end without a new line.
    const stick = () => near.current && toEnd(element);
    const sizes = new ResizeObserver(stick);
    sizes.observe(element);
    const lines = new MutationObserver(stick);
    lines.observe(element, { childList: true, subtree: true });
    element.addEventListener('scroll', look, { passive: true });
    element.addEventListener('load', stick, true);
    return () => {
      sizes.disconnect();
      lines.disconnect();
      element.removeEventListener('scroll', look);
      element.removeEventListener('load', stick, true);
    };
  }, [list]);

  useLayoutEffect(() => {
    if (own) near.current = true;
    if (near.current) toEnd(list.current);
    else setAway(true);
  }, [list, count, own]);

  const jump = () => {
    near.current = true;
    setAway(false);
    toEnd(list.current);
  };
  return { away, jump };
}

function toEnd(element: HTMLElement | null): void {
  if (element) element.scrollTop = element.scrollHeight;
}
