/** Failures before a connection stood. */
const CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether a request with this fault has certainly not got anywhere. */
export const wasNeverSent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && CODES.has(String(error.code));
