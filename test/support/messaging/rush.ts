import { setTimeout as pause } from 'node:timers/promises';
import type { ProductServer } from '../product-server.ts';
import type { Fault } from '../tencent/faults.ts';
import type { Apps } from './apps.ts';
import { type App, type Crowd, converse, createScreens, QUESTIONS, type Told } from './customer.ts';

/** What goes on between customers and processes of which one is killed now and then. */
export interface RushOptions {
  /** Of customers, on both platforms together. */
  messages: number;
  perSecond: number;
  killEveryMs: number;
  /** Share of the platforms' answers that come too late, of which half are of calls that were done. */
  timeouts: number;
}

/** What came of it, on one platform. */
export interface Tally {
  messages: number;
  /** Who asked what, which somebody has acknowledged, and had no answer in the end. */
  lost: string[];
  /** Answers that were shown more than once. */
  duplicated: number;
  /** Of sends that were done and not answered in time: nobody can know of them. */
  unanswered: number;
  outOfOrder: number;
  /** Messages without an answer that nobody has acknowledged, however often they came. */
  givenUp: number;
  waits: number[];
}

export interface Rushed {
  tallies: Record<App, Tally>;
  kills: number;
  tookMs: number;
}

/** Longer than the product waits for an answer. */
const TOO_LATE_MS = 8_500;
const SENDS: Record<string, App> = {
  '/cgi-bin/message/custom/send': 'wechat',
  '/cgi-bin/kf/send_msg': 'wecom',
};
/** Duplicates that come late are seen, too. */
const AFTERMATH_MS = 12_000;

const newTally = (): Tally => ({
  ...{ messages: 0, duplicated: 0, unanswered: 0, outOfOrder: 0, givenUp: 0 },
  ...{ lost: [], waits: [] },
});

function count(
  tally: Tally,
  { customer, waits, givenUp }: Told,
  screen: readonly string[],
  answers: readonly string[],
): void {
  const places = answers.map((answer) => screen.indexOf(answer));
  const found = places.filter((place) => place >= 0);
  tally.messages += answers.length;
  const missed = QUESTIONS.filter((_, at) => places[at] === -1);
  const lost = missed.filter((asked) => !givenUp.includes(asked));
  tally.lost.push(...lost.map((asked) => `${customer} ${asked}`));
  tally.givenUp += missed.length - lost.length;
  tally.duplicated += screen.length - found.length;
  if (found.some((place, at) => place < (found[at - 1] ?? 0))) tally.outOfOrder++;
  tally.waits.push(...waits);
}

/** Kills one of the processes again and again, and starts it anew; there is always another one. */
function startKilling(processes: readonly ProductServer[], everyMs: number) {
  const away = new Set<ProductServer>();
  const reviving = new Set<Promise<void>>();
  let kills = 0;
  async function kill(process: ProductServer): Promise<void> {
    away.add(process);
    await process.kill('SIGKILL');
    await process.revive();
    away.delete(process);
  }
  const timer = setInterval(() => {
    const alive = processes.filter((it) => !away.has(it));
    const victim = alive[kills % alive.length];
    if (!victim || alive.length < 2) return;
    kills++;
    const revived = kill(victim).finally(() => reviving.delete(revived));
    reviving.add(revived);
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await Promise.all(reviving);
    return kills;
  };
}

/** One customer of each platform after the other, undisturbed: what everybody is to be answered. */
async function undisturbed(crowd: Crowd): Promise<Record<App, readonly string[]>> {
  await converse(crowd, 'wechat', 1);
  await converse(crowd, 'wecom', 1);
  const answers = { wechat: crowd.screens('o1'), wecom: crowd.screens('w1') };
  for (const words of Object.values(answers)) {
    const different = new Set(words).size;
    if (different !== QUESTIONS.length)
      throw new Error(`${different} different answers: ${words.join('\n')}`);
  }
  return answers;
}

/** Lets customers in at an even pace until all messages are written, and counts when all are answered, or nobody will. */
export async function rush(apps: Apps, options: RushOptions): Promise<Rushed> {
  const { messages, perSecond, killEveryMs, timeouts } = options;
  const tallies = { wechat: newTally(), wecom: newTally() };
  let turn = 0;
  const crowd: Crowd = {
    apps,
    screens: createScreens(apps),
    next: () => apps.processes[turn++ % apps.processes.length] as ProductServer,
  };
  const answers = await undisturbed(crowd);
  apps.platform.faults.choose((path): Fault | undefined => {
    if (Math.random() >= timeouts) return undefined;
    const isDone = Math.random() < 0.5;
    const app = SENDS[path];
    if (app && isDone) tallies[app].unanswered++;
    return { kind: isDone ? 'done-slow' : 'never', ms: TOO_LATE_MS };
  });
  const endKilling = startKilling(apps.processes, killEveryMs);
  const begun = performance.now();
  const talks: Promise<Told>[] = [];
  for (let n = 0; n < messages / QUESTIONS.length; n++) {
    const app = n % 2 === 0 ? 'wechat' : 'wecom';
    talks.push(converse(crowd, app, 1_000 + n, answers[app]));
    await pause((1000 * QUESTIONS.length) / perSecond);
  }
  const told = await Promise.all(talks);
  const kills = await endKilling();
  const tookMs = performance.now() - begun;
  await pause(AFTERMATH_MS);
  for (const one of told) count(tallies[one.app], one, crowd.screens(one.customer), answers[one.app]);
  return { tallies, kills, tookMs };
}
