import { useEffect, useRef } from 'react';
import { SHORTCUTS, type ShortcutAction } from './shortcuts.tsx';

/** Does what the keys say while this component is there. */
export function useShortcuts(does: Partial<Record<ShortcutAction, (() => void) | undefined>>): void {
  const latest = useRef(does);
  latest.current = does;
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      const shortcut = SHORTCUTS.find(({ code }) => code === event.code);
      const action = shortcut && latest.current[shortcut.does];
      if (!action) return;
      event.preventDefault();
      action();
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

const isWriting = ({ target }: KeyboardEvent) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** On `?`, unless it is written. */
export function useHelpKey(open: () => void): void {
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.key === '?' && !isWriting(event)) latest.current();
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
