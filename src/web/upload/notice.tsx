import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { words } from './texts.ts';
import { useWayBack } from './web-view.ts';

interface NoticeProps {
  icon: ComponentChildren;
  tone: 'good' | 'warn' | 'plain';
  title: string;
  children: ComponentChildren;
  /** Shown instead of the way back into the chat. */
  action?: { label: string; run: () => void } | undefined;
}

/** One thing to know, and what to do next. Whoever cannot see the page hears that it has changed. */
export function Notice({ icon, tone, title, children, action }: NoticeProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class={`notice is-${tone}`}>
      <span class="notice-mark">{icon}</span>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
      {action ? (
        <button type="button" class="button is-main" onClick={action.run}>
          {action.label}
        </button>
      ) : (
        <WayBack />
      )}
    </section>
  );
}

/** A button where the app can be told to close the page, words where it cannot, or has not done it. */
function WayBack() {
  const close = useWayBack();
  const [tried, setTried] = useState(false);
  const goBack = () => {
    close?.();
    setTried(true);
  };
  return (
    <>
      {close && (
        <button type="button" class="button is-main" onClick={goBack}>
          {words().back}
        </button>
      )}
      {(!close || tried) && <p class="notice-small">{words().howBack}</p>}
    </>
  );
}
