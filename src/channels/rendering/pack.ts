import type { LogEntry } from '../../conversation/store.ts';
import { type Block, blocksOf, type RenderOptions } from './blocks.ts';
import { bytesOf } from './bytes.ts';
import type { Option } from './cards.ts';

/** What becomes one message of the platform, or several where a text is too long for one. */
export type Part =
  | { kind: 'text'; text: string }
  /** `lead`: what is asked; may be empty. */
  | { kind: 'choices'; lead: string; options: Option[]; quick: boolean }
  | Extract<Block, { kind: 'link' | 'image' | 'file' }>;

/** `seq`: of the last entry of the log in it. */
export type Packed = Part & { seq: number };

/** One message for the platform, with the last entry of the log that is in it. */
export interface Outgoing<Message> {
  seq: number;
  body:
    | { kind: 'message'; message: Message }
    /** Has to be uploaded first; `otherwise`: said when that is not possible. */
    | { kind: 'media'; type: 'image' | 'file'; url: string; name: string; otherwise: Message };
}

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

  for (const entry of entries) {
    const { seq } = entry;
    for (const block of blocksOf(entry, options)) {
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
  return packed;
}
