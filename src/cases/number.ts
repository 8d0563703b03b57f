import { randomInt } from 'node:crypto';

const day = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/**
 * 案件号: `JB`, the day in China, six random digits. Random, because a number that follows from
 * another could be tried out.
 */
export function caseNumber(at: Date, random: () => number = () => randomInt(1_000_000)): string {
  return `JB${day.format(at).replaceAll('-', '')}${String(random()).padStart(6, '0')}`;
}
