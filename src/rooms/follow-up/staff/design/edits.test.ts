import { describe, expect, test } from 'vitest'
import { axisOf } from '../../contract/axis.ts'
import { protocolDefinition, type ProtocolDefinition } from '../../contract/protocol.ts'
import { STEP_KINDS } from '../../contract/step.ts'
import { aPathway, aStep, words } from '../../sample-pathway.ts'
import { compare } from './compare.ts'
import {
  addAfter,
  addBranched,
  addLine,
  duplicate,
  endOf,
  leadTo,
  moveStep,
  newStep,
  removeStep,
  setBranch,
} from './edits.ts'

const three = aPathway({}, [
  aStep({ next: 'scan' }),
  aStep({ code: 'scan', first: null, after: { days: 20 }, next: 'talk', branches: [{ missed: true, next: 'call' }] }),
  aStep({ code: 'talk', first: null, after: { days: 10 }, next: null }),
])
const days = (definition: ProtocolDefinition) =>
  Object.fromEntries(
    axisOf(definition)
      .lanes.flatMap(({ placed }) => placed)
      .filter(({ nth }) => nth === 1)
      .map(({ step, day }) => [step, day]),
  )
/** Whatever is done to it, the house can keep it. */
const kept = (definition: ProtocolDefinition) => {
  expect(protocolDefinition.safeParse(definition).error?.issues ?? []).toEqual([])
  return definition
}

describe('moving along the axis', () => {
  test('a first step moves from the anchor, another from the one before it, and what follows moves along', () => {
    expect(days(three)).toEqual({ call: 7, scan: 27, talk: 37 })
    expect(days(kept(moveStep(three, 'call', 3)))).toEqual({ call: 10, scan: 30, talk: 40 })
    expect(days(kept(moveStep(three, 'scan', -7)))).toEqual({ call: 7, scan: 20, talk: 30 })
  })
  test('it stays behind what it follows, and what repeats never stands still', () => {
    expect(days(kept(moveStep(three, 'scan', -100)))).toMatchObject({ scan: 7 })
    expect(days(kept(moveStep(three, 'call', -100)))).toMatchObject({ call: 0 })
    const again = aPathway({}, [
      aStep({ next: 'again' }),
      aStep({ code: 'again', first: null, next: 'again', recurrence: { times: 3 } }),
    ])
    expect(moveStep(again, 'again', -100).steps[1]!.after).toEqual({ days: 1 })
  })
  test('behind a step that repeats it counts from the last time', () => {
    const definition = aPathway({}, [
      aStep({ recurrence: { times: 3, then: 'talk' } }),
      aStep({ code: 'talk', first: null, after: { days: 10 }, next: null }),
    ])
    expect(days(definition)).toEqual({ call: 7, talk: 31 })
    expect(days(moveStep(definition, 'talk', 5))).toEqual({ call: 7, talk: 36 })
  })
})

describe('adding and removing', () => {
  test('every kind of step can be kept as it begins, in a line of its own and behind another', () => {
    for (const kind of STEP_KINDS) {
      const step = newStep(three, kind, words, kind)
      expect(Object.keys(days(kept(addLine(three, step, 14))))).toContain(step.code)
      const behind = kept(addAfter(three, 'call', step, 5))
      expect(days(behind)).toMatchObject({ call: 7, [step.code]: 12, scan: 32 })
    }
  })
  test('behind what repeats without an end it gets one, and a new step comes after it', () => {
    const added = kept(addAfter(aPathway(), 'call', newStep(aPathway(), 'visit', words, 'call')))
    expect(added.steps[0]!.recurrence).toEqual({ times: 3, then: 'visit' })
    expect(endOf(added, 'call')).toBe('visit')
  })
  test('a copy stands just behind, under a code of its own', () => {
    const { definition, copied } = duplicate(three, 'scan')
    expect(copied).toBe('scan-2')
    expect(days(kept(definition))).toEqual({ call: 7, scan: 27, 'scan-2': 47, talk: 57 })
  })
  test('what led to a removed step leads on; a second one begins when the first is removed', () => {
    const without = kept(removeStep(three, 'scan'))
    expect(days(without)).toEqual({ call: 7, talk: 17 })
    expect(days(kept(removeStep(three, 'call')))).toEqual({ scan: 7, talk: 17 })
    expect(kept(removeStep(three, 'call')).steps[0]!.branches).toEqual([])
    expect(removeStep(aPathway(), 'call').steps).toHaveLength(1)
  })
  test('any order of removals leaves something that can be kept', () => {
    for (const order of [
      ['call', 'scan'],
      ['scan', 'call'],
      ['talk', 'call'],
      ['talk', 'scan'],
    ])
      kept(order.reduce(removeStep, three))
  })
})

describe('leading elsewhere', () => {
  test('a target that never said after how long says it now', () => {
    const led = kept(
      leadTo(aPathway({}, [aStep({ after: null, next: 'look' }), aStep({ code: 'look', next: null })]), 'look', 'call'),
    )
    expect(led.steps[0]!.after).toEqual({ days: 7 })
    expect(kept(setBranch(three, 'talk', 0, { missed: true, next: 'scan' })).steps[2]!.branches).toHaveLength(1)
  })
  test('a step that only a branch leads to', () => {
    const step = newStep(three, 'visit', words, 'call')
    const made = kept(addBranched(three, 'talk', step, (next) => ({ missed: true, next })))
    expect(days(made)).toMatchObject({ visit: 51 })
  })
})

test('two drafts differ by steps, and in the rest', () => {
  const other = { ...removeStep(three, 'talk'), goal: { zh: '别的', en: 'other' } }
  const { added, removed, changed, isWhole } = compare(three, other)
  expect([added.length, removed.map(({ code }) => code), changed.map(({ code }) => code), isWhole]).toEqual([
    0,
    ['talk'],
    ['scan'],
    true,
  ])
  expect(compare(three, structuredClone(three))).toEqual({ added: [], removed: [], changed: [], isWhole: false })
})
