import { z } from 'zod';
import { type Locale, text as textOf } from '../../../locales/index.ts';
import { plainText, type WriteLink } from './plain-text.ts';

/** A choice that is offered; `says`: what the customer says by taking it. */
export interface Option {
  label: string;
  says: string;
}

/** What a card comes to where there are no cards. */
export interface Card {
  text: string;
  options: Option[];
  links: { title: string; url: string }[];
  pictures: { url: string; name: string }[];
}

const word = z.string().catch('').default('');
const url = z.url({ protocol: /^https?$/ });

const action = z
  .object({ type: word, title: word, value: z.unknown().optional() })
  .catch({ type: '', title: '', value: '' });
export type CardAction = z.infer<typeof action>;
const actions = z.array(action).catch([]).default([]);

/** Buttons, by what they do: those that say something, and those that open a page. */
export function sortActions(given: unknown): Pick<Card, 'options' | 'links'> {
  const sorted: Pick<Card, 'options' | 'links'> = { options: [], links: [] };
  for (const { type, title, value } of actions.parse(given)) {
    const says = typeof value === 'string' && value !== '' ? value : title;
    const label = title || says;
    if (label === '') continue;
    const opens = ['openUrl', 'signin', 'downloadFile', 'playAudio', 'playVideo'].includes(type);
    if (!opens) sorted.options.push({ label, says });
    else if (url.safeParse(value).success) sorted.links.push({ title: label, url: says });
  }
  return sorted;
}

const picture = z.object({ url, alt: word }).transform((it) => ({ url: it.url, name: it.alt }));
const pictures = z.array(picture).catch([]).default([]);

const fact = z.object({ key: word, value: word, title: word, price: word }).catch({
  ...{ key: '', value: '', title: '', price: '' },
});
const rich = z.object({
  title: word,
  subtitle: word,
  text: word,
  images: pictures,
  image: picture.nullish().catch(undefined),
  buttons: z.unknown().optional(),
  facts: z.array(fact).catch([]).default([]),
  items: z.array(fact).catch([]).default([]),
  total: word,
});

const isText = (line: string | undefined): line is string => line !== undefined && line.trim() !== '';
const pair = (name: string, value: string) => (name && value ? `${name}：${value}` : name || value);

/** Hero, thumbnail, receipt, sign-in, audio and video cards. */
export function richCard(
  content: unknown,
  { locale, link }: { locale: Locale; link: WriteLink },
): Card | undefined {
  const parsed = rich.safeParse(content);
  if (!parsed.success) return undefined;
  const { title, subtitle, text, images, image, buttons, facts, items, total } = parsed.data;
  const lines = [
    title && `【${title}】`,
    subtitle,
    plainText(text, link),
    ...[...facts, ...items].map((it) => pair(it.key || it.title, it.value || it.price)),
    total && textOf(locale, 'channels.total', { amount: total }),
  ];
  return {
    text: lines.filter(isText).join('\n'),
    ...sortActions(buttons),
    pictures: [...images, ...(image ? [image] : [])],
  };
}

interface Element {
  type: string;
  [field: string]: unknown;
}

const element: z.ZodType<Element> = z.looseObject({ type: z.string() });
const elements = z.array(element.catch({ type: '' })).catch([]);

/** Beyond this, it is no card that somebody has designed. */
const MAX_DEPTH = 12;

function linesIn(given: unknown, link: WriteLink, depth = 0): string[] {
  if (depth > MAX_DEPTH) return [];
  return elements.parse(given).flatMap((it) => {
    const below = (field: string) => linesIn(it[field], link, depth + 1);
    switch (it.type) {
      case 'TextBlock':
        return [plainText(word.parse(it.text), link)];
      case 'RichTextBlock':
        return [
          z
            .array(z.union([z.string(), z.object({ text: word }).transform((run) => run.text)]))
            .catch([])
            .parse(it.inlines)
            .join(''),
        ];
      case 'FactSet': {
        const facts = z.array(fact).catch([]).parse(it.facts);
        return facts.map(({ title, value }) => pair(title, plainText(value, link)));
      }
      case 'Image':
        return [word.parse(it.altText)];
      case 'TableRow':
        return [below('cells').join('，')];
      case 'ColumnSet':
        return below('columns');
      case 'Table':
        return below('rows');
      default:
        return [...below('items'), ...below('body')];
    }
  });
}

function actionsIn(given: unknown, depth = 0): CardAction[] {
  if (depth > MAX_DEPTH) return [];
  return elements.parse(given).flatMap((it) => {
    if (it.type === 'ActionSet' || it.type === 'AdaptiveCard') return actionsIn(it.actions, depth + 1);
    if (it.type === 'Action.ShowCard') return actionsIn([it.card], depth + 1);
    const title = word.parse(it.title);
    if (it.type === 'Action.OpenUrl') return [{ type: 'openUrl', title, value: it.url }];
    if (it.type === 'Action.Submit' || it.type === 'Action.Execute') {
      const said = z.object({ text: z.string() }).safeParse(it.data).data?.text;
      return [{ type: 'imBack', title, value: typeof it.data === 'string' ? it.data : said }];
    }
    return ['items', 'columns', 'body'].flatMap((field) => actionsIn(it[field], depth + 1));
  });
}

const adaptive = z.looseObject({
  fallbackText: word,
  speak: word,
  body: z.unknown().optional(),
  actions: z.unknown().optional(),
});

/** An adaptive card; what it says of itself for those who cannot show it goes before what is in it. */
export function adaptiveCard(content: unknown, link: WriteLink): Card | undefined {
  const parsed = adaptive.safeParse(content);
  if (!parsed.success) return undefined;
  const { fallbackText, speak, body, actions: own } = parsed.data;
  const instead = fallbackText || speak;
  const text = instead || linesIn(body, link).filter(isText).join('\n');
  const found = [...actionsIn(body), ...actionsIn(own)];
  return { text, ...sortActions(found), pictures: [] };
}
