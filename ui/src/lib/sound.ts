/** The two sounds of the counter: short, quiet, and off when the settings say so. */
export type Sound = 'printed' | 'look_here';

const notes: Record<Sound, number[]> = { printed: [880], look_here: [440, 440] };

/** Plays a sound; silence where there is no audio. */
export function play(sound: Sound, wanted: { on: boolean }): void {
  if (!wanted.on || typeof AudioContext === 'undefined') return;
  const context = new AudioContext();
  notes[sound].forEach((frequency, index) => {
    const start = context.currentTime + index * 0.16;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.08, start);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.12);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.13);
    if (index === notes[sound].length - 1) tone.onended = () => void context.close();
  });
}
