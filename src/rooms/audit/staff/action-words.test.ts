import { expect, test } from 'vitest'
import zh from '../locales/zh-CN.json' with { type: 'json' }
import { actionWords } from './action-words.ts'

function t(key: string, values: Record<string, unknown> = {}): string {
  let at: unknown = zh
  for (const part of key.split('.')) at = (at as Record<string, unknown> | undefined)?.[part]
  return typeof at === 'string' ? at.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(values[name])) : key
}

test.each([
  ['patient.open', '客户：打开'],
  ['staff.change-roles', '员工：改角色'],
  ['sign-in', '登录'],
  ['patient.levitate', '客户：levitate'],
  ['kite.open', 'kite：打开'],
])('%s reads %s', (action, words) => expect(actionWords(t, action)).toBe(words))
