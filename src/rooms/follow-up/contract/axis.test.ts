import { describe, expect, test } from 'vitest'
import { aPathway, aStep } from '../sample-pathway.ts'
import { axisOf } from './axis.ts'

const days = (definition: ReturnType<typeof aPathway>, track = 'call') =>
  axisOf(definition)
    .lanes.find((lane) => lane.track === track)!
    .placed.map(({ step, day, by }) => [step, day, by])

describe('a pathway by days from its anchor', () => {
  test('steps one after the other, a repeat with its end, and what comes then', () => {
    const definition = aPathway({}, [
      aStep({ recurrence: { times: 3, then: 'look' } }),
      aStep({ code: 'look', first: null, after: { months: 3 }, next: null }),
    ])
    expect(days(definition)).toEqual([
      ['call', 7, 'anchor'],
      ['call', 14, 'repeat'],
      ['call', 21, 'repeat'],
      ['look', 111, 'next'],
    ])
    expect(axisOf(definition)).toMatchObject({ loose: [], endless: [], days: 113 })
  })
  test('what never ends is drawn a few times and named; until a day it ends by itself', () => {
    expect(axisOf(aPathway())).toMatchObject({ endless: ['call'], days: 30 })
    expect(days(aPathway()).length).toBe(4)
    const until = aPathway({}, [aStep({ recurrence: { until: { days: 20 } } })])
    expect(days(until).map(([, day]) => day)).toEqual([7, 14])
  })
  test('where a branch leads stands after its source; what nothing leads to is named', () => {
    const definition = aPathway({}, [
      aStep({ next: null, branches: [{ missed: true, next: 'again' }] }),
      aStep({ code: 'again', first: null, after: { days: 3 }, next: 'late' }),
      aStep({ code: 'late', first: null, after: { days: 4 }, next: null }),
      aStep({ code: 'lost', first: null, after: { days: 4 }, next: null }),
    ])
    expect(days(definition)).toEqual([
      ['call', 7, 'anchor'],
      ['again', 10, 'branch'],
      ['late', 14, 'branch'],
    ])
    expect(axisOf(definition).loose).toEqual(['lost'])
  })
  test('two steps in turn that never end, and windows in days and per cent', () => {
    const definition = aPathway({}, [
      aStep({ next: 'other', window: { before: { percent: 50 }, after: { days: 2 } } }),
      aStep({ code: 'other', first: null, after: { days: 10 }, next: 'call' }),
    ])
    const axis = axisOf(definition)
    expect(axis.endless).toContain('call')
    expect(axis.lanes[0]!.placed[0]).toMatchObject({ day: 7, from: 3, until: 9 })
  })
  test('clashes and gaps with the day to jump to', () => {
    const definition = aPathway({ contacts: { gapDays: 30 } }, [
      aStep({ next: 'far' }),
      aStep({ code: 'far', first: null, after: { days: 60 }, next: null }),
      aStep({ code: 'also', track: 'also', next: null }),
    ])
    expect(axisOf(definition).faults).toEqual([
      { code: 'same-day', day: 7, until: 7, steps: ['call', 'also'] },
      { code: 'gap', day: 7, until: 67, steps: ['far'] },
    ])
  })
})
