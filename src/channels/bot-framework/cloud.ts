import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { answering } from './client.ts';
import type { PostedActivity } from './decode.ts';
import { inTime } from './in-time.ts';
import { type Credentials, impatient } from './login.ts';
import type { BotFrameworkSettings, BotIdentity } from './settings.ts';

/** A request whose token was checked, as the SDK wants it back. */
export type Caller = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;

export type Checked =
  | { kind: 'authentic'; caller: Caller }
  | { kind: 'forged' }
  /** The keys could not be fetched: nobody can say who it is from. */
  | { kind: 'unavailable'; cause: unknown };

/** The SDK looks for keys at another place for a channel of this name, set up or not. */
const FOREIGN_CHANNEL = 'AseChannel';

/** What Azure's public cloud signs as. */
const ISSUER = 'https://api.botframework.com';
const CHECK_MS = 10_000;
const LOGIN_MS = 10_000;

const LATE = new Error('the keys took too long');

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** What fetching the keys fails with; whatever else goes wrong has to do with the token. */
const isUnavailable = (error: unknown) =>
  error instanceof Error &&
  (error === LATE ||
    error.name === 'FetchError' ||
    /^Failed to load (?:Keys|openID config)/.test(error.message));

function identityOf(identity: BotIdentity): Record<string, string> {
  if (identity.type === 'none') return { MicrosoftAppId: '', MicrosoftAppPassword: '' };
  const { type, appId, tenantId } = identity;
  const named = { MicrosoftAppType: type, MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId };
  return identity.type === 'SingleTenant' ? { ...named, MicrosoftAppPassword: identity.password } : named;
}

export interface CloudParts {
  settings: BotFrameworkSettings;
  timeoutMs?: number | undefined;
  /** For tests: instead of what Azure gives the identity. */
  credentials?: Credentials | undefined;
}

/** botbuilder's adapter, with the check of a token apart from the work, and no retries of its own. */
export class Cloud extends CloudAdapter {
  readonly appId: string;
  readonly #issuer: string;
  readonly #checkMs: number;

  constructor({ settings, timeoutMs, credentials }: CloudParts) {
    const { identity, cloud } = settings;
    const named = identityOf(identity);
    const login = credentials ?? new ConfigurationServiceClientCredentialFactory(named);
    super(
      new ConfigurationBotFrameworkAuthentication(
        { ...named, ...(cloud && { ...cloud, ValidateAuthority: 'true', CallerId: '' }) },
        impatient(login, timeoutMs ?? LOGIN_MS),
        undefined,
        undefined,
        { httpClient: answering(timeoutMs) },
      ),
    );
    this.appId = identity.type === 'none' ? '' : identity.appId;
    this.#issuer = cloud?.ToBotFromChannelTokenIssuer ?? ISSUER;
    this.#checkMs = timeoutMs ?? CHECK_MS;
  }

  /** Whether Azure has signed it, for this bot, and names the address that answers are sent to. */
  async check(authorization: string, activity: PostedActivity): Promise<Checked> {
    if (activity.channelId === FOREIGN_CHANNEL) return { kind: 'forged' };
    try {
      const checking = this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
      const caller = await inTime(checking, this.#checkMs, LATE);
      return this.#isAddressed(caller, activity) ? { kind: 'authentic', caller } : { kind: 'forged' };
    } catch (cause) {
      return isUnavailable(cause) ? { kind: 'unavailable', cause } : { kind: 'forged' };
    }
  }

  /** Tokens of the Emulator name no address: whoever has one could have the bot's own token sent anywhere. */
  #isAddressed({ claimsIdentity }: Caller, { serviceUrl }: PostedActivity): boolean {
    return this.appId === '' || claimsIdentity.getClaimValue('serviceurl') === serviceUrl;
  }

  /** Has the keys fetched that tokens are checked with, unless that was within the hour. */
  async fetchKeys(): Promise<{ kind: 'fetched' } | { kind: 'unavailable'; cause: unknown }> {
    // A token by a key that nobody has: for it, the SDK looks whether there are new ones.
    const token = `${encoded({ alg: 'RS256', kid: 'none' })}.${encoded({ iss: this.#issuer })}.x`;
    const account = { id: 'none' };
    const about = { type: 'message', channelId: 'msteams', serviceUrl: this.#issuer };
    const activity = { ...about, conversation: account, from: account } as PostedActivity;
    const checked = await this.check(`Bearer ${token}`, activity);
    return checked.kind === 'unavailable' ? checked : { kind: 'fetched' };
  }

  /** What is to be answered in line, after `work`; undefined for nothing. */
  async run(
    caller: Caller,
    activity: PostedActivity,
    work: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(caller, activity, work);
  }
}
