import { useEffect, useRef, useState } from 'preact/hooks';
import type { Snapshot } from './direct-line.ts';
import type { Host } from './host.ts';
import { isVisible } from './lines.ts';

/** Counts what came while the chat was closed, for the launcher's badge. Returns whether the chat is open. */
export function useUnread(host: Host, snapshot: Snapshot | undefined, opened: () => void): boolean {
  const [open, setOpen] = useState(true);
  const seen = useRef(0);
  const focus = useRef(opened);
  focus.current = opened;
  const received =
    snapshot?.entries.filter((e) => e.activity.from.role !== 'user' && isVisible(e)).length ?? 0;

  useEffect(() => {
    host.onShown((isOpen) => {
      setOpen(isOpen);
      if (isOpen) focus.current();
    });
  }, [host]);
  useEffect(() => {
    if (open) seen.current = received;
    host.showUnread(Math.max(0, received - seen.current));
  }, [host, open, received]);
  return open;
}
