import type { QualityWarning } from '../../../domain/document.ts';
import { CardIcon, ClockIcon, DoneIcon, NoticeIcon } from '../icons.tsx';
import { texts } from '../texts.ts';
import { Chooser, Preview } from './chooser.tsx';
import { Consent } from './consent.tsx';
import type { UploadRequest } from './request.ts';
import type { Standing } from './standing.ts';
import { useExpired } from './use-expired.ts';
import { useUpload } from './use-upload.ts';

interface CardProps {
  request: UploadRequest;
  standing: Standing;
  /** Says something to the bot in the customer's name. */
  say: (text: string) => void;
}

/** 上传卡片: takes one document, from choosing it to the server's answer. */
export function UploadCard({ request, standing, say }: CardProps) {
  const upload = useUpload(request);
  const expired = useExpired(request.expiresAt);
  const { stage } = upload;

  if (stage.kind === 'stored' && stage.warnings.length > 0) {
    const asked = standing !== 'open';
    return (
      <Stored request={request} warnings={stage.warnings} asked={asked} accept={upload.accept} say={say} />
    );
  }
  if (stage.kind === 'stored' || standing === 'done') return <Closed request={request} state="done" />;
  if (standing !== 'open') return <Closed request={request} state={standing} />;
  if (expired && stage.kind !== 'sending') return <Expired request={request} say={say} />;

  return (
    <section class="upload" aria-label={request.title}>
      <Heading request={request} />
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
      {upload.problem && (
        <p class="upload-problem" role="alert">
          <NoticeIcon />
          <span>{upload.problem}</span>
        </p>
      )}
      <Consent request={request} />
    </section>
  );
}

function Heading({ request }: { request: UploadRequest }) {
  return (
    <header class="upload-head">
      <span class="upload-mark">
        <CardIcon />
      </span>
      <div>
        <h3>{request.title}</h3>
        <p>{texts.upload.secure}</p>
      </div>
    </header>
  );
}

function Closed({ request, state }: { request: UploadRequest; state: 'done' | 'moved' | 'passed' }) {
  return (
    <section class={`upload upload-closed is-${state}`} aria-label={request.title}>
      {state === 'done' ? <DoneIcon /> : <ClockIcon />}
      <div>
        <h3>{request.title}</h3>
        <p>{texts.upload[state]}</p>
      </div>
    </section>
  );
}

function Expired({ request, say }: { request: UploadRequest; say: CardProps['say'] }) {
  return (
    <section class="upload" aria-label={request.title}>
      <div class="upload-closed">
        <ClockIcon />
        <div>
          <h3>{texts.upload.expired}</h3>
          <p>{texts.upload.expiredText}</p>
        </div>
      </div>
      <button type="button" class="button is-main" onClick={() => say(texts.upload.continueText)}>
        {texts.upload.renew}
      </button>
    </section>
  );
}

interface StoredProps {
  request: UploadRequest;
  warnings: readonly QualityWarning[];
  /** The bot has spoken since: its own question offers the choice. */
  asked: boolean;
  accept: () => void;
  say: CardProps['say'];
}

/** Taken in, but the customer should know that a person may find it hard to read. */
function Stored({ request, warnings, asked, accept, say }: StoredProps) {
  const answer = (text: string) => {
    accept();
    say(text);
  };
  return (
    <section class="upload" aria-label={request.title}>
      <div class="upload-closed is-warned">
        <NoticeIcon />
        <div>
          <h3>{request.title}</h3>
          <p>{texts.upload.doneWithWarnings}</p>
        </div>
      </div>
      <ul class="upload-hints">
        {warnings.map((warning) => (
          <li key={warning}>{texts.upload[warning]}</li>
        ))}
      </ul>
      {!asked && (
        <div class="upload-actions is-late">
          <button type="button" class="button" onClick={() => answer(texts.upload.retakeText)}>
            {texts.upload.retake}
          </button>
          <button type="button" class="button is-main" onClick={() => answer(texts.upload.keep)}>
            {texts.upload.keep}
          </button>
        </div>
      )}
    </section>
  );
}
