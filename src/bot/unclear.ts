import type { TurnContext } from 'botbuilder';
import { notesOf, TOPIC_OF } from '../../dialogs/index.ts';
import type { Misunderstanding, TurnNotes, Unclear } from '../domain/insight.ts';
import type { Intent, Understanding } from '../domain/intent.ts';
import type { Turn } from '../domain/turn.ts';

/** What was said last and has led somewhere, as long as it may turn out to have been taken wrongly. */
export interface Heard extends Omit<Misunderstanding, 'why' | 'meant'> {
  /** The customer was asked what was meant. */
  clarified: boolean;
}

/** 「不是,我是说之前那张」: the words before were taken for something else. */
const CORRECTS =
  /^(?:不是|不对|唔系|错了|(?:你|您)?(?:理解|听|搞|弄|会错意)错?了?[,，。]|我(?:是)?(?:说|问)的?(?:是|不是)|我(?:是)?(?:说|问)的|我的意思|谁问|没问你|no\b|not that|i (?:mean|meant|said|asked)|thats not)/u;
const STOPS: readonly Intent[] = ['cancel', 'restart'];

/** Of a long message: enough to see what it was about, and little enough to stand in the conversation's state. */
const MOST_CHARACTERS = 500;

type Reason = Pick<Misunderstanding, 'why' | 'meant'>;

/** Controls and halves of characters, which neither the database nor a file of phrases takes. */
const UNWRITABLE = /[\p{Cc}\p{Cs}]+/gu;

function shortened(text: string): string {
  const kept = text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;
  return kept.replace(UNWRITABLE, ' ');
}

function reasonAfterClarifying({ ranking }: Heard, { ended }: TurnNotes): Reason | undefined {
  const end = ended.find(({ topic }) => topic === 'clarify');
  if (!end) return undefined;
  if (!('to' in end)) return { why: 'none-of-these', meant: null };
  return { why: 'asked', meant: ranking.find(({ intent }) => TOPIC_OF[intent] === end.to)?.intent ?? null };
}

/** Why the words before were not taken rightly, as these show; undefined when nothing says so. */
function reasonFor(heard: Heard, understanding: Understanding, notes: TurnNotes): Reason | undefined {
  if (heard.clarified) return reasonAfterClarifying(heard, notes);
  const { decision, intent, folded } = understanding;
  const accepted = decision === 'accept' ? intent : null;
  if (accepted && STOPS.includes(accepted)) return { why: 'stopped', meant: null };
  // 「不是」 may be the answer to the question that was open.
  if (notes.answered || !CORRECTS.test(folded)) return undefined;
  return { why: 'corrected', meant: accepted === heard.intent ? null : accepted };
}

function ownReason(decision: Understanding['decision'], notes: TurnNotes): Unclear | undefined {
  if (notes.entered.includes('clarify')) return decision === 'ask' ? 'asked' : 'rejected';
  if (!notes.missed) return undefined;
  return notes.asked ? 'no-answer' : 'rejected';
}

/**
 * What of this message and of the one before was not understood, or not rightly, as the turn has shown. Keeps in
 * the memory what may still turn out so.
 */
export function unclearIn(parts: {
  context: TurnContext;
  turn: Turn;
  memory: { heard?: Heard };
  at: Date;
}): Misunderstanding[] {
  const { context, turn, memory, at } = parts;
  const { understanding } = turn;
  if (!understanding?.text.trim()) return [];
  const notes = notesOf(context);
  const { text, intent, confidence, decision, ranking } = understanding;
  const found: Misunderstanding[] = [];
  const before = memory.heard;
  const reason = before && reasonFor(before, understanding, notes);
  if (before && reason) {
    const { clarified: _, ...heard } = before;
    found.push({ ...heard, ...reason });
  }
  const said = {
    ...{ conversationId: turn.conversationId, seq: turn.seq, at: at.toISOString(), locale: turn.locale },
    ...{ text: shortened(text), intent, confidence, decision, ranking, ...notes.stood },
  };
  const why = ownReason(decision, notes);
  if (why) found.push({ ...said, why, meant: null });
  const clarified = notes.entered.includes('clarify');
  if (notes.entered.length > 0) memory.heard = { ...said, clarified };
  // Still asked what was meant: the words before are what it is about.
  else if (!(before?.clarified && !reason)) delete memory.heard;
  return found;
}
