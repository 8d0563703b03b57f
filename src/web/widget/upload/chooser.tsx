import { useRef } from 'preact/hooks';
import { CameraIcon, PictureIcon } from '../icons.tsx';
import { texts } from '../texts.ts';
import { sizeText } from './limits.ts';
import type { UploadRequest } from './request.ts';
import type { Stage, Upload } from './use-upload.ts';

/** Camera or album; a computer has only the second. */
export function Chooser({ request, choose }: { request: UploadRequest; choose: (file: File) => void }) {
  const hasCamera = matchMedia('(pointer: coarse)').matches;
  return (
    <>
      <div class="upload-actions">
        {hasCamera && (
          <FileButton label={texts.upload.camera} request={request} choose={choose} capture>
            <CameraIcon />
          </FileButton>
        )}
        <FileButton
          label={hasCamera ? texts.upload.file : texts.upload.chooseFile}
          request={request}
          choose={choose}
        >
          <PictureIcon />
        </FileButton>
      </div>
      <p class="upload-limits">{sizeText(request.maxBytes)}</p>
    </>
  );
}

/**
 * What the file dialog offers. iOS makes a JPEG of a HEIC photo where only others are named; a list of types keeps
 * Android's web views from offering the album.
 */
function acceptedHere({ accept }: UploadRequest): string {
  return /Android/.test(navigator.userAgent) ? 'image/*' : accept.join(',');
}

interface FileButtonProps {
  label: string;
  request: UploadRequest;
  choose: (file: File) => void;
  capture?: boolean;
  children: preact.ComponentChildren;
}

function FileButton({ label, request, choose, capture, children }: FileButtonProps) {
  const picked = (event: preact.TargetedEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    // The same file may be picked again after a refusal.
    event.currentTarget.value = '';
    if (file) choose(file);
  };
  return (
    <label class={capture ? 'button is-main' : 'button'}>
      {children}
      <span>{label}</span>
      <input
        type="file"
        class="visually-hidden"
        accept={acceptedHere(request)}
        onChange={picked}
        {...(capture ? { capture: 'environment' as const } : {})}
      />
    </label>
  );
}

/** The chosen picture, large enough to judge, and what can be done with it. */
export function Preview({ stage, upload }: { stage: Stage; upload: Upload }) {
  const actions = useRef<HTMLDivElement>(null);
  if (stage.kind === 'preparing') return <p class="upload-wait">{texts.upload.preparing}</p>;
  if (!('previewUrl' in stage)) return null;
  return (
    <>
      <img
        class="upload-preview"
        src={stage.previewUrl}
        alt={texts.upload.preview}
        onLoad={() => actions.current?.scrollIntoView({ block: 'nearest' })}
      />
      {stage.kind === 'sending' ? (
        <div class="upload-progress">
          <progress max={1} value={stage.share} aria-label={texts.upload.uploading} />
          <span>
            {texts.upload.uploading} {Math.round(stage.share * 100)}%
          </span>
        </div>
      ) : (
        <div class="upload-actions" ref={actions}>
          <button type="button" class="button" onClick={upload.clear}>
            {texts.upload.change}
          </button>
          <button type="button" class="button is-main" onClick={upload.submit}>
            {stage.kind === 'cut' ? texts.upload.again : texts.upload.submit}
          </button>
        </div>
      )}
    </>
  );
}
