import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayDo, type Permission, type StaffActor, type StaffMember } from '../domain/staff.ts';
import { csrfToken, isCsrfToken, type StaffLogin, type StaffSession } from '../staff/index.ts';
import { Refusal } from './refusal.ts';

/**
 * Who may use a route. `anyone`: before the login; `login`: in the middle of it; `staff`: whoever has logged in;
 * otherwise what the roles have to allow. `stepUp`: only some minutes after a code was given.
 */
export type Access = 'anyone' | 'login' | 'staff' | Permission;

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    stepUp?: boolean;
  }
  interface FastifyRequest {
    /** The live session of the cookie, where the route's access needs one. */
    staffSession: StaffSession | undefined;
  }
}

export interface AccessOptions {
  login: StaffLogin;
  csrfKey: Buffer;
  /** Origin of the console; absent = the one that the request names as its host. */
  origin?: string | undefined;
}

const CSRF_HEADER = 'x-csrf-token';
/** What a page asks for without anybody at it, which does not count as activity. */
const BY_ITSELF_HEADER = 'x-by-itself';
const READING = ['GET', 'HEAD'];

/** Only over HTTPS may the cookie have the prefix that ties it to this host. */
const cookieName = (request: FastifyRequest) => (request.protocol === 'https' ? '__Host-desk' : 'desk');

/** The token of the session cookie. */
export function tokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[cookieName(request)];
}

/** Gives the browser the token of the next step; scripts cannot read it. */
export function setToken(request: FastifyRequest, reply: FastifyReply, token: string): void {
  const secure = request.protocol === 'https';
  reply.setCookie(cookieName(request), token, { path: '/', httpOnly: true, sameSite: 'strict', secure });
}

export function clearToken(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(cookieName(request), { path: '/', secure: request.protocol === 'https' });
}

/** Whose session it is. Throws where the route's access asked for nobody. */
export function memberOf({ staffSession }: FastifyRequest): StaffMember {
  if (!staffSession) throw new Error('a route that acts for somebody has to ask for a session');
  return staffSession.member;
}

/** Who acts in this request. Throws where the route's access asked for nobody. */
export function actorOf(request: FastifyRequest): StaffActor {
  return memberOf(request);
}

/** What the page sends back beside the cookie. */
export function csrfOf(options: AccessOptions, session: StaffSession): string {
  return csrfToken(options.csrfKey, session.id);
}

/** Browsers name where a request comes from; another site's is refused whatever cookie it carries. */
export function requireOwnOrigin(request: FastifyRequest, options: AccessOptions): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  if (origin === (options.origin ?? `${request.protocol}://${request.host}`)) return;
  throw new Refusal(403, 'OtherOrigin', 'This request comes from another site.');
}

function requireCsrf(request: FastifyRequest, options: AccessOptions, session: StaffSession): void {
  const given = request.headers[CSRF_HEADER];
  if (typeof given === 'string' && isCsrfToken(options.csrfKey, session.id, given)) return;
  throw new Refusal(403, 'CsrfMissing', `The header ${CSRF_HEADER} is missing or not of this session.`);
}

async function sessionFor(request: FastifyRequest, { login }: AccessOptions): Promise<StaffSession> {
  const token = tokenOf(request);
  const isByItself = request.headers[BY_ITSELF_HEADER] !== undefined;
  const session = token && (await (isByItself ? login.peek(token) : login.session(token)));
  if (!session) throw new Refusal(401, 'NotLoggedIn', 'Please log in.');
  return session;
}

function requireRight(session: StaffSession, access: Exclude<Access, 'anyone'>, stepUp: boolean): void {
  if (access === 'login') return;
  if (session.stage !== 'full') throw new Refusal(401, 'LoginUnfinished', 'The login is not finished yet.');
  if (access !== 'staff' && !mayDo(session.member.roles, access))
    throw new Refusal(403, 'NotAllowed', 'Your roles do not allow this.');
  if (stepUp && !session.steppedUp)
    throw new Refusal(403, 'StepUpNeeded', 'This needs a fresh code of your second factor.');
}

/** Checks every route of the scope before its handler; a route that does not name its access is a fault of ours. */
export function guard(app: FastifyInstance, options: AccessOptions): void {
  app.decorateRequest('staffSession');
  app.addHook('onRoute', ({ config, url, method }) => {
    if (!config?.access) throw new Error(`${String(method)} ${url} does not say who may use it`);
  });
  app.addHook('preValidation', async (request, reply) => {
    reply.header('Cache-Control', 'no-store');
    const { access = 'staff', stepUp = false } = request.routeOptions.config;
    const changes = !READING.includes(request.method);
    if (changes) requireOwnOrigin(request, options);
    if (access === 'anyone') return;
    const session = await sessionFor(request, options);
    if (changes) requireCsrf(request, options, session);
    requireRight(session, access, stepUp);
    request.staffSession = session;
  });
}
