import { type Extraction, extractEntities } from './entities.ts';
import { featuresOf } from './features.ts';
import { repairHomophones } from './homophones.ts';
import { canonical, cap, fold } from './normalise.ts';
import { withoutCorrection } from './rules.ts';

/** A text on its way to the classifier. */
export interface Prepared extends Pick<Extraction, 'entities'> {
  /** Simplified, lower case, entities still in words: what rules read. */
  folded: string;
  /** Synonyms and entities made one: what the classifier reads. May be empty. */
  canonical: string;
  features: string[];
}

/** Takes a masked text apart; the same way in training and in use. */
export function prepare(masked: string): Prepared {
  // Cut before and after: folding a text of a megabyte is wasted, and folding can lengthen it.
  const folded = cap(fold(cap(masked)));
  const { entities, marked } = extractEntities(folded);
  const text = repairHomophones(canonical(marked));
  return { entities, folded, canonical: text, features: text === '' ? [] : featuresOf(text) };
}

/** The whole text for its entities, and what is left as the wish when something is set aside. */
export function prepareWish(masked: string): { whole: Prepared; wish: Prepared } {
  const whole = prepare(masked);
  const corrected = withoutCorrection(whole.folded);
  return { whole, wish: corrected === whole.folded ? whole : prepare(corrected) };
}
