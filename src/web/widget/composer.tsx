import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { SendIcon } from './icons.tsx';
import { fill, texts } from './texts.ts';

const MAX_LENGTH = 4000;
/** From here on the room left is shown. */
const NEAR_LIMIT = 3800;

/** Where the customer writes. Enter sends, Shift+Enter starts a line; an input method keeps its Enter. */
export function Composer({
  input,
  send,
}: {
  input: RefObject<HTMLTextAreaElement | null>;
  send: (text: string) => void;
}) {
  const [text, setText] = useState('');
  const over = text.length - MAX_LENGTH;
  const usable = text.trim() !== '' && over <= 0;

  useLayoutEffect(() => {
    const area = input.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [input, text]);

  const submit = (event: Event) => {
    event.preventDefault();
    if (!usable) return;
    send(text.trim());
    setText('');
    input.current?.focus();
  };
  const key = (event: KeyboardEvent) => {
    // 229: Safari ends the composition before it tells of the Enter that ended it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    submit(event);
  };
  return (
    <form class="composer" onSubmit={submit}>
      {text.length > NEAR_LIMIT && (
        <p class={over > 0 ? 'limit is-over' : 'limit'} id="limit" role="status">
          {over > 0
            ? fill(texts.tooLong, { limit: MAX_LENGTH, over })
            : fill(texts.nearLimit, { left: -over })}
        </p>
      )}
      <div class="composer-row">
        <textarea
          ref={input}
          rows={1}
          value={text}
          placeholder={texts.placeholder}
          aria-label={texts.placeholder}
          aria-describedby={text.length > NEAR_LIMIT ? 'limit' : undefined}
          enterkeyhint="send"
          autocomplete="off"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={key}
        />
        <button type="submit" class="send" aria-label={texts.send} disabled={!usable}>
          <SendIcon />
        </button>
      </div>
    </form>
  );
}
