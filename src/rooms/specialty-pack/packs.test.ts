import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { checkCondition, forAudience, type Condition } from '../../platform/condition/index.ts'
import { installContent } from '../../apps/demo/seed.ts'
import { checkPlain } from '../../clinical/plain-language/index.ts'
import { layPackedProtocol, pathwaysOfPacks } from '../follow-up/server/index.ts'
import { layPackedTag } from '../tag/server/index.ts'
import { promiseIn } from '../growth/contract/promise.ts'
import { findPackedCards } from '../advice/server/index.ts'
import { checkTemplate } from '../message/server/rules/template-check.ts'
import { shippedTemplates } from '../message/server/templates.ts'
import { PART_KINDS } from './contract/pack.ts'
import { readPack } from './contract/specialty-pack.ts'
import { shippedPacks } from './server/packs.ts'

const house = await aHouse()
await installContent(house.house, house.tenant)
const reader = await house.as('physician')

describe.each(shippedPacks.map((pack) => [pack.code, pack] as const))('S0-22 the pack %s', (code, pack) => {
  test('has its parts: nothing it names is missing, nothing it brings is taken', async () => {
    const { content } = await reader.call(readPack, { params: { code } })
    expect(
      content.filter(({ plan }) => !['lay', 'there'].includes(plan)).map((part) => [part.kind, part.code, part.plan]),
    ).toEqual([])
  })

  test('says what it rests on, that nobody has reviewed it, and what it lacks', () => {
    expect(pack.reviewer).toBeNull()
    expect(pack.notYet.length).toBeGreaterThan(0)
    for (const part of pack.parts) {
      const definition = 'definition' in part ? part.definition : undefined
      if (definition) expect(definition.source.length, part.code).toBeGreaterThan(5)
      if (definition && 'reviewer' in definition) expect(definition.reviewer, part.code).toBeNull()
    }
  })

  test('brings only messages that the house lets pass, and texts that are plain', () => {
    const templates = pack.parts.flatMap((part) => (part.kind === 'message-template' ? [part.code] : []))
    for (const template of shippedTemplates.filter((one) => templates.includes(one.code)))
      expect(checkTemplate(template), template.code).toEqual([])
    const said = pack.parts.flatMap((part) => {
      if (part.kind === 'tag' && part.definition) return [part.definition.explanation]
      if (part.kind === 'advice-card' && part.definition) {
        const { title, summary, points, avoid } = part.definition
        return [title, summary, ...points, ...avoid]
      }
      return []
    })
    const findings = said.flatMap(({ zh, en }) => [...checkPlain(zh), ...checkPlain(en)])
    expect(findings).toEqual([])
  })
})

test('the specialties are there, and the first four have all that S0-22 asks for', () => {
  const first = ['mind', 'oncology', 'chronic', 'rehabilitation']
  expect(shippedPacks.map(({ code }) => code)).toEqual([
    ...first,
    'nodules',
    'growth',
    'perinatal',
    'elderly',
    'member-care',
  ])
  for (const { code, parts } of shippedPacks) {
    const kinds = new Set(parts.map(({ kind }) => kind))
    const wanted = first.includes(code)
      ? PART_KINDS.filter((kind) => code !== 'mind' || kind !== 'alert-rule')
      : (['tag', 'protocol', 'message-template'] as const)
    expect(
      wanted.filter((kind) => !kinds.has(kind)),
      code,
    ).toEqual([])
  }
})

const broughtProtocols = shippedPacks.flatMap(({ parts }) =>
  parts.flatMap((part) => (part.kind === 'protocol' && part.definition ? [part.definition] : [])),
)

test('every pathway that no house has otherwise comes in exactly one pack', () => {
  expect(broughtProtocols.map(({ code }) => code).toSorted()).toEqual([...pathwaysOfPacks.keys(), 'kidney'].toSorted())
})

test('whoever follows somebody asks first for what cannot wait; one kind word asks nothing', () => {
  const asking = broughtProtocols.filter(({ steps }) => steps.some(({ form }) => form !== null))
  expect(broughtProtocols.length - asking.length).toBe(1)
  for (const { classing } of asking) expect(classing).toMatchObject({ kind: 'survey', signs: 'emergency-signs' })
})

test('a tag that sends somewhere sends to a pathway of its own pack, and what tells of the mind says so', () => {
  const mental = new Set(broughtProtocols.flatMap(({ code, sensitivity }) => (sensitivity === 'mental' ? [code] : [])))
  expect([...mental].toSorted()).toEqual(['severe-mental', 'weekly-companion-call'])
  for (const { code, parts } of shippedPacks)
    for (const part of parts)
      if (part.kind === 'tag' && part.definition) {
        const sent = part.definition.then.flatMap((one) => ('protocol' in one ? [one.protocol] : []))
        for (const protocol of sent)
          expect(
            parts.some((one) => one.kind === 'protocol' && one.code === protocol),
            code,
          ).toBe(true)
        if (code === 'mind') expect(part.definition.sensitivity).toBe('mental')
      }
})

test('nobody is taken into a pathway of the mind by a rule', () => {
  for (const { code, sensitivity, entry } of broughtProtocols)
    if (sensitivity === 'mental') expect(entry, code).toEqual({ hand: true })
})

test('R15 nothing about growth promises a height, hurries or advertises', () => {
  const { parts } = shippedPacks.find(({ code }) => code === 'growth')!
  const pathway = pathwaysOfPacks.get('growth-care')!
  const told = shippedTemplates.filter(({ code }) => code === 'growth-measure')
  expect(told).toHaveLength(1)
  expect(promiseIn(JSON.stringify([parts, pathway, told]))).toBeUndefined()
})

test('the cards that pathways put forward are there', async () => {
  const wanted = broughtProtocols.flatMap(({ steps }) => steps.flatMap(({ cards }) => cards ?? []))
  expect(wanted.length).toBeGreaterThan(0)
  const found = await house.write((ctx) => findPackedCards(ctx, wanted))
  expect(new Set(found.map(({ code }) => code))).toEqual(new Set(wanted))
})

test('what pathways ask of people the house knows: ways in, goals, ways out, branches', async () => {
  const wrong = await house.write(async (ctx) => {
    const found: string[] = []
    for (const { code, entry, goals = [], exits = [] } of broughtProtocols) {
      const asked = [entry, ...goals.map(({ measure }) => measure), ...exits.map(({ when }) => when)]
      for (const one of asked)
        if ('condition' in one)
          found.push(...(await checkCondition(ctx, one.condition)).map((fault) => `${code}: ${JSON.stringify(fault)}`))
    }
    return found
  })
  expect(wrong).toEqual([])
})

test('R2 nobody is chosen for a message by what they are followed for in mind and mood', async () => {
  const { parts } = shippedPacks.find(({ code }) => code === 'mind')!
  const asked = await house.write(async (ctx) => {
    const found: [string, Condition][] = []
    for (const part of parts)
      if (part.kind === 'protocol' && part.definition) {
        await layPackedProtocol(ctx, part.definition, true)
        found.push([part.code, { followUp: { protocols: [part.code], state: 'running' } }])
        found.push([part.code, { not: { followUpVisit: { protocols: [part.code], state: 'done' } } }])
      } else if (part.kind === 'tag' && part.definition) {
        await layPackedTag(ctx, part.definition, true)
        found.push([part.code, { tag: { code: part.code } }])
      }
    return found
  })
  expect(asked).toHaveLength(5)
  for (const [code, condition] of asked) {
    const admission = await house.write((ctx) => forAudience(ctx, condition))
    expect('faults' in admission && admission.faults[0]!.code, code).toBe('BarredFromAudience')
  }
})
