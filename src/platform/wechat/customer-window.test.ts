import { expect, test } from 'vitest'
import { openWindow, windowAfter, withAct, WINDOWS, type CustomerWindow } from './customer-window.ts'

const at = new Date('2026-03-02T02:00:00Z')
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000)

test.each([
  ['message', 48 * 3600, 5],
  ['menu', 60, 3],
  ['follow', 60, 3],
  ['scan', 60, 3],
] as const)('after a %s there are %d seconds for %d messages', (act, seconds, count) => {
  expect(WINDOWS[act]).toEqual({ count, seconds })
  const windows = [windowAfter(act, at)]
  expect(openWindow(windows, later(seconds - 1))).toMatchObject({ act, left: count })
  expect(openWindow(windows, later(seconds))).toBe('window-closed')
})

test('what closes first is used first, and what is used up is passed over', () => {
  const windows = withAct([windowAfter('message', at)], 'menu', at)
  expect(openWindow(windows, at)).toMatchObject({ act: 'menu' })
  const used = windows.map((window): CustomerWindow => (window.act === 'menu' ? { ...window, left: 0 } : window))
  expect(openWindow(used, at)).toMatchObject({ act: 'message' })
  expect(
    openWindow(
      used.map((window) => ({ ...window, left: 0 })),
      at,
    ),
  ).toBe('window-used')
})

test('the same act opens its window anew and leaves the others', () => {
  const used = [{ ...windowAfter('message', at), left: 1 }, windowAfter('scan', at)]
  const again = withAct(used, 'message', later(10))
  expect(again).toEqual([used[1], { act: 'message', closesAt: later(10 + 48 * 3600), left: 5 }])
})

test('who has done nothing is not written to', () => {
  expect(openWindow([], at)).toBe('window-closed')
})
