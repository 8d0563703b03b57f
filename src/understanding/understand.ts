import type { Intent, RankedIntent, Understand, Understanding } from '../domain/intent.ts';
import { POLICY } from './lexicon.ts';
import { mask } from './mask.ts';
import type { Classifier } from './model/example.ts';
import { simplify } from './normalise.ts';
import { decide } from './policy.ts';
import { type Prepared, prepareWish } from './prepare.ts';
import { consultRules } from './rules.ts';

/** The classifier that decides and, when there is one, the one that is heard besides. */
export interface Classifiers {
  first: Classifier;
  kind: 'committee' | 'bayes';
  second?: Classifier;
}

const RANKED = 3;
/** What a rule leaves to the model's own ranking. */
const RULE_CONFIDENCE = 0.99;

const rounded = ({ intent, confidence }: RankedIntent): RankedIntent => ({
  intent,
  confidence: Math.round(confidence * 10_000) / 10_000,
});

function withIntentFirst(
  ranking: readonly RankedIntent[],
  intent: Intent,
  confidence: number,
): RankedIntent[] {
  const others = ranking.filter((ranked) => ranked.intent !== intent);
  const sum = others.reduce((total, ranked) => total + ranked.confidence, 0) || 1;
  const scale = (1 - confidence) / sum;
  return [{ intent, confidence }, ...others.map((o) => ({ ...o, confidence: o.confidence * scale }))];
}

function judge(
  prepared: Prepared,
  { first, second, kind }: Classifiers,
): Pick<Understanding, 'ranking' | 'decision'> {
  const zone = POLICY[kind];
  const { ranking, knownShare } = first.read(prepared.features, zone.temperature);
  // Nothing but emoji, punctuation or blanks.
  if (prepared.canonical === '')
    return { ranking: withIntentFirst(ranking, 'out_of_scope', 1), decision: 'reject' };

  const { intent: byRule, doubtful } = consultRules(prepared.folded);
  // A model of other intents has its own words for them.
  if (byRule && first.labels.includes(byRule))
    return { ranking: withIntentFirst(ranking, byRule, RULE_CONFIDENCE), decision: 'accept' };

  const evidence = {
    ranking,
    secondOpinion: () => second?.read(prepared.features, POLICY.bayes.temperature).ranking[0]?.intent,
    knownShare,
    length: prepared.canonical.length,
  };
  const decision = decide(evidence, zone);
  const isDoubtful = ranking[0] !== undefined && doubtful.includes(ranking[0].intent);
  return { ranking, decision: decision === 'accept' && isDoubtful ? 'ask' : decision };
}

/** Builds the port from trained classifiers. */
export function createUnderstand(classifiers: Classifiers): Understand {
  return (text) => {
    const masked = mask(text);
    const { entities, wish } = prepareWish(masked.text);
    const { ranking, decision } = judge(wish, classifiers);
    const top = ranking.slice(0, RANKED).map(rounded);
    const { intent, confidence } = top[0] ?? { intent: 'out_of_scope' as const, confidence: 0 };
    return {
      text: masked.text,
      folded: simplify(masked.text),
      intent,
      confidence,
      decision,
      ranking: top,
      entities,
      sensitive: masked.sensitive,
    };
  };
}
