import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { differences } from './agreement.ts'
import { evaluate } from './core/instrument.ts'
import { instruments } from './registry.ts'

interface Vector {
  id: string
  input: Record<string, unknown>
  expected: Record<string, unknown>
  /** Why this form of asking cannot be answered with what we may ship. */
  needs?: string
}

const FIELDS = ['circulation', 'metabolism', 'scale', 'nodule', 'growth']

function vectorsOf(code: string): Vector[] {
  const file = FIELDS.map((field) => join(import.meta.dirname, field, code, 'vectors.json')).find(existsSync)
  if (!file) throw new Error(`${code} has no vectors.json`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

describe.each(instruments.map((one) => [one.card.code, one] as const))('%s', (code, instrument) => {
  const vectors = vectorsOf(code)

  test.each(vectors.filter((one) => !one.needs).map((vector) => [vector.id, vector] as const))('%s', (_id, vector) => {
    const result = evaluate(instrument, vector.input)
    expect(result.refused).toBeUndefined()
    if (result.refused) return
    expect(differences(result.output, vector.expected, instrument.card.tolerance)).toEqual([])
  })

  test('each required input is missed by name', () => {
    for (const { input } of vectors) {
      const before = evaluate(instrument, input)
      if (before.refused) continue
      const specs = instrument.forms.find((one) => one.code === before.form)!.inputs
      for (const [name, spec] of Object.entries(specs)) {
        if (spec.optional) continue
        const { [name]: _left, ...rest } = input
        const result = evaluate(instrument, rest)
        // Another form may answer without it, as BMI alone beside weight and height, or ask for it in another unit.
        if (result.refused) {
          const missing = result.refused.missing.map((path) => path.split(/[.[]/)[0]!)
          expect(
            missing.some((one) => one === name || !Object.hasOwn(specs, one)),
            missing.join(),
          ).toBe(true)
        } else expect(result.form).not.toBe(before.form)
      }
    }
  })

  const answerable = vectors.find((one) => !one.needs)

  test.skipIf(!answerable)('a number outside its range is refused, not clamped', () => {
    const { input } = answerable!
    const before = evaluate(instrument, input)
    if (before.refused) throw new Error('the first vector is refused')
    const specs = instrument.forms.find((one) => one.code === before.form)!.inputs
    for (const [name, spec] of Object.entries(specs)) {
      if (spec.kind !== 'number' || input[name] === undefined) continue
      if (spec.min !== undefined)
        expect(refusalOf(instrument, { ...input, [name]: spec.min - 1 })).toMatchObject({
          input: name,
          reason: 'below',
        })
      if (spec.max !== undefined)
        expect(refusalOf(instrument, { ...input, [name]: spec.max + 1 })).toMatchObject({
          input: name,
          reason: 'above',
        })
    }
  })

  test('an unknown name is told, not ignored', () => {
    const result = evaluate(instrument, { ...vectors[0]!.input, somethingElse: 1 })
    expect(result.refused?.unknown).toContain('somethingElse')
  })

  test('every caveat and every reason of not applying has words in both languages', () => {
    const sentences = instrument.card.sentences ?? {}
    for (const { input } of vectors) {
      const result = evaluate(instrument, input)
      const said = result.refused ? [result.refused.notApplicable].filter((one) => one !== undefined) : result.caveats
      for (const sentence of said ?? [])
        expect(sentences[sentence]?.zh && sentences[sentence].en, sentence).toBeTruthy()
    }
  })

  test('every band that can come out has words in both languages', () => {
    const codes = new Set(instrument.card.bands.map((band) => band.code))
    for (const { input } of vectors) {
      const result = evaluate(instrument, input)
      if (!result.refused && result.band !== undefined) expect(codes).toContain(result.band)
    }
    for (const { title, meaning } of instrument.card.bands)
      for (const words of [title, meaning]) expect(words.zh && words.en).toBeTruthy()
  })
})

function refusalOf(instrument: (typeof instruments)[number], input: Record<string, unknown>) {
  const result = evaluate(instrument, input)
  return result.refused?.invalid[0]
}
