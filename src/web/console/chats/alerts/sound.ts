/** Tones in Hz, one after the other: soft for words, more urgent for a customer who waits for somebody. */
const TUNES = { message: [660, 880], customer: [784, 988, 1175] } as const;
const TONE_SECONDS = 0.14;
const LOUDNESS = 0.12;

let context: AudioContext | undefined;

/** Plays a short tune; browsers allow it once the page has been clicked. */
export function chime(tune: keyof typeof TUNES): void {
  context ??= new AudioContext();
  // A page that nobody has touched yet stays silent.
  if (context.state === 'suspended') void context.resume();
  TUNES[tune].forEach((frequency, index) => {
    if (!context) return;
    const startsAt = context.currentTime + index * TONE_SECONDS;
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(LOUDNESS, startsAt);
    volume.gain.exponentialRampToValueAtTime(0.001, startsAt + TONE_SECONDS * 1.6);
    tone.connect(volume).connect(context.destination);
    tone.start(startsAt);
    tone.stop(startsAt + TONE_SECONDS * 1.6);
  });
}
