import { createInterface } from 'node:readline';
import type { Locale } from '../../domain/locale.ts';
import type { DirectLine } from '../../web/widget/direct-line.ts';
import { fill, texts as widgetTexts } from '../../web/widget/texts.ts';
import type { UploadRequest } from '../../web/widget/upload/request.ts';
import { Follower } from './follow.ts';
import { Screen } from './screen.ts';
import texts from './texts.json' with { type: 'json' };
import { fileNamedBy, problemOf, uploadFile } from './upload.ts';
import { visit } from './visit.ts';

export { ChatFault } from './visit.ts';

const REPLY_MS = 15_000;
/** A script does not wait for people. */
const PEOPLE_MS = 1500;
const WELCOME_MS = 3000;

/** With whom, where and in which language. */
export interface ChatOptions {
  customer: string | undefined;
  url: URL;
  locale: Locale;
}

/** Talks until `/quit` or the end of stdin. From a pipe, each line waits for the answer to the one before. */
export async function runChat(options: ChatOptions): Promise<void> {
  const chat = new Chat(options);
  await chat.open();
  // Piped lines are shown, so that a transcript reads as a conversation.
  const piped = process.stdin.isTTY !== true;
  const input = createInterface({
    input: process.stdin,
    ...(piped ? {} : { output: process.stdout, prompt: '> ' }),
  });
  chat.screen.attach(input);
  for await (const line of input) {
    if (line.trim() === '/quit') break;
    const answer = chat.take(line.trim(), piped);
    if (piped) await answer;
    else void answer.then(() => input.prompt(true));
  }
  input.close();
  chat.close();
}

class Chat {
  readonly screen = new Screen();
  readonly #url: URL;
  readonly #customer: string | undefined;
  readonly #locale: Locale;
  /** Consent versions the user has agreed to. */
  readonly #agreed = new Set<string>();
  #client: DirectLine | undefined;
  #follower: Follower | undefined;
  /** A file that waits for the answer to the consent question. */
  #asked: { path: string; request: UploadRequest } | undefined;

  constructor({ url, customer, locale }: ChatOptions) {
    this.#url = url;
    this.#customer = customer;
    this.#locale = locale;
  }

  /** Begins a new conversation and waits for the welcome. */
  async open(): Promise<void> {
    this.close();
    const client = await visit(this.#url, this.#customer, this.#locale);
    const customer = this.#customer ?? texts.visitor;
    this.screen.print(fill(texts.hello, { url: this.#url.origin, customer }), 'dim');
    this.#client = client;
    this.#follower = new Follower(client, this.screen);
    client.start();
    await this.#follower.answered(0, WELCOME_MS);
  }

  close(): void {
    this.#client?.close();
  }

  /** Acts on one line of input. Resolves when what it set off is over. */
  async take(line: string, echo: boolean): Promise<void> {
    if (line === '') return;
    if (echo) this.screen.print(`${texts.you}:${line}`);
    if (line === '/new') return this.open();
    if (this.#asked) return this.#consent(line, this.#asked);
    const request = this.#follower?.openUpload;
    const path = request && (await fileNamedBy(line));
    if (request && path) return this.#offer(path, request);
    const reply = /^\d+$/.test(line) ? this.#follower?.replies[Number(line) - 1] : undefined;
    return this.#send(reply?.value ?? line);
  }

  async #send(text: string): Promise<void> {
    if (!this.#follower || this.#follower.isOver) return this.screen.print(texts.over, 'red');
    const before = this.#follower.received;
    this.#client?.send(text);
    await this.#awaitAnswer(before);
  }

  async #awaitAnswer(before: number): Promise<void> {
    const waitMs = this.#follower?.isWithPeople ? PEOPLE_MS : REPLY_MS;
    const answered = await this.#follower?.answered(before, waitMs);
    if (!answered && waitMs === REPLY_MS && !this.#follower?.isOver && process.stdin.isTTY !== true) {
      this.screen.print(fill(texts.noReply, { seconds: REPLY_MS / 1000 }), 'dim');
    }
  }

  async #offer(path: string, request: UploadRequest): Promise<void> {
    const problem = await problemOf(path, request);
    if (problem) return this.screen.print(problem, 'red');
    if (this.#agreed.has(request.consent.version)) return this.#upload(path, request);
    this.#asked = { path, request };
    const version = fill(widgetTexts.upload.version, { version: request.consent.version });
    this.screen.print(`${widgetTexts.upload.consentTitle} · ${version}\n${request.consent.text}`);
    this.screen.print(texts.consentAsk, 'yellow');
  }

  async #consent(line: string, { path, request }: { path: string; request: UploadRequest }): Promise<void> {
    this.#asked = undefined;
    if (!/^(y|yes|是|好|同意)$/i.test(line)) return this.screen.print(texts.consentNo, 'dim');
    this.#agreed.add(request.consent.version);
    await this.#upload(path, request);
  }

  async #upload(path: string, request: UploadRequest): Promise<void> {
    const before = this.#follower?.received ?? 0;
    this.screen.print(texts.uploading, 'dim');
    const answer = await uploadFile(this.#url, request, path);
    if (answer.kind === 'refused')
      return this.screen.print(answer.message ?? widgetTexts.upload.refused, 'red');
    if (answer.kind === 'unreachable') return this.screen.print(answer.message ?? texts.uploadLost, 'red');
    this.screen.print(texts.uploaded, 'dim');
    for (const warning of answer.warnings) this.screen.print(`  ${widgetTexts.upload[warning]}`, 'yellow');
    await this.#awaitAnswer(before);
  }
}
