import { Registry } from 'prom-client';
import { REFERENCE_LOCALE } from '../../locales/index.ts';
import { greeting } from '../../src/bot/greeting.ts';
import { identified } from '../../src/bot/identified.ts';
import { accountsSchema } from '../../src/channels/accounts.ts';
import { createMessaging, linkOf, type Messaging } from '../../src/channels/messaging.ts';
import { createEmbeddedMemory } from '../../src/conversation/embedded/shared-memory.ts';
import { createCursors } from '../../src/database/cursors.ts';
import { createDeliveries } from '../../src/database/deliveries.ts';
import type { Deliveries } from '../../src/domain/delivery.ts';
import { UPLOAD_REQUEST_TYPE } from '../../src/domain/document.ts';
import { silent } from '../../src/domain/log.ts';
import { buildApp } from '../../src/http/app.ts';
import { maskInTalk } from '../../src/understanding/mask-in-talk.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';
import { photo } from '../support/photos.ts';
import { deliver } from '../support/tencent/callbacks.ts';
import { type FakePlatform, startPlatform } from '../support/tencent/platform.ts';
import type { FakeWechat } from '../support/tencent/wechat.ts';
import type { FakeWecom } from '../support/tencent/wecom.ts';

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

/** The messaging apps a customer may sit at. */
export type App = 'wecom' | 'wecom-people' | 'wechat' | 'mini-program';

/** The whole product, with bot and desk, behind platforms that are as strict as the real ones. */
export interface Stage {
  /** Plays `客户: …`, `客户点: …` and `【…】` in one app; returns them with what the customer saw, line by line. */
  play(scene: { app: App; customer?: string | undefined; at?: string }, script: string): Promise<string[]>;
  desk: Desk;
  wecom: FakeWecom;
  close(): Promise<void>;
}

interface Seen {
  text: string;
  /** Labels that can be tapped, with their ids. */
  items: { id: string; label: string }[];
}

interface Body {
  msgtype: string;
  text?: { content: string };
  msgmenu?: {
    head_content: string;
    list: { id?: string; content?: string; click?: { id: string; content: string } }[];
  };
}

/** A message as it stands on the customer's screen. */
function seenIn(body: Body): Seen {
  const items = (body.msgmenu?.list ?? []).map(({ id, content, click }) => {
    return { id: click?.id ?? id ?? '', label: click?.content ?? content ?? '' };
  });
  const words = body.text?.content ?? body.msgmenu?.head_content ?? JSON.stringify(body);
  // Another one each time.
  const shown = words.replace(/(?<=\/upload\/)[\w-]+/g, '…').replace(/JB\d+/g, 'JB…');
  return { text: [shown, ...items.map(({ label }) => `[${label}]`)].join('\n'), items };
}

/** What stands in a transcript, whatever its indentation. */
export const linesOf = (script: string): string[] =>
  script
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

