import { expect, test } from 'vitest'
import { readCategories } from './read-category.ts'
import type { Organ } from './words.ts'

test.each<[Organ, string, [string | null, string][]]>([
  ['breast', '左乳低回声结节，BI-RADS 3类，建议 6 个月复查', [['bi-rads', '3']]],
  ['breast', 'BI-RADS：4a 类', [['bi-rads', '4A']]],
  ['breast', 'BIRADS-US 分级 2', [['bi-rads', '2']]],
  ['thyroid', '甲状腺右叶结节 C-TIRADS 4A类', [['c-tirads', '4A']]],
  ['thyroid', 'ACR TI-RADS TR4', [['acr-tirads', 'TR4']]],
  ['thyroid', 'ACR TI-RADS 3 类', [['acr-tirads', 'TR3']]],
  ['thyroid', 'TI-RADS 4类', [[null, '4']]],
  ['thyroid', 'Kwak TI-RADS 4b', [[null, '4B']]],
  ['lung', 'Lung-RADS 2022：4A', [['lung-rads-2022', '4A']]],
  ['lung', 'Lung-RADS 2类', [['lung-rads-2022', '2']]],
  ['lung', 'C-Lung-RADS 3', [['c-lung-rads', '3']]],
  ['lung', '右上叶结节 8 mm，考虑良性', []],
  ['breast', 'TI-RADS 4', []],
  [
    'breast',
    '右乳 BI-RADS 2，左乳 BI-RADS 4B',
    [
      ['bi-rads', '2'],
      ['bi-rads', '4B'],
    ],
  ],
])('%s: %s', (organ, text, found) => {
  expect(readCategories(text, organ).map(({ system, category }) => [system, category])).toEqual(found)
})

test('the words of the report come back as they stand', () => {
  expect(readCategories('超声：TI-RADS：4a类。', 'thyroid')[0]).toEqual({
    system: null,
    category: '4A',
    raw: 'TI-RADS：4a',
  })
})
