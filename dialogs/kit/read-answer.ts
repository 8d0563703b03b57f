import type { TurnContext } from 'botbuilder';
import { bankName, LOCALES, type Locale, REFERENCE_LOCALE, type TextKey, text } from '../../locales/index.ts';
import { UPLOAD_COMPLETED, type UploadCompleted } from '../../src/domain/document.ts';
import { choiceOf } from './choice.ts';
import { echoes } from './echo.ts';
import { declines, putsOff } from './not-now.ts';
import { type Answer, type Choice, isMeant, type Question } from './question.ts';
import { type Line, lineIn } from './say.ts';
import { spokenOf } from './spoken.ts';
import { saidIn, turnOf } from './turn.ts';
import { lastFourOf, latinWords, plainWords, sizeOf, withoutCorrection, withoutDenial } from './words.ts';
import { yesNoOf } from './yes-no.ts';

const AGAIN =
  /^(?:继续上传|重新上传|再传一次|重新拍|重拍|再来一张|重新发|上传不|重新给我|continue|upload|again|retake|tryagain|newlink|newone|send(?:me)?anew)|过期|失效|打不开|点不开|传不上|连结.{0,4}不|expired|(?:wont|doesnt|cant|cannot|notableto|unableto|failedto)(?:open|upload|load)/u;
const DECLINED =
  /(?:没有|没带|不想|不愿|不敢|不交|不传|不提供|怕|拍不了|传不了|不方便|dont(?:have|want)|donothave|(?:rather|would)not|wont(?:send|upload|share)|cantprovide|notcomfortable|refuse|nothanks)/u;

function uploadAnswer(context: TurnContext, question: Question & { kind: 'upload' }): Answer | undefined {
  const { activity } = context;
  if (activity.type === 'event' && activity.name === UPLOAD_COMPLETED) {
    const upload: UploadCompleted = activity.value;
    return isMeant(question, upload) ? { kind: 'uploaded', upload } : undefined;
  }
  // A file that was sent where none is taken: its sender needs the way to where it is.
  if (activity.attachments?.length && !activity.text?.trim()) return { kind: 'upload-again' };
  const words = plainWords(saidIn({ context }));
  if (isLabel(context, 'common.uploadDecline')) return { kind: 'upload-declined' };
  if (isLabel(context, 'common.uploadAgain') || AGAIN.test(words)) return { kind: 'upload-again' };
  return sizeOf(words) <= 20 && DECLINED.test(words) ? { kind: 'upload-declined' } : undefined;
}

/** The customer's language first, then the others: buttons of an old message may be in one of them. */
function languagesOf(context: TurnContext): readonly Locale[] {
  const { locale } = turnOf(context);
  return [locale, ...LOCALES.filter((other) => other !== locale)];
}

/** What the words mean among choices whose labels may have been read in any language. */
function choiceIn(context: TurnContext, choices: readonly Choice[]): string | undefined {
  const { text = '', folded = '', entities: { bank } = {} } = turnOf(context).understanding ?? {};
  const readings = [...new Set([text, folded, withoutDenial(text), withoutDenial(folded)])];
  for (const locale of languagesOf(context)) {
    const options = choices.map((choice) => ({ value: choice.value, words: lineIn(locale, choice) }));
    // 「建行那张」: cards are offered under the full name of their bank.
    const names = bank ? [...readings, bankName(locale, bank)] : readings;
    for (const name of names) {
      const meant = choiceOf(name, options);
      if (meant !== undefined) return meant;
    }
  }
  return undefined;
}

/** Whether the words are a label, in any language. */
export function isLabel(context: TurnContext, key: TextKey): boolean {
  const words = plainWords(turnOf(context).understanding?.text ?? '');
  return LOCALES.some((locale) => plainWords(text(locale, key)) === words);
}

