import { plainWords } from './words.ts';

const QUESTION = /(?:^|[\p{P}\n])([^\p{P}\n]{2,})吗[？?]\s*$/u;
const LEAD = /^(?:嗯|好的?|那|就|行|可以)+/u;
const SHORTEST = 2;

/** Both sides of the talk as one, so that 「帮我转人工」 repeats 「帮您转人工吗」. */
const asOne = (text: string) => plainWords(text).replace(/[您你]/gu, '我');

/** 「现在一起办」 repeats what 「…，现在一起办吗？」 asks, and so affirms it. */
export function echoes(text: string, question: string): boolean {
  const asked = QUESTION.exec(question)?.[1];
  const answer = asOne(text).replace(LEAD, '');
  return asked !== undefined && answer.length >= SHORTEST && asOne(asked).endsWith(answer);
}
