import { type SQL, sql } from 'drizzle-orm';
import { audit, cases, turns } from '../../database/schema/index.ts';
import { type Asked, asksFor, share } from './range.ts';

/** Topics: how often they were begun, and how they ended. */
export function topics(asked: Asked): SQL {
  const { topic, ...others } = asked;
  const chosen = topic === undefined ? sql`true` : sql`topic = ${topic}`;
  const ends = (outcome: string) => sql`count(*) filter (where outcome = ${outcome}::text)::int`;
  return sql`
    with marks as (
      select jsonb_array_elements_text(${turns.entered}) as topic, 'begun' as outcome
      from ${turns} where ${asksFor(others)} and ${turns.entered} <> '[]'
      union all
      select topic_end ->> 'topic', coalesce(topic_end ->> 'outcome', 'passed-on')
      from ${turns}, jsonb_array_elements(${turns.ended}) as topic_end
      where ${asksFor(others)} and ${turns.ended} <> '[]'
    )
    select
      topic,
      ${ends('begun')} as "begun",
      ${ends('solved')} as "solvedTopics",
      ${ends('case')} as "cases",
      ${ends('reminder')} as "reminders",
      ${ends('person')} as "persons",
      ${ends('left')} as "left",
      ${ends('passed-on')} as "passedOn"
    from marks where ${chosen} group by topic order by "begun" desc, topic`;
}

/** What customers want, and how sure the bot was of it. */
export function intents(asked: Asked): SQL {
  const decided = (decision: string) =>
    share(sql`count(*) filter (where ${turns.decision} = ${decision}::text)`, sql`count(*)`);
  return sql`
    select
      ${turns.intent} as "intent",
      count(*)::int as "messages",
      ${decided('accept')} as "accepted",
      ${decided('ask')} as "asked",
      ${decided('reject')} as "rejected",
      avg(${turns.confidence})::float8 as "confidence"
    from ${turns} where ${asksFor(asked)} and ${turns.intent} is not null
    group by 1 order by "messages" desc, 1`;
}

/** What keeps cards from being unbound; a conversation counts once for each cause. */
export function causes(asked: Asked): SQL {
  return sql`
    select cause, count(distinct conversation_id)::int as "conversations"
    from (
      select ${turns.conversationId}, jsonb_array_elements_text(${turns.causes}) as cause
      from ${turns} where ${asksFor(asked)} and ${turns.causes} <> '[]'
    ) as found
    group by cause order by "conversations" desc, cause`;
}

/** What a case was decided as is no longer its state once it is closed; the audit keeps it. */
const APPROVED = sql`(${cases.state} = 'approved' or ${cases.state} = 'closed' and exists (
  select from ${audit} where ${audit.caseId} = ${cases.id} and ${audit.action} = 'case.approved'
))`;

/** How far the conversations have come by now in which an account was found locked. */
export function riskLock(asked: Asked): SQL {
  const reached = (stage: string, depth: number) =>
    sql`select ${stage}::text as stage, ${depth}::int as depth, count(*) filter (where reached >= ${depth}) as n from talks`;
  return sql`
    with talks as (
      select locked.conversation_id, coalesce(max(
        case when ${APPROVED} then 3
             when ${cases.submittedAt} is not null then 2
             when ${cases.id} is not null then 1 end
      ), 0) as reached
      from (
        select distinct ${turns.conversationId}
        from ${turns} where ${asksFor(asked)} and ${turns.causes} @> '["RISK_LOCK"]'
      ) as locked
      left join ${cases} on ${cases.conversationId} = locked.conversation_id and ${cases.kind} = 'risk-lock'
      group by locked.conversation_id
    ), stages as (
      ${reached('locked', 0)} union all ${reached('applied', 1)}
      union all ${reached('submitted', 2)} union all ${reached('approved', 3)}
    )
    select stage, n::int as "conversations", ${share(sql`n`, sql`(select count(*) from talks)`)} as "reached"
    from stages order by depth`;
}
