/** Faults that their message explains to the operator; any other is shown whole. */
const EXPLAINED = ['ConfigError', 'DirectoryInUse', 'DatabaseFault', 'RedisFault', 'PhrasesError'];

/** What is told to the operator of a start that failed; undefined for what has to be shown whole. */
export function sentenceOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `The address is in use (${error.message}). Is another server running? Set PORT to use another one.`;
  }
  return EXPLAINED.includes(error.name) ? error.message : undefined;
}
