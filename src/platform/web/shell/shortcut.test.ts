import { expect, test } from 'vitest'
import { asksForSearch, isTypingIn } from './shortcut.ts'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...held })

test.each([
  ['slash', press('/'), false, true],
  ['slash while typing', press('/'), true, false],
  ['Ctrl K', press('k', { ctrlKey: true }), false, true],
  ['Ctrl K while typing', press('K', { ctrlKey: true }), true, true],
  ['Command K', press('k', { metaKey: true }), false, true],
  ['k', press('k'), false, false],
  ['Ctrl Alt K', press('k', { ctrlKey: true, altKey: true }), false, false],
  ['Ctrl slash', press('/', { ctrlKey: true }), false, false],
])('%s', (_name, key, typing, expected) => expect(asksForSearch(key, typing)).toBe(expected))

test.each([
  [null, false],
  [{ tagName: 'DIV' }, false],
  [{ tagName: 'INPUT' }, true],
  [{ tagName: 'TEXTAREA' }, true],
  [{ tagName: 'DIV', isContentEditable: true }, true],
])('%j takes text: %s', (target, expected) => expect(isTypingIn(target)).toBe(expected))
