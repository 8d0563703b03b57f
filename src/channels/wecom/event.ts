import { z } from 'zod';
import { readAs } from '../inbound.ts';
import { id, optional } from './fields.ts';

/** Why a message that was accepted was not delivered: `fail_type` of the platform. */
const FAIL_TYPES = {
  0: 'unknown',
  1: 'account-deleted',
  2: 'app-closed',
  4: 'window-over',
  5: 'session-closed',
  6: 'quota',
  7: 'no-video-channel',
  8: 'unverified',
  9: 'no-video-channel',
  10: 'refused-by-customer',
} as const;
export type FailReason = (typeof FAIL_TYPES)[keyof typeof FAIL_TYPES];

/** What the platform tells besides messages. Codes are good once, and for the seconds the platform gives them. */
export type WecomEvent =
  /** A customer opened the chat; with `welcomeCode`, a greeting may be sent within 20 s. */
  | { kind: 'entered'; scene: string; sceneParam: string; welcomeCode?: string | undefined }
  | { kind: 'send-failed'; messageId: string; reason: FailReason }
  | { kind: 'agent-status'; agent: string; online: boolean }
  /** An agent did this in WeCom; what we do ourselves is not told. */
  | {
      kind: 'session';
      change: 'taken' | 'passed-on' | 'ended' | 'reopened';
      agent?: string | undefined;
      code?: string | undefined;
    }
  | { kind: 'recalled'; by: 'customer' | 'agent'; messageId: string }
  | { kind: 'reject-switch'; agent: string; rejects: boolean }
  | { kind: 'unsupported'; type: string };

const CHANGES = { 1: 'taken', 2: 'passed-on', 3: 'ended', 4: 'reopened' } as const;
const recalled = (by: 'customer' | 'agent') =>
  z
    .object({ recall_msgid: id })
    .transform((it): WecomEvent => ({ kind: 'recalled', by, messageId: it.recall_msgid }));

const EVENTS: Record<string, z.ZodType<WecomEvent>> = {
  enter_session: z
    .object({ scene: optional, scene_param: optional, welcome_code: z.string().optional() })
    .transform((it) => ({
      kind: 'entered',
      scene: it.scene,
      sceneParam: it.scene_param,
      welcomeCode: it.welcome_code || undefined,
    })),
  msg_send_fail: z.object({ fail_msgid: id, fail_type: z.int().default(0) }).transform((it) => ({
    kind: 'send-failed',
    messageId: it.fail_msgid,
    reason: FAIL_TYPES[it.fail_type as keyof typeof FAIL_TYPES] ?? 'unknown',
  })),
  servicer_status_change: z
    .object({ servicer_userid: z.string(), status: z.int() })
    .transform((it) => ({ kind: 'agent-status', agent: it.servicer_userid, online: it.status === 1 })),
  session_status_change: z
    .object({
      change_type: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
      new_servicer_userid: z.string().optional(),
      old_servicer_userid: z.string().optional(),
      msg_code: z.string().optional(),
    })
    .transform((it) => ({
      kind: 'session',
      change: CHANGES[it.change_type],
      agent: it.new_servicer_userid || it.old_servicer_userid || undefined,
      code: it.msg_code || undefined,
    })),
  user_recall_msg: recalled('customer'),
  servicer_recall_msg: recalled('agent'),
  reject_customer_msg_switch_change: z
    .object({ servicer_userid: z.string(), reject_switch: z.int() })
    .transform((it) => ({
      kind: 'reject-switch',
      agent: it.servicer_userid,
      rejects: it.reject_switch === 1,
    })),
};

/** An event by its name. */
export const decodeEvent = (name: string, fields: unknown): WecomEvent => readAs(EVENTS, name, fields);