export async function openStage(): Promise<Stage> {
  let messaging: Messaging | undefined;
  let deliveries: Deliveries | undefined;
  let platform: FakePlatform | undefined;
  const links = new Map<string, string>();
  const accounts = accountsSchema.parse({
    wechat: [
      {
        name: 'shop',
        kind: 'official-account',
        appId: 'wx1',
        secret: 's',
        token: 'pamtest',
        encodingAesKey: KEY,
      },
      {
        name: 'mini',
        kind: 'mini-program',
        appId: 'wx2',
        secret: 's',
        token: 'pamtest',
        encodingAesKey: KEY,
      },
    ],
    wecom: [
      {
        ...{ name: 'people', corpId: 'ww1', secret: 's', token: 'pamtest', encodingAesKey: KEY },
        ...{ openKfIds: ['wk2'], handoff: 'wecom' },
      },
      { name: 'desk', corpId: 'ww1', secret: 's', token: 'pamtest', encodingAesKey: KEY, openKfIds: ['wk1'] },
    ],
  });
  const desk = await openDesk({
    publicUrl: 'https://kefu.example',
    elsewhere: async (id) => messaging?.elsewhere(id),
    async join({ store, database, clock }) {
      platform = await startPlatform(clock);
      deliveries = createDeliveries({ database, clock });
      messaging = createMessaging({
        accounts: {
          ...accounts,
          wechatApiUrl: platform.url,
          wecomApiUrl: platform.url,
        },
        signInUrl: 'https://me.example/link',
        ...{ store, deliveries, clock, log: silent },
        memory: createEmbeddedMemory(clock),
        cursors: createCursors({ database, clock }),
        registry: new Registry(),
        files: { open: async () => undefined, key: Buffer.alloc(32, 7), publicUrl: 'https://kefu.example' },
      });
      return messaging.store;
    },
    around: (runTurn, clock) =>
      identified(runTurn, {
        clock,
        linkOf,
        platform: {
          async identityLink(_channel, userId) {
            const customerId = links.get(userId);
            return customerId ? { kind: 'found', value: { customerId } } : { kind: 'not-found' };
          },
        },
      }),
  });
  if (!messaging || !deliveries || !platform) throw new Error('nothing was joined');
  const [joined, standing, fake] = [messaging, deliveries, platform];
  const wechat: Record<'wechat' | 'mini-program', FakeWechat> = {
    wechat: fake.wechat({ appId: 'wx1', secret: 's' }),
    'mini-program': fake.wechat({ appId: 'wx2', secret: 's' }),
  };
  const wecom = fake.wecom({ corpId: 'ww1', secret: 's' });
  const server = buildApp({ logging: { level: 'silent' }, health: { checks: [] } });
  await joined.open(server, { accept: desk.accept, maskInTalk, welcome: greeting(REFERENCE_LOCALE) });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  joined.start();
  let count = 0;

  async function play(scene: Parameters<Stage['play']>[0], script: string): Promise<string[]> {
    const { app, customer, at = '2026-11-23T10:00:00+08:00' } = scene;
    desk.sandbox.reset();
    desk.clock.set(at);
    await desk.desk.setPresence(desk.agent, 'online');
    const user = `o${++count}`;
    const account = { wecom: 'wk1', 'wecom-people': 'wk2', wechat: 'wx1', 'mini-program': 'wx2' }[app];
    const id = `${account}:${user}`;
    const oneApp = app === 'wechat' || app === 'mini-program' ? wechat[app] : undefined;
    if (customer) links.set(user, customer);
    const seen: Seen[] = [];
    const lines: string[] = [];
    let [sent, byCode] = [0, wecom.sentOnEvent.length];

    function look(): void {
      const all = oneApp ? oneApp.sent.map((it) => it.body) : wecom.sent;
      const codes = oneApp ? [] : wecom.sentOnEvent;
      const mine = all.filter((it) => it.touser === user);
      const fresh = [...mine.slice(sent), ...codes.slice(byCode)].map((it) => seenIn(it as unknown as Body));
      [sent, byCode] = [mine.length, codes.length];
      seen.push(...fresh);
      for (const { text } of fresh) lines.push(...linesOf(`客服: ${text}`));
    }

    const quiet = () =>
      eventually(async () => {
        const found = await desk.store.find(id);
        if (!found) return true;
        const where = await standing.find(id);
        const pending = await desk.store.pending(0, 1);
        const isDone = where === undefined || where.waits !== undefined || where.sentSeq === found.lastSeq;
        return pending.length === 0 && isDone;
      });

    async function write(content: string, tapped?: string): Promise<void> {
      desk.clock.advance(5_000);
      const now = desk.clock.now().getTime();
      const before = (await desk.store.find(id))?.lastSeq ?? 0;
      if (!oneApp) {
        wecom.customerWrites(account, user, {
          msgtype: 'text',
          text: { content, ...(tapped && { menu_id: tapped }) },
        });
        await ring();
      } else {
        oneApp.customerWrites(user);
        const xml = `<xml><ToUserName>gh</ToUserName><FromUserName>${user}</FromUserName><CreateTime>${Math.floor(now / 1000)}</CreateTime><MsgType>text</MsgType><Content>${content}</Content><MsgId>${1000 + ++count}</MsgId>${tapped ? `<bizmsgmenuid>${tapped}</bizmsgmenuid>` : ''}</xml>`;
        const path = app === 'wechat' ? 'shop' : 'mini';
        await deliver(
          {
            token: 'pamtest',
            encodingAesKey: KEY,
            url: `${url}/channels/wechat/${path}`,
            receiverId: app === 'wechat' ? 'wx1' : 'wx2',
          },
          xml,
          { at: now },
        );
      }
      await eventually(async () => ((await desk.store.find(id))?.lastSeq ?? 0) > before);
    }

    async function ring(): Promise<void> {
      const xml = `<xml><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>${wecom.syncToken()}</Token><OpenKfId>${account}</OpenKfId></xml>`;
      const target = {
        token: 'pamtest',
        encodingAesKey: KEY,
        url: `${url}/channels/wecom/${app === 'wecom' ? 'desk' : 'people'}`,
        receiverId: 'ww1',
      };
      await deliver(target, xml, { at: desk.clock.now().getTime() });
    }

    async function handoff(): Promise<string> {
      const open = await desk.handoffs.open(id);
      if (!open) throw new Error('no person was asked for');
      return open.id;
    }

    async function stage(direction: string): Promise<void> {
      const [what = '', ...details] = direction.split(' ');
      const before = (await desk.store.find(id))?.lastSeq ?? 0;
      switch (what) {
        case '进入会话':
          wecom.event(account, {
            event_type: 'enter_session',
            external_userid: user,
            scene: 'app',
            welcome_code: wecom.code(),
          });
          await ring();
          await eventually(() => wecom.sentOnEvent.length > byCode);
          return;
        case '企微客服上线':
          wecom.agents.add(details[0] ?? '');
          return;
        case '企微客服下线':
          wecom.agents.clear();
          return;
        case '企微接待':
        case '企微结束': {
          const isEnd = what === '企微结束';
          wecom.setState(account, user, isEnd ? 4 : 3);
          wecom.event(account, {
            event_type: 'session_status_change',
            external_userid: user,
            change_type: isEnd ? 3 : 1,
            new_servicer_userid: 'zhang',
            msg_code: wecom.code(),
          });
          const codes = wecom.sentOnEvent.length;
          await ring();
          await eventually(() => wecom.sentOnEvent.length > codes);
          return;
        }
        case '关联账户':
          links.set(user, details[0] ?? '');
          desk.clock.advance(30_000);
          return;
        case '上传': {
          const entries = await desk.store.read(id, 0, 500);
          const card = entries
            .flatMap((it) => it.activity.attachments ?? [])
            .findLast(({ contentType }) => contentType === UPLOAD_REQUEST_TYPE);
          if (!card) throw new Error('no document was asked for');
          const ticket = String(card.content.uploadUrl).split('/').at(-1) ?? '';
          const outcome = await desk.documents.receiveTicket({
            ticket,
            consentVersion: card.content.consent.version,
            file: await photo('good'),
          });
          if (outcome.kind !== 'stored') throw new Error(outcome.code);
          break;
        }
        case '客服接入':
          await desk.desk.claim(await handoff(), desk.agent);
          break;
        case '客服回复': {
          const from = { id: desk.agent.id, name: desk.agent.number } as never;
          await desk.store.append(id, 'agent', [{ type: 'message', text: details.join(' '), from }]);
          await desk.desk.replied(await handoff(), desk.agent);
          break;
        }
        case '客服交回':
          await desk.desk.returnToBot(await handoff(), desk.agent);
          break;
        case '客服结束':
          await desk.desk.close(await handoff(), desk.agent, { code: 'solved', summary: details[0] });
          break;
        case '审核通过': {
          const entries = await desk.store.read(id, 0, 500);
          const number = entries.flatMap((it) => it.activity.channelData?.caseId ?? []).at(-1);
          await desk.cases.approve(String(number), 'reviewer');
          break;
        }
        case '过了':
          desk.clock.advance(Number(details[0]) * 3_600_000);
          return;
        default:
          throw new Error(`no such stage direction: ${direction}`);
      }
      await eventually(async () => ((await desk.store.find(id))?.lastSeq ?? 0) > before);
    }

    for (const line of linesOf(script).filter((it) => /^(?:客户|【)/.test(it))) {
      lines.push(line);
      const direction = /^【(.+)】$/.exec(line)?.[1];
      const tap = /^客户点: (.+)$/.exec(line)?.[1];
      if (direction) await stage(direction);
      else if (tap) {
        const item = seen.flatMap(({ items }) => items).findLast(({ label }) => label === tap);
        if (!item) throw new Error(`${lines.join('\n')}\nnothing to tap: ${tap}`);
        await write(tap, item.id);
      } else await write(line.replace(/^客户: /, ''));
      await quiet().catch((cause: unknown) => {
        look();
        throw new Error(lines.join('\n'), { cause });
      });
      look();
    }
    return lines;
  }

  return {
    play,
    desk,
    wecom,
    async close() {
      await server.close();
      await joined.stop();
      await desk.close();
      await fake.close();
    },
  };
}
