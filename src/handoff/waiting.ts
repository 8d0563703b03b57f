import { and, asc, eq, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { handoffs } from '../database/schema/index.ts';
import type { DeskGroup, DeskSettings } from '../domain/desk.ts';
import type { HandoffChange, MessageCause } from '../domain/handoff.ts';
import { type DeskState, deskState } from '../domain/opening-hours.ts';
import { agentsIn } from './agents.ts';
import { tell } from './change.ts';
import type { DeskParts } from './index.ts';
import { type HandoffRow, inOrder } from './rows.ts';
import { groupsIn, settingsIn } from './settings.ts';
import { type Pace, paceOf, told } from './standing.ts';

/** Places are told on a change, and no conversation more often than this. */
const TELL_EVERY_MS = 20_000;
/** Nobody is at the desk for so long before customers are asked whether they would rather leave a message. */
const NOBODY_SECONDS = 60;
const MOST = 100;

/** The group as those who wait in it see it. */
interface Served {
  group: string;
  staffed: boolean;
  desk: DeskState;
}

/** What those who wait have to hear: an apology, the offer of a message, their place when it changes. */
export function waiting({ database, clock, defaults }: Pick<DeskParts, 'database' | 'clock' | 'defaults'>) {
  const before = (seconds: number) => new Date(clock.now().getTime() - seconds * 1000);

  /** Marks and tells in one step; who does not fit any more, because another process was quicker, is passed over. */
  async function tellAll(
    where: SQL | undefined,
    set: Partial<HandoffRow>,
    changeFor: (row: HandoffRow) => HandoffChange,
  ): Promise<void> {
    await database.transaction(async (tx) => {
      const rows = await tx
        .select()
        .from(handoffs)
        .where(and(eq(handoffs.state, 'queued'), where))
        .orderBy(asc(handoffs.ticket))
        .limit(MOST)
        .for('no key update', { skipLocked: true });
      for (const row of rows) {
        await tx.update(handoffs).set(set).where(eq(handoffs.id, row.id));
        const change = changeFor(row);
        await tell(tx, clock, row, change, `handoff:${row.id}:${change.kind}:${clock.now().getTime()}`);
      }
    });
  }

  async function apologise({ apologySeconds }: DeskSettings): Promise<void> {
    const long = and(isNull(handoffs.apologisedAt), lt(handoffs.queuedAt, before(apologySeconds)));
    await tellAll(long, { apologisedAt: clock.now() }, () => ({ kind: 'waiting-long' }));
  }

  /** The same is asked again after a while; that the desk has closed is told once, whatever was asked before. */
  async function offerMessage({ group, desk }: Served, cause: MessageCause, settings: DeskSettings) {
    const waited = { long: settings.messageSeconds, nobody: NOBODY_SECONDS, closing: 0 }[cause];
    const isAsked =
      cause === 'closing'
        ? sql`${handoffs.messageOfferedAs} is distinct from ${cause}`
        : or(
            isNull(handoffs.messageOfferedAt),
            lt(handoffs.messageOfferedAt, before(settings.messageSeconds)),
          );
    const due = and(eq(handoffs.group, group), lt(handoffs.queuedAt, before(waited)), isAsked);
    const opensAt = desk.kind === 'closed' ? desk.opensAt?.toISOString() : undefined;
    const now = clock.now();
    const set = { messageOfferedAt: now, messageOfferedAs: cause, apologisedAt: now };
    await tellAll(due, set, () => ({ kind: 'offer-message', cause, ...(opensAt && { opensAt }) }));
  }

  async function servedGroups(db: Queries, settings: DeskSettings): Promise<Served[]> {
    const now = clock.now();
    const online = (await agentsIn(db, now)).filter(({ presence }) => presence !== 'offline');
    return (await groupsIn(db)).map(({ id, hours }: DeskGroup) => ({
      group: id,
      staffed: online.some(({ groups }) => groups.includes(id)),
      desk: deskState(hours ?? settings.hours, now),
    }));
  }

  async function offerMessages(settings: DeskSettings): Promise<void> {
    for (const served of await database.run((db) => servedGroups(db, settings))) {
      const unserved = served.desk.kind === 'closed' ? 'closing' : 'nobody';
      await offerMessage(served, served.staffed ? 'long' : unserved, settings);
    }
  }

  async function tellPlaces(): Promise<void> {
    const toldBefore = new Date(clock.now().getTime() - TELL_EVERY_MS);
    const position =
      sql<number>`(row_number() over (partition by ${handoffs.group} order by ${inOrder}))::int`.as(
        'position',
      );
    const rows = await database.run((db) =>
      db
        .select({ id: handoffs.id, group: handoffs.group, said: handoffs.toldStanding, position })
        .from(handoffs)
        .where(eq(handoffs.state, 'queued')),
    );
    const paces = new Map<string, Pace>();
    for (const { group } of rows)
      if (!paces.has(group)) paces.set(group, await database.run((db) => paceOf(db, group, clock.now())));
    const changed = rows.flatMap(({ id, group, said, position: place }) => {
      const pace = paces.get(group);
      const standing = pace && told(place, pace);
      const words = standing && JSON.stringify([standing.position, standing.etaMinutes]);
      return standing && words && words !== said ? [{ id, words, standing }] : [];
    });
    for (const { id, words, standing } of changed.slice(0, MOST)) {
      const due = or(isNull(handoffs.toldAt), lt(handoffs.toldAt, toldBefore));
      const set = { toldStanding: words, toldAt: clock.now() };
      await tellAll(and(eq(handoffs.id, id), due), set, () => ({ kind: 'position', ...standing }));
    }
  }

  return {
    async tellWaiting(): Promise<void> {
      const settings = await database.run((db) => settingsIn(db, defaults));
      await apologise(settings);
      await offerMessages(settings);
    },
    tellPlaces,
  };
}
