import { describe, expect, test } from 'vitest'
import { isWithin, readGoodHours } from './good-hours.ts'

const at = (hour: number, minute = 0) => hour * 60 + minute

describe('when somebody likes to be called', () => {
  test.each<[string, [number, number] | undefined]>([
    ['上午9点到11点', [at(9), at(11)]],
    ['上午 9:30-11:00', [at(9, 30), at(11)]],
    ['下午3点到5点半', [at(15), at(17, 30)]],
    ['14-16点', [at(14), at(16)]],
    ['下午三点后', [at(15), at(24)]],
    ['上午九点到十一点', [at(9), at(11)]],
    ['下午两到四点', [at(14), at(16)]],
    ['晚上七点半以后', [at(19, 30), at(24)]],
    ['二十点以后', [at(20), at(24)]],
    ['上午', [at(6), at(12)]],
    ['下午都行', [at(12), at(18)]],
    ['晚上7点以后', [at(19), at(24)]],
    ['18:30之后', [at(18, 30), at(24)]],
    ['10点以前', [0, at(10)]],
    ['after 18:00', [at(18), at(24)]],
    ['before 9', [0, at(9)]],
    ['mornings', [at(6), at(12)]],
    ['9 to 11', [at(9), at(11)]],
    ['', undefined],
    ['都可以', undefined],
    ['不要上午打', undefined],
    ['午休别打', undefined],
    ['not before 10', undefined],
    ['11点到9点', undefined],
  ])('%s', (words, span) => {
    expect(readGoodHours(words)).toEqual(span && { from: span[0], to: span[1] })
  })

  test('the end does not belong to it', () => {
    const span = { from: at(9), to: at(11) }
    expect([at(8, 59), at(9), at(10, 59), at(11)].map((minute) => isWithin(minute, span))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
})
