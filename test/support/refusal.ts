import { ConfigError, readConfig } from '../../src/config.ts';

/** What settings are refused with; `accepted` where they are not. */
export function refusal(variables: Record<string, string>): string {
  try {
    readConfig(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
}
