import type { DecentHours } from './reminder.ts';

/** What differs between operators and is said to customers. A missing value is not said at all. */
export interface Settings {
  /** Menu names as the app shows them, outermost first: 我的, 账户安全, 银行卡管理. */
  appPath: string[];
  /** Menu names that lead to login password, phone number, login alerts and devices: 我的, 账户安全. */
  securityPath: string[];
  /** Menu names that lead to payments without password and quick pay: 我的, 支付设置. */
  paymentSettingsPath: string[];
  /** Menu names that lead to identity and card data of the customer: 我的, 个人中心. */
  profilePath: string[];
  /** Menu names that lead to the announcements: 帮助中心. */
  helpPath: string[];
  /** When unbinding is tried by many on working days; named as an example only. */
  busyHours: { from: string; to: string };
  /** Months after which a credit report is worth a look, where credit ran over the card. */
  creditReportMonths: number;
  /** Where consent texts stand: changes whenever their wording does. */
  consentVersion: string;
  /** Working days a review usually takes; absent = nothing is said about time. */
  reviewWorkingDays?: { from: number; to: number } | undefined;
  /** Days documents are kept after the case ended; said in the consent. */
  documentRetentionDays: number;
  /** When customers may be written to unasked. */
  reminderHours: DecentHours;
}
