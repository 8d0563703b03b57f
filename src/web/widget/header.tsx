import { useEffect, useRef, useState } from 'preact/hooks';
import { CloseIcon, RestartIcon, ShieldIcon } from './icons.tsx';
import { texts } from './texts.ts';

interface HeaderProps {
  close: () => void;
  restart: () => void;
  canRestart: boolean;
}

/** Who one is talking to, and the two ways out: a new conversation, and closing. */
export function Header({ close, restart, canRestart }: HeaderProps) {
  const [asking, setAsking] = useState(false);
  return (
    <header class="head">
      <span class="head-mark">
        <ShieldIcon />
      </span>
      <div class="head-name">
        <h1>{texts.title}</h1>
        <p>{texts.subtitle}</p>
      </div>
      {canRestart && (
        <button type="button" class="head-new" onClick={() => setAsking(true)}>
          <RestartIcon />
          <span>{texts.newConversation}</span>
        </button>
      )}
      <button type="button" class="head-close" aria-label={texts.close} onClick={close}>
        <CloseIcon />
      </button>
      {asking && (
        <Question
          no={() => setAsking(false)}
          yes={() => {
            setAsking(false);
            restart();
          }}
        />
      )}
    </header>
  );
}

/** A new conversation cannot be taken back, so it is asked about first. */
function Question({ yes, no }: { yes: () => void; no: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const cancel = (event: Event) => {
    event.preventDefault();
    no();
  };
  return (
    <dialog ref={dialog} class="question" onCancel={cancel} onKeyDown={(event) => event.stopPropagation()}>
      <p>{texts.newConversationAsk}</p>
      <div class="question-actions">
        <button type="button" class="button" onClick={no}>
          {texts.cancel}
        </button>
        <button type="button" class="button is-main" onClick={yes}>
          {texts.confirm}
        </button>
      </div>
    </dialog>
  );
}
