import { describe, expect, test } from 'vitest'
import { indicators } from './indicator.ts'
import { isHepatitisB, tellsOfHepatitisB, withoutHepatitisB } from './hepatitis-b.ts'

describe('what is about hepatitis B', () => {
  test.each([
    ['hbsag', []],
    ['hbsab', []],
    ['local:http://loinc.org|16933-4', ['核心抗体']],
    ['local:LN|42595-9', []],
    ['local:http://loinc.org|5195-3', []],
    ['local:LIS|HBsAg', []],
    ['local:LIS|0417', ['乙肝e抗体']],
    ['local:LIS|0418', ['乙型肝炎病毒核心抗体']],
    ['local:LIS|0419', ['ＨＢＶ－ＤＮＡ定量']],
    ['local:LIS|0420', ['抗-HBc IgM']],
    ['local:LIS|0421', ['表面抗原（发光法）']],
    ['local:LIS|0422', ['前S1抗原']],
    ['local:LIS|0423', ['e抗原']],
    ['local:LIS|0424', ['HBeAb']],
    ['local:LIS|0425', ['Hepatitis B virus surface Ag']],
    ['local:LIS|0426', [null, '乙肝两对半']],
  ])('%s %j', (code, texts) => expect(isHepatitisB({ code, texts })).toBe(true))

  test.each([
    ['hgb', ['血红蛋白', 'Hb']],
    ['hba1c', ['糖化血红蛋白', 'HbA1c']],
    ['local:LIS|HbS', ['血红蛋白S']],
    ['local:LIS|HbE', ['血红蛋白E']],
    ['local:LIS|HCV', ['丙肝抗体', 'Hepatitis C virus Ab']],
    ['local:LIS|HAV', ['甲肝抗体IgM']],
    ['local:http://loinc.org|13955-0', ['Hepatitis C virus Ab']],
    ['local:LIS|CA', ['抗核抗体']],
    ['local:LIS|LD', ['低密度脂蛋白胆固醇']],
  ])('and not %s %j', (code, texts) => expect(isHepatitisB({ code, texts })).toBe(false))

  test('of the dictionary exactly those two', () => {
    expect(
      indicators()
        .filter((one) => isHepatitisB({ code: one.code, texts: one.names }))
        .map(({ code }) => code),
    ).toEqual(['hbsag', 'hbsab'])
  })
})

test('a finding loses its sentences about it and no others', () => {
  expect(withoutHepatitisB('肝脏大小正常。乙肝表面抗原阳性，建议复查。胆囊未见异常。')).toEqual({
    text: '肝脏大小正常。胆囊未见异常。',
    apart: ['乙肝表面抗原阳性，建议复查。'],
  })
  expect(withoutHepatitisB('脾不大。')).toEqual({ text: '脾不大。', apart: [] })
  expect(tellsOfHepatitisB('脂肪肝（轻度）')).toBe(false)
})
