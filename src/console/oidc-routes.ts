import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Oidc } from '../staff/index.ts';
import { type AccessOptions, setToken, tokenOf } from './access.ts';

export interface OidcRoutesOptions extends AccessOptions {
  oidc: Oidc;
}

const PAGE = '/console/';
const STATE_COOKIE = 'desk-oidc';
const LASTS_SECONDS = 10 * 60;

/** Logging in at the identity provider; only people who have an account here get in. */
export const oidcRoutes: FastifyPluginAsyncZod<OidcRoutesOptions> = async (app, options) => {
  const { login, oidc } = options;
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
      const { url, state } = await oidc.begin(`${originOf(request)}${path}/callback`, request.query.purpose);
      bind(request, reply, state);
      return reply.redirect(url.href);
    },
  );

  app.get(
    '/oidc/callback',
    { config: { access: 'anyone' }, schema: { summary: 'Come back from the identity provider' } },
    async (request, reply) => {
      const state = request.cookies[STATE_COOKIE];
      reply.clearCookie(STATE_COOKIE, { path });
      const outcome = await oidc.finish(new URL(request.url, originOf(request)), state);
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
