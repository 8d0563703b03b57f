import type { ConversationState, TurnContext } from 'botbuilder';
import { type QueueMemory, referenceWords } from '../../dialogs/index.ts';
import type { Understand, Understanding } from '../domain/intent.ts';
import type { PlanKeeper } from '../domain/plan.ts';
import type { Turn } from '../domain/turn.ts';
import type { Asked } from './asked-language.ts';
import { type Language, nextLanguage } from './language.ts';
import type { Heard } from './unclear.ts';

/** What the turn keeps between messages besides the dialog stack. */
export interface Memory extends PlanKeeper, QueueMemory {
  /** Messages in a row that were not understood. */
  misses: number;
  /** First aid against a fraud was given, and the flow that followed it is still open. */
  firstAid: boolean;
  /** With the last message, nobody knew whose account it is about. */
  isUnknown?: boolean;
  /** What was said last and has led somewhere. */
  heard?: Heard;
  /** Absent until the first turn is done. */
  language?: Language;
}

/** A tapped choice means what its words mean in the reference language, in which most phrases are known. */
export function understood(text: string, understand: Understand): Understanding {
  const own = understand(text);
  const reference = referenceWords(text);
  if (reference === undefined || reference === text) return own;
  return { ...understand(reference), text: own.text, folded: own.folded };
}

/** The memory, and the language that this very message asks for. */
export interface Remembered {
  memory: Memory;
  asked: Asked | undefined;
}

/** Reads the memory and settles which language the turn has. */
export async function remember(
  context: TurnContext,
  state: ConversationState,
  turn: Turn,
): Promise<Remembered> {
  const memory = await state.createProperty<Memory>('memory').get(context, { misses: 0, firstAid: false });
  const { understanding, locale: channel } = turn;
  const isOwnWords = understanding && referenceWords(understanding.text) === undefined;
  const { language, asked } = nextLanguage(memory.language, {
    words: isOwnWords ? understanding : undefined,
    channel,
  });
  memory.language = language;
  turn.locale = language.locale;
  return { memory, asked };
}
