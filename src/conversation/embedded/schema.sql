-- The conversation store on one embedded PostgreSQL: one function per step of the store port, so that
-- each step is one atomic call. Bodies are text, not jsonb: jsonb refuses \u0000 and lone surrogates,
-- and nothing here looks inside them. Times are epoch milliseconds of the caller's clock.
create schema if not exists conversation;

create table if not exists conversation.conversations (
  id text primary key,
  channel text not null,
  user_id text not null,
  customer_id text,
  locale text not null,
  mode text not null default 'bot',
  state text not null default '{}',
  last_seq int not null default 0,
  last_at bigint not null default 0,
  fence int not null default 0,
  lease_until bigint not null default 0
);

create table if not exists conversation.log (
  conversation_id text not null references conversation.conversations(id) on delete cascade,
  seq int not null,
  origin text not null,
  body text not null,
  at bigint not null,
  primary key (conversation_id, seq)
);

create table if not exists conversation.pending (
  conversation_id text not null references conversation.conversations(id) on delete cascade,
  seq int not null,
  attempts int not null default 0,
  accepted_at bigint not null,
  primary key (conversation_id, seq)
);

create table if not exists conversation.dedupe (
  conversation_id text not null references conversation.conversations(id) on delete cascade,
  key text not null,
  seq int not null,
  at bigint not null,
  primary key (conversation_id, key)
);
create index if not exists dedupe_at on conversation.dedupe (at);

create or replace function conversation.add_entry(conv text, entry_origin text, entry_body text, now_ms bigint)
returns conversation.log language sql as $$
  with c as (
    update conversation.conversations
    set last_seq = last_seq + 1, last_at = greatest(last_at + 1, now_ms)
    where id = conv returning last_seq, last_at
  )
  insert into conversation.log (conversation_id, seq, origin, body, at)
  select conv, last_seq, entry_origin, entry_body, last_at from c
  returning *
$$;

-- The unanswered messages in order; taking them counts one attempt for the first, the one to be run now.
create or replace function conversation.take_pending(conv text)
returns table (seq int, origin text, body text, at bigint, attempts int) language plpgsql as $$
begin
  update conversation.pending p set attempts = p.attempts + 1
    where p.conversation_id = conv
      and p.seq = (select min(q.seq) from conversation.pending q where q.conversation_id = conv);
  -- One that has lost its entry has to be told, too, or it would be taken for ever.
  return query select p.seq, coalesce(l.origin, ''), coalesce(l.body, ''), coalesce(l.at, 0), p.attempts
    from conversation.pending p left join conversation.log l
      on l.conversation_id = p.conversation_id and l.seq = p.seq
    where p.conversation_id = conv order by p.seq;
end $$;

create or replace function conversation.claim(conv text, now_ms bigint, lease_ms bigint)
returns table (kind text, fence int, mode text, state text, channel text, user_id text, customer_id text, locale text, messages json)
language plpgsql as $$
declare c conversation.conversations;
begin
  select * into c from conversation.conversations t where t.id = conv for update;
  if not found or not exists (select 1 from conversation.pending p where p.conversation_id = conv) then
    return query select 'idle', 0, '', '', '', '', null::text, '', null::json;
    return;
  end if;
  if c.lease_until > now_ms then
    return query select 'busy', 0, '', '', '', '', null::text, '', null::json;
    return;
  end if;
  update conversation.conversations t set fence = t.fence + 1, lease_until = now_ms + lease_ms where t.id = conv;
  return query select 'claimed', c.fence + 1, c.mode, c.state, c.channel, c.user_id, c.customer_id, c.locale,
    (select json_agg(m) from conversation.take_pending(conv) m);
end $$;

-- What an earlier release called it with.
drop function if exists conversation.accept(text, text, text, text, bigint);

-- lease_ms above 0 claims the conversation, too, if it can be.
create or replace function conversation.accept(conv text, entry_origin text, entry_body text, dedupe_key text, now_ms bigint, lease_ms bigint)
returns table (kind text, seq int, origin text, body text, at bigint, claim json) language plpgsql as $$
declare entry conversation.log;
begin
  if dedupe_key is not null then
    select l.* into entry from conversation.dedupe d
      join conversation.log l on l.conversation_id = d.conversation_id and l.seq = d.seq
      where d.conversation_id = conv and d.key = dedupe_key and d.at > now_ms - 86400000;
    if found then
      return query select 'duplicate', entry.seq, entry.origin, entry.body, entry.at, null::json;
      return;
    end if;
  end if;
  entry := conversation.add_entry(conv, entry_origin, entry_body, now_ms);
  if entry.seq is null then return; end if;
  insert into conversation.pending values (conv, entry.seq, 0, now_ms);
  if dedupe_key is not null then
    insert into conversation.dedupe as d values (conv, dedupe_key, entry.seq, now_ms)
      on conflict (conversation_id, key) do update set seq = excluded.seq, at = excluded.at;
  end if;
  return query select 'accepted', entry.seq, entry.origin, entry.body, entry.at,
    case when lease_ms > 0 then (select row_to_json(c) from conversation.claim(conv, now_ms, lease_ms) c) end;
end $$;

-- One message of an agent, once per key.
create or replace function conversation.append_once(conv text, entry_origin text, entry_body text, dedupe_key text, now_ms bigint)
returns table (is_new boolean, seq int, origin text, body text, at bigint) language plpgsql as $$
declare entry conversation.log;
begin
  select l.* into entry from conversation.dedupe d
    join conversation.log l on l.conversation_id = d.conversation_id and l.seq = d.seq
    where d.conversation_id = conv and d.key = dedupe_key and d.at > now_ms - 86400000;
  if found then
    return query select false, entry.seq, entry.origin, entry.body, entry.at;
    return;
  end if;
  entry := conversation.add_entry(conv, entry_origin, entry_body, now_ms);
  if entry.seq is null then return; end if;
  insert into conversation.dedupe as d values (conv, dedupe_key, entry.seq, now_ms)
    on conflict (conversation_id, key) do update set seq = excluded.seq, at = excluded.at;
  return query select true, entry.seq, entry.origin, entry.body, entry.at;
end $$;

create or replace function conversation.commit_turn(
  conv text, turn_fence int, done_seq int, new_state text, new_mode text, replies text, now_ms bigint, lease_ms bigint)
returns table (kind text, replies_added json, messages json) language plpgsql as $$
declare
  c conversation.conversations;
  more boolean;
  reply text;
  entry conversation.log;
  added json[] := '{}';
begin
  select * into c from conversation.conversations t where t.id = conv for update;
  if not found or c.fence <> turn_fence
    or not exists (select 1 from conversation.pending p where p.conversation_id = conv and p.seq = done_seq) then
    return query select 'stale', null::json, null::json;
    return;
  end if;
  delete from conversation.pending p where p.conversation_id = conv and p.seq = done_seq;
  for reply in select json_array_elements_text(replies::json) loop
    entry := conversation.add_entry(conv, 'bot', reply, now_ms);
    added := added || row_to_json(entry);
  end loop;
  more := exists (select 1 from conversation.pending p where p.conversation_id = conv);
  update conversation.conversations t
    set state = new_state, mode = new_mode, lease_until = case when more then now_ms + lease_ms else 0 end
    where t.id = conv;
  return query select 'committed', array_to_json(added),
    case when more then (select json_agg(m) from conversation.take_pending(conv) m) end;
end $$;
