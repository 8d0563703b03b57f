import type { Entities } from '../domain/intent.ts';
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

interface Opened extends Extraction {
  folded: string;
}

function open(masked: string): Opened {
  // Cut before and after: folding a text of a megabyte is wasted, and folding can lengthen it.
  const folded = cap(fold(cap(masked)));
  return { folded, ...extractEntities(folded) };
}

function prepared({ folded, entities, marked }: Opened): Prepared {
  const text = repairHomophones(canonical(marked));
  return { entities, folded, canonical: text, features: text === '' ? [] : featuresOf(text) };
}

/** Takes a masked text apart; the same way in training and in use. */
export function prepare(masked: string): Prepared {
  return prepared(open(masked));
}

/** The entities of the whole text, and what is left as the wish when something is set aside. */
export function prepareWish(masked: string): { entities: Entities; wish: Prepared } {
  const whole = open(masked);
  const wish = withoutCorrection(whole.folded);
  return { entities: whole.entities, wish: wish === whole.folded ? prepared(whole) : prepare(wish) };
}
