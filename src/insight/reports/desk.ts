import { type SQL, sql } from 'drizzle-orm';
import { deskEvents, deskGroups, handoffs, staff, turns } from '../../database/schema/index.ts';
import { type Asked, asksFor, bucketOf, everyBucket, instantOf, share, shown, within } from './range.ts';

const seconds = (from: SQL, to: SQL) => sql`extract(epoch from ${to} - ${from})`;
const ACCEPTED = sql`${handoffs.acceptedAt}`;

/**
 * The hand-offs that are asked for, each with its times in seconds. A message left is answered some day, so it has
 * no times; what an agent opens again was never in the queue.
 */
function measured(asked: Asked): SQL {
  return sql`(
    select
      ${handoffs.group} as group_id,
      ${handoffs.requestedAt} as requested_at,
      ${handoffs.assignedTo} as assigned_to,
      accepted_at,
      ended_at,
      left_message,
      rating_score,
      not left_message and (accepted_at > requested_at or state = 'left') as has_queued,
      not left_message and accepted_at is null and state = 'left' as abandoned,
      case when not left_message and accepted_at > requested_at
        then ${seconds(sql`requested_at`, ACCEPTED)} end as waited,
      case when not left_message and first_reply_at > requested_at
        then ${seconds(sql`requested_at`, sql`first_reply_at`)} end as first_reply,
      case when not left_message and state = 'closed' and accepted_at is not null
        then ${seconds(sql`greatest(accepted_at, requested_at)`, sql`ended_at`)} end as handled,
      breaches <> '[]' as breached
    from (
      select ${handoffs}.*, ${handoffs.state} = 'message' or messages.handoff_id is not null as left_message
      from ${handoffs} left join (
        select distinct ${deskEvents.handoffId}
        from ${deskEvents}
        where ${deskEvents.type} = 'message' and ${deskEvents.at} >= ${instantOf(asked.from, asked)}
      ) as messages on messages.handoff_id = ${handoffs.id}
    ) as ${handoffs}
    where ${within(sql`${handoffs.requestedAt}`, asked, ['channel', 'locale', 'topic', 'group'])}
  ) as measured`;
}

const middle = (value: string, part = 0.5) =>
  sql`percentile_cont(${part}::float8) within group (order by ${sql.identifier(value)})::float8`;

const WAITING = middle('waited');
const FIRST_REPLY = middle('first_reply');
const HANDLING = middle('handled');
const ABANDONED = share(sql`count(*) filter (where abandoned)`, sql`count(*) filter (where has_queued)`);
const SATISFACTION = sql`avg(rating_score)::float8`;
const BREACHED = share(sql`count(*) filter (where breached)`, sql`count(*)`);

/** Key figures of the desk, in one row. */
export function desk(asked: Asked): SQL {
  const requested = within(sql`${handoffs.requestedAt}`, asked, ['channel', 'locale', 'topic', 'group']);
  return sql`
    with talks as (
      select from ${turns} where ${asksFor(asked)} and ${turns.origin} = 'customer'
      group by ${turns.conversationId}
    )
    select
      count(*)::int as "handoffs",
      ${share(
        sql`(select count(distinct ${handoffs.conversationId}) from ${handoffs} where ${requested})`,
        sql`(select count(*) from talks)`,
      )} as "handoffRate",
      ${WAITING} as "waiting",
      ${middle('waited', 0.9)} as "waiting90",
      ${FIRST_REPLY} as "firstReply",
      ${HANDLING} as "handling",
      ${ABANDONED} as "abandoned",
      count(*) filter (where left_message)::int as "messagesLeft",
      ${BREACHED} as "breached",
      ${SATISFACTION} as "satisfaction",
      count(rating_score)::int as "ratings"
    from ${measured(asked)}`;
}

/** The same over time, by when the customer asked for a person. */
export function deskTrend(asked: Asked): SQL {
  return sql`
    with found as (
      select
        ${bucketOf(sql`requested_at`, asked)} as time,
        count(*)::int as handoffs,
        ${WAITING} as waiting,
        ${FIRST_REPLY} as first_reply,
        ${ABANDONED} as abandoned,
        ${SATISFACTION} as satisfaction
      from ${measured(asked)} group by 1
    )
    select
      ${shown(sql`time`)} as "time",
      coalesce(handoffs, 0) as "handoffs",
      waiting as "waiting",
      first_reply as "firstReply",
      abandoned as "abandoned",
      satisfaction as "satisfaction"
    from ${everyBucket(asked)} as every left join found using (time)
    order by time`;
}

/** Groups side by side. */
export function groups(asked: Asked): SQL {
  return sql`
    select
      coalesce((select ${deskGroups.name} from ${deskGroups} where ${deskGroups.id} = group_id), group_id) as "group",
      count(*)::int as "handoffs",
      ${WAITING} as "waiting",
      ${FIRST_REPLY} as "firstReply",
      ${HANDLING} as "handling",
      ${ABANDONED} as "abandoned",
      ${BREACHED} as "breached",
      ${SATISFACTION} as "satisfaction"
    from ${measured(asked)}
    group by group_id order by "handoffs" desc, 1`;
}

/** Agents side by side, by their numbers: each hand-off counts for whoever has it or had it last. */
export function agents(asked: Asked): SQL {
  return sql`
    select
      ${staff.number} as "agent",
      count(*)::int as "handoffs",
      ${FIRST_REPLY} as "firstReply",
      ${HANDLING} as "handling",
      ${BREACHED} as "breached",
      ${SATISFACTION} as "satisfaction",
      count(rating_score)::int as "ratings"
    from ${measured(asked)} join ${staff} on ${staff.id} = assigned_to
    where accepted_at is not null
    group by ${staff.number} order by "handoffs" desc, 1`;
}
