import type { Found } from './found.ts';

const NUMERAL = '[一二三四五六七八九十]{1,3}';
const PATTERNS = [
  /(?<![\d.])((?:19|20)\d\d)(?:-|\/|\.| ?年 ?)(\d{1,2})(?:-|\/|\.| ?月 ?)(\d{1,2})(?:日|号)?(?![\d.])/g,
  /(?<![\d.])(?:(?:19|20)\d\d ?年 ?|今年|去年|前年)?\d{1,2} ?月 ?(?:份|\d{1,2} ?(?:日|号)|初|底|中旬)/g,
  new RegExp(`(?<!${NUMERAL})${NUMERAL}月(?:${NUMERAL}[日号]|初|底|份)`, 'g'),
  /大前天|前天|昨天|今天|明天|后天|昨晚|昨日|今早|今晚|今日|(?<!\d)\d{1,3} ?天前|上个月|这个月|下个月|本月|上月/g,
  /\b(?:the day before yesterday|yesterday|today|tomorrow|last night|this morning|\d{1,3} days? ago|(?:last|this|next) (?:week|month|(?:mon|tues|wednes|thurs|fri|satur|sun)day))\b/g,
  /\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd|th)?\b|\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/g,
  /(?:上上?个?|这个?|本|下个?)(?:周|星期|礼拜)(?:[一二三四五六日天末])?/g,
];
const [WHOLE] = PATTERNS;

function isoDate(year: string, month: string, day: string): string | undefined {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso) ? undefined : iso;
}

function isPossible(text: string): boolean {
  const [, month, day] = /(\d{1,2}) ?月 ?(\d{1,2})?/.exec(text) ?? [];
  if (month && (Number(month) < 1 || Number(month) > 12)) return false;
  return !day || (Number(day) >= 1 && Number(day) <= 31);
}

/** Days named in a folded text: ISO when year, month and day stand there, otherwise as said. */
export function findDates(text: string): Found<string>[] {
  const found: Found<string>[] = [];
  for (const pattern of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((f) => f.start < end && start < f.end)) continue;
      const [, year = '', month = '', day = ''] = match;
      const value =
        pattern === WHOLE
          ? isoDate(year, month, day)
          : /[a-z]/.test(match[0])
            ? match[0]
            : match[0].replaceAll(' ', '');
      if (value && isPossible(value)) found.push({ start, end, value });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
