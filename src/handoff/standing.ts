import { and, desc, eq, gt, isNotNull, sql } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { handoffs } from '../database/schema/index.ts';
import type { MinuteRange, Standing } from '../domain/handoff.ts';
import { coarsePosition, etaMinutes } from '../domain/handoff-rules.ts';
import { agentsIn } from './agents.ts';
import type { HandoffRow } from './rows.ts';

const SAMPLES = 50;
const SAMPLES_WITHIN_MS = 14 * 24 * 60 * 60 * 1000;

/** How fast a group works at present. */
export interface Pace {
  medianSeconds: number;
  samples: number;
  /** Chats at the same time of everybody who is online. */
  capacity: number;
}

/** Median of what the last talks of the group took, and who is there to hold the next ones. */
export async function paceOf(db: Queries, group: string, now: Date): Promise<Pace> {
  const last = db
    .select({
      // What was opened again has been accepted long before: only the new talk counts.
      seconds:
        sql<number>`extract(epoch from ${handoffs.endedAt} - greatest(${handoffs.acceptedAt}, ${handoffs.requestedAt}))`.as(
          'seconds',
        ),
    })
    .from(handoffs)
    .where(
      and(
        eq(handoffs.group, group),
        eq(handoffs.state, 'closed'),
        isNotNull(handoffs.acceptedAt),
        gt(handoffs.endedAt, new Date(now.getTime() - SAMPLES_WITHIN_MS)),
      ),
    )
    .orderBy(desc(handoffs.endedAt))
    .limit(SAMPLES)
    .as('last');
  const [row] = await db
    .select({
      median: sql<
        number | null
      >`(percentile_cont(0.5) within group (order by ${last.seconds}))::double precision`,
      samples: sql<number>`count(*)::int`,
    })
    .from(last);
  const agents = await agentsIn(db, now);
  const there = agents.filter(({ presence, groups }) => presence === 'online' && groups.includes(group));
  const capacity = there.reduce((sum, agent) => sum + agent.capacity, 0);
  return { medianSeconds: row?.median ?? 0, samples: row?.samples ?? 0, capacity };
}

/** A place as customers are told it. */
export function told(position: number, pace: Pace): { position: number; etaMinutes: MinuteRange | null } {
  const coarse = coarsePosition(position);
  return { position: coarse, etaMinutes: etaMinutes({ ...pace, position: coarse }) };
}

/** Queued ones that are called before this one, which may itself be queued or not. */
export async function aheadOf(
  db: Queries,
  row: Pick<HandoffRow, 'id' | 'group' | 'priority' | 'returned' | 'ticket'>,
): Promise<number> {
  const [counted] = await db
    .select({ ahead: sql<number>`count(*)::int` })
    .from(handoffs)
    .where(
      and(
        eq(handoffs.group, row.group),
        eq(handoffs.state, 'queued'),
        sql`(${handoffs.priority}, not ${handoffs.returned}, ${handoffs.ticket}) < (${row.priority}::smallint, ${!row.returned}::boolean, ${row.ticket}::bigint)`,
      ),
    );
  return counted?.ahead ?? 0;
}

/** Where a hand-off stands in its group's queue. */
export async function standingOf(db: Queries, row: HandoffRow, now: Date): Promise<Standing> {
  const pace = await paceOf(db, row.group, now);
  return { ...told((await aheadOf(db, row)) + 1, pace), staffed: pace.capacity > 0 };
}
