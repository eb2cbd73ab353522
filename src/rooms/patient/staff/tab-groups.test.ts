import { expect, test } from 'vitest'
import { PATIENT_TAB_GROUPS } from '../../../platform/web/page/slots.ts'
import en from '../locales/en.json' with { type: 'json' }
import zh from '../locales/zh-CN.json' with { type: 'json' }

test.each([
  ['zh-CN', zh.group],
  ['en', en.group],
])('in %s every part of the page has a name, and none has two', (_locale, names) => {
  expect(Object.keys(names)).toEqual([...PATIENT_TAB_GROUPS])
  expect(new Set(Object.values(names)).size).toBe(PATIENT_TAB_GROUPS.length)
})

test('a Chinese name is short enough for six of them beside each other on a phone', () => {
  expect(Object.values(zh.group).filter((name) => name.length > 2)).toEqual([])
})
