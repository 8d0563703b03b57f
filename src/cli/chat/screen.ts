import { clearLine, cursorTo, type Interface } from 'node:readline';
import { styleText } from 'node:util';
import texts from './texts.json' with { type: 'json' };

type Style = Parameters<typeof styleText>[0];

/** Writes lines around whatever the user is typing; plain text when nobody watches. */
export class Screen {
  readonly #watched = process.stdout.isTTY === true;
  #typing = false;
  #input: Interface | undefined;

  /** The line editor whose half-written line has to survive what is printed. */
  attach(input: Interface): void {
    this.#input = input;
    if (this.#watched) input.prompt();
  }

  print(text: string, style?: Style): void {
    this.#clear();
    console.log(style && this.#watched ? styleText(style, text) : text);
    if (this.#watched) this.#input?.prompt(true);
  }

  /** One speaker's words; further lines stand under the first. */
  say(speaker: string, text: string, style: Style): void {
    const indent = ' '.repeat(speaker.length * 2 + 1);
    const name = this.#watched ? styleText(style, speaker) : speaker;
    this.print(`${name}:${text.replaceAll('\n', `\n${indent}`)}`);
  }

  /** Shows or removes the sign that the other side is writing. */
  showTyping(typing: boolean): void {
    if (!this.#watched || typing === this.#typing) return;
    this.#clear();
    if (typing) process.stdout.write(styleText('dim', texts.typing));
    else this.#input?.prompt(true);
    this.#typing = typing;
  }

  #clear(): void {
    this.#typing = false;
    if (!this.#watched) return;
    cursorTo(process.stdout, 0);
    clearLine(process.stdout, 0);
  }
}
