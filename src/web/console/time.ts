import { useSyncExternalStore } from 'react';
import type { DeskLocale } from './locale.ts';

const listeners = new Set<() => void>();
let now = Date.now();
let ticking: ReturnType<typeof setInterval> | undefined;
/** How far the server's clock is ahead of this machine's. */
let skewMs = 0;

function tick(): void {
  now = Date.now() + skewMs;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** The server's time, each second. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

/** Tells what the server's clock shows: all clocks of the desk go by it. */
export function setServerTime(iso: string): void {
  skewMs = Date.parse(iso) - Date.now();
  tick();
}

export const serverNow = (): number => Date.now() + skewMs;

/** 3:05, or 1:02:09. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export function timeOfDay(iso: string, locale: DeskLocale): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(iso),
  );
}

/** The day as well, where it is not today. */
export function moment(iso: string, locale: DeskLocale): string {
  const at = new Date(iso);
  if (at.toDateString() === new Date().toDateString()) return timeOfDay(iso, locale);
  const day = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' }).format(at);
  return `${day} ${timeOfDay(iso, locale)}`;
}

export function dayOf(iso: string, locale: DeskLocale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(iso));
}
