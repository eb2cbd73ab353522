import { describe, expect, it } from 'vitest'
import { chooseName, readName } from './person-name.ts'

describe('readName', () => {
  it.each([
    [['张三'], { name: '张三' }],
    [['ZHANG SAN', '张三'], { name: '张三', pinyin: 'ZHANG SAN' }],
    [['', '张三'], { name: '张三' }],
    [['张三', 'zhangsan'], { name: '张三', pinyin: 'zhangsan' }],
    [['ZHANG', 'SAN', '张三'], { name: '张三', pinyin: 'ZHANG SAN' }],
    [['张 三'], { name: '张三' }],
    [['阿卜杜拉·买买提', 'Abdulla'], { name: '阿卜杜拉·买买提', pinyin: 'Abdulla' }],
    [['𠮷野', 'JIYE'], { name: '𠮷野', pinyin: 'JIYE' }],
    [['张三', '10086'], { name: '张三' }],
    // The standard's own division of a Chinese name: neither part is a whole name.
    [['王', '小明'], { name: '王小明' }],
    [['欧阳', '修'], { name: '欧阳修' }],
    // Two whole names are never put together.
    [['张三', '小张'], { name: '张三' }],
    [['Bunny', 'Bugs', 'C'], { name: 'Bugs C Bunny' }],
    [['EVERYWOMAN', ''], { name: 'EVERYWOMAN' }],
    [['', ''], {}],
    [[], {}],
  ])('%j', (components, expected) => {
    expect(readName(components)).toEqual(expected)
  })

  it('of several repetitions takes the one in Han and the spelling from another', () => {
    expect(chooseName([{ name: 'SAN ZHANG' }, { name: '张三' }])).toEqual({ name: '张三', pinyin: 'SAN ZHANG' })
    expect(chooseName([{}, { name: 'Bugs' }])).toEqual({ name: 'Bugs' })
    expect(chooseName([])).toEqual({})
  })
})
