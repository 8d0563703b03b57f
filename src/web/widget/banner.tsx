import { useEffect, useState } from 'preact/hooks';
import type { Status } from './direct-line.ts';
import { ClockIcon, NoticeIcon } from './icons.tsx';
import { texts } from './texts.ts';

/** A blink of the line is nobody's business; only a lasting break is told. */
const QUIET_MS = 1200;

/** Tells about a broken line, or the place in the queue. */
export function ConnectionBanner({ status, queue }: { status: Status; queue: string | undefined }) {
  const broken = useLasting(status === 'reconnecting');
  const online = useOnline();
  const trouble = broken || !online;
  return (
    <div class="banner-place" role="status">
      {trouble && (
        <p class="banner is-trouble">
          <NoticeIcon />
          <span>{online ? texts.reconnecting : texts.offline}</span>
        </p>
      )}
      {!trouble && queue && (
        <p class="banner">
          <ClockIcon />
          <span>{queue}</span>
        </p>
      )}
    </div>
  );
}

function useLasting(value: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLasting(value), value ? QUIET_MS : 0);
    return () => clearTimeout(timer);
  }, [value]);
  return lasting;
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return online;
}
