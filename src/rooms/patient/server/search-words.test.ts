import { describe, expect, test } from 'vitest'
import { createSealer } from '../../../platform/pii/sealer.ts'
import { readSearch } from './search-query.ts'
import { searchWords } from './search-words.ts'

const sealing = { organizationId: 'o', sealer: createSealer(Buffer.alloc(32, 7)) }
const wordsOf = (name: string) => searchWords(sealing, { name })

describe('words of a name', () => {
  test.each([
    ['单雄信', ['单雄信', '雄信', 'shanxiongxin', 'xiongxin', 'sxx']],
    ['解晓东', ['xiexiaodong', 'xxd']],
    ['曾国藩', ['zengguofan', 'zgf']],
    ['仇英', ['qiuying', 'qy', '英', 'ying']],
    ['查良镛', ['zhaliangyong']],
    ['区志航', ['ouzhihang', 'ozh']],
    ['任我行', ['renwoxing']],
    ['吕布', ['lvbu', 'lb']],
    ['欧阳娜娜', ['ouyangnana', 'oynn', '娜娜', 'nana']],
    ['尉迟恭', ['yuchigong', '恭', 'gong']],
    ['阿依古丽·买买提', ['阿依古丽买买提', '买买提', 'ayigulimaimaiti']],
    ['Maria van der Berg', ['mariavanderberg', 'vanderberg', 'berg']],
    ['Zoë Müller', ['zoemuller', 'muller']],
  ])('%s', (name, expected) => {
    expect(wordsOf(name)).toEqual(expect.arrayContaining(expected))
  })

  test('a name of one character has no given name', () => {
    expect(wordsOf('王')).toEqual(['王', 'wang', 'w'])
  })

  test('numbers leave no readable word', () => {
    const words = searchWords(sealing, {
      name: '王',
      phones: ['13912345678'],
      paperNumber: '51343620000320711X',
      recordNumber: 'bl 001',
    })
    expect(words.join(' ')).not.toMatch(/1391234|5678|711X/)
    expect(words.filter((word) => word.startsWith('#'))).toHaveLength(4)
    expect(words).toContain('BL001')
  })
})

describe('what was typed', () => {
  const words = searchWords(sealing, {
    name: '吕小布',
    phones: ['13912345678', '+85291234567'],
    paperNumber: '51343620000320711X',
    recordNumber: 'BL-001',
  })
  const finds = (typed: string) => {
    const query = readSearch(sealing, typed)!
    return (
      query.exact.some((word) => words.includes(word)) ||
      query.prefixes.some((prefix) => words.some((word) => word.startsWith(prefix)))
    )
  }
  test.each([
    '吕',
    '吕小',
    '吕 小布',
    '小布',
    'lv',
    'lü xiao bu',
    'LXB',
    'lvx',
    'xiaobu',
    '13912345678',
    '+86 139 1234 5678',
    '5678',
    '4567',
    '711X',
    '711x',
    '513436 20000320 711X',
    'bl001',
    'BL-0',
    '+852 9123 4567',
  ])('%s finds', (typed) => expect(finds(typed)).toBe(true))
  test.each(['王', 'bu xiao', '1234', '13912345670', 'BL-1', '#p', '5679'])('%s does not', (typed) =>
    expect(finds(typed)).toBe(false),
  )
  test('nothing is asked for nothing', () => {
    expect(readSearch(sealing, ' # ')).toBeUndefined()
    expect(readSearch(sealing, '·')).toBeUndefined()
  })
})
