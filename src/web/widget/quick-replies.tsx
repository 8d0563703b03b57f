import type { QuickReply } from './direct-line.ts';
import { texts } from './texts.ts';

/** The answers offered to the last question; each is sent as if it had been typed. */
export function QuickReplies({
  replies,
  choose,
}: {
  replies: readonly QuickReply[];
  choose: (text: string) => void;
}) {
  if (replies.length === 0) return null;
  return (
    <fieldset class="replies">
      <legend class="visually-hidden">{texts.quickReplies}</legend>
      {replies.map((reply) => (
        <button type="button" key={reply.value} onClick={() => choose(reply.value)}>
          {reply.title}
        </button>
      ))}
    </fieldset>
  );
}
