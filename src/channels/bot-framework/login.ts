import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { inTime } from './in-time.ts';

type AuthenticationParameters = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>;
/** What the bot proves to Azure who it is with. */
export type Credentials = NonNullable<AuthenticationParameters[1]>;

class AuthenticationTimeout extends Error {
  override name = 'AuthenticationTimeout';

  constructor() {
    super('the login took too long');
  }
}

/** The same, but a message does not wait longer than this for a token: it is not sent then, however late one comes. */
export function impatient(login: Credentials, ms: number): Credentials {
  return {
    isValidAppId: (appId) => login.isValidAppId(appId),
    isAuthenticationDisabled: () => login.isAuthenticationDisabled(),
    async createCredentials(...about) {
      const credentials = await login.createCredentials(...about);
      return {
        signRequest: (request) => inTime(credentials.signRequest(request), ms, new AuthenticationTimeout()),
      };
    },
  };
}
