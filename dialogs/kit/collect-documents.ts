import {
  ComponentDialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { consentPurpose, type Slot, UPLOAD_REQUEST_TYPE } from '../../src/domain/document.ts';
import type { Answer } from './question.ts';
import { ask, QuestionPrompt } from './question-prompt.ts';
import { type Line, say, wordsOf } from './say.ts';
import type { Services } from './services.ts';
import { spoken } from './spoken.ts';
import { turnOf } from './turn.ts';

export const COLLECT_DOCUMENTS = 'collect-documents';

/** What to collect. `consents`: the purposes already agreed to in this draft. `told`: what is asked for was read. */
export interface CollectOptions {
  draftId: string;
  slots: Slot[];
  consents?: string[];
  told?: boolean;
}

/** A worry is answered and the question asked again: only a plain yes is consent. */
const WORRIES = spoken([
  [/怕|担心|安全吗|放心|泄露|泄漏|贷款|盗用|挪用|水印|谁看|干(?:什么|啥)|worried|safe\b|misuse/iu, 'worried'],
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
    const { slots, consents = [], told } = step.options as CollectOptions;
    const [slot] = slots;
    if (!slot) return step.endDialog({ kind: 'complete' } satisfies CollectResult);
    const purpose = consentPurpose(slot);
    if (consents.includes(purpose)) return step.next(undefined);
    const list = slots.filter((one) => consentPurpose(one) === purpose).map(slotName);
    const days = this.#services.settings.documentRetentionDays;
    if (!told) await say(step.context, consentKey(slot), { documents: { list }, days });
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
    if (answer?.kind === 'choice') {
      await say(step.context, 'consent.safety');
      return step.replaceDialog('main', { ...options, told: true } satisfies CollectOptions);
    }
    if (answer?.kind === 'yes-no') {
      if (!answer.yes) return this.#decline(step);
      options.told = false;
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
    });
  }

  async #readUpload(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const options = step.options as CollectOptions;
    const answer = step.result as Answer;
    const [slot] = options.slots;
    if (!slot || answer.kind === 'upload-declined') return this.#decline(step);
    if (answer.kind !== 'uploaded') return step.replaceDialog('main', options);
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
