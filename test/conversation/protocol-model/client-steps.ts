import type { Step } from './schedule.ts';
import type { Message } from './specification.ts';
import { expectSame } from './violation.ts';
import type { Talk, World } from './world.ts';

type Of<Kind extends Step['do']> = Extract<Step, { do: Kind }>;

async function accept(
  world: World,
  { conversation, process, leaseMs = 0 }: Pick<Of<'send'>, 'conversation' | 'process' | 'leaseMs'>,
  message: Message,
  lost = false,
): Promise<void> {
  const talk = world.talk(conversation);
  const { key, text, origin } = message;
  const incoming = { origin, activity: { type: 'message', text }, dedupeKey: key };
  const result = await world.call(process, (store) => store.accept(talk.id, incoming, leaseMs));
  const claim = result.kind === 'accepted' ? result.claim : undefined;
  const how = [key && `key ${key}`, leaseMs && `claiming for ${leaseMs} ms`].filter(Boolean).join(', ');
  const got = [result.kind, claim && `fence ${claim.fence}`, lost && `p${process} dies`].filter(Boolean);
  world.tell(`${talk.name}: p${process} accepts "${text}"${how && ` (${how})`} -> ${got.join(', ')}`);

  const promised = talk.spec.accept(world.now(process), message, leaseMs);
  expectSame(`accepting in ${talk.name}`, result.kind, promised.kind);
  if (result.kind === 'unknown-conversation') return;
  expectSame(`entry accepted in ${talk.name}`, result.entry.seq, promised.seq);
  if (promised.kind === 'duplicate') return world.seen(talk, result.entry);
  world.appended(talk, process, result.entry);
  expectSame(`claimed while accepting in ${talk.name}`, claim !== undefined, promised.claim !== undefined);
  if (!claim || !promised.claim) return;
  world.claimed(talk, claim, promised.claim);
  if (!lost) world.held.push({ process, talk, claim });
}

/** A new message of the conversation's client. */
export async function send(world: World, step: Of<'send'>): Promise<void> {
  const { spec, keyed } = world.talk(step.conversation);
  const message = { text: `m${spec.accepted.length + 1}`, origin: step.origin };
  if (!step.keyed) return accept(world, step, message, step.lost);
  const withKey = { ...message, key: `k${keyed.length + 1}` };
  keyed.push(withKey);
  return accept(world, step, withKey, step.lost);
}

/** The same message under the same key: another tab, or a client that got no answer. */
export async function resend(world: World, step: Of<'resend'>): Promise<void> {
  const { keyed } = world.talk(step.conversation);
  const message = keyed.at(-1 - (step.nth % Math.max(keyed.length, 1)));
  if (message) await accept(world, step, message);
}

/** Messages of an agent. */
export async function append(world: World, step: Of<'append'>): Promise<void> {
  const { conversation, process, count } = step;
  const talk = world.talk(conversation);
  const first = talk.spec.log.length + 1;
  const texts = Array.from({ length: count }, (_, n) => `agent ${first + n}`);
  const activities = texts.map((text) => ({ type: 'message', text }));
  const entries = await world.call(process, (store) => store.append(talk.id, 'agent', activities));
  world.tell(`${talk.name}: an agent says ${count} on p${process} -> ${entries.map(({ seq }) => seq)}`);
  const seqs = texts.map((text) => talk.spec.add('agent', text));
  expectSame(
    `appended to ${talk.name}`,
    entries.map(({ seq }) => seq),
    seqs,
  );
  for (const entry of entries) world.appended(talk, process, entry);
}

/** The client goes on reading from its watermark. */
export async function read(
  world: World,
  talk: Talk,
  { process, limit }: Pick<Of<'read'>, 'process' | 'limit'>,
): Promise<void> {
  const { spec, watermark, name, id } = talk;
  const entries = await world.call(process, (store) => store.read(id, watermark, limit));
  world.tell(`${name}: p${process} reads ${limit} after ${watermark} -> ${entries.map(({ seq }) => seq)}`);
  const promised = spec.log.slice(watermark, watermark + limit).map(({ seq }) => seq);
  expectSame(
    `read from ${name}`,
    entries.map(({ seq }) => seq),
    promised,
  );
  for (const entry of entries) world.seen(talk, entry);
  talk.watermark = entries.at(-1)?.seq ?? watermark;
}
