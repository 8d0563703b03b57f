import multipart from '@fastify/multipart';
import Fastify from 'fastify';
import type { Clock } from '../../../src/domain/clock.ts';
import { addFaults, type Faults } from './faults.ts';
import { addMedia, type Media } from './media.ts';
import { FakeWechat, wechatRoutes } from './wechat.ts';
import { FakeWecom, wecomRoutes } from './wecom.ts';

/** The platforms of WeChat and WeCom on one address, as strict as the real ones. */
export interface FakePlatform {
  url: string;
  faults: Faults;
  media: Media;
  wechat(account: { appId: string; secret: string }): FakeWechat;
  wecom(account: { corpId: string; secret: string }): FakeWecom;
  close(): Promise<void>;
}

/** Starts it; accounts are added as they are needed. Its windows and lives go by this clock. */
export async function startPlatform(clock: Clock): Promise<FakePlatform> {
  const app = Fastify({ forceCloseConnections: true });
  const wechats: FakeWechat[] = [];
  const wecoms: FakeWecom[] = [];
  await app.register(multipart);
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  const faults = addFaults(app);
  const media = addMedia(app);
  wechatRoutes(app, () => wechats, media);
  wecomRoutes(app, () => wecoms, media);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...{ url, faults, media },
    wechat(account) {
      const made = new FakeWechat(account, clock);
      wechats.push(made);
      return made;
    },
    wecom(account) {
      const made = new FakeWecom(account, clock);
      wecoms.push(made);
      return made;
    },
    close: () => app.close(),
  };
}
