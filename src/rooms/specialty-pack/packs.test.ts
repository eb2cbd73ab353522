import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { installContent } from '../../apps/demo/seed.ts'
import { checkPlain } from '../../clinical/plain-language/index.ts'
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

test('the four specialties are there, and each has what S0-22 asks for', () => {
  expect(shippedPacks.map(({ code }) => code)).toEqual(['mind', 'oncology', 'chronic', 'rehabilitation'])
  for (const { code, parts } of shippedPacks) {
    const kinds = new Set(parts.map(({ kind }) => kind))
    const wanted = PART_KINDS.filter((kind) => code !== 'mind' || kind !== 'alert-rule')
    expect(
      wanted.filter((kind) => !kinds.has(kind)),
      code,
    ).toEqual([])
  }
})

test('whatever follows somebody asks first for what cannot wait', () => {
  const protocols = shippedPacks.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'protocol' && part.definition ? [part.definition] : [])),
  )
  expect(protocols.length).toBe(4)
  for (const { classing } of protocols) expect(classing).toMatchObject({ kind: 'survey', signs: 'emergency-signs' })
})
