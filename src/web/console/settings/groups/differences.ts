import type { DeskGroup } from '../../../../domain/desk.ts';
import type { DeskLocale } from '../../locale.ts';
import { differencesOfHours } from '../hours/differences.ts';
import type { SettingsText, SettingsWords } from '../words.ts';

const LABELS = {
  name: 'groupName',
  place: 'groupPlace',
  autoAssign: 'assignAuto',
  active: 'groupActive',
  routes: 'groupRoutes',
  targets: 'groupTargets',
} as const satisfies Partial<Record<keyof DeskGroup, SettingsText>>;

/** What somebody has changed in a group. */
export function differencesOfGroups(
  before: DeskGroup,
  after: DeskGroup,
  words: { t: SettingsWords; locale: DeskLocale },
): string[] {
  const { t } = words;
  const told = (value: unknown): string => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (value === undefined) return t('asTheDesk');
    return typeof value === 'object'
      ? Object.values(value as object)
          .flat()
          .join(' ') || '—'
      : String(value);
  };
  const own = (Object.keys(LABELS) as (keyof typeof LABELS)[]).flatMap((part) => {
    const [was, is] = [told(before[part]), told(after[part])];
    return was === is ? [] : [t('changedFromTo', { what: t(LABELS[part]), before: was, after: is })];
  });
  if (before.hours && after.hours) return [...own, ...differencesOfHours(before.hours, after.hours, words)];
  if (!before.hours && !after.hours) return own;
  const hours = (group: DeskGroup) => t(group.hours ? 'groupOwnHours' : 'groupDeskHours');
  return [...own, t('changedFromTo', { what: t('groupHours'), before: hours(before), after: hours(after) })];
}
