import { eq } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { presence, staff } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { StaffName } from '../domain/desk.ts';
import { auditName, mayDo, type StaffActor } from '../domain/staff.ts';
import { loadOf, lockPresence } from './agents.ts';
import { take, writeEvents } from './change.ts';
import type { DeskOutcome, TransferTarget } from './outcome.ts';
import { putBack } from './requeue.ts';
import { type HandoffRow, isId, lockHandoff, namesOf } from './rows.ts';
import { groupsIn } from './settings.ts';

type Refused = Extract<DeskOutcome, { kind: 'full' | 'not-here' | 'unknown-group' }>;

/** Whose hands it is in: the one who has it, else the one it is offered to. */
export async function holderOf(
  tx: Queries,
  { state, assignedTo, offeredTo }: HandoffRow,
): Promise<StaffName | undefined> {
  const id = state === 'active' ? assignedTo : offeredTo;
  return id === null ? undefined : (await namesOf(tx, [id])).get(id);
}

/** Locks whoever is to have one chat more; a refusal when they cannot. `own`: it is theirs already. */
export async function makeRoom(
  tx: Queries,
  staffId: string,
  { own = false, any = false }: { own?: boolean; any?: boolean } = {},
): Promise<{ groups: string[] } | Refused> {
  const here = isId(staffId) ? await lockPresence(tx, staffId) : undefined;
  const [member] = here ? await tx.select().from(staff).where(eq(staff.id, staffId)) : [];
  const mayChat = member?.active === true && mayDo(member.roles, 'chat');
  if (!here || here.presence === 'offline' || !member || !mayChat) return { kind: 'not-here' };
  const { capacity, groups } = member;
  if (!own && !any && (await loadOf(tx, staffId)) >= capacity) return { kind: 'full', capacity };
  return { groups };
}

/** Why a chat cannot go there; undefined when it can. Locks whoever is to have it. */
export async function refusalOf(
  tx: Queries,
  to: TransferTarget,
  options: { any?: boolean } = {},
): Promise<Refused | undefined> {
  if ('staffId' in to) {
    const room = await makeRoom(tx, to.staffId, options);
    return 'groups' in room ? undefined : room;
  }
  const groups = await groupsIn(tx);
  return groups.some(({ id, active }) => id === to.group && active)
    ? undefined
    : { kind: 'unknown-group', group: to.group };
}

/** Gives a locked hand-off to somebody; the customer is told who it is. */
export async function assign(
  tx: Queries,
  clock: Clock,
  row: HandoffRow,
  to: { staffId: string; actor: string; type: 'accepted' | 'transferred' },
): Promise<HandoffRow> {
  const now = clock.now();
  const number = (await namesOf(tx, [to.staffId])).get(to.staffId)?.number ?? '';
  await tx.update(presence).set({ servedAt: now }).where(eq(presence.staffId, to.staffId));
  const how = row.state === 'message' ? 'reply' : row.acceptedAt === null ? 'first' : 'again';
  return take(tx, clock, row, {
    set: {
      state: 'active',
      assignedTo: to.staffId,
      offeredTo: null,
      offeredAt: null,
      acceptedAt: row.acceptedAt ?? now,
      slaFrom: row.state === 'message' ? now : row.slaFrom,
      waitingSince: now,
      returned: false,
    },
    type: to.type,
    actor: to.actor,
    staffId: to.staffId,
    data: { number, from: row.state === 'active' ? row.assignedTo : null },
    tell: { kind: 'accepted', number, how },
  });
}

/** A locked, open hand-off to somebody who has room for it, or to a group. */
export async function move(
  tx: Queries,
  clock: Clock,
  row: HandoffRow,
  to: TransferTarget,
  by: { actor: StaffActor; cause: 'transferred' | 'reassigned' },
): Promise<HandoffRow> {
  const actor = auditName(by.actor);
  if ('staffId' in to) return assign(tx, clock, row, { staffId: to.staffId, actor, type: 'transferred' });
  // A message left waits on as one: its customer goes on with the bot and need not hear of it.
  if (row.state === 'message')
    return take(tx, clock, row, {
      set: { group: to.group },
      type: 'message',
      actor,
      data: { cause: by.cause },
    });
  // With its ticket it keeps its rank, and nobody of the new group is preferred.
  const set = { group: to.group, assignedTo: null, returned: row.returned };
  const event = await putBack(tx, clock, row, { cause: by.cause, actor, set });
  await writeEvents(tx, clock, [event]);
  return (await lockHandoff(tx, row.id)) ?? row;
}
