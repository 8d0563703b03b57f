import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { FileButton, useFileChoice } from './files/file-button.tsx';
import { SendIcon } from './icons.tsx';
import { fill, texts } from './texts.ts';

const MAX_LENGTH = 4000;
/** From here on the room left is shown. */
const NEAR_LIMIT = 3800;

/** Where the customer writes. Enter sends, Shift+Enter starts a line; an input method keeps its Enter. */
export function Composer({
  input,
  send,
  typing,
  sendFile,
}: {
  input: RefObject<HTMLTextAreaElement | null>;
  send: (text: string) => void;
  /** Called while the customer writes. */
  typing: () => void;
  /** Absent while nobody is there for files. */
  sendFile: ((file: File) => void) | undefined;
}) {
  const [text, setText] = useState('');
  const over = text.length - MAX_LENGTH;
  const files = useFileChoice((file) => sendFile?.(file));
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
  const paste = (event: ClipboardEvent) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (!sendFile || pasted.length === 0) return;
    event.preventDefault();
    void files.choose(pasted);
  };
  return (
    <form class="composer" onSubmit={submit}>
      {sendFile && (
        <p class={files.problem ? 'file-note is-problem' : 'file-note'} role="status">
          {files.problem ?? texts.file.note}
        </p>
      )}
      {text.length > NEAR_LIMIT && (
        <p class={over > 0 ? 'limit is-over' : 'limit'} id="limit" role="status">
          {over > 0
            ? fill(texts.tooLong, { limit: MAX_LENGTH, over })
            : fill(texts.nearLimit, { left: -over })}
        </p>
      )}
      <div class="composer-row">
        {sendFile && <FileButton choose={files.choose} />}
        <textarea
          ref={input}
          rows={1}
          value={text}
          placeholder={texts.placeholder}
          aria-label={texts.placeholder}
          aria-describedby={text.length > NEAR_LIMIT ? 'limit' : undefined}
          enterkeyhint="send"
          autocomplete="off"
          onInput={(event) => {
            setText(event.currentTarget.value);
            if (event.currentTarget.value.trim() !== '') typing();
          }}
          onKeyDown={key}
          onPaste={paste}
        />
        <button type="submit" class="send" aria-label={texts.send} disabled={!usable}>
          <SendIcon />
        </button>
      </div>
    </form>
  );
}
