import type { Activity, Entry } from './direct-line.ts';
import { DeskFile, OwnFile } from './files/file-bubble.tsx';
import { type SentFile, sentFileOf } from './files/sent-file.ts';
import { NoticeIcon } from './icons.tsx';
import { isRecalled, speakerOf } from './lines.ts';
import { texts } from './texts.ts';
import { UploadCard } from './upload/card.tsx';
import { uploadRequestOf } from './upload/request.ts';
import { standingOf } from './upload/standing.ts';
import type { Conversation } from './use-conversation.ts';

interface BubbleProps {
  entry: Entry;
  log: readonly Activity[];
  /** The speaker's first or last of several in a row. */
  first: boolean;
  last: boolean;
  conversation: Conversation;
  over: boolean;
}

/** One message. Its words are shown as text, whatever they contain. */
export function Bubble({ entry, log, first, last, conversation, over }: BubbleProps) {
  const { activity, delivery, key } = entry;
  const speaker = speakerOf(activity);
  const request = uploadRequestOf(activity);
  const file = fileIn(entry);
  const unknown = !activity.text && !request && !file;
  const { send, resend, dropFile, askFile } = conversation;
  const named = first && speaker === 'agent';
  if (isRecalled(activity, log)) return <p class="notice">{texts.recalled}</p>;
  return (
    <article class={`message is-${speaker} is-${delivery}${last ? ' is-last' : ''}`}>
      {named && <p class="speaker">{activity.from.name ?? texts.agent}</p>}
      {!named && <span class="visually-hidden">{speaker === 'customer' ? texts.you : texts[speaker]}:</span>}
      {(activity.text || unknown) && <p class="bubble">{activity.text ?? texts.unknownAttachment}</p>}
      {file && speaker === 'customer' && <OwnFile file={file} entry={entry} />}
      {file?.id && speaker !== 'customer' && <DeskFile file={{ ...file, id: file.id }} ask={askFile} />}
      {request && (
        <UploadCard
          key={request.uploadUrl}
          request={request}
          standing={over ? 'passed' : standingOf(activity, log)}
          say={send}
        />
      )}
      {speaker === 'customer' && delivery === 'sending' && !file && <p class="delivery">{texts.sending}</p>}
      {delivery === 'failed' && (
        <p class="delivery is-failed" role="alert">
          <NoticeIcon />
          <span>{entry.problem ?? texts.failed}</span>
          {/* What was refused once is refused again. */}
          {!over && !entry.problem && (
            <button type="button" onClick={() => resend(key)}>
              {texts.resend}
            </button>
          )}
          {file && (
            <button type="button" onClick={() => dropFile(key)}>
              {texts.file.drop}
            </button>
          )}
        </p>
      )}
    </article>
  );
}

/** The file of a message, or the one that is on its way as one. */
function fileIn({ activity, file }: Entry): SentFile | undefined {
  const sent = sentFileOf(activity);
  if (sent || !file) return sent;
  const unknown = { id: undefined, width: undefined, height: undefined };
  return { ...unknown, name: file.name, isPicture: file.type.startsWith('image/'), sizeBytes: file.size };
}
