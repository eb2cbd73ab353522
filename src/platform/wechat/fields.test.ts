import { describe, expect, test } from 'vitest'
import { checkFields, fieldProblem, fieldType } from './fields.ts'

const FITS: [key: string, value: string][] = [
  ['thing1', '张阿姨的血压复测，请按时来'],
  ['thing2', 'x'.repeat(20)],
  ['number3', '0.5'],
  ['number3', '1'.repeat(32)],
  ['letter4', 'ABCdef'],
  ['symbol5', '+-*/='],
  ['character_string6', 'NO.2026-11/22 #3'],
  ['time7', '15:01'],
  ['time7', '2019年10月1日 15:01'],
  ['time7', '2026-11-22 09:00:30'],
  ['time7', '9:00~10:30'],
  ['time7', '2026年2月28日 9:00 ~ 2026年2月28日 10:00'],
  ['date8', '2019年10月1日'],
  ['date8', '2019年10月1日 15:01'],
  ['date8', '2026/11/22~2026/11/23'],
  ['amount9', '¥100.5元'],
  ['amount9', '1234567890'],
  ['phone_number10', '+86-0766-66888866'],
  ['car_number11', '粤A8Z888挂'],
  ['name12', '欧阳娜娜'],
  ['name12', '一二三四五六七八九十'],
  ['name12', 'Maria Theresia Haber'],
  ['phrase13', '待复查'],
]

test.each(FITS)('%s may be %s', (key, value) => {
  expect(fieldProblem(key, value)).toBeNull()
})

const UNFIT: [key: string, value: string, problem: string, max?: number][] = [
  ['thing1', 'x'.repeat(21), 'too-long', 20],
  ['thing1', '', 'empty'],
  ['thing1', '  ', 'empty'],
  ['thing1', '一行\n两行', 'line-break'],
  ['thing1', '一行\t两行', 'line-break'],
  ['thing1', '好的👍', 'emoji'],
  ['number3', '12a', 'not-of-type'],
  ['number3', '-1', 'not-of-type'],
  ['number3', '1.', 'not-of-type'],
  ['number3', '1'.repeat(33), 'too-long', 32],
  ['letter4', 'a1', 'not-of-type'],
  ['letter4', 'é', 'not-of-type'],
  ['symbol5', 'a', 'not-of-type'],
  ['symbol5', '++++++', 'too-long', 5],
  ['character_string6', '编号1', 'not-of-type'],
  ['character_string6', 'x'.repeat(33), 'too-long', 32],
  ['time7', '25:00', 'not-of-type'],
  ['time7', '9:60', 'not-of-type'],
  ['time7', '2026年2月29日 9:00', 'not-of-type'],
  ['time7', '2026年2月28日', 'not-of-type'],
  ['time7', '上午九点', 'not-of-type'],
  ['time7', '9:00~10:00~11:00', 'not-of-type'],
  ['date8', '2026年13月1日', 'not-of-type'],
  ['date8', '2026年2月30日', 'not-of-type'],
  ['date8', '15:01', 'not-of-type'],
  ['date8', '2019年11月27日16:44', 'not-of-type'],
  ['amount9', '12345678901', 'not-of-type'],
  ['amount9', '一百元', 'not-of-type'],
  ['phone_number10', '1'.repeat(18), 'too-long', 17],
  ['phone_number10', 'none', 'not-of-type'],
  ['phone_number10', '---', 'not-of-type'],
  ['car_number11', '粤A8Z888挂9', 'too-long', 8],
  ['car_number11', '粤粤A888', 'not-of-type'],
  ['name12', '一二三四五六七八九十一', 'too-long', 10],
  ['name12', '王Alexandros', 'too-long', 10],
  ['name12', 'x'.repeat(21), 'too-long', 20],
  ['name12', '张3', 'not-of-type'],
  ['phrase13', '今天下午复查', 'too-long', 5],
  ['phrase13', '复查1', 'not-of-type'],
  ['keyword1', '老式模板', 'unknown-type'],
]

test.each(UNFIT)('%s may not be %j: %s', (key, value, problem, max) => {
  expect(fieldProblem(key, value)).toEqual({ key, type: fieldType(key), problem, ...(max ? { max } : {}) })
})

test('a length is never counted too short: a rare name of two characters outside of the plane counts four', () => {
  expect(fieldProblem('phrase1', '𬊈𬊈𬊈')).toMatchObject({ problem: 'too-long' })
  expect(fieldProblem('phrase1', '𬊈𬊈')).toBeNull()
})

describe('a whole message', () => {
  const spec = { thing1: {}, date2: {}, enum3: { allowed: ['上午', '下午'] }, const4: {} }

  test('has each field of its template and no other', () => {
    expect(checkFields(spec, { thing1: '复查', date2: '2026年3月2日', enum3: '晚上', extra9: 'x' })).toEqual([
      { key: 'enum3', type: 'enum', problem: 'not-allowed' },
      { key: 'const4', type: 'const', problem: 'missing' },
      { key: 'extra9', type: 'extra', problem: 'unexpected' },
    ])
  })

  test('fits', () => {
    const whole = { ...spec, const4: { allowed: ['加急'] } }
    expect(checkFields(whole, { thing1: '复查', date2: '2026年3月2日', enum3: '上午', const4: '加急' })).toEqual([])
  })

  test('is not taken in by names that every object has', () => {
    expect(checkFields({ thing1: {} }, { thing1: '好', constructor: 'x' })).toEqual([
      { key: 'constructor', type: 'constructor', problem: 'unexpected' },
    ])
    expect(fieldProblem('constructor', 'x')).toMatchObject({ problem: 'unknown-type' })
  })
})
