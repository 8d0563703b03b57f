import { eq } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { staff } from '../database/schema/index.ts';
import type { StaffMember } from '../domain/staff.ts';

export type StaffRow = typeof staff.$inferSelect;

/** A row as the domain knows it: nothing of its secrets. */
export function memberOf(row: StaffRow): StaffMember {
  const { id, login, number, name, roles, groups, skills, capacity, locale, active, version } = row;
  const secondFactor = row.totpSecret !== null;
  return {
    ...{ id, login, number, name, roles, groups, skills, capacity, locale, active, secondFactor, version },
    ...(row.customerId !== null && { customerId: row.customerId }),
  };
}

/** The account, held until the end of the transaction. */
export async function lockStaff(tx: Queries, id: string): Promise<StaffRow | undefined> {
  const [row] = await tx.select().from(staff).where(eq(staff.id, id)).for('no key update');
  return row;
}

export async function findByLogin(db: Queries, login: string): Promise<StaffRow | undefined> {
  const [row] = await db.select().from(staff).where(eq(staff.login, login.trim().toLowerCase()));
  return row;
}
