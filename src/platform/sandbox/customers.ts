import type { Announcement } from '../../domain/platform.ts';
import type { SandboxAccount, Times } from './account.ts';
import { ACCOUNT_SEEDS } from './seed-account.ts';
import { MONEY_SEEDS } from './seed-money.ts';

const SEEDS = { ...ACCOUNT_SEEDS, ...MONEY_SEEDS };
export type SandboxCustomerId = keyof typeof SEEDS;

/** The sandbox's customers in the order of the demo's picker; `title` is a line in Chinese. */
export const SANDBOX_CUSTOMERS: readonly { id: SandboxCustomerId; title: string }[] = [
  { id: 'happy', title: '一切正常，两张信用卡' },
  { id: 'risk-lock', title: '账户被风控锁定，要交身份材料' },
  { id: 'identity-mismatch', title: '身份信息与持卡人不一致' },
  { id: 'closed-card', title: '旧卡已在银行注销' },
  { id: 'lost-card', title: '卡丢了，已挂失' },
  { id: 'unsettled-balance', title: '有退款和零头没结清' },
  { id: 'withdrawal-in-transit', title: '有一笔提现还没到账' },
  { id: 'auto-debit', title: '卡上有会员续费和分期' },
  { id: 'verification-locked', title: '验证输错太多，暂时锁定' },
  { id: 'maintenance', title: '银行通道维护中' },
  { id: 'cooling-off', title: '刚提交解绑，还能撤回' },
  { id: 'charged-after-unbind', title: '解绑之后又被扣款' },
  { id: 'several-blockers', title: '维护、风控、余额三样都卡着' },
  { id: 'platform-down', title: '平台查询超时' },
];

/** The account before anything happened to it; undefined for an unknown customer. */
export function seedAccount(customerId: string, times: Times): SandboxAccount | undefined {
  const id = SANDBOX_CUSTOMERS.find((c) => c.id === customerId)?.id;
  return id && SEEDS[id](times);
}

/** The customer whose calls never come back. */
export const SILENT_CUSTOMER: SandboxCustomerId = 'platform-down';

/** `channel/externalId` -> customer. */
export const IDENTITY_LINKS: ReadonlyMap<string, SandboxCustomerId> = new Map([
  ['wechat/o_sandbox_happy', 'happy'],
  ['wechat/o_sandbox_risk_lock', 'risk-lock'],
  ['wecom/wm_sandbox_risk_lock', 'risk-lock'],
]);

/** The one maintenance there is. */
export const MAINTENANCE_ID = 'ann-maintenance';

/** Announcements; `ended` once the maintenance has been ended by hand. */
export function seedAnnouncements(
  times: Times,
  ended: { startsAt: string; endsAt: string } | undefined,
): Announcement[] {
  const maintenance: Announcement = {
    id: MAINTENANCE_ID,
    kind: 'maintenance',
    title: '交通银行信用卡解绑服务升级维护',
    active: ended === undefined,
    startsAt: ended?.startsAt ?? times.hours(-2),
    endsAt: ended?.endsAt ?? times.hours(4),
  };
  const notice: Announcement = {
    id: 'ann-fraud-notice',
    kind: 'notice',
    title: '谨防假冒客服：请只从官方应用进入解绑页面',
    active: true,
    startsAt: times.days(-12),
  };
  return maintenance.active ? [maintenance, notice] : [notice, maintenance];
}
