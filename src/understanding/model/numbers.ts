import type { Packed } from './packed.ts';

/** The model file cannot be used; it is written anew. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}

/** Hands out the numbers one array after the other, without copying them. */
export class Numbers {
  readonly #bytes: Buffer;
  readonly #steps: readonly number[];
  #packed = 0;
  #next = 0;

  constructor(bytes: Buffer, steps: readonly number[]) {
    const isAligned = bytes.byteOffset % 4 === 0;
    this.#bytes = isAligned ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
    this.#steps = steps;
  }

  #take(bytes: number): number {
    const from = this.#next;
    this.#next += bytes;
    if (this.#next > this.#bytes.length) throw new ModelFileError('model file: too short');
    return this.#bytes.byteOffset + from;
  }

  packed(length: number): Packed {
    const at = this.#take(length * Int16Array.BYTES_PER_ELEMENT);
    const step = this.#steps[this.#packed++];
    if (step === undefined) throw new ModelFileError('model file: a step is missing');
    return { step, numbers: new Int16Array(this.#bytes.buffer, at, length) };
  }

  floats(length: number): Float32Array {
    this.#next += this.#next % Float32Array.BYTES_PER_ELEMENT;
    const at = this.#take(length * Float32Array.BYTES_PER_ELEMENT);
    return new Float32Array(this.#bytes.buffer, at, length);
  }

  end(): void {
    if (this.#next !== this.#bytes.length) throw new ModelFileError('model file: too long');
  }
}
