import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { promiseIn } from './contract/promise.ts'

/** R15: no growth promise, no hurry, no hormone, in nothing that this room says. */
const ROOT = import.meta.dirname
const FILES = globSync(['locales/*.json', 'content/*.json'], { cwd: ROOT })
const HELP = join(ROOT, '../../../docs/help/生长发育.md')

/** Words that have no place here at all, not even denied: who reads in a hurry reads the word. */
const NEVER =
  /保证|一定(能|会|可以)?长|长高秘|增高|追高|赢在|落后|输在|矮小症|逆袭|最佳时期|黄金期|倒计时|生长激素|guarantee|hormone/i

function textsBelow(value: unknown, where: string): { where: string; text: string }[] {
  if (typeof value === 'string') return [{ where, text: value }]
  return Object.entries((value ?? {}) as object).flatMap(([key, part]) => textsBelow(part, `${where}.${key}`))
}

describe('R15 the words of the room', () => {
  const texts = FILES.flatMap((file) => textsBelow(JSON.parse(readFileSync(join(ROOT, file), 'utf8')), file))

  test('promise no height', () => {
    expect(texts.length).toBeGreaterThan(60)
    // The refusal that names what was written quotes it; its own words are clean.
    expect(texts.filter(({ text }) => NEVER.test(text) || promiseIn(text))).toEqual([])
  })

  test('nor does the help', () => {
    const help = readFileSync(HELP, 'utf8')
    expect(help.length).toBeGreaterThan(500)
    expect(NEVER.exec(help)?.[0] ?? promiseIn(help)).toBeUndefined()
  })

  test.each([
    '跟着做，保证长高',
    '一定能长到一米八',
    '孩子肯定会长高',
    '包您孩子长高',
    '这个夏天再长 5 厘米',
    '打生长激素有套餐优惠',
    '错过这两年，长高就没有希望了',
    '最后的机会',
    '有效率 95%',
    'We guarantee 5 cm',
    'growth hormone package',
  ])('“%s” is found', (text) => expect(promiseIn(text)).toBeDefined())

  test.each([
    '每天跳绳 15 分钟，晚上九点半睡',
    '量身高、体重，画生长曲线',
    '和孩子聊聊怎么看自己的身高',
    '这一年长了 5.5 厘米，睡得早了',
    '医生看曲线，决定要不要拍骨龄片',
    'Measure height and weight',
  ])('“%s” is taken', (text) => expect(promiseIn(text)).toBeUndefined())
})
