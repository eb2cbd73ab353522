import { describe, expect, test } from 'vitest'
import { findHeader, proposeMapping, toSaved } from './mapping.ts'
import { dateOf, readRow } from './row.ts'

test.each([
  ['1980-01-02', '1980-01-02'],
  ['1980-1-2', '1980-01-02'],
  ['1980/01/02', '1980-01-02'],
  ['1980.1.2', '1980-01-02'],
  ['1980年1月2日', '1980-01-02'],
  ['19800102', '1980-01-02'],
  ['1980-01-02 00:00:00', '1980-01-02'],
  ['１９８０－１－２', '1980-01-02'],
  [29_222, '1980-01-02'],
  ['29222', '1980-01-02'],
  [29_222.75, '1980-01-02'],
  [61, '1900-03-01'],
  [new Date('1980-01-02T00:00:00Z'), '1980-01-02'],
  ['1980-02-30', undefined],
  ['80-1-2', undefined],
  ['不详', undefined],
  [new Date('rubbish'), undefined],
])('the date %s is %s', (cell, expected) => {
  expect(dateOf(cell)).toBe(expected)
})

describe('headers', () => {
  test('are known by their usual names, with stars, brackets and longer forms', () => {
    const columns = [
      '序号',
      '*姓名',
      '性 别',
      '出生年月日（必填）',
      '证件号码',
      '联系人手机号码',
      '病案号',
      '会员等级',
      '客户来源',
      '备注',
    ]
    expect(proposeMapping(columns)).toEqual({
      name: 1,
      birthDate: 3,
      nationalId: 4,
      phone: 5,
      recordNumber: 6,
      level: 7,
      source: 8,
    })
    expect(proposeMapping(['Name', 'Gender', 'Date of Birth', 'Mobile'])).toEqual({
      name: 0,
      sex: 1,
      birthDate: 2,
      phone: 3,
    })
  })
  test('what was saved for a header goes first, and fits a file with other columns', () => {
    const saved = toSaved({ name: 1, phone: 0 }, ['联络', '称谓'])
    expect(saved).toEqual({ 称谓: 'name', 联络: 'phone' })
    expect(proposeMapping(['备注', '称谓', '联络'], saved)).toEqual({ name: 1, phone: 2 })
  })
  test('stand below a title', () => {
    expect(findHeader([['2026 年会员名单'], [null, '制表：周'], ['姓名', '电话'], ['王', '1']])).toBe(2)
    expect(
      findHeader([
        ['甲', '乙'],
        ['1', '2'],
      ]),
    ).toBe(0)
  })
})

describe('rows', () => {
  const columns = ['姓名', '性别', '出生日期', '身份证', '手机', '级别', '来源', '监护人', '监护人电话']
  const mapping = {
    name: 0,
    sex: 1,
    birthDate: 2,
    nationalId: 3,
    phone: 4,
    level: 5,
    source: 6,
    guardianName: 7,
    guardianPhone: 8,
  }
  const read = (...cells: (string | number | null)[]) => readRow(cells, mapping, columns)

  test('become people', () => {
    expect(read('王 芳', '女', '1980/1/2', null, 13912345678, '金卡', '体检', null, null)).toMatchObject({
      person: {
        name: '王芳',
        sex: 'female',
        birthDate: '1980-01-02',
        phone: '13912345678',
        level: 'gold',
        source: 'health-check',
      },
    })
    expect(read('小宝', '男', '2020-01-01', null, null, null, null, '王妈妈', '139 1234 5678')).toMatchObject({
      person: {
        level: 'standard',
        source: 'import',
        guardian: { name: '王妈妈', phone: '13912345678', relation: 'other-guardian' },
      },
    })
  })

  test.each([
    ['51343620000320711X', { kind: 'national-id', number: '51343620000320711X' }],
    ['E12345678', { kind: 'other', number: 'E12345678' }],
    ['110105491231002', { kind: 'national-id', number: '110105491231002' }],
  ])('the paper %s', (paper, expected) => {
    expect(read('王芳', null, null, paper, null, null, null, null, null)).toMatchObject({ person: { paper: expected } })
  })

  test('say everything that is wrong at once, with the column', () => {
    expect(read('王芳3', '雌', '昨天', 5.13436200003207e17, '12345', '钻石', null, null, null)).toMatchObject({
      reasons: [
        { code: 'NameWrong', column: '姓名' },
        { code: 'WordUnknown', column: '性别', values: { word: '雌', known: '男、女、其他、未知' } },
        { code: 'DateWrong', column: '出生日期' },
        { code: 'DigitsLost', column: '身份证' },
        { code: 'PhoneWrong', column: '手机' },
        { code: 'WordUnknown', column: '级别' },
      ],
    })
    expect(read(null, '女', null, null, null, null, null, null, null)).toMatchObject({
      reasons: [{ code: 'NameMissing', column: '姓名' }],
    })
  })
})
