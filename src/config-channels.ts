import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { accountsSchema, type ChannelAccounts } from './channels/accounts.ts';
import { WECHAT_API } from './channels/wechat/client.ts';
import { WECOM_API } from './channels/wecom/client.ts';

/** Places and reasons, never values: secrets are among them. */
function faultsOf(error: z.ZodError): string[] {
  return error.issues.slice(0, 10).map(({ path, message }) => `${path.join('.')} ${message}`.trim());
}

function readAccounts(file: string, context: z.RefinementCtx): ChannelAccounts {
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  let given: unknown;
  try {
    given = parse(readFileSync(file, 'utf8'));
  } catch {
    return refuse('must be a file that can be read and is YAML or JSON');
  }
  const parsed = accountsSchema.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  for (const fault of faultsOf(parsed.error)) refuse(fault);
  return z.NEVER;
}

const http = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });

/** The environment variables that describe the messaging channels. */
export const channelVariables = {
  CHANNELS_FILE: z.string().transform(readAccounts).optional(),
  WECHAT_API_URL: http.default(WECHAT_API),
  WECOM_API_URL: http.default(WECOM_API),
  SIGN_IN_URL: http.optional(),
};

type Env = z.infer<z.ZodObject<typeof channelVariables>>;

/** The messaging channels: accounts, and where the platforms are. */
export interface ChannelSettings extends ChannelAccounts {
  wechatApiUrl: string;
  wecomApiUrl: string;
}

/** Undefined when there are none. */
export function channelsOf({
  CHANNELS_FILE,
  WECHAT_API_URL,
  WECOM_API_URL,
}: Env): ChannelSettings | undefined {
  if (!CHANNELS_FILE) return undefined;
  return { ...CHANNELS_FILE, wechatApiUrl: WECHAT_API_URL, wecomApiUrl: WECOM_API_URL };
}

/** What only makes sense together, or not in production. */
export function channelFaults(
  { CHANNELS_FILE: accounts }: Env,
  { publicUrl, isProduction }: { publicUrl: string | undefined; isProduction: boolean },
): string[] {
  if (!accounts) return [];
  const faults = publicUrl
    ? []
    : ['PUBLIC_URL must be set with CHANNELS_FILE: customers are sent links to it'];
  const plain = accounts.wechat.filter(({ mode }) => mode === 'plain');
  if (!isProduction) return faults;
  return [
    ...faults,
    ...plain.map(({ name }) => `CHANNELS_FILE: wechat ${name} must not have mode plain in production`),
  ];
}
