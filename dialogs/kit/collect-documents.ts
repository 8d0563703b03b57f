import {
  ComponentDialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { consentPurpose, type Slot, UPLOAD_REQUEST_TYPE } from '../../src/domain/document.ts';
import { asides } from './asides.ts';
import type { Answer } from './question.ts';
import { ask, QuestionPrompt } from './question-prompt.ts';
import { type Line, say, wordsOf } from './say.ts';
import type { Services } from './services.ts';
import { turnOf } from './turn.ts';

export const COLLECT_DOCUMENTS = 'collect-documents';

/** What to collect. `consents`: the purposes already agreed to in this draft. */
export interface CollectOptions {
  draftId: string;
  slots: Slot[];
  consents?: string[];
}

/** A worry is no consent. */
const WORRIES = asides([
  [
    /怕|担心|安全吗|放心|泄露|泄漏|贷款|盗用|挪用|水印|谁看|干(?:什么|啥)|worried|safe\b|misuse/u,
    'consent.safety',
  ],
]);

/** Where and how else pictures could be handed in. */
export const ANOTHER_WAY = asides([
  [
    /(?:渠道|公众号|小程序|网页|这里|这儿).{0,12}(?:不支持|(?:传|发|收)不了|不能(?:上传|传|发))|不支持.{0,3}上传|上传.{0,10}不支持|(?:cant|cannot|doesnt|not able to) (?:upload|take files) here|not supported/u,
    'upload.notHere',
  ],
  [
    /(?:不想|不愿意?|不用|没有?|懒得|不会)(?:下载?|装|安装|用).{0,6}(?:app|软件)|(?:dont|without) .{0,16}\bapp\b/u,
    'upload.withoutApp',
  ],
  [
    /(?:发|传|给|加).{0,6}(?:微信|qq|邮箱|私信|line)|(?:微信|qq|邮箱|私信|line).{0,4}(?:发|传|给)|(?:by|via|on) (?:wechat|line|e-?mail|whatsapp)/u,
    'upload.notPrivate',
  ],
]);

/** `declined`: the customer did not want to consent or to upload; nothing was submitted. */
export type CollectResult = { kind: 'complete' } | { kind: 'declined' };

const PER_SLOT_HINTS: Record<Slot, TextKey[]> = {
  'id-front': ['upload.hintFlat', 'upload.hintCorners'],
  'id-back': ['upload.hintFlat', 'upload.hintCorners'],
  'id-in-hand': ['upload.hintFace', 'upload.hintReadable'],
  'new-card': ['upload.hintOwnCard', 'upload.hintCoverNumbers'],
  'closure-certificate': ['upload.hintStamp', 'upload.hintReadable'],
  evidence: ['upload.hintReadable'],
};

/** What is collected for another purpose than who the customer is has a consent text of its own. */
function consentKey(slot: Slot): TextKey {
  if (consentPurpose(slot) === 'face-photo') return 'consent.facePhoto';
  return slot === 'evidence' ? 'consent.evidence' : 'consent.documents';
}

function slotName(slot: Slot): Line {
  return { key: `upload.slot-${slot}` };
}

/** Asks for documents one by one: separate consent first, then card, upload and, if needed, a better picture. */
export class CollectDocuments extends ComponentDialog {
  readonly #services: Services;

  constructor(services: Services) {
    super(COLLECT_DOCUMENTS);
    this.#services = services;
    this.addDialog(new QuestionPrompt());
    this.addDialog(
      new WaterfallDialog('main', [
        (step) => this.#askConsent(step),
        (step) => this.#readConsent(step),
        (step) => this.#readUpload(step),
        (step) => this.#readQuality(step),
      ]),
    );
    this.initialDialogId = 'main';
  }

  async #askConsent(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { slots, consents = [] } = step.options as CollectOptions;
    const [slot] = slots;
    if (!slot) return step.endDialog({ kind: 'complete' } satisfies CollectResult);
    const purpose = consentPurpose(slot);
    if (consents.includes(purpose)) return step.next(undefined);
    const list = slots.filter((one) => consentPurpose(one) === purpose).map(slotName);
    const days = this.#services.settings.documentRetentionDays;
    await say(step.context, consentKey(slot), { documents: { list }, days });
    return ask(step, {
      kind: 'yes-no',
      key: 'consent.question',
      yes: 'consent.agree',
      no: 'consent.refuse',
      asides: WORRIES,
      retry: 'consent.retry',
    });
  }

  async #readConsent(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const options = step.options as CollectOptions;
    const answer = step.result as Answer | undefined;
    const [slot] = options.slots;
    if (!slot) return step.endDialog();
    if (answer?.kind === 'yes-no') {
      if (!answer.yes) return this.#decline(step);
      const purpose = consentPurpose(slot);
      const version = this.#services.settings.consentVersion;
      await this.#services.cases.recordConsent(options.draftId, { purpose, version });
      options.consents = [...(options.consents ?? []), purpose];
    }
    await this.#sendCard(step, options.draftId, slot);
    return ask(step, {
      kind: 'upload',
      key: 'common.uploadWaiting',
      retry: 'common.uploadRetry',
      draftId: options.draftId,
      slot,
      asides: ANOTHER_WAY,
    });
  }

  async #readUpload(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const options = step.options as CollectOptions;
    const answer = step.result as Answer;
    const [slot] = options.slots;
    if (!slot || answer.kind === 'upload-declined') return this.#decline(step);
    if (answer.kind !== 'uploaded') {
      // Sent where none is taken: the way to hand it in comes next.
      if (step.context.activity.attachments?.length) await say(step.context, 'upload.notKept');
      return step.replaceDialog('main', options);
    }
    const [warning] = answer.upload.warnings;
    if (!warning) return step.next(undefined);
    return ask(step, {
      kind: 'choice',
      key: `upload.warning-${warning}`,
      slots: { document: slotName(slot) },
      choices: [
        { value: 'keep', key: 'upload.keep' },
        { value: 'retake', key: 'upload.retake' },
      ],
    });
  }

  async #readQuality(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const options = step.options as CollectOptions;
    const answer = step.result as Answer | undefined;
    if (answer?.kind === 'choice' && answer.value === 'retake') return step.replaceDialog('main', options);
    const [slot, ...rest] = options.slots;
    if (slot)
      await say(step.context, rest.length > 0 ? 'upload.receivedNext' : 'upload.receivedAll', {
        document: slotName(slot),
        left: rest.length,
      });
    return step.replaceDialog('main', { ...options, slots: rest });
  }

  async #decline(step: WaterfallStepContext): Promise<DialogTurnResult> {
    await this.#services.uploads.close(turnOf(step.context).conversationId);
    return step.endDialog({ kind: 'declined' } satisfies CollectResult);
  }

  async #sendCard(step: WaterfallStepContext, draftId: string, slot: Slot): Promise<void> {
    const turn = turnOf(step.context);
    const { settings, uploads } = this.#services;
    const ticket = await uploads.open({
      conversationId: turn.conversationId,
      draftId,
      slot,
      idempotencyKey: `${turn.idempotencyKey}:upload:${slot}`,
    });
    const title = wordsOf(step.context, slotName(slot));
    const days = settings.documentRetentionDays;
    const consentText = wordsOf(step.context, { key: consentKey(slot), slots: { documents: title, days } });
    const content = {
      draftId,
      slot,
      title,
      hints: PER_SLOT_HINTS[slot].map((key) => wordsOf(step.context, { key })),
      accept: ticket.accept,
      maxBytes: ticket.maxBytes,
      uploadUrl: ticket.uploadUrl,
      expiresAt: ticket.expiresAt,
      consent: { version: settings.consentVersion, text: consentText },
    };
    await say(
      step.context,
      'upload.request',
      { document: title },
      {
        attachments: [{ contentType: UPLOAD_REQUEST_TYPE, name: title, content }],
      },
    );
  }
}
