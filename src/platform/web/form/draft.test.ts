import { beforeEach, expect, test } from 'vitest'
import { drafts, forgetDrafts, keepDraftsOf } from './draft.ts'

/** What a browser gives, as far as drafts need it: own enumerable keys are the stored ones. */
class TabStorage {
  [key: string]: unknown
  getItem(key: string): string | null {
    return (this[key] as string | undefined) ?? null
  }
  setItem(key: string, value: string): void {
    this[key] = value
  }
  removeItem(key: string): void {
    delete this[key]
  }
}

beforeEach(() => {
  ;(globalThis as { sessionStorage?: unknown }).sessionStorage = new TabStorage()
})

test('what was typed is found again until it was sent', () => {
  drafts.keep('card', { number: '1' })
  expect(drafts.read('card')).toEqual({ number: '1' })
  drafts.drop('card')
  expect(drafts.read('card')).toBeUndefined()
})

test('a draft that cannot be read is none', () => {
  sessionStorage.setItem('peiban.draft.card', '{')
  expect(drafts.read('card')).toBeUndefined()
})

test('the same person finds the drafts after signing in again, another finds none', () => {
  keepDraftsOf('nurse')
  drafts.keep('card', { number: '1' })
  keepDraftsOf('nurse')
  expect(drafts.read('card')).toEqual({ number: '1' })
  keepDraftsOf('doctor')
  expect(drafts.read('card')).toBeUndefined()
})

test('signing out forgets drafts and nothing else', () => {
  sessionStorage.setItem('other', 'stays')
  drafts.keep('card', { number: '1' })
  forgetDrafts()
  expect(drafts.read('card')).toBeUndefined()
  expect(sessionStorage.getItem('other')).toBe('stays')
})
