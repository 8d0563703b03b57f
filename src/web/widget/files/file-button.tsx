import { useState } from 'preact/hooks';
import { CHAT_FILE_ACCEPT, MAX_CHAT_FILE_BYTES } from '../../../domain/chat-file.ts';
import { PictureIcon } from '../icons.tsx';
import { fill, texts } from '../texts.ts';
import { preparePicture } from '../upload/picture.ts';

const LIMITS = { accept: [...CHAT_FILE_ACCEPT], maxBytes: MAX_CHAT_FILE_BYTES };
const SIZE = Math.floor(MAX_CHAT_FILE_BYTES / 1024 / 1024);

/** What is wrong with a chosen file, for the customer. */
export interface FileChoice {
  problem: string | undefined;
  choose: (files: Iterable<File>) => Promise<void>;
}

/** Makes chosen files fit and sends them, one after the other. */
export function useFileChoice(sendFile: (file: File) => void): FileChoice {
  const [problem, setProblem] = useState<string>();
  return {
    problem,
    async choose(files) {
      setProblem(undefined);
      for (const file of files) {
        const prepared = await preparePicture(file, LIMITS);
        if (prepared.kind === 'ready') sendFile(prepared.file);
        else setProblem(fill(texts.file[prepared.reason], { size: SIZE }));
      }
    },
  };
}

/** Opens the device's own choice of photos and files. */
export function FileButton({ choose }: { choose: FileChoice['choose'] }) {
  const picked = (event: preact.TargetedEvent<HTMLInputElement>) => {
    const files = [...(event.currentTarget.files ?? [])];
    // The same file may be picked again after a refusal.
    event.currentTarget.value = '';
    void choose(files);
  };
  return (
    <label class="attach" title={texts.file.attach}>
      <PictureIcon />
      <input
        type="file"
        class="visually-hidden"
        aria-label={texts.file.attach}
        accept={LIMITS.accept.join(',')}
        multiple
        onChange={picked}
      />
    </label>
  );
}
