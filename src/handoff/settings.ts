import { and, asc, eq } from 'drizzle-orm';
import { appendAudit } from '../database/audit.ts';
import type { Database, Queries } from '../database/database.ts';
import { deskGroups, deskSettings } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { DeskGroup, DeskSettings, ServiceTargets } from '../domain/desk.ts';
import { auditName, type StaffActor } from '../domain/staff.ts';
import { writeEvents } from './change.ts';

type GroupRow = typeof deskGroups.$inferSelect;

const groupOf = ({ hours, targets, ...row }: GroupRow): DeskGroup => ({
  ...row,
  hours: hours ?? undefined,
  targets: targets ?? undefined,
});

/** All groups, in the order in which they are asked. */
export async function groupsIn(db: Queries): Promise<DeskGroup[]> {
  const rows = await db.select().from(deskGroups).orderBy(asc(deskGroups.place), asc(deskGroups.id));
  return rows.map(groupOf);
}

/**
 * The settings as they are now: what was changed at the desk, over what the operator has configured. They are read
 * from the database by whatever acts on them, in its own transaction, and kept nowhere: a change holds at once in
 * the bot, the queue and the review desk, in every process. Consoles hear of it by the desk event `settings`.
 */
export async function settingsIn(db: Queries, defaults: DeskSettings): Promise<DeskSettings> {
  const [row] = await db.select({ changed: deskSettings.changed }).from(deskSettings);
  return { ...defaults, ...row?.changed };
}

export type SettingsOutcome<T> =
  | { kind: 'done'; value: T; version: number }
  /** Somebody else has changed it since it was read: `now` is what they made of it. */
  | { kind: 'changed-meanwhile'; version: number; now: T | undefined };

/** What a group has to keep to: its own targets or the desk's; an offer and opening again have the same time everywhere. */
export type TargetsFor = (
  group: string,
) => ServiceTargets & Pick<DeskSettings, 'acceptSeconds' | 'reopenHours'>;

/** Hours, time limits and groups, for supervisors. */
export interface DeskSetup {
  settings(): Promise<{ value: DeskSettings; defaults: DeskSettings; version: number }>;
  targets(): Promise<TargetsFor>;
  /** What is absent stays; `undefined` goes back to what the operator has configured. */
  changeSettings(
    change: { [K in keyof DeskSettings]?: DeskSettings[K] | undefined },
    actor: StaffActor,
    expectedVersion: number,
  ): Promise<SettingsOutcome<DeskSettings>>;
  groups(): Promise<DeskGroup[]>;
  /** Makes the group (`expectedVersion` 0) or changes it. What no active group wants goes to `default`. */
  saveGroup(
    group: Omit<DeskGroup, 'version'>,
    actor: StaffActor,
    expectedVersion: number,
  ): Promise<SettingsOutcome<DeskGroup>>;
}

export function deskSetup(parts: { database: Database; clock: Clock; defaults: DeskSettings }): DeskSetup {
  const { database, clock, defaults } = parts;

  async function record(tx: Queries, actor: StaffActor, action: string, after: Record<string, unknown>) {
    await writeEvents(tx, clock, [{ type: 'settings', actor: auditName(actor), data: { action } }]);
    await appendAudit(tx, { at: clock.now(), actor: auditName(actor), action, after });
  }

  async function store(tx: Queries, group: Omit<DeskGroup, 'version'>, expected: number) {
    const { hours = null, targets = null, ...rest } = group;
    const values = { ...rest, hours, targets, version: expected + 1 };
    if (expected === 0) return tx.insert(deskGroups).values(values).onConflictDoNothing().returning();
    return tx
      .update(deskGroups)
      .set(values)
      .where(and(eq(deskGroups.id, group.id), eq(deskGroups.version, expected)))
      .returning();
  }

  return {
    settings: () =>
      database.run(async (db) => {
        const [row] = await db.select().from(deskSettings);
        return { value: { ...defaults, ...row?.changed }, defaults, version: row?.version ?? 0 };
      }),
    targets: () =>
      database.run(async (db) => {
        const settings = await settingsIn(db, defaults);
        const own = new Map((await groupsIn(db)).map(({ id, targets }) => [id, targets]));
        const { acceptSeconds, reopenHours } = settings;
        return (group) => ({ ...(own.get(group) ?? settings), acceptSeconds, reopenHours });
      }),
    changeSettings: (change, actor, expectedVersion) =>
      database.transaction(async (tx) => {
        const [row] = await tx.select().from(deskSettings).for('update');
        if (!row) throw new Error('the settings of the desk are missing');
        const { version: now } = row;
        if (now !== expectedVersion)
          return { kind: 'changed-meanwhile', version: now, now: { ...defaults, ...row.changed } };
        const merged = Object.entries({ ...row.changed, ...change }).filter(
          ([, value]) => value !== undefined,
        );
        const changed: Partial<DeskSettings> = Object.fromEntries(merged);
        const version = now + 1;
        await tx.update(deskSettings).set({ changed, version });
        await record(tx, actor, 'desk.settings-changed', { ...changed });
        return { kind: 'done', value: { ...defaults, ...changed }, version };
      }),
    groups: () => database.run(groupsIn),
    saveGroup: (group, actor, expectedVersion) =>
      database.transaction(async (tx) => {
        const [row] = await store(tx, group, expectedVersion);
        if (!row) {
          const [now] = await tx.select().from(deskGroups).where(eq(deskGroups.id, group.id));
          return { kind: 'changed-meanwhile', version: now?.version ?? 0, now: now && groupOf(now) };
        }
        const saved = groupOf(row);
        await record(tx, actor, 'desk.group-saved', { ...saved });
        return { kind: 'done', value: saved, version: saved.version };
      }),
  };
}
