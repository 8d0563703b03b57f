import { z } from 'zod';
import type { BotFrameworkSettings } from './channels/bot-framework/settings.ts';
import { botFrameworkFaults, botFrameworkOf, botFrameworkVariables } from './config-bot-framework.ts';
import { type ChannelSettings, channelFaults, channelsOf, channelVariables } from './config-channels.ts';
import { redisFaults, redisOf, redisVariables } from './config-redis.ts';
import { reviewOf, reviewVariables } from './config-review.ts';
import type { RedisSettings } from './conversation/redis/settings.ts';
import type { OpeningHours } from './domain/opening-hours.ts';
import { faultOfPeriods, inOrderOfDay } from './domain/opening-hours-check.ts';
import type { RetentionPolicy } from './domain/retention.ts';
import type { ReviewRules } from './domain/review.ts';
import type { Settings } from './domain/settings.ts';
import type { OidcSettings } from './staff/index.ts';

/** `HH:MM-HH:MM`, several with commas; empty = closed that day. */
const periods = z
  .string()
  .regex(/^(\d{2}:\d{2}-\d{2}:\d{2}(,\d{2}:\d{2}-\d{2}:\d{2})*)?$/, 'must look like 09:00-12:00,13:30-18:00')
  .transform((text) =>
    text
      .split(',')
      .filter(Boolean)
      .map((period) => {
        const [from = '', to = ''] = period.split('-');
        return { from, to };
      }),
  )
  .refine((given) => faultOfPeriods(given) === undefined, {
    error: 'must be periods within a day that do not overlap',
  })
  .transform(inOrderOfDay);

/** One of them. */
const onePeriod = (period: { from: string; to: string }) =>
  periods
    .refine((given) => given.length === 1, {
      error: `must be one period like ${period.from}-${period.to}`,
    })
    .default([period])
    .transform(([given = period]) => given);

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);
const dates = list.default([]).pipe(z.array(z.iso.date('must be dates like 2026-10-01')));
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const secret = z.string().min(32, 'must be at least 32 characters').optional();
const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: count(0, 65_535).default(3978),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  DATA_DIR: z.string().min(1).default('./data'),
  ALLOW_EMBEDDED: flag.default(false),
  PUBLIC_URL: z.url().optional(),
  ALLOWED_ORIGINS: list.default([]),
  TRUST_PROXY: count(0, 10).default(0),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
    .optional(),
  ...redisVariables,
  ...channelVariables,
  ...botFrameworkVariables,
  PLATFORM_API_URL: z.url().optional(),
  PLATFORM_API_TOKEN: z.string().min(1).optional(),
  PLATFORM_EVENTS_SECRET: secret,
  DIRECT_LINE_SECRET: secret,
  TOKEN_SIGNING_KEY: secret,
  DOCUMENT_KEK: z
    .string()
    .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64')
    .optional(),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  APP_PATH: list.default(['我的', '账户安全', '银行卡管理']),
  SECURITY_PATH: list.default(['我的', '账户安全']),
  PAYMENT_SETTINGS_PATH: list.default(['我的', '支付设置']),
  PROFILE_PATH: list.default(['个人中心']),
  HELP_PATH: list.default(['帮助中心']),
  CREDIT_REPORT_MONTHS: count(1, 24).default(3),
  BUSY_HOURS: onePeriod({ from: '09:00', to: '11:00' }),
  REVIEW_WORKING_DAYS: z
    .string()
    .regex(/^\d+-\d+$/, 'must look like 1-3')
    .transform((text) => {
      const [from = 0, to = 0] = text.split('-').map(Number);
      return { from, to };
    })
    .optional(),
  DOCUMENT_RETENTION_DAYS: count(1, 36_500).default(30),
  ...reviewVariables,
  CHAT_FILE_RETENTION_DAYS: count(1, 36_500).default(30),
  REMINDER_RETENTION_DAYS: count(1, 36_500).default(90),
  INSIGHT_RETENTION_DAYS: count(1, 36_500).default(180),
  TRANSCRIPT_RETENTION_DAYS: count(1, 36_500).default(180),
  DELIVERY_RETENTION_DAYS: count(1, 36_500).default(30),
  TIME_ZONE: z
    .string()
    .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone), 'must be an IANA time zone')
    .default('Asia/Shanghai'),
  HOURS_WEEKDAY: periods.default([{ from: '09:00', to: '18:00' }]),
  HOURS_SATURDAY: periods.default([]),
  HOURS_SUNDAY: periods.default([]),
  REMINDER_HOURS: onePeriod({ from: '09:00', to: '21:00' }),
  HOLIDAYS: dates,
  MAKE_UP_DAYS: dates,
});

