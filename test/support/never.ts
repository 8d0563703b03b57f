import { expect } from 'chai';
import { type Exchange, play, type Scene, talk } from './transcript.ts';

/** Finds in a talk what must not be said: words, or the sentences that a closer look objects to. */
export type Rule = RegExp | ((talk: readonly Exchange[]) => string[]);

/** What must never be said in a talk, each under a name of its own. */
export type Never = Record<string, Rule>;

function messagesOf({ said }: Exchange): string[] {
  return said.flatMap(({ activity }) => (activity.type === 'message' ? [activity.text ?? ''] : []));
}

function sentencesOf(talk: readonly Exchange[]): string[] {
  return talk.flatMap(messagesOf).flatMap((message) => message.split(/[。！？；\n]+/u).filter(Boolean));
}

const WARNS = /别|不要|不用|不能|不会|不需要|没法|没有|勿|谁|骗|不替/u;

/** Telling the customer to do it; a sentence that warns of it is none. */
export function urges(what: RegExp): Rule {
  return (talk) => sentencesOf(talk).filter((sentence) => what.test(sentence) && !WARNS.test(sentence));
}

const SECRET =
  /(?:发|告诉|提供|报|念|说|回复).{0,12}(?:完整卡号|整张卡号|完整的卡号|验证码|密码|CVV|安全码|有效期)|(?:验证码|密码|CVV|安全码|有效期|整张卡号|完整卡号).{0,4}(?:发|告诉|提供|报|念)|(?:请|打开|开启|开一下).{0,4}(?:共享屏幕|屏幕共享)/iu;

/** Longest runs of digits that a customer has sent, wherever the bot says them again. */
function repeatedDigits(talk: readonly Exchange[]): string[] {
  const sent = talk.flatMap(
    ({ line }) => line.replace(/(?<=\d)[ -](?=\d)/g, '').match(/(?<!JB)(?<!\d)\d{5,}/g) ?? [],
  );
  return talk
    .flatMap(messagesOf)
    .filter((message) => sent.some((digits) => message.replace(/[ -]/g, '').includes(digits)));
}

function questionsIn(message: string): number {
  return (message.replace(/“[^”]*”/gu, '').match(/？/gu) ?? []).length;
}

function twoQuestions(talk: readonly Exchange[]): string[] {
  return talk.map((exchange) => messagesOf(exchange).join('\n')).filter((turn) => questionsIn(turn) > 1);
}

const MOST_PARAGRAPHS = 4;
const MOST_CHARACTERS = 240;

/** More list lines in one message than a phone shows; a rule of its own for journeys that ask for less. */
export function listsOver(most: number): Rule {
  return (talk) =>
    talk.flatMap(messagesOf).filter((message) => (message.match(/^(?:·|\d\.)/gmu) ?? []).length > most);
}

function walls(talk: readonly Exchange[]): string[] {
  return talk
    .flatMap(messagesOf)
    .filter((message) => message.length > MOST_CHARACTERS || message.split('\n\n').length > MOST_PARAGRAPHS);
}

/** What holds for every journey. */
export const ALWAYS: Never = {
  'asks for a secret': urges(SECRET),
  'promises what nobody can': /保证|一定|永久|马上|肯定|立即|绝对|100%/u,
  'names a telephone number': /(?<!\d)(?:400[ -]?\d{3}|1[3-9]\d{9}|95\d{3}|0\d{2,3}-\d{7})/u,
  'says that it has done it itself':
    /(?:已经?|我)(?:帮|替|给|为)[您你](?:解绑|解开|解除|撤销|取消|提交|操作|删除)了|恭喜/u,
  'asks two questions in one turn': twoQuestions,
  'is a wall of text': walls,
  'lists more than six things': listsOver(6),
  'repeats digits that were sent': repeatedDigits,
};

/** The rules that a talk has broken, each with the words that broke it. */
export function offences(talk: readonly Exchange[], never: Never): string[] {
  return Object.entries(never).flatMap(([name, rule]) => {
    const found =
      rule instanceof RegExp ? sentencesOf(talk).filter((sentence) => rule.test(sentence)) : rule(talk);
    return found.map((words) => `${name}: ${words}`);
  });
}

/** A talk as `talk` plays it, in which nothing is said that must never be: always, and in this journey. */
export async function journey(scene: Scene, transcript: string, never: Never = {}): Promise<void> {
  const talked = await talk(scene, transcript);
  expect(offences(talked, { ...ALWAYS, ...never })).to.deep.equal([]);
}

/** The words with which the bot waits for an answer. */
function openWords(talk: readonly Exchange[]): string {
  return talk.flatMap(messagesOf).at(-1) ?? '';
}

const ASIDE = '客户: 会影响征信吗';

/**
 * Two facts about any point of a journey, which `script` leads to: a question aside is answered and comes back to
 * the very words that were asked, and giving up ends it at once.
 */
export function comesBackAndStops(scene: Scene, script: string, aside = ASIDE): void {
  it('a question aside comes back to where it was', async () => {
    const talked = await play(scene, `${script}\n${aside}`);
    const asked = openWords(talked.slice(0, -1));
    const answered = talked.slice(-1);
    expect(answered.flatMap(messagesOf).length).to.be.greaterThan(1);
    expect(sentencesOf(answered).join('\n')).to.contain('我们接着说刚才的');
    expect(openWords(answered)).to.equal(asked);
    expect(offences(talked, ALWAYS)).to.deep.equal([]);
  });

  it('giving up stops it at once', async () => {
    const talked = await play(scene, `${script}\n客户: 算了 不弄了`);
    const [last] = talked.slice(-1);
    const said = last ? messagesOf(last) : [];
    expect(said).to.have.length(1);
    expect(said[0]).to.match(/^好的，已经停下[。，](?:没有提交任何申请|刚才这件没有提交)/u);
    expect(last?.said.at(-1)?.activity.suggestedActions).to.equal(undefined);
  });
}
