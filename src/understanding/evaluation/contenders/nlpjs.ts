import { createRequire } from 'node:module';
import type { Contender } from './contender.ts';

/** The part of nlp.js's interface that its quick start uses; the packages bring no types. */
interface Nlp {
  settings: { autoSave: boolean };
  nluManager: { settings: { log?: boolean } };
  addLanguage(locale: string): void;
  addDocument(locale: string, text: string, intent: string): void;
  train(): Promise<unknown>;
  process(
    locale: string,
    text: string,
  ): Promise<{ intent: string; classifications: { intent: string; score: number }[] }>;
}
interface Container {
  use(plugin: unknown): void;
  get(name: 'nlp'): Nlp;
}
interface Packages {
  core: { containerBootstrap(): Promise<Container> };
  nlp: { Nlp: unknown };
  zh: { LangZh: unknown };
}

const require = createRequire(import.meta.url);

/** They are installed with the development dependencies only. */
function packages(): Packages | undefined {
  try {
    return {
      core: require('@nlpjs/core'),
      nlp: require('@nlpjs/nlp'),
      zh: require('@nlpjs/lang-zh'),
    };
  } catch {
    return undefined;
  }
}

/** What nlp.js answers when nothing reaches its threshold. */
const NONE = 'None';
const named = (intent: string) => (intent === NONE ? 'out_of_scope' : intent);

/** nlp.js with its Chinese language pack, as its quick start shows it. */
export const nlpjs: Contender = {
  name: 'nlp.js with lang-zh',
  train: async (phrases) => {
    const found = packages();
    if (!found) return undefined;
    const container = await found.core.containerBootstrap();
    container.use(found.nlp.Nlp);
    container.use(found.zh.LangZh);
    const nlp = container.get('nlp');
    nlp.settings.autoSave = false;
    nlp.nluManager.settings.log = false;
    nlp.addLanguage('zh');
    for (const { text, intent } of phrases) nlp.addDocument('zh', text, intent);
    await nlp.train();
    return async (text) => {
      const { intent, classifications } = await nlp.process('zh', text);
      return { intent: named(intent), ranking: classifications.slice(0, 3).map((c) => named(c.intent)) };
    };
  },
};
