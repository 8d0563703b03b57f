import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import type { SharedMemory } from '../domain/shared-memory.ts';
import { mayDo } from '../domain/staff.ts';
import type { Desk } from '../handoff/index.ts';
import type { Client, LoginStep, Oidc, StaffSession } from '../staff/index.ts';
import { type AccessOptions, clearToken, csrfOf, setToken, tokenOf } from './access.ts';
import { Refusal } from './refusal.ts';
import { session as sessionShape } from './shapes.ts';

export interface AuthRoutesOptions extends AccessOptions {
  memory: SharedMemory;
  clock: Clock;
  chats: { desk: Pick<Desk, 'setPresence'> };
  /** Absent: people log in with passwords only. */
  oidc?: Oidc | undefined;
}

/** From one address, over all logins: whoever tries many accounts is slowed down, too. */
const ATTEMPTS_PER_ADDRESS = 30;
const WINDOW_MS = 5 * 60_000;

const clientOf = (request: FastifyRequest): Client => ({
  ip: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
});

const WRONG = new Refusal(
  401,
  'LoginRefused',
  'Login, password or code is not right, or the account is locked for a while.',
);
const OVER = new Refusal(401, 'NotLoggedIn', 'This login has ended. Please begin again.');

const code = z.object({ code: z.string().min(1).max(256) });
const step = z.object({ session: sessionShape, csrf: z.string() });

/** Logging in and out, one's password and second factor. */
export const authRoutes: FastifyPluginAsyncZod<AuthRoutesOptions> = async (app, options) => {
  const { login, memory } = options;
  const { desk } = options.chats;

  async function slowDown(request: FastifyRequest): Promise<void> {
    const { count, resetMs } = await memory.hit(`console-login:${request.ip}`, 1, WINDOW_MS);
    if (count <= ATTEMPTS_PER_ADDRESS) return;
    throw new Refusal(429, 'TooManyRequests', 'Too many attempts. Please wait.', Math.ceil(resetMs / 1000));
  }

  const told = (session: StaffSession) => ({ session, csrf: csrfOf(options, session) });

  /** The next token goes into the cookie, the page gets what it needs to go on. */
  async function goOn(
    request: FastifyRequest,
    reply: FastifyReply,
    outcome: LoginStep | { kind: 'refused' } | { kind: 'no-session' },
  ) {
    if (outcome.kind === 'refused') throw WRONG;
    if (outcome.kind === 'no-session') throw OVER;
    setToken(request, reply, outcome.token);
    const session = await login.session(outcome.token);
    if (!session) throw OVER;
    return told(session);
  }

  app.post(
    '/login',
    {
      config: { access: 'anyone' },
      schema: {
        summary: 'Begin a login with name and password',
        body: z.object({ login: z.string().min(1).max(64), password: z.string().min(1).max(256) }),
        response: { 200: step },
      },
    },
    async (request, reply) => {
      await slowDown(request);
      return goOn(request, reply, await login.begin(request.body, clientOf(request)));
    },
  );

  app.post(
    '/login/code',
    {
      config: { access: 'login' },
      schema: { summary: 'Give a code of the second factor', body: code, response: { 200: step } },
    },
    async (request, reply) => {
      await slowDown(request);
      const token = tokenOf(request) ?? '';
      return goOn(request, reply, await login.giveCode(token, request.body.code, clientOf(request)));
    },
  );

  app.post(
    '/login/second-factor',
    {
      config: { access: 'login' },
      schema: {
        summary: 'Get a new second factor for an authenticator app',
        response: { 200: z.object({ secret: z.string(), uri: z.string() }) },
      },
    },
    async (request) => {
      const enrolling = await login.enrol(tokenOf(request) ?? '');
      if (enrolling.kind === 'no-session') throw OVER;
      return enrolling;
    },
  );

  app.post(
    '/login/second-factor/confirm',
    {
      config: { access: 'login' },
      schema: {
        summary: 'Keep the second factor by giving its first code',
        body: code,
        response: { 200: step.extend({ recoveryCodes: z.array(z.string()) }) },
      },
    },
    async (request, reply) => {
      await slowDown(request);
      const token = tokenOf(request) ?? '';
      const outcome = await login.confirmEnrolment(token, request.body.code, clientOf(request));
      const next = await goOn(request, reply, outcome);
      return { ...next, recoveryCodes: 'recoveryCodes' in outcome ? outcome.recoveryCodes : [] };
    },
  );

  app.post(
    '/password',
    {
      config: { access: 'login' },
      schema: {
        summary: 'Choose a password of one’s own',
        body: z.object({ current: z.string().max(256).optional(), next: z.string().min(1).max(256) }),
        response: { 200: step },
      },
    },
    async (request, reply) => {
      await slowDown(request);
      const outcome = await login.changePassword(tokenOf(request) ?? '', request.body, clientOf(request));
      if (outcome.kind === 'unsuitable')
        throw new Refusal(422, `Password-${outcome.fault}`, 'This password cannot be taken.');
      return goOn(request, reply, outcome);
    },
  );

  app.post(
    '/step-up',
    {
      config: { access: 'staff' },
      schema: { summary: 'Show a fresh code for what needs one', body: code, response: { 200: step } },
    },
    async (request) => {
      await slowDown(request);
      const token = tokenOf(request) ?? '';
      const outcome = await login.stepUp(token, request.body.code);
      if (outcome.kind === 'refused') throw WRONG;
      const session = outcome.kind === 'done' ? await login.session(token) : undefined;
      if (!session) throw OVER;
      return told(session);
    },
  );

  app.post(
    '/logout',
    { config: { access: 'login' }, schema: { summary: 'End the session', response: { 204: z.undefined() } } },
    async (request, reply) => {
      const token = tokenOf(request) ?? '';
      const session = await login.session(token);
      await login.logout(token);
      // Nothing more is offered to somebody who has gone, and what they leave behind is called first.
      if (session && mayDo(session.member.roles, 'chat')) await desk.setPresence(session.member, 'offline');
      clearToken(request, reply);
      return reply.code(204).send();
    },
  );

  app.get(
    '/session',
    {
      config: { access: 'anyone' },
      schema: {
        summary: 'Who is logged in, and how far',
        response: { 200: step.partial().extend({ oidc: z.boolean() }) },
      },
    },
    async (request) => {
      const token = tokenOf(request);
      const session = token === undefined ? undefined : await login.session(token);
      return { oidc: options.oidc !== undefined, ...(session && told(session)) };
    },
  );
};
