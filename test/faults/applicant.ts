import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { REFERENCE_LOCALE, text } from '../../locales/index.ts';
import { eventually } from '../support/eventually.ts';
import { photo } from '../support/photos.ts';
import { Line } from './line.ts';
import type { Pair } from './pair.ts';
import type { Shown } from './reader.ts';

interface Card {
  uploadUrl: string;
  consent: { version: string };
}

type Activity = Shown & { attachments?: { content?: Partial<Card> }[] };

const HEARD_MS = 60_000;
const AGAIN_MS = 300;
const FAULT = text(REFERENCE_LOCALE, 'common.fault');

/** A customer who hands in documents and does not give up: what is answered with an apology is said again. */
export class Applicant {
  readonly #line: Line;
  readonly #pair: Pair;
  readonly #token: string;
  readonly id: string;
  /** Messages that were answered with an apology, and files that were refused for the moment. */
  apologies = 0;

  private constructor(pair: Pair, line: Line, begun: { token: string; conversationId: string }) {
    this.#pair = pair;
    this.#line = line;
    this.#token = begun.token;
    this.id = begun.conversationId;
  }

  static async begin(pair: Pair, number: number): Promise<Applicant> {
    const line = new Line(pair, `10.1.0.${number}`, number % 2 === 0 ? 0 : 1);
    const user = { user: { id: `dl_applicant_${number}` }, customerId: `risk-lock~${number}` };
    const { body } = await line.ask(pair.secret, 'tokens/generate', user);
    const applicant = new Applicant(pair, line, body as { token: string; conversationId: string });
    await line.ask(applicant.#token, 'conversations', { locale: 'zh-CN' });
    return applicant;
  }

  /** The conversation from its beginning. */
  async log(): Promise<Activity[]> {
    const { body } = await this.#line.ask(this.#token, `conversations/${this.id}/activities`);
    return (body as { activities: Activity[] }).activities;
  }

  /** What has been said after the customer's last message, or all. */
  async #hears(words: string): Promise<void> {
    await eventually(async () => {
      const said = (await this.log()).map(({ text: line = '' }) => line);
      if (!said.some((line) => line.includes(words)))
        throw new Error(`「${words}」 was not said; the last was 「${said.at(-1)}」`);
      await pause(AGAIN_MS / 3);
    }, HEARD_MS);
  }

  async #post(words: string): Promise<string> {
    const channelData = { clientActivityID: randomUUID() };
    const activity = { type: 'message', from: { id: 'me' }, text: words, channelData };
    const { body } = await this.#line.ask(this.#token, `conversations/${this.id}/activities`, activity);
    return (body as { id: string }).id;
  }

  /** Says something until it is answered with other than an apology. */
  async say(words: string): Promise<void> {
    for (;;) {
      const id = await this.#post(words);
      let answer: string | undefined;
      await eventually(async () => {
        answer = (await this.log()).find(
          ({ type, replyToId }) => type === 'message' && replyToId === id,
        )?.text;
        if (answer === undefined) throw new Error(`no answer to 「${words}」`);
      }, HEARD_MS);
      if (answer !== FAULT) return;
      this.apologies += 1;
      await pause(AGAIN_MS);
    }
  }

  /** Hands a picture to the newest card, until it is taken, and waits for these words about it. */
  async upload(next: string, taken = () => {}): Promise<void> {
    const card = (await this.log()).flatMap(({ attachments = [] }) => attachments).at(-1)?.content;
    if (!card?.uploadUrl || !card.consent) throw new Error('there is no upload card');
    for (let tries = 0; ; tries++) {
      const url = new URL(card.uploadUrl, this.#pair.processes[tries % 2 === 0 ? 0 : 1].url);
      const form = new FormData();
      form.append('consentVersion', card.consent.version);
      form.append(
        'file',
        new Blob([new Uint8Array(await photo('good'))], { type: 'image/jpeg' }),
        'photo.jpg',
      );
      const response = await fetch(url, { method: 'POST', body: form });
      const answer = await response.text();
      if (response.ok) break;
      if (response.status < 500) throw new Error(`the picture was refused: ${response.status} ${answer}`);
      this.apologies += 1;
      await pause(AGAIN_MS);
    }
    taken();
    await this.#hears(next);
  }

  /** Everything up to the question whether to submit; `taken` is called for each picture. */
  async prepare(taken?: () => void): Promise<void> {
    for (const line of ['解绑一直失败', '现在申请', '这张卡不用了', '同意']) await this.say(line);
    await this.upload('请上传：身份证国徽面', taken);
    await this.upload('还需要一张手持证件照', taken);
    await this.say('同意');
    await this.upload('材料齐了，一共 3 份', taken);
  }

  submit(): Promise<void> {
    return this.say('提交审核');
  }
}
