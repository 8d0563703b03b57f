import { locale, texts } from './texts.ts';

/** A pause so long gets the time written above what follows. */
const GAP_MS = 5 * 60_000;

/** Whether the time belongs between two messages. */
export function needsTime(before: string | undefined, at: string | undefined): boolean {
  if (!at) return false;
  return !before || Date.parse(at) - Date.parse(before) > GAP_MS;
}

/** 今天 23:41, 昨天 09:05, 11月20日 18:30: by the clock of the customer's device. */
export function timeText(at: string, now = new Date()): string {
  const date = new Date(at);
  const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}`;
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (days === 0) return `${texts.today} ${clock}`;
  if (days === 1) return `${texts.yesterday} ${clock}`;
  return `${new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric' }).format(date)} ${clock}`;
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