type Env = z.infer<typeof schema>;

/** Changes whenever the wording of the consent texts does; recorded with each consent. */
const CONSENT_VERSION = '2026-11-22';

export interface Config {
  env: Env['NODE_ENV'];
  host: string;
  port: number;
  logLevel: Env['LOG_LEVEL'];
  dataDir: string;
  publicUrl: string | undefined;
  allowedOrigins: string[];
  /** Proxies in front of this server; each appends to X-Forwarded-For. */
  proxyHops: number;
  databaseUrl: string | undefined;
  /** Absent: conversations are kept in the embedded store, for this process alone. */
  redis: RedisSettings | undefined;
  /** Absent: no accounts of WeChat or WeCom. */
  channels: ChannelSettings | undefined;
  /** Absent: the channels of Azure Bot Service are not answered. */
  botFramework: BotFrameworkSettings | undefined;
  /** Where customers of messaging apps link their account with the app. */
  signInUrl: string | undefined;
  /** Absent: the sandbox stands in, and the demo pages are on. */
  platform: { url: string; token: string } | undefined;
  /** Absent ones are made and kept in the data directory; never in production. */
  secrets: {
    directLine: string | undefined;
    tokenSigning: string | undefined;
    documentKek: string | undefined;
    /** Absent with a configured platform: its events are not taken. */
    platformEvents: string | undefined;
  };
  /** How long files are kept that customers and the desk send each other in the chat. */
  chatFileRetentionDays: number;
  /** How long reminders are kept after they were told, cancelled or given up. */
  reminderRetentionDays: number;
  /** How long is kept what reports know of turns. */
  insightRetentionDays: number;
  /** How long talks with people are kept for the desk to look up. */
  transcriptRetentionDays: number;
  /** How long after it could last be used it is known whom a conversation in a messaging app is held with. */
  deliveryRetentionDays: number;
  /** Absent: the staff log in with passwords only. */
  oidc: OidcSettings | undefined;
  review: ReviewRules;
  documentRetention: RetentionPolicy;
  /** Of the human desk, until they are changed there: what acts on them asks the desk's settings. */
  openingHours: OpeningHours;
  settings: Settings;
}

/** A setting that cannot be used; the message is for the operator. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

function openingHoursOf(env: Env): OpeningHours {
  const { HOURS_WEEKDAY: weekday, HOURS_SATURDAY: saturday, HOURS_SUNDAY: sunday, MAKE_UP_DAYS } = env;
  return {
    timeZone: env.TIME_ZONE,
    periods: { 1: weekday, 2: weekday, 3: weekday, 4: weekday, 5: weekday, 6: saturday, 7: sunday },
    holidays: env.HOLIDAYS.filter((day) => !MAKE_UP_DAYS.includes(day)),
    makeUpDays: Object.fromEntries(MAKE_UP_DAYS.map((day) => [day, weekday])),
  };
}

function settingsOf(env: Env): Settings {
  return {
    appPath: env.APP_PATH,
    securityPath: env.SECURITY_PATH,
    paymentSettingsPath: env.PAYMENT_SETTINGS_PATH,
    profilePath: env.PROFILE_PATH,
    helpPath: env.HELP_PATH,
    busyHours: env.BUSY_HOURS,
    creditReportMonths: env.CREDIT_REPORT_MONTHS,
    consentVersion: CONSENT_VERSION,
    reviewWorkingDays: env.REVIEW_WORKING_DAYS,
    documentRetentionDays: env.DOCUMENT_RETENTION_DAYS,
    reminderHours: { timeZone: env.TIME_ZONE, ...env.REMINDER_HOURS },
  };
}

function oidcOf(env: Env): OidcSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  return issuer && clientId && clientSecret ? { issuer: new URL(issuer), clientId, clientSecret } : undefined;
}

/** What production must not run with. */
function productionFaults(env: Env): string[] {
  const faults: string[] = [];
  const required = [
    'DIRECT_LINE_SECRET',
    'TOKEN_SIGNING_KEY',
    'DOCUMENT_KEK',
    'PLATFORM_API_URL',
    'PLATFORM_API_TOKEN',
  ] as const;
  for (const name of required) if (!env[name]) faults.push(`${name} must be set in production`);
  if (env.DIRECT_LINE_SECRET && env.DIRECT_LINE_SECRET === env.TOKEN_SIGNING_KEY) {
    faults.push('DIRECT_LINE_SECRET and TOKEN_SIGNING_KEY must differ');
  }
  for (const name of ['REDIS_URL', 'DATABASE_URL'] as const) {
    if (env[name] || env.ALLOW_EMBEDDED) continue;
    if (name === 'REDIS_URL' && env.REDIS_CLUSTER_NODES) continue;
    faults.push(
      `${name} must be set in production; say ALLOW_EMBEDDED=true if one process on embedded stores is enough`,
    );
  }
  return faults;
}

