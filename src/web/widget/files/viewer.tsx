import { useEffect, useRef } from 'preact/hooks';
import { CrossIcon } from '../icons.tsx';
import { texts } from '../texts.ts';

/** One picture over the whole chat; Esc, its button or a press beside it closes it. */
export function Viewer({ url, name, close }: { url: string; name: string; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={name}
      onClose={close}
      // Esc closes the picture, not the chat behind it.
      onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
    >
      <button
        type="button"
        class="viewer-close"
        aria-label={texts.file.close}
        onClick={() => dialog.current?.close()}
      >
        <CrossIcon />
      </button>
      <img src={url} alt={name} />
    </dialog>
  );
}
