import { ApiError, type ErrorDetails } from './api-error.ts';

export { ApiError } from './api-error.ts';

const BASE = new URL('../api/console', document.baseURI).href;

/** Marks what does not count as activity of whoever sits here. */
const BY_ITSELF = { 'x-by-itself': '1' };
/** For a form of 10 MB on a slow line. */
const UPLOAD_MS = 180_000;

let csrf = '';

/** Every answer that opens or renews a session brings the token of this page. */
function keepCsrf(answer: unknown): void {
  if (typeof answer === 'object' && answer !== null && 'csrf' in answer && typeof answer.csrf === 'string')
    csrf = answer.csrf;
}

interface Sending {
  signal?: AbortSignal | undefined;
  headers?: Record<string, string>;
}

async function send(method: string, path: string, body: unknown, sending: Sending): Promise<Response> {
  const { signal, headers } = sending;
  try {
    return await fetch(`${BASE}${path}`, {
      method,
      credentials: 'same-origin',
      headers: {
        'x-csrf-token': csrf,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(0, 'offline', 'the server cannot be reached');
  }
}

/** Called when something needs a fresh code; resolves to whether one was given. */
let askStepUp: () => Promise<boolean> = async () => false;
export function onStepUp(ask: () => Promise<boolean>): void {
  askStepUp = ask;
}

async function refusalOf(response: Response): Promise<ApiError> {
  // A proxy before us answers with a page of its own.
  const { error } = (await response.json().catch(() => ({}))) as {
    error?: { code: string; message: string; details?: ErrorDetails };
  };
  const { code, message, details } = error ?? { code: 'unknown', message: response.statusText };
  return new ApiError(response.status, code, message, details);
}

/** A file of the desk's API. */
export async function apiFile(path: string, signal?: AbortSignal): Promise<Blob> {
  const response = await send('GET', path, undefined, { signal });
  if (!response.ok) throw await refusalOf(response);
  return response.blob();
}

/** The same for what the page shows by itself. */
export async function apiFileByItself(path: string, signal?: AbortSignal): Promise<Blob> {
  const response = await send('GET', path, undefined, { signal, headers: BY_ITSELF });
  if (!response.ok) throw await refusalOf(response);
  return response.blob();
}

/** Sends a form and tells how much of it has left, 0 to 1: fetch tells nothing about that. */
export function apiUpload<T>(path: string, form: FormData, progress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const lost = () => reject(new ApiError(0, 'offline', 'the server cannot be reached'));
    xhr.onerror = lost;
    xhr.onabort = lost;
    xhr.ontimeout = lost;
    xhr.onload = () => {
      if (xhr.status >= 200 && xhr.status < 300) resolve(JSON.parse(xhr.responseText) as T);
      else refusalOf(new Response(xhr.responseText, { status: xhr.status })).then(reject, lost);
    };
    xhr.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) progress(loaded / total);
    };
    xhr.open('POST', `${BASE}${path}`);
    xhr.setRequestHeader('x-csrf-token', csrf);
    xhr.timeout = UPLOAD_MS;
    xhr.send(form);
  });
}

async function call<T>(method: string, path: string, body: unknown, sending: Sending): Promise<T> {
  const response = await send(method, path, body, sending);
  if (response.ok) {
    const text = await response.text();
    const answer: unknown = text ? JSON.parse(text) : undefined;
    keepCsrf(answer);
    return answer as T;
  }
  const refusal = await refusalOf(response);
  if (refusal.code === 'StepUpNeeded' && (await askStepUp())) return call(method, path, body, sending);
  throw refusal;
}

/** One call of the desk's API. Asks for a fresh code where the server wants one, and then tries again. */
export function api<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  return call(method, path, body, { signal });
}

/** The same for what the page asks by itself: it does not count as activity, so that nobody stays logged in by it. */
export function apiByItself<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  return call(method, path, body, { signal, headers: BY_ITSELF });
}
