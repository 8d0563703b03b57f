import { z } from 'zod';
import { text as textOf } from '../../../locales/index.ts';
import type { LogEntry } from '../../conversation/store.ts';
import { HANDOFF_QUEUE } from '../../domain/handoff.ts';
import { isMarked } from '../../domain/message-marks.ts';
import type { DeskFile } from '../chat-files.ts';
import { type Block, blocksOf, type RenderOptions } from './blocks.ts';
import { bytesOf } from './bytes.ts';
import type { Option } from './cards.ts';

/** What becomes one message of the platform, or several where a text is too long for one. */
export type Part =
  /** `passing`: only worth saying while it is new. */
  | { kind: 'text'; text: string; passing?: true }
  /** `lead`: what is asked; may be empty. */
  | { kind: 'choices'; lead: string; options: Option[]; quick: boolean }
  | Extract<Block, { kind: 'link' | 'image' | 'file' | 'desk-file' }>;

/** `seq`: of the last entry of the log in it. */
export type Packed = Part & { seq: number };

/** One message for the platform, with the last entry of the log that is in it. */
export interface Outgoing<Message> {
  seq: number;
  /** May be left out where messages are counted. */
  passing?: true;
  body:
    | { kind: 'message'; message: Message }
    /** Has to be uploaded first; `otherwise`: said when that is not possible. */
    | { kind: 'media'; type: 'image' | 'file'; url: string; name: string; otherwise: Message }
    | { kind: 'desk-file'; file: DeskFile };
}

const place = z.object({
  position: z.int().min(1),
  etaMinutes: z.object({ from: z.number(), to: z.number() }).nullable(),
});

/** The last place in the queue that was told as an event alone; with words, it is in them. */
function placeIn(entries: readonly LogEntry[], { locale }: RenderOptions): Packed | undefined {
  const last = entries.findLast(({ activity }) => activity.name === HANDOFF_QUEUE);
  const parsed = place.safeParse(last?.activity.value);
  const turn = last?.activity.replyToId;
  const isTold = entries.some(({ seq, activity }) => {
    return activity.type === 'message' && (seq > (last?.seq ?? 0) || (turn && activity.replyToId === turn));
  });
  if (!last || isTold || !parsed.success) return undefined;
  const { position, etaMinutes } = parsed.data;
  const lines = [
    position > 1
      ? textOf(locale, 'handoff.placeAhead', { ahead: position - 1 })
      : textOf(locale, 'handoff.placeNext'),
    etaMinutes && textOf(locale, 'handoff.time', etaMinutes),
  ];
  return { kind: 'text', text: lines.filter(Boolean).join('\n'), passing: true, seq: last.seq };
}

const isWords = ({ origin, activity }: LogEntry) =>
  (origin === 'bot' || origin === 'agent') && activity.type === 'message';

/**
 * Entries as few messages: texts that follow each other are one, as long as it has at most `maxBytes`, and choices
 * go with the text before them.
 */
export function pack(entries: readonly LogEntry[], options: RenderOptions, maxBytes: number): Packed[] {
  const packed: Packed[] = [];
  let words: { text: string; seq: number } | undefined;
  const flush = () => {
    if (words) packed.push({ kind: 'text', ...words });
    words = undefined;
  };
  const add = (text: string, seq: number) => {
    const joined = words ? `${words.text}\n\n${text}` : text;
    if (words && bytesOf(joined) > maxBytes) flush();
    words = { text: words ? joined : text, seq };
  };

  const lastTurn = entries.findLast(isWords)?.activity.replyToId;
  for (const entry of entries) {
    const { seq } = entry;
    if (isMarked(entry.activity, 'sent')) continue;
    for (const block of blocksOf(entry, options)) {
      // Choices that something else was said after are not open any more.
      if (block.kind === 'choices' && entry.activity.replyToId !== lastTurn) continue;
      if (block.kind === 'text') add(block.text, seq);
      else if (block.kind === 'link' && !block.picture) add(options.link(block.title, block.url), seq);
      else if (block.kind === 'choices') {
        packed.push({ ...block, lead: words?.text ?? '', seq });
        words = undefined;
      } else {
        flush();
        packed.push({ ...block, seq });
      }
    }
  }
  flush();
  const place = placeIn(entries, options);
  return place ? [...packed, place] : packed;
}

/** A message with what its part says of itself. */
export function outgoing<M>(part: Packed, body: Outgoing<M>['body']): Outgoing<M> {
  const isPassing = part.kind === 'text' && part.passing;
  return { seq: part.seq, ...(isPassing && { passing: true }), body };
}
