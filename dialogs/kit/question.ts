import type { DialogContext, DialogInstance } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Slot, UploadCompleted } from '../../src/domain/document.ts';
import type { Aside } from './asides.ts';
import type { Line } from './say.ts';
import type { Spoken } from './spoken.ts';

export interface Choice extends Line {
  value: string;
}

interface Ask extends Line {
  /** Said instead of the question when the answer was not understood. */
  retry?: TextKey;
  /** Answered, and then the question is asked again; the first that fits decides. */
  asides?: readonly Aside[];
  /** Asked instead of the whole question after an aside. */
  again?: TextKey;
}

/**
 * A question to the customer. `aside`: an offer after the topic has been dealt with; who comes back to the topic
 * begins it anew. It is stored in the dialog state, so it is plain data.
 */
export type Question =
  | (Ask & { kind: 'yes-no'; yes?: TextKey; no?: TextKey; aside?: boolean })
  | (Ask & { kind: 'choice'; choices: Choice[]; spoken?: Spoken; aside?: boolean })
  | (Ask & { kind: 'last-four' })
  /** `verbatim`: the customer's own words to a person; what they are about leads nowhere else. */
  | (Ask & { kind: 'text'; choices?: Choice[]; verbatim?: boolean })
  | (Ask & { kind: 'upload'; draftId: string; slot: Slot });

/** What a step gets for its question. */
export type Answer =
  | { kind: 'yes-no'; yes: boolean }
  /** `said`: the words it was read from, as `saidIn` gives them, when they were neither an offered choice nor a plain yes or no. */
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

/** Whether the upload is what the question waits for. */
export function isMeant(question: Question, upload: UploadCompleted): boolean {
  return question.kind === 'upload' && upload.draftId === question.draftId && upload.slot === question.slot;
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

/** The question that a topic of the stack waits for. */
export function questionOf(topic: DialogInstance | undefined): Question | undefined {
  return openState(topic)?.question;
}

/** The question that the innermost open dialog waits for. */
export function openQuestion(dc: DialogContext): Question | undefined {
  return questionOf(dc.activeDialog);
}

/** Keeps an upload for the topic that waits for it while something else goes on; it is gone on with afterwards. */
export function keepUpload(dc: DialogContext, upload: UploadCompleted): void {
  for (const topic of dc.stack) {
    const state = openState(topic);
    if (state && isMeant(state.question, upload)) state.arrived = upload;
  }
}

/** Whether the open question of a topic has been answered by an upload meanwhile. */
export function hasArrived(topic: DialogInstance): boolean {
  return openState(topic)?.arrived !== undefined;
}

/** Whether it is only an offer, after which the topic is dealt with. */
export function isOffer(question: Question | undefined): boolean {
  return question !== undefined && 'aside' in question && question.aside === true;
}
