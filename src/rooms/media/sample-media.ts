import type { MediaDefinition } from './contract/words.ts'

/** A drawing to hand in, in tests. */
export const A_DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><circle cx="20" cy="15" r="9" class="f-teal m-pulse"/></svg>'

/** A card to write with, in tests. */
export function aMedia(picture: string, change: Partial<MediaDefinition> = {}): MediaDefinition {
  return {
    code: 'pulse',
    kind: 'how-to',
    title: { zh: '怎样数脉搏', en: 'Counting the pulse' },
    summary: { zh: '两根手指放在手腕上，数一分钟。', en: 'Two fingers on the wrist, for a minute.' },
    topics: ['indicator:hr'],
    words: ['脉搏'],
    steps: [
      {
        picture,
        alt: { zh: '两根手指按在手腕上。', en: 'Two fingers on a wrist.' },
        caption: {
          zh: '手指轻轻放在拇指一侧的手腕上。',
          en: 'Lay the fingers lightly on the thumb side of the wrist.',
        },
        source: '《诊断学》（第 9 版）',
      },
    ],
    honest: [],
    licence: 'Apache-2.0',
    reviewer: null,
    expiresOn: '2028-11-30',
    ...change,
  }
}
