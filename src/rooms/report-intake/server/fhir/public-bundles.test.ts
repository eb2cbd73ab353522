import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { IncomingResult } from '../incoming.ts'
import { readBundle } from './read-bundle.ts'

const material = process.env.PEIBAN_MATERIAL

type Quantity = { value: number; unit: string }
type Part = {
  code: { text: string }
  valueQuantity?: Quantity
  valueCodeableConcept?: { text: string }
  valueString?: string
}
type Resource = Part & { resourceType: string; id: string; effectiveDateTime: string; component?: Part[] }

/** Sixty synthetic patients of Synthea, which the repository does not hold. */
function bundles(): { entry: { resource: Resource }[] }[] {
  const text = gunzipSync(readFileSync(join(material ?? '', 'fhir', 'synthea-r4-60-bundles.ndjson.gz'))).toString()
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { entry: { resource: Resource }[] })
}

const shown = (part: Part): string =>
  part.valueQuantity
    ? `${part.valueQuantity.value} ${part.valueQuantity.unit}`
    : (part.valueCodeableConcept?.text ?? part.valueString ?? '?')
const read = (result: IncomingResult): string => (result.unit ? `${result.valueText} ${result.unit}` : result.valueText)

describe.skipIf(!material)('public bundles', () => {
  it('each observation appears once, with value, unit and date', () => {
    let observations = 0
    for (const bundle of bundles()) {
      const outcome = readBundle(bundle, { sourceSystem: 'synthea' })
      if (outcome.kind !== 'bundle') throw new Error('refused')
      const results = new Map<string, IncomingResult>()
      for (const result of outcome.record.reports.flatMap((report) => report.results)) {
        expect(results.has(result.sourceResultId ?? ''), result.sourceResultId).toBe(false)
        results.set(result.sourceResultId ?? '', result)
      }
      for (const { resource } of bundle.entry.filter((entry) => entry.resource.resourceType === 'Observation')) {
        observations++
        const parts: [string, Part][] = (resource.component ?? []).map((part, index) => [
          `Observation/${resource.id}#${index}`,
          part,
        ])
        if (!resource.component) parts.push([`Observation/${resource.id}`, resource])
        for (const [id, part] of parts) {
          const result = results.get(id)
          expect(result && [result.name, read(result)], id).toEqual([part.code.text, shown(part)])
          expect(Date.parse(result?.observedAt?.at ?? ''), id).toBe(Date.parse(resource.effectiveDateTime))
        }
      }
    }
    expect(observations).toBe(6258)
  })

  it('the rest of the record is read or counted, and nobody is unknown', () => {
    const counts: Record<string, number> = {}
    for (const bundle of bundles()) {
      const outcome = readBundle(bundle, { sourceSystem: 'synthea' })
      if (outcome.kind !== 'bundle') throw new Error('refused')
      const { record, counted, issues } = outcome
      expect(new Set(issues.map((one) => one.code))).toEqual(new Set(['not-supported']))
      for (const [kind, list] of Object.entries(record)) counts[kind] = (counts[kind] ?? 0) + list.length
      expect(record.encounters).toHaveLength(counted.Encounter ?? 0)
      for (const one of [...record.conditions, ...record.procedures, ...record.medications, ...record.allergies]) {
        expect(one.patient).toBe(record.patients[0]?.patient)
        expect(one.codes.length).toBeGreaterThan(0)
      }
      for (const one of record.conditions) expect(one.onsetAt).toBeDefined()
      for (const one of record.procedures) expect(one.performedAt).toBeDefined()
      for (const one of record.medications) expect(one.prescribedAt).toBeDefined()
    }
    expect(counts).toMatchObject({
      patients: 60,
      encounters: 1030,
      conditions: 343,
      procedures: 448,
      medications: 259,
      allergies: 29,
    })
  })
})
