import { locale, speak, texts } from './texts.ts';

/** Changes the language of the widget and of its page, which screen readers and fonts go by. */
export function speakHere(wanted: string): void {
  speak(wanted);
  document.documentElement.lang = locale;
  document.title = texts.title;
}
