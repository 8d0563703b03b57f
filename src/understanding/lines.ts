/** Bytes of a line that are looked at; the rest of it is passed over. */
export const MAX_LINE_BYTES = 1024 * 1024;

const NEWLINE = 0x0a;

class LineBuffer {
  #parts: Uint8Array[] = [];
  #size = 0;
  #cut = false;

  add(bytes: Uint8Array): void {
    const room = MAX_LINE_BYTES - this.#size;
    if (bytes.length > room) this.#cut = true;
    const taken = bytes.subarray(0, Math.max(0, room));
    this.#parts.push(taken);
    this.#size += taken.length;
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  take(): string {
    const text = new TextDecoder().decode(Buffer.concat(this.#parts)).replace(/\r$/, '');
    // A number cut in two could no longer be recognised as one to mask.
    const line = this.#cut ? text.replace(/[\d\p{Nd}\s\ufffd-]{1,64}$/u, '') : text;
    this.#parts = [];
    this.#size = 0;
    this.#cut = false;
    return line;
  }
}

/**
 * Lines of a byte stream as text: LF or CRLF, the last one also without an end. Bytes that are not
 * UTF-8 become U+FFFD; a line longer than MAX_LINE_BYTES is cut.
 */
export async function* utteranceLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const buffer = new LineBuffer();
  for await (const chunk of source) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      buffer.add(chunk.subarray(from, end));
      yield buffer.take();
      from = end + 1;
    }
    if (from < chunk.length) buffer.add(chunk.subarray(from));
  }
  if (!buffer.isEmpty) yield buffer.take();
}
