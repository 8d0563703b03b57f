import type { Activity, Entry } from './direct-line.ts';
import { NoticeIcon } from './icons.tsx';
import { isRecalled, speakerOf } from './lines.ts';
import { texts } from './texts.ts';
import { UploadCard } from './upload/card.tsx';
import { uploadRequestOf } from './upload/request.ts';
import { standingOf } from './upload/standing.ts';

interface BubbleProps {
  entry: Entry;
  log: readonly Activity[];
  /** The speaker's first or last of several in a row. */
  first: boolean;
  last: boolean;
  send: (text: string) => void;
  resend: (clientId: string) => void;
  over: boolean;
}

/** One message. Its words are shown as text, whatever they contain. */
export function Bubble({ entry, log, first, last, send, resend, over }: BubbleProps) {
  const { activity, delivery, key } = entry;
  const speaker = speakerOf(activity);
  const request = uploadRequestOf(activity);
  const unknown = !activity.text && !request;
  const named = first && speaker === 'agent';
  if (isRecalled(activity, log)) return <p class="notice">{texts.recalled}</p>;
  return (
    <article class={`message is-${speaker} is-${delivery}${last ? ' is-last' : ''}`}>
      {named && <p class="speaker">{activity.from.name ?? texts.agent}</p>}
      {!named && <span class="visually-hidden">{speaker === 'customer' ? texts.you : texts[speaker]}:</span>}
      {(activity.text || unknown) && <p class="bubble">{activity.text ?? texts.unknownAttachment}</p>}
      {request && (
        <UploadCard
          key={request.uploadUrl}
          request={request}
          standing={over ? 'passed' : standingOf(activity, log)}
          say={send}
        />
      )}
      {speaker === 'customer' && delivery === 'sending' && <p class="delivery">{texts.sending}</p>}
      {delivery === 'failed' && (
        <p class="delivery is-failed" role="alert">
          <NoticeIcon />
          <span>{texts.failed}</span>
          {!over && (
            <button type="button" onClick={() => resend(key)}>
              {texts.resend}
            </button>
          )}
        </p>
      )}
    </article>
  );
}
