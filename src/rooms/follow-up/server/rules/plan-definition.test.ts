import { describe, expect, test } from 'vitest'
import { aPathway, aStep, words } from '../../sample-pathway.ts'
import { shippedProtocols } from '../shipped.ts'
import { fromPlanDefinition } from './plan-definition-import.ts'
import { intervalOf, toPlanDefinition, type Json } from './plan-definition.ts'

/** As it travels: text and back. */
const sent = (resource: Json): Json => JSON.parse(JSON.stringify(resource)) as Json

describe('a pathway of ours comes back equal', () => {
  test.each(shippedProtocols.map((definition) => [definition.code, definition] as const))('%s', (_code, definition) => {
    const back = fromPlanDefinition(sent(toPlanDefinition(definition, 3).resource))
    expect(back.definition).toEqual(definition)
    expect(back.notUnderstood).toEqual([])
  })
  test('and so does one with everything a pathway may say', () => {
    const definition = aPathway(
      {
        goals: [
          {
            code: 'low',
            name: words,
            measure: { indicator: { code: 'sbp' } },
            target: { op: '=', value: 120 },
            due: { months: 6 },
            source: 'test',
            forPatient: words,
          },
        ],
        phases: [{ code: 'early', name: words }],
        exits: [{ code: 'well', name: words, when: { goals: ['low'] }, as: 'graduated' }],
        contacts: { perWeek: 1 },
      },
      [
        aStep({
          phase: 'early',
          goal: words,
          form: 'companion-call',
          recurrence: { times: 3, then: 'ask' },
          branches: [{ item: 'mood', in: ['low'], next: 'ask' }],
        }),
        aStep({
          code: 'ask',
          first: null,
          kind: 'questionnaire',
          questionnaire: 'gad-7',
          form: 'companion-call',
          next: null,
        }),
      ],
    )
    expect(fromPlanDefinition(sent(toPlanDefinition(definition, 1).resource)).definition).toEqual(definition)
  })
})

describe('what stands in elements of FHIR', () => {
  const { resource, inExtension } = toPlanDefinition(
    aPathway({}, [aStep({ recurrence: { times: 3, then: 'last' } }), aStep({ code: 'last', first: null, next: null })]),
    2,
  )
  test('names, times and owners are to be read by others', () =>
    expect(resource).toMatchObject({
      resourceType: 'PlanDefinition',
      status: 'draft',
      version: '2',
      title: words.zh,
      action: [
        {
          id: 'call',
          title: words.zh,
          timingDuration: { value: 7, code: 'd' },
          participant: [{ role: { coding: [{ code: 'manager' }] } }],
        },
        { id: 'last' },
      ],
    }))
  test('and what has none is named', () =>
    expect(inExtension).toEqual(expect.arrayContaining(['entry', 'anchor', 'steps[0].window', 'steps[0].recurrence'])))
  test('a colleague elsewhere who changes a time changes the pathway', () => {
    const changed = sent(resource) as { action: Json[] } & Json
    changed.action[0]!['timingDuration'] = { value: 2, code: 'wk' }
    expect(fromPlanDefinition(changed).definition.steps[0]!.first).toEqual({ days: 14 })
  })
})

describe('of another house', () => {
  const foreign = {
    resourceType: 'PlanDefinition',
    id: 'AncContacts',
    title: 'Antenatal contacts',
    status: 'active',
    library: ['http://example.org/Library/anc'],
    goal: [{ description: { text: 'A healthy birth' } }],
    action: [
      {
        id: 'group',
        title: 'Contacts',
        action: [
          {
            id: 'first-contact',
            title: 'First contact',
            timingDuration: { value: 12, code: 'wk' },
            definitionCanonical: 'http://example.org/Questionnaire/anc-first|1.0',
          },
          {
            id: 'second',
            title: 'Second contact',
            relatedAction: [
              { actionId: 'first-contact', relationship: 'after-end', offsetDuration: { value: 1, code: 'mo' } },
            ],
            condition: [{ kind: 'applicability', expression: { language: 'text/cql', expression: 'Pregnant' } }],
          },
          { id: 'third', title: 'When it suits', dynamicValue: [{ path: 'x' }] },
        ],
      },
    ],
  }
  const { definition, notUnderstood } = fromPlanDefinition(foreign)
  test('times, order and questionnaires are read', () =>
    expect(definition.steps).toMatchObject([
      {
        code: 'first-contact',
        track: 'first-contact',
        kind: 'questionnaire',
        questionnaire: 'anc-first',
        first: { days: 84 },
        next: 'second',
      },
      { code: 'second', track: 'first-contact', kind: 'task', first: null, after: { months: 1 } },
      { code: 'third', first: { days: 0 } },
    ]))
  test('it lands without a way in, and everything else is named by its path', () => {
    expect(definition).toMatchObject({ code: 'anc-contacts', entry: { hand: true }, reviewer: null })
    expect(notUnderstood.map(({ path }) => path)).toEqual([
      'library',
      'action[0].action[1].condition',
      'action[0].action[2].dynamicValue',
      'action third',
      'goal[0]',
    ])
  })
  test.each([
    [{ resourceType: 'Patient' }],
    [{ resourceType: 'PlanDefinition' }],
    [{ resourceType: 'PlanDefinition', action: [] }],
  ])('%o is refused', (resource) => expect(() => fromPlanDefinition(resource)).toThrow(TypeError))
})

test.each<[Json, object | undefined]>([
  [{ value: 3, code: 'mo' }, { months: 3 }],
  [{ value: 2, unit: 'weeks' }, { days: 14 }],
  [{ value: 1, code: 'a' }, { months: 12 }],
  [{ value: 36, code: 'h' }, undefined],
  [{ value: 1.5, code: 'd' }, undefined],
  [{ value: -1, code: 'd' }, undefined],
])('the duration %o is %o', (duration, interval) => expect(intervalOf(duration)).toEqual(interval))
