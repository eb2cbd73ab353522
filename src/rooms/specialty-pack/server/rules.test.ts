import { describe, expect, test } from 'vitest'
import { isChangedHere, planOf, takingOutOf, type Brought, type Found } from './rules.ts'

const at = (digest: string, version = 1) => ({ version, digest })
const brought = (digest: string, takenOut = false): Brought => ({ partVersion: 1, digest, takenOut })

describe('S0-22 what installing does with a part', () => {
  test.each<[string, string | null, Found, Brought | undefined, boolean, string]>([
    ['named only, in force', null, { inForce: at('x') }, undefined, true, 'there'],
    ['named only, a draft of the house', null, { draft: at('x') }, undefined, false, 'there'],
    ['named only, taken out here', null, { retired: at('x') }, undefined, true, 'off'],
    ['named only, not there', null, {}, undefined, true, 'missing'],
    ['new', 'a', {}, undefined, false, 'lay'],
    ['new, by somebody who may publish', 'a', {}, undefined, true, 'put'],
    ['its draft was thrown away here', 'a', {}, brought('a'), false, 'off'],
    ['thrown away, but the pack says something new', 'b', {}, brought('a'), false, 'lay'],
    ['as it is', 'a', { inForce: at('a') }, brought('a'), true, 'there'],
    ['the same words, from elsewhere', 'a', { inForce: at('a') }, undefined, true, 'there'],
    ['something else under the code', 'a', { inForce: at('z') }, undefined, true, 'taken'],
    ['somebody drafts something else under the code', 'a', { draft: at('z') }, undefined, true, 'taken'],
    ['changed here', 'b', { inForce: at('z', 2) }, brought('a'), true, 'kept'],
    ['never changed, and the pack is newer', 'b', { inForce: at('a') }, brought('a'), false, 'renew'],
    ['its own draft still waits', 'a', { draft: at('a') }, brought('a'), false, 'there'],
    ['its own older draft still waits', 'b', { draft: at('a') }, brought('a'), false, 'renew'],
    ['somebody is changing its draft', 'b', { draft: at('z') }, brought('a'), false, 'kept'],
    [
      'in force, and somebody drafts beside it',
      'a',
      { inForce: at('a'), draft: at('z', 2) },
      brought('a'),
      true,
      'there',
    ],
    [
      'older in force, somebody drafts beside it',
      'b',
      { inForce: at('a'), draft: at('z', 2) },
      brought('a'),
      true,
      'kept',
    ],
    ['taken out with the pack', 'a', { retired: at('a') }, brought('a', true), false, 'restore'],
    ['taken out with the pack, which is newer now', 'b', { retired: at('a') }, brought('a', true), false, 'lay'],
    ['taken out by the house', 'a', { retired: at('a') }, brought('a'), true, 'off'],
    [
      'taken out with the pack, changed and taken out here',
      'a',
      { retired: at('z', 2) },
      brought('a', true),
      true,
      'off',
    ],
    ['a former thing of the house', 'a', { retired: at('z') }, undefined, true, 'taken'],
  ])('%s', (_name, digest, found, before, publishes, expected) => {
    expect(planOf(digest, found, before, publishes)).toBe(expected)
  })
})

describe('what taking out does with a part', () => {
  test.each<[string, Found, boolean, string]>([
    ['a draft nobody touched', { draft: at('a') }, false, 'drop'],
    ['a draft somebody changed', { draft: at('z') }, false, 'stay'],
    ['a card in force', { inForce: at('a') }, true, 'retire'],
    ['a card of the house by now', { inForce: at('z', 2) }, true, 'stay'],
    ['a tag in force', { inForce: at('a') }, false, 'stay'],
    ['taken out already', { retired: at('a') }, true, 'stay'],
  ])('%s', (_name, found, retires, expected) => {
    expect(takingOutOf(found, brought('a'), retires)).toBe(expected)
  })
})

test('changed here is what says something else than the pack brought', () => {
  expect(isChangedHere({ inForce: at('z') }, brought('a'))).toBe(true)
  expect(isChangedHere({ inForce: at('a'), draft: at('z', 2) }, brought('a'))).toBe(false)
  expect(isChangedHere({ inForce: at('z') }, undefined)).toBe(false)
  expect(isChangedHere({}, brought('a'))).toBe(false)
})
