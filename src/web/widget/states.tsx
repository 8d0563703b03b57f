import { useEffect, useState } from 'preact/hooks';
import { ShieldIcon } from './icons.tsx';
import { texts } from './texts.ts';

const SLOW_MS = 6000;

/** Before the first message: quiet bones, and a word when it takes long. */
export function Loading() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="state">
      <div class="bones" aria-hidden="true">
        <i />
        <i />
        <i />
      </div>
      <p role="status">{slow ? texts.loadingSlow : texts.loading}</p>
    </div>
  );
}

/** Connected, and nobody has said anything yet. */
export function Empty() {
  return (
    <div class="state">
      <ShieldIcon />
      <h2>{texts.emptyTitle}</h2>
      <p>{texts.emptyText}</p>
    </div>
  );
}

/** Nothing can be done here, or only one thing. */
export function Final({ text, action, act }: { text: string; action?: string; act?: () => void }) {
  return (
    <div class="state" role="alert">
      <ShieldIcon />
      <p>{text}</p>
      {act && (
        <button type="button" class="button is-main" onClick={act}>
          {action}
        </button>
      )}
    </div>
  );
}
