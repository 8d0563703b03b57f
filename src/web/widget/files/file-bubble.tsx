import { useEffect, useState } from 'preact/hooks';
import { sizeText } from '../../file-size.ts';
import type { AskFile, Entry } from '../direct-line.ts';
import { FileIcon, PictureIcon } from '../icons.tsx';
import { texts } from '../texts.ts';
import type { SentFile } from './sent-file.ts';
import { Viewer } from './viewer.tsx';

/** A file of the customer: the picture while it is at hand, else what it is called. */
export function OwnFile({ file, entry }: { file: SentFile; entry: Entry }) {
  const url = useObjectUrl(file.isPicture ? entry.file : undefined);
  const sending = entry.delivery === 'sending' && entry.share !== undefined;
  return (
    <div class="bubble file is-own">
      {url ? <img class="file-picture" src={url} alt={file.name} /> : <Named file={file} />}
      {sending && (
        <span class="file-progress">
          <progress max={1} value={entry.share} aria-label={texts.upload.uploading} />
          <span>{Math.round((entry.share ?? 0) * 100)}%</span>
        </span>
      )}
    </div>
  );
}

/** A file of the desk: a picture shows itself, anything else its name; either opens when it is pressed. */
export function DeskFile({ file, ask }: { file: SentFile & { id: string }; ask: AskFile }) {
  const [shown, setShown] = useState<string>();
  const [gone, setGone] = useState(false);
  const small = useSmall(file, ask);
  if (gone) return <p class="bubble file-gone">{texts.file.gone}</p>;

  const open = async () => {
    const url = await ask(file.id, 'whole');
    if (!url) return setGone(true);
    if (file.isPicture) return setShown(url);
    const link = document.createElement('a');
    link.href = url;
    link.download = file.name;
    link.click();
  };
  // The place is held before the picture is there, so that nothing is pushed about.
  const shape = file.width && file.height ? { aspectRatio: `${file.width} / ${file.height}` } : {};
  return (
    <>
      <button type="button" class="bubble file" onClick={open}>
        {file.isPicture && small ? (
          <img class="file-picture" src={small} alt={`${texts.file.open} ${file.name}`} style={shape} />
        ) : (
          <Named file={file} />
        )}
      </button>
      {shown && <Viewer url={shown} name={file.name} close={() => setShown(undefined)} />}
    </>
  );
}

function Named({ file }: { file: SentFile }) {
  return (
    <span class="file-named">
      {file.isPicture ? <PictureIcon /> : <FileIcon />}
      <span>
        <b>{file.name}</b>
        {file.sizeBytes && <small>{sizeText(file.sizeBytes)}</small>}
      </span>
    </span>
  );
}

/** The small picture, asked for once; without it there is the name. */
function useSmall({ id, isPicture }: SentFile & { id: string }, ask: AskFile): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let left = false;
    if (isPicture) void ask(id, 'small').then((found) => left || setUrl(found));
    return () => {
      left = true;
    };
  }, [id, isPicture, ask]);
  return url;
}

function useObjectUrl(file: File | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!file) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}
