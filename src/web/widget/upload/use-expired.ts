import { useEffect, useState } from 'preact/hooks';

/** Whether the ticket has run out, kept true to the clock while it is on screen. */
export function useExpired(expiresAt: string): boolean {
  const [now, setNow] = useState(Date.now());
  const leftMs = Date.parse(expiresAt) - now;
  useEffect(() => {
    if (leftMs <= 0) return;
    // setTimeout overflows beyond 24.8 days; looking again once an hour is plenty.
    const timer = setTimeout(() => setNow(Date.now()), Math.min(leftMs + 50, 3_600_000));
    return () => clearTimeout(timer);
  }, [leftMs]);
  return leftMs <= 0;
}
