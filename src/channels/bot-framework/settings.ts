/** Where another cloud than the public one keeps its login, tokens and keys; named as in botbuilder's settings. */
export interface CloudAddresses {
  ToChannelFromBotLoginUrl: string;
  ToChannelFromBotOAuthScope: string;
  ToBotFromChannelTokenIssuer: string;
  OAuthUrl: string;
  ToBotFromChannelOpenIdMetadataUrl: string;
  ToBotFromEmulatorOpenIdMetadataUrl: string;
}

/** Who the bot is at Azure Bot Service. */
export type BotIdentity =
  | { type: 'SingleTenant'; appId: string; tenantId: string; password: string }
  /** A managed identity of Azure, which needs no password. */
  | { type: 'UserAssignedMsi'; appId: string; tenantId: string }
  /** Nobody is checked: for local clients only, never in production. */
  | { type: 'none' };

export interface BotFrameworkSettings {
  identity: BotIdentity;
  /** Absent: Azure's public cloud. */
  cloud: CloudAddresses | undefined;
}
