import { expect, test } from 'vitest'
import { aPathway, aStep } from '../sample-pathway.ts'
import { partsOfStep, partsOfWhole } from './newer-parts.ts'

test.each<[string, object, string[]]>([
  ['nothing', {}, []],
  ['the interval', { after: { days: 9 } }, ['time']],
  [
    'its name and its window',
    { name: { zh: '别的', en: 'Other' }, window: { before: { days: 0 }, after: { days: 1 } } },
    ['time', 'words'],
  ],
  ['who does it', { owner: 'doctor' }, ['who']],
  ['what it leads to', { next: null }, ['next']],
  ['its form', { form: 'hypertension-visit' }, ['what']],
])('of a step: %s', (_what, over, parts) => {
  const [before, after] = [{}, over].map((one) => aPathway({}, [aStep(one)]).steps[0]!)
  expect(partsOfStep(before!, after!)).toEqual(parts)
})

test('of the whole: rules, source and way in, whatever the order of keys', () => {
  const before = aPathway()
  expect(partsOfWhole(before, Object.fromEntries(Object.entries(before).toReversed()) as never)).toEqual([])
  const after = { ...before, source: '别的依据', attempts: { most: 5, channels: 2 }, entry: { tag: true as const } }
  expect(partsOfWhole(before, after)).toEqual(['entry', 'rules', 'source'])
})