/** The checked settings. Throws `ConfigError` that names every bad one, without its value. */
export function readConfig(variables: Record<string, string | undefined>): Config {
  // `NAME=` in an .env file means "not set".
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`these settings cannot be used:\n  ${faults.join('\n  ')}`);
  }
  const env = parsed.data;
  const isProduction = env.NODE_ENV === 'production';
  const faults = [
    ...redisFaults(env),
    ...channelFaults(env, { publicUrl: env.PUBLIC_URL, isProduction }),
    ...botFrameworkFaults(env, { publicUrl: env.PUBLIC_URL, isProduction }),
    ...(isProduction ? productionFaults(env) : []),
  ];
  if (env.PLATFORM_API_URL && !env.PLATFORM_API_TOKEN)
    faults.push('PLATFORM_API_TOKEN must be set with PLATFORM_API_URL');
  const oidc = [env.OIDC_ISSUER, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET];
  if (oidc.some(Boolean) && !oidc.every(Boolean))
    faults.push('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set together');
  if (isProduction && env.OIDC_ISSUER?.startsWith('http:'))
    faults.push('OIDC_ISSUER must be an https address in production');
  if (faults.length > 0) throw new ConfigError(`these settings cannot be used:\n  ${faults.join('\n  ')}`);
  return {
    env: env.NODE_ENV,
    host: env.HOST,
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
    dataDir: env.DATA_DIR,
    publicUrl: env.PUBLIC_URL,
    allowedOrigins: env.ALLOWED_ORIGINS,
    proxyHops: env.TRUST_PROXY,
    databaseUrl: env.DATABASE_URL,
    redis: redisOf(env),
    channels: channelsOf(env),
    botFramework: botFrameworkOf(env),
    signInUrl: env.SIGN_IN_URL,
    platform:
      env.PLATFORM_API_URL && env.PLATFORM_API_TOKEN
        ? { url: env.PLATFORM_API_URL, token: env.PLATFORM_API_TOKEN }
        : undefined,
    secrets: {
      directLine: env.DIRECT_LINE_SECRET,
      tokenSigning: env.TOKEN_SIGNING_KEY,
      documentKek: env.DOCUMENT_KEK,
      platformEvents: env.PLATFORM_EVENTS_SECRET,
    },
    chatFileRetentionDays: env.CHAT_FILE_RETENTION_DAYS,
    reminderRetentionDays: env.REMINDER_RETENTION_DAYS,
    insightRetentionDays: env.INSIGHT_RETENTION_DAYS,
    transcriptRetentionDays: env.TRANSCRIPT_RETENTION_DAYS,
    deliveryRetentionDays: env.DELIVERY_RETENTION_DAYS,
    oidc: oidcOf(env),
    ...reviewOf(env),
    openingHours: openingHoursOf(env),
    settings: settingsOf(env),
  };
}
