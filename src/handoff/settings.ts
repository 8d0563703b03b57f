import { and, asc, eq } from 'drizzle-orm';
import { appendAudit } from '../database/audit.ts';
import type { Database, Queries } from '../database/database.ts';
import { deskGroups, deskSettings } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { DeskGroup, DeskSettings } from '../domain/desk.ts';
import { auditName, type StaffActor } from '../domain/staff.ts';
import { writeEvents } from './change.ts';

type GroupRow = typeof deskGroups.$inferSelect;

const groupOf = ({ hours, ...row }: GroupRow): DeskGroup => ({ ...row, hours: hours ?? undefined });

/** All groups, in the order in which they are asked. */
export async function groupsIn(db: Queries): Promise<DeskGroup[]> {
  const rows = await db.select().from(deskGroups).orderBy(asc(deskGroups.place), asc(deskGroups.id));
  return rows.map(groupOf);
}

/** The settings as they are now: what was changed at the desk, over what the operator has configured. */
export async function settingsIn(db: Queries, defaults: DeskSettings): Promise<DeskSettings> {
  const [row] = await db.select({ changed: deskSettings.changed }).from(deskSettings);
  return { ...defaults, ...row?.changed };
}

export type SettingsOutcome<T> =
  | { kind: 'done'; value: T; version: number }
  /** Somebody else has changed it since it was read. */
  | { kind: 'changed-meanwhile'; version: number };

/** Hours, time limits and groups, for supervisors. */
export interface DeskSetup {
  settings(): Promise<{ value: DeskSettings; version: number }>;
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
    const values = { ...group, hours: group.hours ?? null, version: expected + 1 };
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
        return { value: { ...defaults, ...row?.changed }, version: row?.version ?? 0 };
      }),
    changeSettings: (change, actor, expectedVersion) =>
      database.transaction(async (tx) => {
        const [row] = await tx.select().from(deskSettings).for('update');
        if (!row) throw new Error('the settings of the desk are missing');
        if (row.version !== expectedVersion) return { kind: 'changed-meanwhile', version: row.version };
        const merged = Object.entries({ ...row.changed, ...change }).filter(
          ([, value]) => value !== undefined,
        );
        const changed: Partial<DeskSettings> = Object.fromEntries(merged);
        const version = row.version + 1;
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
          return { kind: 'changed-meanwhile', version: now?.version ?? 0 };
        }
        const saved = groupOf(row);
        await record(tx, actor, 'desk.group-saved', { ...saved });
        return { kind: 'done', value: saved, version: saved.version };
      }),
  };
}
