import type { TextKey } from '../../locales/index.ts';
import type { Announcement } from '../../src/domain/platform.ts';

/** More than three are not read on a phone. */
const MOST_ANNOUNCEMENTS = 3;

/** The maintenances that are on: the one meant by the diagnosis, if it is announced, else all. */
export function ongoing(announcements: Announcement[], announcementId: string | undefined): Announcement[] {
  const active = announcements.filter(({ kind, active }) => kind === 'maintenance' && active);
  const meant = active.filter(({ id }) => id === announcementId);
  return (meant.length > 0 ? meant : active).slice(0, MOST_ANNOUNCEMENTS);
}

/** How to tell when it ends: a time that has passed is not given as the end. */
export function endKey({ endsAt }: Announcement, now: Date): TextKey {
  if (!endsAt) return 'maintenance.openEnd';
  return new Date(endsAt) <= now ? 'maintenance.overdue' : 'maintenance.until';
}
