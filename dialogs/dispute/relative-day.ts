const DAYS_AGO: Record<string, number> = {
  ...{
    今天: 0,
    今日: 0,
    今早: 0,
    今晚: 0,
    昨天: 1,
    昨日: 1,
    昨晚: 1,
    前天: 2,
    大前天: 3,
    明天: -1,
    后天: -2,
  },
  ...{
    today: 0,
    'this morning': 0,
    yesterday: 1,
    'last night': 1,
    'the day before yesterday': 2,
    tomorrow: -1,
  },
};
const SO_MANY_DAYS_AGO = /^(\d{1,3}) ?(?:天前|days? ago)$/u;
const OF_A_WEEK = /^(上上|上|这|本|下)个?(?:周|星期|礼拜)([一二三四五六日天])$/u;
const WEEKS_AGO: Record<string, number> = { 上上: 2, 上: 1, 这: 0, 本: 0, 下: -1 };
const WEEKDAYS = '一二三四五六日';
const ENGLISH_WEEKDAY = /^(last|this|next) (mon|tues|wednes|thurs|fri|satur|sun)day$/u;
const ENGLISH_WEEKDAYS = ['mon', 'tues', 'wednes', 'thurs', 'fri', 'satur', 'sun'];
const WEEK = 7;

/** How many days ago a named day is, negative for one to come; undefined when it is no single day or stands on the calendar. */
export function daysAgo(words: string, today: string): number | undefined {
  const known = DAYS_AGO[words];
  if (known !== undefined) return known;
  const ago = SO_MANY_DAYS_AGO.exec(words)?.[1];
  if (ago !== undefined) return Number(ago);
  // Monday is 0.
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + WEEK - 1) % WEEK;
  const [, week, named] = OF_A_WEEK.exec(words) ?? [];
  if (week && named)
    return (WEEKS_AGO[week] ?? 0) * WEEK + weekday - WEEKDAYS.indexOf(named.replace('天', '日'));
  const [, which, english] = ENGLISH_WEEKDAY.exec(words) ?? [];
  if (!which || !english) return undefined;
  const since = weekday - ENGLISH_WEEKDAYS.indexOf(english);
  if (which === 'next') return since - WEEK;
  // 「last Friday」 said on a Monday is three days ago, and said on a Friday a week.
  return which === 'last' && since <= 0 ? since + WEEK : since;
}