/** Whether the words are one of the choices and nothing else, in any language: a button that was tapped. */
export function isChoice(context: TurnContext, choices: readonly Line[]): boolean {
  const words = plainWords(turnOf(context).understanding?.text ?? '');
  return choices.some((choice) => LOCALES.some((locale) => plainWords(lineIn(locale, choice)) === words));
}

/** 「提交」 for 「提交审核」 and not for 「先不提交」; in English a whole word. */
function beginsLabel(context: TurnContext, key: TextKey): boolean {
  const words = turnOf(context).understanding?.text ?? '';
  const [plain, latin] = [plainWords(words), latinWords(words)];
  return LOCALES.some((locale) => {
    const label = text(locale, key);
    if (latin) return latin.length >= 4 && latinWords(label).startsWith(`${latin} `);
    return plain.length >= 2 && plainWords(label).startsWith(plain);
  });
}

function labelAnswer(context: TurnContext, { yes, no }: Question & { kind: 'yes-no' }): boolean | undefined {
  if (yes && isLabel(context, yes)) return true;
  return no && isLabel(context, no) ? false : undefined;
}

function beginningAnswer(
  context: TurnContext,
  { yes, no }: Question & { kind: 'yes-no' },
): boolean | undefined {
  const [forYes, forNo] = [yes, no].map((key) => key !== undefined && beginsLabel(context, key));
  return forYes === forNo ? undefined : forYes;
}

/** 「现在一起办」 to 「现在一起办吗？」, however it was asked. */
function isEcho(said: string, { key, retry, again, slots }: Question): boolean {
  const asked = [key, retry, again].filter((wording) => wording !== undefined);
  return asked.some((wording) =>
    echoes(said, lineIn(REFERENCE_LOCALE, { key: wording, ...(slots && { slots }) })),
  );
}

/** What puts off is a no where no means 「not now」; whether the card is one's own is no matter of time. */
function isPutOff(said: string, label: Line | undefined): boolean {
  return label !== undefined && putsOff(said) && declines(lineIn(REFERENCE_LOCALE, label));
}

function yesNoAnswer(context: TurnContext, question: Question & { kind: 'yes-no' }, said: string) {
  const { no } = question;
  const yes = labelAnswer(context, question) ?? yesNoOf(said) ?? beginningAnswer(context, question);
  if (yes !== undefined) return yes;
  if (isEcho(said, question)) return true;
  return no && isPutOff(said, { key: no }) ? false : undefined;
}

/** Reads what the customer sent as the answer to the open question; undefined when it is none. */
export function readAnswer(context: TurnContext, question: Question): Answer | undefined {
  if (question.kind === 'upload') return uploadAnswer(context, question);
  const { activity } = context;
  const written = turnOf(context).understanding?.text ?? '';
  if (activity.type !== 'message' || !written.trim()) return undefined;
  const said = withoutCorrection(saidIn({ context }));
  switch (question.kind) {
    case 'yes-no': {
      const yes = yesNoAnswer(context, question, said);
      return yes === undefined ? undefined : { kind: 'yes-no', yes };
    }
    case 'choice': {
      const value = choiceIn(context, question.choices);
      if (value) return { kind: 'choice', value };
      const meant = question.spoken && spokenOf(said, question.spoken);
      if (meant === undefined) {
        const later = question.choices.filter((choice) => isPutOff(said, choice));
        return later[0] && later.length === 1 ? { kind: 'choice', value: later[0].value } : undefined;
      }
      // A plain yes or no is as sure as a tapped choice.
      if (yesNoOf(said) !== undefined) return { kind: 'choice', value: meant };
      return { kind: 'choice', value: meant, said: said.trim() };
    }
    case 'last-four': {
      const last4 = turnOf(context).understanding?.entities.cardLast4 ?? lastFourOf(said);
      return last4 === undefined ? undefined : { kind: 'last-four', last4 };
    }
    case 'text': {
      const value = question.choices && choiceIn(context, question.choices);
      return value === undefined
        ? { kind: 'text', text: written.trim() }
        : { kind: 'text', text: written.trim(), value };
    }
  }
}
