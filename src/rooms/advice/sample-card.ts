import type { CardDefinition } from './contract/words.ts'

/** A card to write with, in tests. */
export function aCard(change: Partial<CardDefinition> = {}): CardDefinition {
  return {
    code: 'diet-breakfast',
    kind: 'diet',
    title: { zh: '早饭吃好', en: 'A good breakfast' },
    summary: { zh: '早上吃一点，一上午都有劲。', en: 'A little in the morning carries you to noon.' },
    points: [{ zh: '一个鸡蛋，一杯奶。', en: 'An egg and a glass of milk.' }],
    avoid: [],
    for: [{ age: { from: 18 } }],
    notFor: [
      {
        when: { allergy: ['鸡蛋', '牛奶'] },
        because: { zh: '对鸡蛋或牛奶过敏。', en: 'Allergic to egg or milk.' },
      },
    ],
    source: '中国居民膳食指南（2022）',
    licence: 'Apache-2.0',
    reviewer: null,
    expiresOn: '2028-11-30',
    ...change,
  }
}
