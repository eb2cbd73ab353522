import { globSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import en from '../locales/en.json' with { type: 'json' }
import zh from '../locales/zh-CN.json' with { type: 'json' }
import { actionWords } from './action-words.ts'

const inLanguage =
  (texts: object) =>
  (key: string, values: Record<string, unknown> = {}): string => {
    let at: unknown = texts
    for (const part of key.split('.')) at = (at as Record<string, unknown> | undefined)?.[part]
    return typeof at === 'string' ? at.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(values[name])) : key
  }
const t = inLanguage(zh)

test.each([
  ['patient.open', '客户：打开'],
  ['staff.change-roles', '员工：改角色'],
  ['sign-in', '登录'],
  ['tag.rule.publish', '标签规则：发布'],
  ['my.mood.remove', '客户本人的情绪日记：移除'],
  ['second-factor.remove', '验证器：解除'],
  ['card.close', '卡：注销'],
  ['patient.levitate', '客户：levitate'],
  ['kite.open', 'kite：打开'],
])('%s reads %s', (action, words) => expect(actionWords(t, action)).toBe(words))

describe('what the endpoints of the house write into the log has words', async () => {
  const rooms = join(import.meta.dirname, '../..')
  const files = globSync('*/contract/*.ts', { cwd: rooms }).filter((file) => !file.endsWith('.test.ts'))
  const actions = new Set<string>()
  for (const file of files) {
    const contract = (await import(/* @vite-ignore */ join(rooms, file))) as Record<string, unknown>
    for (const one of Object.values(contract)) {
      const { gate } = (one ?? {}) as { gate?: { audit?: { action?: string } } }
      if (gate?.audit?.action) actions.add(gate.audit.action)
    }
  }

  test('there are hundreds of them', () => expect(actions.size).toBeGreaterThan(400))
  test.each([
    ['Chinese', zh],
    ['English', en],
  ] as const)('in %s', (_language, texts) => {
    const { noun, verb, exact } = texts as Record<'noun' | 'verb' | 'exact', Record<string, string>>
    const wordless = [...actions].filter((action) => {
      const parts = action.split('.')
      const thing = parts.slice(0, parts.length > 1 ? -1 : 1).join('-')
      const known = parts.length === 1 || verb[parts.at(-1)!] !== undefined
      return exact[parts.join('-')] === undefined && (noun[thing] === undefined || !known)
    })
    expect(wordless).toEqual([])
  })
})
