/** `npm run chat`: the same conversation as in the widget, in a terminal or scripted through stdin. */
import { parseArgs } from 'node:util';
import { localeFor, REFERENCE_LOCALE } from '../domain/locale.ts';
import { fill } from '../web/widget/texts.ts';
import { ChatFault, type ChatOptions, runChat } from './chat/run.ts';
import texts from './chat/texts.json' with { type: 'json' };

function readArguments(): ChatOptions {
  const { values } = parseArgs({
    options: {
      customer: { type: 'string' },
      url: { type: 'string', default: 'http://127.0.0.1:3978' },
      locale: { type: 'string', default: REFERENCE_LOCALE },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(texts.usage);
    process.exit(0);
  }
  if (!URL.canParse(values.url)) throw new ChatFault(texts.badUrl);
  return { customer: values.customer, url: new URL(values.url), locale: localeFor(values.locale) };
}

try {
  await runChat(readArguments());
  process.exit(0);
} catch (error) {
  const wrongArguments = error instanceof TypeError && 'code' in error;
  if (!(error instanceof ChatFault) && !wrongArguments) throw error;
  console.error(wrongArguments ? `${error.message}\n${fill(texts.usage, {})}` : error.message);
  process.exit(1);
}
