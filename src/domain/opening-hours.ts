/** `HH:MM` to `HH:MM` of the same day; `to` may be `24:00`. */
export interface OpeningPeriod {
  from: string;
  to: string;
}

/** 营业时间 of the human desk, in the operator's time zone. */
export interface OpeningHours {
  /** IANA name: Asia/Shanghai. */
  timeZone: string;
  /** ISO weekday (1 = Monday … 7 = Sunday) -> periods in order, apart from each other. */
  periods: Record<string, OpeningPeriod[]>;
  /** 节假日: closed days, `YYYY-MM-DD` in the time zone. */
  holidays: string[];
  /** 调休上班日: `YYYY-MM-DD` -> periods of that day, whatever weekday it is. */
  makeUpDays?: Record<string, OpeningPeriod[]> | undefined;
}

export type DeskState = { kind: 'open' } | { kind: 'closed'; opensAt: Date | undefined };

/** A moment as the desk's clock and calendar show it. */
export interface LocalTime {
  date: string;
  weekday: number;
  minutes: number;
}

const DAY_MS = 86_400_000;

/** What the desk's clock shows. */
export function localTime(at: Date, timeZone: string): LocalTime {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return { date, weekday: day === 0 ? 7 : day, minutes: Number(part('hour')) * 60 + Number(part('minute')) };
}

/** `HH:MM` as minutes of the day. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** When people are there on a day. */
export function periodsOn(hours: OpeningHours, { date, weekday }: LocalTime): OpeningPeriod[] {
  return hours.makeUpDays?.[date] ?? (hours.holidays.includes(date) ? [] : (hours.periods[weekday] ?? []));
}

/** Whether people are there now and, if not, when they are next (looking 30 days ahead). */
export function deskState(hours: OpeningHours, now: Date): DeskState {
  const today = localTime(now, hours.timeZone);
  const open = periodsOn(hours, today).some(
    (p) => minutesOf(p.from) <= today.minutes && today.minutes < minutesOf(p.to),
  );
  if (open) return { kind: 'open' };

  for (let ahead = 0; ahead <= 30; ahead++) {
    const at = new Date(now.getTime() + ahead * DAY_MS);
    const day = localTime(at, hours.timeZone);
    const next = periodsOn(hours, day).find((p) => ahead > 0 || minutesOf(p.from) > day.minutes);
    // China has no daylight saving, so minutes of the local day can simply be added.
    if (next) {
      const wholeMinute = Math.floor(at.getTime() / 60_000) * 60_000;
      return {
        kind: 'closed',
        opensAt: new Date(wholeMinute + (minutesOf(next.from) - day.minutes) * 60_000),
      };
    }
  }
  return { kind: 'closed', opensAt: undefined };
}
