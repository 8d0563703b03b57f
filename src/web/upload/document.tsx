import { useEffect, useRef } from 'preact/hooks';
import type { QualityWarning } from '../../domain/document.ts';
import { NoticeIcon } from '../widget/icons.tsx';
import { fill, locale, texts } from '../widget/texts.ts';
import { Chooser, Preview } from '../widget/upload/chooser.tsx';
import { Consent } from '../widget/upload/consent.tsx';
import type { UploadRequest } from '../widget/upload/request.ts';
import { useExpired } from '../widget/upload/use-expired.ts';
import { useUpload } from '../widget/upload/use-upload.ts';
import { type Closing, closingOf, words } from './texts.ts';

/** A document that has arrived. Its id is not known when only the answer to an earlier try got lost. */
export interface Stored {
  documentId: string | undefined;
  warnings: QualityWarning[];
}

interface DocumentProps {
  request: UploadRequest;
  onStored: (stored: Stored) => void;
  /** The ticket takes nothing any more. */
  onClosed: (why: Closing) => void;
}

/** One document, from choosing its picture to the server's answer. */
export function Document({ request, onStored, onClosed }: DocumentProps) {
  const upload = useUpload(request);
  const expired = useExpired(request.expiresAt);
  const heading = useRef<HTMLHeadingElement>(null);
  const { stage, problem } = upload;
  const closing = closingOf(upload.refusedAs);

  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    if (stage.kind === 'stored') onStored({ documentId: stage.documentId, warnings: stage.warnings });
    else if (closing) onClosed(closing);
    else if (expired && stage.kind !== 'sending') onClosed('TicketExpired');
  }, [stage.kind, closing, expired]);

  const until = new Date(request.expiresAt).toLocaleTimeString(locale, {
    hour: '2-digit',
    minute: '2-digit',
  });
  return (
    <section class="document">
      <h1 ref={heading} tabIndex={-1}>
        {request.title}
      </h1>
      <p class="secure">{texts.upload.secure}</p>
      {stage.kind === 'empty' && request.hints.length > 0 && (
        <ul class="upload-hints">
          {request.hints.map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ul>
      )}
      {stage.kind === 'empty' ? (
        <Chooser request={request} choose={upload.choose} />
      ) : (
        <Preview stage={stage} upload={upload} />
      )}
      {problem && (
        <p class="upload-problem" role="alert">
          <NoticeIcon />
          <span>{problem}</span>
        </p>
      )}
      <Consent request={request} />
      <p class="until">{fill(words().left, { time: until })}</p>
    </section>
  );
}
