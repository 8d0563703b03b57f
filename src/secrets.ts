import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from './config.ts';

export interface Secrets {
  /** With which the host's backend fetches tokens. */
  directLine: string;
  /** Signs tokens, tickets and upload addresses. */
  tokenSigning: string;
  /** Wraps each picture's key; 32 bytes in base64. */
  documentKek: string;
  /** Between the product and the sandbox. */
  sandboxToken: string;
  /** With which the platform signs its events; absent = they are not taken. */
  platformEvents: string | undefined;
}

/** What is made and kept where it is not configured. */
type Kept = Omit<Secrets, 'platformEvents'>;

const schema = z.object({
  directLine: z.string().min(32),
  tokenSigning: z.string().min(32),
  documentKek: z.string(),
  sandboxToken: z.string().min(32),
});

function generate(): Kept {
  const random = () => randomBytes(32).toString('base64');
  return { directLine: random(), tokenSigning: random(), documentKek: random(), sandboxToken: random() };
}

async function keptIn(file: string): Promise<Kept | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const parsed = schema.safeParse(JSON.parse(text));
  // Making new ones would lock everybody out of the pictures that the old key has wrapped.
  if (!parsed.success) throw new Error(`${file} is damaged; restore it from a backup`);
  return parsed.data;
}

async function keep(file: string, secrets: Kept): Promise<void> {
  const unfinished = `${file}.new`;
  await writeFile(unfinished, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}

/** The configured secrets; those that are not set are made once and kept in the data directory. */
export async function loadSecrets(config: Config): Promise<Secrets> {
  const { directLine, tokenSigning, documentKek, platformEvents } = config.secrets;
  if (directLine && tokenSigning && documentKek && config.platform) {
    return { directLine, tokenSigning, documentKek, sandboxToken: '', platformEvents };
  }
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const file = join(config.dataDir, 'secrets.json');
  const kept = await keptIn(file);
  const secrets = kept ?? generate();
  if (!kept) await keep(file, secrets);
  return {
    ...secrets,
    ...(directLine && { directLine }),
    ...(tokenSigning && { tokenSigning }),
    ...(documentKek && { documentKek }),
    // The sandbox signs with what it shares with the product anyway.
    platformEvents: platformEvents ?? (config.platform ? undefined : secrets.sandboxToken),
  };
}
