import { z } from 'zod';
import type { BotFrameworkSettings, BotIdentity, CloudAddresses } from './channels/bot-framework/settings.ts';

const http = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional();
const word = z.string().min(1).optional();

/** The environment variables of Azure Bot Service, by the names that botbuilder has given them. */
export const botFrameworkVariables = {
  BOT_FRAMEWORK: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
  MicrosoftAppType: z
    .enum(['SingleTenant', 'UserAssignedMsi'], 'must be SingleTenant or UserAssignedMsi')
    .default('SingleTenant'),
  MicrosoftAppId: word,
  MicrosoftAppTenantId: word,
  MicrosoftAppPassword: word,
  ToChannelFromBotLoginUrl: http,
  ToChannelFromBotOAuthScope: http,
  ToBotFromChannelTokenIssuer: http,
  OAuthUrl: http,
  ToBotFromChannelOpenIdMetadataUrl: http,
  ToBotFromEmulatorOpenIdMetadataUrl: http,
};

type Env = z.infer<z.ZodObject<typeof botFrameworkVariables>>;

const CLOUD = [
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'OAuthUrl',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
] as const satisfies readonly (keyof CloudAddresses)[];

const isOn = (env: Env) => env.BOT_FRAMEWORK || env.MicrosoftAppId !== undefined;

function identityOf(env: Env): BotIdentity {
  const {
    MicrosoftAppId: appId,
    MicrosoftAppTenantId: tenantId = '',
    MicrosoftAppPassword: password = '',
  } = env;
  if (appId === undefined) return { type: 'none' };
  const { MicrosoftAppType: type } = env;
  return type === 'SingleTenant' ? { type, appId, tenantId, password } : { type, appId, tenantId };
}

/** Undefined when the channel is off. */
export function botFrameworkOf(env: Env): BotFrameworkSettings | undefined {
  if (!isOn(env)) return undefined;
  const given = CLOUD.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  const cloud = given.length > 0 ? (Object.fromEntries(given) as unknown as CloudAddresses) : undefined;
  return { identity: identityOf(env), cloud };
}

/** What only makes sense together, or not in production. */
export function botFrameworkFaults(
  env: Env,
  { publicUrl, isProduction }: { publicUrl: string | undefined; isProduction: boolean },
): string[] {
  if (!isOn(env)) return [];
  const faults = publicUrl
    ? []
    : ['PUBLIC_URL must be set with BOT_FRAMEWORK: customers are sent links to it'];
  const missing = CLOUD.filter((name) => env[name] === undefined);
  if (missing.length > 0 && missing.length < CLOUD.length)
    faults.push(`${missing.join(', ')} must be set with the other addresses of the cloud`);
  const plain = isProduction ? CLOUD.filter((name) => env[name]?.startsWith('http:')) : [];
  faults.push(...plain.map((name) => `${name} must be an https address in production`));
  if (env.MicrosoftAppId === undefined)
    return isProduction
      ? [...faults, 'MicrosoftAppId must be set in production with BOT_FRAMEWORK: nobody would be checked']
      : faults;
  if (!env.MicrosoftAppTenantId) faults.push('MicrosoftAppTenantId must be set with MicrosoftAppId');
  const isSecretKept = env.MicrosoftAppType === 'SingleTenant';
  if (isSecretKept && !env.MicrosoftAppPassword)
    faults.push('MicrosoftAppPassword must be set with MicrosoftAppType SingleTenant');
  if (!isSecretKept && env.MicrosoftAppPassword)
    faults.push('MicrosoftAppPassword must not be set with MicrosoftAppType UserAssignedMsi');
  return faults;
}
