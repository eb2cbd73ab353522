/** How much a band matters: all is well, keep an eye on it, do something, at once. */
export const TONES = ['good', 'watch', 'act', 'urgent'] as const
export type Tone = (typeof TONES)[number]
