import { describe, expect, it } from 'vitest'
import {
  absenceOf,
  categoryOf,
  categoryOfSection,
  flagOf,
  hasHan,
  identifierSystemOf,
  isHealthCheckClass,
  isNarrativeItem,
  sexOf,
  withoutMark,
} from './dialect.ts'

describe('hasHan', () => {
  it.each(['张', 'a张', '〇', '㛃', '䶮', '𠮷', '\uf900'])('%s', (text) => {
    expect(hasHan(text)).toBe(true)
  })

  it.each(['', 'Zhang', 'é', '（-）', '①', '😀', 'ひらがな'])('not %j', (text) => {
    expect(hasHan(text)).toBe(false)
  })
})

describe('words', () => {
  it.each([
    ['m', 'male'],
    ['Female', 'female'],
    ['女性', 'female'],
    ['9', 'unknown'],
  ])('sex %s is %s', (word, sex) => {
    expect(sexOf(word)).toBe(sex)
  })

  it.each([
    ['h', 'H'],
    ['偏高', 'H'],
    ['↓↓', 'LL'],
    ['M', 'N'],
    ['正常', 'N'],
    ['异常', 'A'],
    ['R', undefined],
  ])('flag %s is %s', (word, flag) => {
    expect(flagOf(word)).toBe(flag)
  })

  it.each([
    ['sfzh', 'national-id'],
    ['病历号', 'record-number'],
    ['PATID', 'patient-number'],
    ['JZKH', 'card'],
    ['SS', undefined],
  ])('identifier type %s is %s', (word, system) => {
    expect(identifierSystemOf(word)).toBe(system)
  })

  it.each([
    ['弃检', 'declined'],
    ['未做', 'not-performed'],
    ['未见', undefined],
    ['阴性', undefined],
  ])('%s is absent as %s', (word, reason) => {
    expect(absenceOf(word)).toBe(reason)
  })

  it('a health check is a class, not a department', () => {
    expect(['T', 't', '体检', '健康体检'].every(isHealthCheckClass)).toBe(true)
    expect(['O', 'I', '', '体检中心'].some(isHealthCheckClass)).toBe(false)
  })

  it('findings are known by code or by the end of their name', () => {
    expect(isNarrativeItem('1037', '')).toBe(true)
    expect(isNarrativeItem('', '腹部超声所见')).toBe(true)
    expect(isNarrativeItem('1001', '总胆红素')).toBe(false)
  })
})

describe('withoutMark', () => {
  it.each([
    ['*总胆红素', '总胆红素'],
    ['★ 血糖', '血糖'],
    ['＊γ-谷氨酰转移酶', 'γ-谷氨酰转移酶'],
    ['总胆红素*', '总胆红素*'],
    ['γ-GT', 'γ-GT'],
    ['**', '**'],
    ['(1,3)-β-D-葡聚糖', '(1,3)-β-D-葡聚糖'],
  ])('%s', (name, expected) => {
    expect(withoutMark(name)).toBe(expected)
  })
})

describe('category', () => {
  it.each([
    ['胸部CT平扫', 'imaging'],
    ['ct', 'imaging'],
    ['双肾MR', 'imaging'],
    ['胃镜检查', 'imaging'],
    ['24 小时动态心电图', 'ecg'],
    ['EKG/Room 2', 'ecg'],
    ['内科', 'physical'],
    ['LIS/东院', 'laboratory'],
    ['全面体检套餐（含胸部CT）', 'health-check'],
    ['2026 年度体检', 'health-check'],
    ['体检心电图', 'ecg'],
    ['LIS/体检中心', 'laboratory'],
    ['ECTOPIC', undefined],
    ['CLISTER', undefined],
    ['', undefined],
  ])('%s is %s', (text, category) => {
    expect(categoryOf(text)).toBe(category)
  })

  it('sections of HL7 table 0074', () => {
    expect(['RUS', 'ec', 'HM', 'PHY', 'OTH'].map(categoryOfSection)).toEqual([
      'imaging',
      'ecg',
      'laboratory',
      'physical',
      undefined,
    ])
  })
})
