import type { Claim } from '../../../src/conversation/store.ts';
import type { Step } from './schedule.ts';
import { turnOf } from './turn.ts';
import { expectSame } from './violation.ts';
import type { Held, Talk, World } from './world.ts';

type Of<Kind extends Step['do']> = Extract<Step, { do: Kind }>;

/** A process asks for the right to answer; `lost`: it dies before it learns that it has it. */
export async function claim(
  world: World,
  talk: Talk,
  { process, leaseMs, lost }: Pick<Of<'claim'>, 'process' | 'leaseMs' | 'lost'>,
): Promise<Held | undefined> {
  const result = await world.call(process, (store) => store.claim(talk.id, leaseMs));
  const got = result.kind === 'claimed' ? `fence ${result.claim.fence}` : result.kind;
  world.tell(
    `${talk.name}: p${process} claims for ${leaseMs} ms -> ${got}${lost ? `, p${process} dies` : ''}`,
  );
  const promised = talk.spec.claim(world.now(process), leaseMs);
  expectSame(`claiming ${talk.name}`, result.kind, typeof promised === 'string' ? promised : 'claimed');
  if (result.kind !== 'claimed' || typeof promised === 'string') return undefined;
  world.claimed(talk, result.claim, promised);
  if (lost) return undefined;
  const held = { process, talk, claim: result.claim };
  world.held.push(held);
  return held;
}

async function commitOnce(world: World, held: Held, note = ''): Promise<Claim | undefined> {
  const { process, talk, claim } = held;
  const { outcome, promised } = turnOf(claim);
  const result = await world.call(process, (store) => store.commit(claim, outcome));
  const what = `commits the answer to ${outcome.seq} with fence ${claim.fence}`;
  world.tell(`${talk.name}: p${process} ${what}${note} -> ${result.kind}`);
  const due = talk.spec.commit(world.now(process), claim.fence, promised, claim.leaseMs);
  expectSame(`commit of the answer to ${outcome.seq} in ${talk.name}`, result.kind, due.kind);
  if (result.kind !== 'committed' || due.kind !== 'committed') return undefined;
  expectSame(
    `replies in ${talk.name}`,
    result.replies.map(({ seq }) => seq),
    due.replies,
  );
  for (const entry of result.replies) world.appended(talk, process, entry);
  world.kept(held, result.claim, due.claim);
  return result.claim;
}

/** The turn of a held claim is over; what the process learns of a further message, it holds. */
export async function commit(
  world: World,
  held: Held,
  { times, lost }: Pick<Of<'commit'>, 'times' | 'lost'> = { times: 1, lost: false },
): Promise<Held | undefined> {
  for (let time = 1; time < times; time++) await commitOnce(world, held, ', the answer is lost');
  if (lost) {
    await commitOnce(world, held, ', the answer is lost');
    return undefined;
  }
  const next = await commitOnce(world, held);
  world.drop(held);
  if (!next) return undefined;
  const going = { ...held, claim: next };
  world.held.push(going);
  return going;
}

/** A commit of a dead or overruled process comes out of the network. */
export async function arrive(world: World, { nth }: Of<'arrive'>): Promise<void> {
  const left = world.left.at(-1 - (nth % Math.max(world.left.length, 1)));
  if (left) await commitOnce(world, left, ', late');
}

export async function renew(world: World, held: Held): Promise<void> {
  const { process, talk, claim } = held;
  const { fence, leaseMs } = claim;
  const renewed = await world.call(process, (store) => store.renew(talk.id, fence, leaseMs));
  world.tell(`${talk.name}: p${process} renews fence ${fence} for ${leaseMs} ms -> ${renewed}`);
  expectSame(`renewal in ${talk.name}`, renewed, talk.spec.renew(world.now(process), fence, leaseMs));
}

export async function release(world: World, held: Held): Promise<void> {
  const { process, talk, claim } = held;
  await world.call(process, (store) => store.release(talk.id, claim.fence));
  world.tell(`${talk.name}: p${process} releases fence ${claim.fence}`);
  talk.spec.release(claim.fence);
  world.drop(held);
}

export function crash(world: World, { process }: Of<'crash'>): void {
  const lost = world.held.filter((held) => held.process === process);
  const what = lost.map(({ talk, claim }) => `${talk.name} with fence ${claim.fence}`).join(', ');
  world.tell(`p${process} crashes${what && `, holding ${what}`}`);
  for (const held of lost) world.drop(held);
}
