import { expect, test } from 'vitest'
import { evaluate, form, type Instrument, type InstrumentCard } from './instrument.ts'
import { refusalWords } from './refusal-words.ts'

const instrument: Instrument = {
  card: {
    sentences: { 'too-late': { zh: '这个模型不适用。', en: 'This model does not apply.' } },
  } as unknown as InstrumentCard,
  forms: [
    form({
      code: 'one',
      inputs: {
        weightKg: { kind: 'number', unit: 'kg', min: 25, max: 200, zh: '体重', en: 'weight' },
        sex: { kind: 'choice', of: ['male', 'female'], zh: '性别', en: 'sex' },
        smoker: { kind: 'yes-no', zh: '吸烟', en: 'smokes' },
        items: { kind: 'items', count: 2, min: 0, max: 3, zh: '各题得分', en: 'points' },
        walk: {
          kind: 'record',
          of: { days: { kind: 'number', integer: true, max: 7, zh: '天数', en: 'days' } },
          zh: '步行',
          en: 'walking',
        },
      },
      appliesTo: ({ weightKg }) => (weightKg === 100 ? 'too-late' : undefined),
      compute: () => ({ output: {} }),
    }),
  ],
}
const whole = { weightKg: 60, sex: 'male', smoker: false, items: [1, 2], walk: { days: 3 } }

function words(change: Record<string, unknown>) {
  const { refused } = evaluate(instrument, { ...whole, ...change })
  if (!refused) throw new Error('it was not refused')
  return refusalWords(instrument, refused)
}

test.each<[Record<string, unknown>, string, string]>([
  [{ weightKg: null }, '还缺：体重（weightKg）。', 'Missing: weight (weightKg).'],
  [{ weightKg: 20 }, '体重（weightKg）是 20，低于 25 kg。', 'weight (weightKg) is 20, below 25 kg.'],
  [{ weightKg: '60' }, '体重（weightKg）是 "60"，不是数字。', 'weight (weightKg) is "60", not a number.'],
  [{ sex: 'm' }, '性别（sex）是 "m"，应为 male、female 之一。', 'sex (sex) is "m", not one of male, female.'],
  [{ smoker: 1 }, '吸烟（smoker）是 1，应为 true 或 false。', 'smokes (smoker) is 1, not true or false.'],
  [{ items: [1] }, '还缺：各题得分（items）第 2 题。', 'Missing: points (items) number 2.'],
  [{ items: [] }, '还缺：各题得分（items）第 1、2 题。', 'Missing: points (items) number 1, 2.'],
  [{ items: [1, 4] }, '各题得分，第 2 题（items[1]）是 4，高于 3。', 'points, number 2 (items[1]) is 4, above 3.'],
  [{ items: [1, 2, 3] }, '各题得分（items）是 [1,2,3]，应有 2 项。', 'points (items) is [1,2,3], not 2 entries.'],
  [{ items: 3 }, '各题得分（items）是 3，不是列表。', 'points (items) is 3, not a list.'],
  [{ walk: {} }, '还缺：步行，天数（walk.days）。', 'Missing: walking, days (walk.days).'],
  [
    { walk: { days: 1.5 } },
    '步行，天数（walk.days）是 1.5，不是整数。',
    'walking, days (walk.days) is 1.5, not a whole number.',
  ],
  [{ walk: 3 }, '步行（walk）是 3，应写成带名称的几个部分。', 'walking (walk) is 3, not parts with names.'],
  [{ wieght: 3 }, '这里没有 wieght 这样的项目，请核对名称。', 'There is no input wieght here; please check the name.'],
  [{ weightKg: 100 }, '这个模型不适用。', 'This model does not apply.'],
])('%j', (change, zh, en) => {
  expect(words(change)).toEqual({ zh, en })
})

test('all that is wrong is said at once', () => {
  expect(words({ weightKg: null, sex: 'm', smoker: null }).zh).toBe(
    '还缺：体重（weightKg）；吸烟（smoker）。性别（sex）是 "m"，应为 male、female 之一。',
  )
})
