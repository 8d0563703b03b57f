import { eventually } from '../support/eventually.ts';

/** An activity as the server shows it. */
export interface Said {
  id: string;
  type: string;
  text?: string;
  replyToId?: string;
  from: { role?: string };
  attachments?: {
    contentType: string;
    content: { uploadUrl: string; title: string; consent: { version: string } };
  }[];
}

const ANSWER_MS = 20_000;

/** A conversation over plain HTTP, for tests that look at what the server keeps. */
export class Talk {
  readonly id: string;
  readonly #url: string;
  readonly token: string;

  private constructor(url: string, id: string, token: string) {
    this.#url = url;
    this.id = id;
    this.token = token;
  }

  /** Starts a sandbox customer's conversation and waits for the greeting. */
  static async begin(url: string, customer: string): Promise<Talk> {
    const issued = (await (await fetch(`${url}/demo/token?customer=${customer}`)).json()) as {
      token: string;
      conversationId: string;
    };
    const talk = new Talk(url, issued.conversationId, issued.token);
    const started = await talk.#call('conversations', { locale: 'zh-CN' });
    if (!started.ok) throw new Error(`the conversation did not start: ${started.status}`);
    await eventually(async () => (await talk.said()).some(({ type }) => type === 'message'), ANSWER_MS);
    return talk;
  }

  #call(path: string, json?: object, signal?: AbortSignal): Promise<Response> {
    return fetch(`${this.#url}/v3/directline/${path}`, {
      method: json ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(json && { body: JSON.stringify(json) }),
      ...(signal && { signal }),
    });
  }

  /** Posts a message; the answer is its id in the conversation. Throws when the server has not acknowledged it. */
  async post(text: string, clientActivityID?: string): Promise<string> {
    const channelData = clientActivityID ? { channelData: { clientActivityID } } : {};
    const activity = { type: 'message', from: { id: 'me' }, text, ...channelData };
    const response = await this.#call(
      `conversations/${this.id}/activities`,
      activity,
      AbortSignal.timeout(ANSWER_MS),
    );
    if (!response.ok) throw new Error(`not acknowledged: ${response.status}`);
    return ((await response.json()) as { id: string }).id;
  }

  /** The conversation from its beginning. */
  async said(): Promise<Said[]> {
    const all: Said[] = [];
    let watermark = '';
    for (;;) {
      const response = await this.#call(`conversations/${this.id}/activities?watermark=${watermark}`);
      const set = (await response.json()) as { activities: Said[]; watermark: string };
      if (set.activities.length === 0) return all;
      all.push(...set.activities);
      watermark = set.watermark;
    }
  }

  /** Waits for the bot's reply to a message. */
  async answered(id: string): Promise<void> {
    await eventually(async () => {
      const found = (await this.said()).some(({ type, replyToId }) => type === 'message' && replyToId === id);
      if (!found) throw new Error(`no answer to ${id}`);
    }, ANSWER_MS);
  }

  /** Posts a message and waits for its reply. */
  async ask(text: string, clientActivityID?: string): Promise<string> {
    const id = await this.post(text, clientActivityID);
    await this.answered(id);
    return id;
  }

  /** Who said what, oldest first. */
  async transcript(): Promise<string[]> {
    const messages = (await this.said()).filter(({ type }) => type === 'message');
    return messages.map(({ from, text }) => `${from.role === 'bot' ? '客服' : '客户'}: ${text}`);
  }

  /** The newest upload card. */
  async card(): Promise<{ uploadUrl: string; title: string; version: string }> {
    const content = (await this.said()).flatMap(({ attachments = [] }) => attachments).at(-1)?.content;
    if (!content) throw new Error('there is no upload card');
    return { uploadUrl: content.uploadUrl, title: content.title, version: content.consent.version };
  }

  /** Sends a file in the chat itself. Throws when the server has not acknowledged it. */
  async sendFile(file: Buffer, name: string, type = 'image/jpeg'): Promise<void> {
    const form = new FormData();
    const activity = { type: 'message', from: { id: 'me' } };
    const json = new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' });
    form.append('activity', json);
    form.append('file', new Blob([new Uint8Array(file)], { type }), name);
    const response = await fetch(
      `${this.#url}/v3/directline/conversations/${this.id}/upload?userId=${this.id}`,
      { method: 'POST', headers: { authorization: `Bearer ${this.token}` }, body: form },
    );
    if (!response.ok) throw new Error(`not acknowledged: ${response.status} ${await response.text()}`);
  }

  /** Hands a file to the newest upload card; the server's status. */
  async upload(file: Buffer): Promise<number> {
    const { uploadUrl, version } = await this.card();
    const form = new FormData();
    form.append('consentVersion', version);
    form.append('file', new Blob([new Uint8Array(file)], { type: 'image/jpeg' }), 'photo.jpg');
    const response = await fetch(new URL(uploadUrl, this.#url), { method: 'POST', body: form });
    await response.arrayBuffer();
    return response.status;
  }
}
