import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SharedMemory } from '../domain/shared-memory.ts';
import type { Oidc } from '../staff/index.ts';
import { type AccessOptions, setToken, tokenOf } from './access.ts';
import { Refusal } from './refusal.ts';

export interface OidcRoutesOptions extends AccessOptions {
  oidc: Oidc;
  memory: SharedMemory;
}

const PAGE = '/console/';
const STATE_COOKIE = 'desk-oidc';
const LASTS_SECONDS = 10 * 60;
/** From one address in that time: each is kept until it comes back. */
const MOST_BEGUN = 60;

/** A page of ours that goes on to the same address. */
function onward({ pathname, search }: URL): string {
  const address = `${pathname}${search}`.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html><title>…</title><meta http-equiv="refresh" content="0;url=${address}">`;
}

/** Logging in at the identity provider; only people who have an account here get in. */
export const oidcRoutes: FastifyPluginAsyncZod<OidcRoutesOptions> = async (app, options) => {
  const { login, oidc, memory } = options;
  const path = `${app.prefix}/oidc`;

  const originOf = (request: FastifyRequest) => options.origin ?? `${request.protocol}://${request.host}`;

  function bind(request: FastifyRequest, reply: FastifyReply, state: string): void {
    reply.setCookie(STATE_COOKIE, state, {
      path,
      httpOnly: true,
      // The provider's page leads back here, which is a way from another site.
      sameSite: 'lax',
      secure: request.protocol === 'https',
      maxAge: LASTS_SECONDS,
    });
  }

  app.get(
    '/oidc/start',
    {
      config: { access: 'anyone' },
      schema: {
        summary: 'Go to the identity provider',
        querystring: z.object({ purpose: z.enum(['login', 'step-up']).default('login') }),
      },
    },
    async (request, reply) => {
      const key = `console-oidc-begun:${request.ip}`;
      const { count, resetMs } = await memory.hit(key, 1, LASTS_SECONDS * 1000);
      if (count > MOST_BEGUN)
        throw new Refusal(
          429,
          'TooManyRequests',
          'Too many attempts. Please wait.',
          Math.ceil(resetMs / 1000),
        );
      const { url, state } = await oidc.begin(`${originOf(request)}${path}/callback`, request.query.purpose);
      bind(request, reply, state);
      return reply.redirect(url.href);
    },
  );

  app.get(
    '/oidc/callback',
    { config: { access: 'anyone' }, schema: { summary: 'Come back from the identity provider' } },
    async (request, reply) => {
      const address = new URL(request.url, originOf(request));
      // From the provider's page a browser does not bring the cookie of the session, from ours it does.
      if (request.headers['sec-fetch-site'] === 'cross-site')
        return reply.type('text/html').send(onward(address));
      const state = request.cookies[STATE_COOKIE];
      reply.clearCookie(STATE_COOKIE, { path });
      const outcome = await oidc.finish(address, state);
      if (outcome.kind === 'refused') return reply.redirect(`${PAGE}?login=refused`);
      const client = { ip: request.ip, userAgent: request.headers['user-agent'] ?? '' };
      const step =
        outcome.purpose === 'login'
          ? await login.admit(outcome.subject, client)
          : await login.readmit(tokenOf(request) ?? '', outcome.subject);
      if (step.kind === 'next') setToken(request, reply, step.token);
      return reply.redirect(step.kind === 'next' || step.kind === 'done' ? PAGE : `${PAGE}?login=refused`);
    },
  );
};
