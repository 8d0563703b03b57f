import { setTimeout as pause } from 'node:timers/promises';
import type { ProductServer } from '../product-server.ts';
import { type CallbackTarget, deliverOnce } from '../tencent/callbacks.ts';
import { deskAt, deskBell, OPEN_KF_IDS, shopAt, shopText } from './accounts.ts';
import type { Apps } from './apps.ts';

export type App = 'wechat' | 'wecom';

/** Each has an answer of its own, the same each time. */
export const QUESTIONS = ['你好', '解绑要多久', '解绑收费吗', '谢谢', '再见'];

/** How often the platform sends a callback again that was not taken, and how often one that was. */
const ATTEMPTS = 3;
const TWICE = 0.2;
const AGAIN = 0.1;
const AGAIN_MS = 1_000;
/** The longest that anybody waits for an answer before it counts as lost. */
const LOST_MS = 240_000;
/** The same where nobody has acknowledged the question. */
const GIVEN_UP_MS = 30_000;
const LOOK_MS = 20;

/** What the platforms have shown to each customer, in its order. */
export function createScreens({ wechat, wecom }: Apps) {
  const shown = new Map<string, string[]>();
  const seen = { wechat: 0, wecom: 0 };
  const show = (customer: string, words: unknown) =>
    shown.set(customer, [...(shown.get(customer) ?? []), JSON.stringify(words)]);
  return (customer: string): readonly string[] => {
    for (const { touser, body } of wechat.sent.slice(seen.wechat)) show(touser, body.text ?? body);
    for (const { touser, msgid: _, open_kfid: __, ...words } of wecom.sent.slice(seen.wecom)) {
      show(touser, words.text ?? words.msgmenu);
    }
    seen.wechat = wechat.sent.length;
    seen.wecom = wecom.sent.length;
    return shown.get(customer) ?? [];
  };
}

export interface Crowd {
  apps: Apps;
  screens: ReturnType<typeof createScreens>;
  /** A balancer's choice: the next of the processes, of which some may be away. */
  next(): ProductServer;
}

/** One that is away is passed over by the balancer; one that dies over the request costs an attempt. */
async function attempt(crowd: Crowd, targetOf: (url: string) => CallbackTarget, xml: string) {
  for (const _ of crowd.apps.processes) {
    const target = targetOf(crowd.next().url);
    const answer = await deliverOnce(target, xml).catch((error: Error) => error);
    const isAway = answer instanceof Error && Object(answer.cause).code === 'ECONNREFUSED';
    if (!isAway) return answer instanceof Error ? undefined : answer.status;
  }
  return undefined;
}

/** Whether it was taken. As a platform posts, which sends some callbacks once more though they were taken, or two at the same time. */
async function post(crowd: Crowd, app: App, xml: string): Promise<boolean> {
  const targetOf = app === 'wechat' ? shopAt : deskAt;
  const untilTaken = async () => {
    for (let n = 0; n < ATTEMPTS; n++) if ((await attempt(crowd, targetOf, xml)) === 200) return true;
    return false;
  };
  const chance = Math.random();
  const taken = await Promise.all(chance < TWICE ? [untilTaken(), untilTaken()] : [untilTaken()]);
  if (chance > 1 - AGAIN) void pause(AGAIN_MS).then(() => attempt(crowd, targetOf, xml));
  return taken.includes(true);
}

function write(crowd: Crowd, app: App, customer: string, question: number): Promise<boolean> {
  const { wechat, wecom } = crowd.apps;
  const content = QUESTIONS[question] ?? '';
  if (app === 'wechat') {
    wechat.customerWrites(customer);
    return post(crowd, app, shopText(customer, `${customer.slice(1)}${question}`, content));
  }
  const openKfId = OPEN_KF_IDS[Number(customer.slice(1)) % OPEN_KF_IDS.length] ?? '';
  const msgid = `${customer}-${question}`;
  wecom.customerWrites(openKfId, customer, { msgtype: 'text', text: { content }, msgid });
  return post(crowd, app, deskBell(openKfId, wecom.syncToken()));
}

/** What became of one customer's questions. */
export interface Told {
  app: App;
  customer: string;
  /** How long each answer took, in ms. */
  waits: number[];
  /** Questions whose callbacks the platform has given up: none of them was acknowledged. */
  givenUp: string[];
}

/** Asks all there is to ask; each waits for the answer to the one before. `answers`: known from an undisturbed talk. */
export async function converse(
  crowd: Crowd,
  app: App,
  number: number,
  answers?: readonly string[],
): Promise<Told> {
  const customer = `${app === 'wechat' ? 'o' : 'w'}${number}`;
  const waits: number[] = [];
  const givenUp: string[] = [];
  for (const [question, asked] of QUESTIONS.entries()) {
    const answer = answers?.[question];
    const heard = () => {
      const screen = crowd.screens(customer);
      return answer === undefined ? screen.length > question : screen.includes(answer);
    };
    const begun = performance.now();
    const isTaken = await write(crowd, app, customer, question);
    if (!isTaken) givenUp.push(asked);
    // What no callback has told of, WeCom is asked for.
    const patienceMs = isTaken || app === 'wecom' ? LOST_MS : GIVEN_UP_MS;
    while (!heard() && performance.now() - begun < patienceMs) await pause(LOOK_MS);
    if (heard()) waits.push(performance.now() - begun);
    await pause(100 + Math.random() * 400);
  }
  return { app, customer, waits, givenUp };
}
