import { expect, test } from 'vitest'
import { indicators } from './indicator.ts'
import { isOwnOnly, tellsOfOwnOnly } from './own-only.ts'

test.each([
  '人类免疫缺陷病毒抗体（HIV）',
  'HIV Ag/Ab',
  '梅毒螺旋体抗体 TPPA',
  'ＨＩＶ初筛',
  '高危 HPV 核酸',
  '抑郁自评量表 SDS',
  'PHQ-9',
  '血清 β-HCG',
  '尿吗啡筛查',
  '乙肝表面抗原',
  '中度抑郁，建议精神科就诊',
])('%s is for the person alone', (text) => {
  expect(tellsOfOwnOnly(text)).toBe(true)
  expect(isOwnOnly({ code: 'local:lab|9001', texts: [text] })).toBe(true)
})

test.each([
  '空腹血糖',
  '收缩压',
  '幽门螺杆菌',
  '糖化血红蛋白 HbA1c',
  'C 反应蛋白',
  '甲状腺结节 TI-RADS 3 类',
  'Total cholesterol',
])('%s may be shown', (text) => expect(isOwnOnly({ code: 'local:lab|1', texts: [text] })).toBe(false))

test('of our own indicators few are kept back, and the everyday ones are shown', () => {
  const kept = indicators()
    .filter(({ code }) => isOwnOnly({ code }))
    .map(({ code }) => code)
  expect(kept).not.toEqual(expect.arrayContaining(['sbp']))
  for (const code of ['sbp', 'dbp', 'height', 'weight']) expect(kept).not.toContain(code)
  expect(kept.length).toBeLessThan(indicators().length / 8)
})
