import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ZodError } from 'zod';

/** Body of every error answer. `code` is stable, `message` is for people, `details` for the page that asked. */
export interface ErrorBody {
  error: { code: string; message: string; details?: Record<string, unknown> };
}

interface Answer extends ErrorBody {
  status: number;
  retryAfterSeconds?: number | undefined;
}

/** An error that says itself how it is answered: thrown by routes of any part. */
interface Exposed {
  statusCode: number;
  code: string;
  message: string;
  expose: true;
  retryAfterSeconds?: number | undefined;
  details?: Record<string, unknown> | undefined;
}

/** What Fastify and its plugins refuse, in our words. */
const FRAMEWORK: Record<string, [status: number, code: string, message: string]> = {
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'BadRequest', 'The body is not valid JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'BadRequest', 'The body is empty.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'BadRequest', 'The Content-Length does not fit the body.'],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'BodyTooLarge', 'The body is too large.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'UnsupportedMediaType', 'This content type is not taken here.'],
  FST_ERR_BAD_URL: [400, 'BadRequest', 'The address is not valid.'],
};

const GENERIC: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  413: 'BodyTooLarge',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
};

function isExposed(error: Error): error is Exposed & Error {
  // Libraries' errors have `expose` too, but no code of ours.
  const { expose, code, statusCode } = error as Partial<Exposed>;
  return expose === true && typeof code === 'string' && typeof statusCode === 'number';
}

function answerTo(error: Error): Answer {
  if (isExposed(error)) {
    const { statusCode, code, message, retryAfterSeconds, details } = error;
    return { status: statusCode, error: { code, message, ...(details && { details }) }, retryAfterSeconds };
  }
  if (error instanceof ZodError) {
    const places = error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`);
    return { status: 400, error: { code: 'BadRequest', message: `Not valid. ${places.join('; ')}` } };
  }
  const { code, statusCode } = error as FastifyError;
  const [status, name, message] = FRAMEWORK[code] ?? [];
  if (status && name && message) return { status, error: { code: name, message } };
  if (statusCode && statusCode >= 400 && statusCode < 500) {
    // A plugin's own words may quote the request, so only its status is passed on.
    const generic = GENERIC[statusCode] ?? 'BadRequest';
    return { status: statusCode, error: { code: generic, message: 'The request could not be taken.' } };
  }
  return { status: 500, error: { code: 'InternalError', message: 'Something went wrong on our side.' } };
}

/** Answers one error; also for those that Fastify meets before it knows a route. */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, retryAfterSeconds, ...body } = answerTo(error);
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  if (retryAfterSeconds !== undefined) reply.header('Retry-After', retryAfterSeconds);
  // Also where the route had meant its answer to be kept.
  reply.header('Cache-Control', 'no-store');
  return reply.code(status).send(body satisfies ErrorBody);
}

/**
 * Answers every error of the app as `{error: {code, message}}`: errors with `expose: true` speak for themselves
 * (`statusCode`, `code`, `message`, `retryAfterSeconds`), what was not expected is logged and told as 500.
 */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(handleError);
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .header('Cache-Control', 'no-store')
      .send({
        error: { code: 'NotFound', message: 'There is nothing at this address.' },
      } satisfies ErrorBody),
  );
}
