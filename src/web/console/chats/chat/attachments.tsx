import { CloseOutlined, PaperClipOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { type ClipboardEvent, useEffect, useRef, useState } from 'react';
import { CHAT_FILE_ACCEPT, MAX_CHAT_FILE_BYTES } from '../../../../domain/chat-file.ts';
import { sizeText } from '../../../file-size.ts';
import { ApiError } from '../../api/client.ts';
import { useRoomState } from '../live/provider.tsx';
import type { Room } from '../live/room.ts';
import { useChatErrorText, useChatTexts } from '../texts.ts';
import { checkFiles, MOST_FILES } from './check-files.ts';
import './attachments.css';

const SIZE = Math.floor(MAX_CHAT_FILE_BYTES / 1024 / 1024);
/** Between two signs that files are held over the page; browsers give one every 50 to 350 ms. */
const OVER_MS = 500;

export interface Attachments {
  /** Beside the words, not sent yet. */
  files: readonly File[];
  choose(files: Iterable<File>): void;
  remove(file: File): void;
  paste(event: ClipboardEvent): void;
  send(): void;
}

/** Files that go out with the next reply. `enabled`: the customer can open them where they write. */
export function useAttachments(room: Room, enabled: boolean): Attachments {
  const t = useChatTexts();
  const errorText = useChatErrorText();
  const { message: toast } = App.useApp();
  const { staged: files } = useRoomState(room);

  function choose(chosen: Iterable<File>): void {
    const list = [...chosen];
    const { good, problem } = checkFiles(list, MOST_FILES - files.length);
    room.stage([...files, ...list.filter((_, index) => good.includes(index))]);
    if (problem) void toast.warning(t(problem.key, { name: problem.name, size: SIZE, most: MOST_FILES }));
  }

  const failed = (fault: unknown) => {
    const isWorded = fault instanceof ApiError && fault.code === 'AsksForSecret';
    void toast.warning(isWorded ? fault.message : errorText(fault));
  };
  return {
    files,
    choose,
    remove: (file) => room.stage(files.filter((it) => it !== file)),
    paste(event) {
      const pasted = [...event.clipboardData.files];
      if (!enabled || pasted.length === 0) return;
      event.preventDefault();
      choose(pasted);
    },
    send() {
      room.stage([]);
      for (const file of files) room.sendFile(file).catch(failed);
    },
  };
}

/** The button that opens the computer's own choice of files. */
export function AttachButton({ choose }: Pick<Attachments, 'choose'>) {
  const t = useChatTexts();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        size="small"
        type="text"
        icon={<PaperClipOutlined />}
        title={t('attachHint', { size: SIZE })}
        onClick={() => input.current?.click()}
      >
        {t('attach')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={CHAT_FILE_ACCEPT.join(',')}
        onChange={({ target }) => {
          choose([...(target.files ?? [])]);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
    </>
  );
}

/** The files beside the words, with what they look like: the wrong one is seen before it is sent. */
export function Attached({ attachments: { files, remove } }: { attachments: Attachments }) {
  const t = useChatTexts();
  if (files.length === 0) return null;
  return (
    <ul className="attached" aria-label={t('attached')}>
      {files.map((file) => (
        <li key={`${file.name} ${file.size} ${file.lastModified}`}>
          <Preview file={file} />
          <span>
            {file.name} <small>{sizeText(file.size)}</small>
          </span>
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined />}
            aria-label={t('fileRemove', { name: file.name })}
            onClick={() => remove(file)}
          />
        </li>
      ))}
    </ul>
  );
}

function Preview({ file }: { file: File }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!file.type.startsWith('image/')) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url ? <img src={url} alt="" /> : <PaperClipOutlined aria-hidden />;
}

/** Files may be dropped anywhere on the page: there is one chat to write in. */
export function DropPlace({ choose }: Pick<Attachments, 'choose'>) {
  const t = useChatTexts();
  const [over, setOver] = useState(false);
  const take = useRef(choose);
  take.current = choose;
  useEffect(() => {
    const done = new AbortController();
    const { signal } = done;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const gone = () => setOver(false);
    function hover(event: DragEvent): void {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
      clearTimeout(timer);
      timer = setTimeout(gone, OVER_MS);
    }
    function drop(event: DragEvent): void {
      if (!holdsFiles(event)) return;
      // Otherwise the browser would leave the page for the file.
      event.preventDefault();
      gone();
      take.current([...(event.dataTransfer?.files ?? [])]);
    }
    addEventListener('dragover', hover, { signal });
    addEventListener('drop', drop, { signal });
    return () => {
      done.abort();
      clearTimeout(timer);
    };
  }, []);
  return over ? <div className="drop-place">{t('dropHere')}</div> : null;
}
