import { expect, test } from 'vitest'
import { englishSource, isStillChinese } from './source-name.ts'

test.each([
  ['中国居民膳食指南（2022）', 'Dietary Guidelines for Chinese Residents (2022)'],
  ['中国人群身体活动指南（2021）：老年人', 'Physical Activity Guidelines for Chinese (2021)'],
  [
    '中国居民膳食指南（2022）；中国心血管病风险评估和管理指南（2019）',
    'Dietary Guidelines for Chinese Residents (2022); Guideline on the assessment and management of cardiovascular risk in China (2019)',
  ],
  ['中国居民膳食指南（2022）；本院营养科', ''],
  ['成人高血压食养指南（2023年版），国家卫生健康委', ''],
  ['WHO guideline: sodium intake (2012)', 'WHO guideline: sodium intake (2012)'],
  ['constructor：中文', ''],
])('%s is %s in English', (source, name) => expect(englishSource(source)).toBe(name))

test('a Chinese name in the English edition is told from one that was written', () => {
  const zh = '本院营养科（2024）'
  expect([zh, ` ${zh} `, 'Our dietitians (2024)', ''].map((en) => isStillChinese({ zh, en }))).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(isStillChinese({ zh: 'WHO (2012)', en: 'WHO (2012)' })).toBe(false)
})
