import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { BotFrameworkSettings } from '../../src/channels/bot-framework/settings.ts';

export const APP_ID = '00000000-0000-4000-8000-000000000001';
const ISSUER = 'https://api.botframework.com';
const KEY_ID = 'key-1';

/** What a channel was sent. */
export interface Posted {
  conversation: string;
  activity: Record<string, unknown>;
  authorization: string | undefined;
}

/**
 * How a channel answers the next posts. `garbled`, `cut`: it takes them, and what it says about it makes no sense, or
 * breaks off.
 */
export type Fate = { status: number; code?: string; retryAfter?: number } | 'hangs-up' | 'garbled' | 'cut';

/** Azure Bot Service as a bot meets it: keys to check tokens with, and channels to post to. */
export interface FakeAzure {
  url: string;
  settings: BotFrameworkSettings;
  posted: Posted[];
  /** Taken one by one, before posts are accepted again. */
  fates: Fate[];
  /** The keys cannot be fetched, or not in bearable time. */
  keysAway: boolean | 'hang';
  /** A token as Azure signs it, with what is told otherwise. */
  token(given?: TokenParts): Promise<string>;
  close(): Promise<void>;
}

export interface TokenParts {
  issuer?: string;
  audience?: string;
  serviceUrl?: string;
  expires?: string;
  keyId?: string;
  /** Signed with another key than the one that is published under its name. */
  forged?: boolean;
  /** As the Emulator gets it with the bot's own secret: it names no address. */
  emulator?: boolean;
}

export async function startAzure(): Promise<FakeAzure> {
  const app = Fastify({ forceCloseConnections: true });
  const own = await generateKeyPair('RS256', { extractable: true });
  const other = await generateKeyPair('RS256');
  const jwk = {
    ...(await exportJWK(own.publicKey)),
    kid: KEY_ID,
    endorsements: ['msteams', 'directline', 'telegram', 'sms'],
  };
  // The SDK keeps keys by their address for a day: each Azure has its own.
  const path = `/${randomUUID()}`;

  app.get(`${path}/openid`, async (_request, reply) => {
    if (azure.keysAway === 'hang') return reply.hijack();
    if (azure.keysAway) return reply.code(500).send();
    return {
      issuer: ISSUER,
      jwks_uri: `${azure.url}${path}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    };
  });
  app.get(`${path}/keys`, async () => ({ keys: [jwk] }));

  interface Post {
    Params: { conversation: string };
    Body: Record<string, unknown>;
  }
  for (const end of ['', '/:activity']) {
    app.post<Post>(`/v3/conversations/:conversation/activities${end}`, async (request, reply) => {
      const fate = azure.fates.shift();
      if (fate === 'hangs-up') {
        request.raw.destroy();
        return reply.hijack();
      }
      if (typeof fate === 'object') {
        if (fate.retryAfter) reply.header('retry-after', fate.retryAfter);
        return reply.code(fate.status).send({ error: { code: fate.code ?? 'Refused', message: 'no' } });
      }
      const { conversation } = request.params;
      const { authorization } = request.headers;
      azure.posted.push({ conversation, activity: request.body, authorization });
      if (fate === 'garbled') return reply.type('application/json').send('OK');
      if (fate !== 'cut') return { id: String(azure.posted.length) };
      reply.hijack();
      reply.raw.writeHead(201, { 'content-type': 'application/json', 'content-length': 100 }).write('{"id":');
      return setTimeout(() => request.raw.destroy(), 50);
    });
  }

  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const login = 'https://login.microsoftonline.com/botframework.com';
  const azure: FakeAzure = {
    url,
    settings: {
      identity: { type: 'SingleTenant', appId: APP_ID, tenantId: 'tenant', password: 'geheim' },
      cloud: {
        ToChannelFromBotLoginUrl: login,
        ToChannelFromBotOAuthScope: ISSUER,
        ToBotFromChannelTokenIssuer: ISSUER,
        OAuthUrl: url,
        ToBotFromChannelOpenIdMetadataUrl: `${url}${path}/openid`,
        ToBotFromEmulatorOpenIdMetadataUrl: `${url}${path}/openid`,
      },
    },
    posted: [],
    fates: [],
    keysAway: false,
    token: ({
      issuer = ISSUER,
      audience = APP_ID,
      serviceUrl = url,
      expires = '1h',
      keyId = KEY_ID,
      forged,
      emulator,
    } = {}) =>
      new SignJWT(emulator ? { ver: '1.0', appid: APP_ID } : { serviceurl: serviceUrl })
        .setProtectedHeader({ alg: 'RS256', kid: keyId, typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setNotBefore('-2h')
        .setExpirationTime(expires)
        .sign(forged ? other.privateKey : own.privateKey),
    close: () => app.close(),
  };
  return azure;
}
