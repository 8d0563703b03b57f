import { type SQL, sql } from 'drizzle-orm';
import { handoffs, turns } from '../../database/schema/index.ts';
import { type Asked, asksFor, bucketOf, everyBucket, quarterOf, share, shown, within } from './range.ts';

/** Somebody who writes; what the platform reports is no message. */
const WRITTEN = sql`${turns.origin} = 'customer'`;

/** The customer of the conversation has asked for a person, whether or not one came. */
const toPerson = (asked: Asked) => sql`conversation_id in (
  select ${handoffs.conversationId} from ${handoffs} where ${within(sql`${handoffs.requestedAt}`, asked, [])}
)`;

/** Key figures of the bot, in one row. */
export function overview(asked: Asked): SQL {
  const { topic, ...others } = asked;
  // A topic ends in the turn that begins the next one.
  const chosen = topic === undefined ? sql`true` : sql`topic_end ->> 'topic' = ${topic}`;
  return sql`
    with talks as (
      select
        count(*) filter (where ${WRITTEN}) as messages,
        count(*) filter (where ${turns.decision} is not null) as read,
        count(*) filter (where ${turns.decision} = 'accept') as accepted,
        ${turns.conversationId}
      from ${turns} where ${asksFor(asked)}
      group by ${turns.conversationId}
    ), ends as (
      select
        count(*) filter (where topic_end ? 'outcome') as ended,
        count(*) filter (where topic_end ->> 'outcome' = 'solved') as solved,
        count(*) filter (where topic_end ->> 'outcome' = 'case') as cases
      from ${turns}, jsonb_array_elements(${turns.ended}) as topic_end
      where ${asksFor(others)} and ${turns.ended} <> '[]' and ${chosen}
    )
    select
      count(*) filter (where messages > 0)::int as "conversations",
      coalesce(sum(messages), 0)::int as "messages",
      ${share(sql`count(*) filter (where messages > 0 and not ${toPerson(asked)})`, sql`count(*) filter (where messages > 0)`)} as "contained",
      ${share(sql`sum(accepted)`, sql`sum(read)`)} as "understood",
      (select ${share(sql`solved`, sql`ended`)} from ends) as "solved",
      (select cases::int from ends) as "cases"
    from talks`;
}

/** The same over time; a conversation counts where it begins, a message where it was written. */
export function trend(asked: Asked): SQL {
  return sql`
    with quarters as (
      select ${quarterOf(sql`${turns.at}`)} as quarter, count(*) as messages
      from ${turns} where ${asksFor(asked)} and ${WRITTEN}
      group by 1
    ), written as (
      select ${bucketOf(sql`quarter`, asked)} as time, sum(messages) as messages from quarters group by 1
    ), talks as (
      select ${turns.conversationId}, min(${turns.at}) as begin
      from ${turns} where ${asksFor(asked)}
      group by ${turns.conversationId} having bool_or(${WRITTEN})
    ), begun as (
      select
        ${bucketOf(sql`begin`, asked)} as time,
        count(*) as conversations,
        count(*) filter (where not ${toPerson(asked)}) as contained
      from talks group by 1
    )
    select
      ${shown(sql`time`)} as "time",
      coalesce(conversations, 0)::int as "conversations",
      coalesce(messages, 0)::int as "messages",
      ${share(sql`contained`, sql`conversations`)} as "contained"
    from ${everyBucket(asked)} as every left join written using (time) left join begun using (time)
    order by time`;
}

/** Conversations and messages by a property of theirs. */
export function audience(asked: Asked, property: 'locale' | 'channel'): SQL {
  return sql`
    select
      ${sql.identifier(property)},
      count(*) filter (where messages > 0)::int as "conversations",
      sum(messages)::int as "messages"
    from (
      select ${turns[property]}, count(*) filter (where ${WRITTEN}) as messages
      from ${turns} where ${asksFor(asked)}
      group by ${turns[property]}, ${turns.conversationId}
    ) as talks
    group by 1 order by "messages" desc, 1`;
}

/** Messages by the hour of the week. */
export function hours(asked: Asked): SQL {
  return sql`
    select
      extract(isodow from local)::int::text as "weekday",
      extract(hour from local)::int as "hour",
      sum(messages)::int as "messages"
    from (
      select
        ${quarterOf(sql`${turns.at}`)} at time zone ${asked.timeZone}::text as local,
        count(*) as messages
      from ${turns} where ${asksFor(asked)} and ${WRITTEN}
      group by ${quarterOf(sql`${turns.at}`)}
    ) as quarters
    group by 1, 2 order by 1, 2`;
}
