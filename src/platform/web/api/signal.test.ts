import { expect, test } from 'vitest'
import { signal } from './signal.ts'

test('watchers hear of changes, and only of changes, until they leave', () => {
  const value = signal(1)
  const heard: number[] = []
  const leave = value.watch(() => heard.push(value.get()))
  value.set(1)
  value.set(2)
  leave()
  value.set(3)
  expect(heard).toEqual([2])
  expect(value.get()).toBe(3)
})
