import type { Mask } from '../../domain/intent.ts';
import { type AskedSecret, asksForSecret, asksForSecretAfter } from '../../domain/secret-request.ts';
import { Refusal } from '../refusal.ts';

/** How the desk calls what may not be asked for. */
const NAMES: Record<AskedSecret, string> = {
  password: '密码',
  code: '验证码',
  cvv: '安全码（CVV）',
  'card-number': '完整卡号',
  expiry: '卡片有效期',
};

/**
 * Words of an agent as they may go to a customer: masked, and nothing that asks for a secret. Throws the 422 that
 * the agent reads. `before`: what the agent has said last, which it may go on with.
 */
export function toCustomer(text: string, mask: Mask, before: readonly string[] = []): string {
  const asked = asksForSecret(text) ?? asksForSecretAfter(before, text);
  if (!asked) return mask(text).text;
  const sentence = `不能向客户索要${NAMES[asked]}。核实身份请用卡号后四位或案件编号；需要输入的，请客户在官方页面自己输入。`;
  throw new Refusal(422, 'AsksForSecret', sentence, undefined, { secret: asked });
}
