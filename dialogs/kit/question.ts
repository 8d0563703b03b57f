import type { TurnContext } from 'botbuilder';
import type { DialogContext, DialogInstance } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { type Slot, UPLOAD_COMPLETED, type UploadCompleted } from '../../src/domain/document.ts';
import { choiceOf } from './choice.ts';
import { type Line, wordsOf } from './say.ts';
import { type Spoken, spokenOf } from './spoken.ts';
import { turnOf } from './turn.ts';
import { lastFourOf, plainWords } from './words.ts';
import { yesNoOf } from './yes-no.ts';

export interface Choice extends Line {
  value: string;
}

interface Ask extends Line {
  /** Said instead of the question when the answer was not understood. */
  retry?: TextKey;
}

/** A question to the customer. It is stored in the dialog state, so it is plain data. */
export type Question =
  /** `aside`: an offer after the topic has been dealt with; who comes back to the topic begins it anew. */
  | (Ask & { kind: 'yes-no'; yes?: TextKey; no?: TextKey; aside?: boolean })
  | (Ask & { kind: 'choice'; choices: Choice[]; spoken?: Spoken })
  | (Ask & { kind: 'last-four' })
  /** `verbatim`: the customer's own words to a person; what they are about leads nowhere else. */
  | (Ask & { kind: 'text'; choices?: Choice[]; verbatim?: boolean })
  | (Ask & { kind: 'upload'; draftId: string; slot: Slot });

/** What a step gets for its question. */
export type Answer =
  | { kind: 'yes-no'; yes: boolean }
  /** `said`: the words it was read from, when they were neither an offered choice nor a plain yes or no. */
  | { kind: 'choice'; value: string; said?: string }
  | { kind: 'last-four'; last4: string }
  /** `value` is set when the text was one of the offered choices. */
  | { kind: 'text'; text: string; value?: string }
  | { kind: 'uploaded'; upload: UploadCompleted }
  | { kind: 'upload-again' }
  | { kind: 'upload-declined' };

export const QUESTION = 'question';

export interface QuestionState {
  question: Question;
  misses: number;
  /** Came while something else was talked about. */
  arrived?: UploadCompleted;
}

const AGAIN =
  /^(?:继续上传|重新上传|再传一次|重新拍|重拍|再来一张|重新发|上传不|重新给我)|过期|失效|打不开|点不开|传不上/u;
const DECLINED = /(?:没有|没带|不想|不愿|不敢|不交|不传|不提供|怕|拍不了|传不了|不方便)/u;

function isMeant(question: Question, upload: UploadCompleted): boolean {
  return question.kind === 'upload' && upload.draftId === question.draftId && upload.slot === question.slot;
}

function uploadAnswer(context: TurnContext, question: Question & { kind: 'upload' }): Answer | undefined {
  const { activity } = context;
  if (activity.type === 'event' && activity.name === UPLOAD_COMPLETED) {
    const upload: UploadCompleted = activity.value;
    return isMeant(question, upload) ? { kind: 'uploaded', upload } : undefined;
  }
  const words = plainWords(activity.text ?? '');
  if (AGAIN.test(words)) return { kind: 'upload-again' };
  return words.length <= 20 && DECLINED.test(words) ? { kind: 'upload-declined' } : undefined;
}

function optionsOf(context: TurnContext, choices: Choice[]) {
  return choices.map((choice) => ({ value: choice.value, words: wordsOf(context, choice) }));
}

function labelAnswer(
  context: TurnContext,
  question: Question & { kind: 'yes-no' },
  said: string,
): boolean | undefined {
  const words = plainWords(said);
  if (question.yes && plainWords(wordsOf(context, { key: question.yes })) === words) return true;
  if (question.no && plainWords(wordsOf(context, { key: question.no })) === words) return false;
  return undefined;
}

/** Reads what the customer sent as the answer to the open question; undefined when it is none. */
export function readAnswer(context: TurnContext, question: Question): Answer | undefined {
  if (question.kind === 'upload') return uploadAnswer(context, question);
  const { activity } = context;
  const said = turnOf(context).understanding?.text ?? '';
  if (activity.type !== 'message' || !said.trim()) return undefined;
  switch (question.kind) {
    case 'yes-no': {
      const yes = labelAnswer(context, question, said) ?? yesNoOf(said);
      return yes === undefined ? undefined : { kind: 'yes-no', yes };
    }
    case 'choice': {
      const options = optionsOf(context, question.choices);
      // 「建行那张」: cards are offered under the full name of their bank.
      const { bank } = turnOf(context).understanding?.entities ?? {};
      const value = choiceOf(said, options) ?? (bank && choiceOf(bank, options));
      if (value) return { kind: 'choice', value };
      const meant = question.spoken && spokenOf(said, question.spoken);
      if (meant === undefined) return undefined;
      // A plain yes or no is as sure as a tapped choice.
      if (yesNoOf(said) !== undefined) return { kind: 'choice', value: meant };
      return { kind: 'choice', value: meant, said: said.trim() };
    }
    case 'last-four': {
      const last4 = turnOf(context).understanding?.entities.cardLast4 ?? lastFourOf(said);
      return last4 === undefined ? undefined : { kind: 'last-four', last4 };
    }
    case 'text': {
      const value = question.choices && choiceOf(said, optionsOf(context, question.choices));
      return value === undefined
        ? { kind: 'text', text: said.trim() }
        : { kind: 'text', text: said.trim(), value };
    }
  }
}

interface NestedState {
  dialogs?: { dialogStack?: DialogInstance[] };
}

function openState(outermost: DialogInstance | undefined): QuestionState | undefined {
  let instance = outermost;
  for (;;) {
    const inner: DialogInstance | undefined = (
      instance?.state as NestedState | undefined
    )?.dialogs?.dialogStack?.at(-1);
    if (!inner) break;
    instance = inner;
  }
  return instance?.id === QUESTION ? (instance.state as QuestionState) : undefined;
}

/** The question that the innermost open dialog waits for. */
export function openQuestion(dc: DialogContext): Question | undefined {
  return openState(dc.activeDialog)?.question;
}

/** Keeps an upload for the topic that waits for it below the present one; it goes on with it when it is back. */
export function keepUpload(dc: DialogContext, upload: UploadCompleted): void {
  for (const topic of dc.stack.slice(0, -1)) {
    const state = openState(topic);
    if (state && isMeant(state.question, upload)) state.arrived = upload;
  }
}

/** Whether the open question of a topic has been answered by an upload meanwhile. */
export function hasArrived(topic: DialogInstance): boolean {
  return openState(topic)?.arrived !== undefined;
}
