import { createHmac } from 'node:crypto';
import type { Talk } from './direct-line.ts';

/** Keeps what the server answers, to be searched as well. */
export class Sender {
  readonly answers: string[] = [];
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(this.#url + path, init);
    const body = await response.clone().text();
    this.answers.push(`${response.status} ${JSON.stringify([...response.headers])} ${body}`);
    return response;
  }

  json(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
    return this.send(path, { ...init, body: typeof body === 'string' ? body : JSON.stringify(body) });
  }
}

const JSON_PATHS = [
  '/v3/directline/tokens/generate',
  '/v3/directline/conversations',
  '/api/platform/events',
  '/api/console/login',
  '/api/console/login/code',
  '/uploads/none',
  '/nothing/here',
];

/** Wherever a text fits into an activity. */
function activitiesWith(words: string): object[] {
  const digits = words.replace(/\D/g, '');
  return [
    { type: 'message', value: words },
    { type: 'message', text: '请看', value: { postback: [words, { [words]: words }] } },
    { type: 'message', text: '请看', channelData: { note: words, deep: [{ [words]: words }] } },
    { type: 'message', text: '请看', entities: [{ type: 'x', text: words }] },
    { type: 'message', text: '请看', speak: words, summary: words, from: { name: words } },
    { type: 'message', text: '请看', attachments: [{ name: words, contentType: `image/${digits || 'x'}` }] },
    { type: 'event', name: words, value: words, valueType: words, code: words },
    { type: 'message', text: '请看', replyToId: words, localTimezone: words, locale: words },
    { type: 'message', text: '请看', value: digits.length > 10 ? Number(digits) : 0 },
    { type: 'typing', text: words },
    { type: 'messageReaction', reactionsAdded: [{ type: words }] },
    { type: words, text: words },
    { type: 'message', text: '请看', attachments: [{ contentType: 'x/y', content: words, name: words }] },
  ];
}

/** Sends a text as everything but the text of a message. */
export async function sendElsewhere(sender: Sender, talk: Talk, words: string): Promise<void> {
  const bearer = { authorization: `Bearer ${talk.token}` };
  const path = `/v3/directline/conversations/${talk.id}/activities`;
  for (const activity of activitiesWith(words)) await sender.json(path, activity, bearer);
  await sender.json(path, `{"type":"message","text":"${words}`, bearer);
  await sender.json(
    path,
    { type: 'message', text: words },
    { authorization: `Bearer ${encodeURIComponent(words)}` },
  );
  await sender.send(`${path}?watermark=${encodeURIComponent(words)}`, { headers: bearer });
  const form = new FormData();
  const activity = new Blob([JSON.stringify({ type: 'message', text: words, name: words })], {
    type: 'application/vnd.microsoft.activity',
  });
  form.append('activity', activity);
  form.append('file', new Blob([words], { type: 'image/jpeg' }), `${words}.jpg`);
  await sender.send(`/v3/directline/conversations/${talk.id}/upload?userId=x`, {
    method: 'POST',
    headers: bearer,
    body: form,
  });
}

/** Sends a text to every door of the server, in bodies, addresses and headers. */
export async function knockEverywhere(sender: Sender, words: string, eventsSecret: string): Promise<void> {
  const quoted = encodeURIComponent(words);
  const header = words.replace(/[^\x20-\x7e]/g, '');
  for (const path of JSON_PATHS) {
    await sender.json(path, `{"broken": "${words}`);
    await sender.json(path, {
      login: words,
      password: words,
      code: words,
      user: { name: words },
      text: words,
    });
    await sender.send(`${path}?q=${quoted}`, { headers: { 'user-agent': header, 'x-note': header } });
  }
  await sender.send(`/v3/directline/conversations/${quoted}`);
  await sender.send(`/uploads/${quoted}`);
  await sender.send(`/demo/token?customer=${quoted}`);
  await sender.send(`/${quoted}/${quoted}`);
  const body = JSON.stringify({ id: 'e', type: 'unbound', occurredAt: words, customerId: 'x', note: words });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', eventsSecret).update(`${timestamp}.${body}`).digest('hex');
  const signed = { 'x-platform-timestamp': timestamp, 'x-platform-signature': `sha256=${signature}` };
  await sender.json('/api/platform/events', body, signed);
}
