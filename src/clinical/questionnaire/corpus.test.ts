import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { compile } from './expressions/index.ts'
import type { Extension, Questionnaire, QuestionnaireResponse, Value } from './fhir.ts'
import { read } from './read.ts'
import { score } from './score.ts'
import {
  answer,
  answersAt,
  askedPlaces,
  fromResponse,
  open,
  optionsAt,
  toResponse,
  validate,
  type Place,
  type State,
} from './state/index.ts'
import { write } from './write.ts'

/** Questionnaires of other houses, which the repository does not hold: `PEIBAN_MATERIAL` names their folder. */
const material = process.env['PEIBAN_MATERIAL'] ?? ''
const folder = join(material, 'fhir')
const files = material === '' ? [] : readdirSync(folder).filter((name) => /^questionnaires-.*\.ndjson\.gz$/.test(name))
const resources = files.flatMap((name) =>
  gunzipSync(readFileSync(join(folder, name)))
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as (Questionnaire | QuestionnaireResponse) & { _src: string }),
)
const questionnaires = resources.filter(
  (one): one is Questionnaire & { _src: string } => one.resourceType === 'Questionnaire',
)
const known = { today: '2026-11-22', now: '2026-11-22T08:00:00Z' }

/** An answer of the right kind; the second round gives others than the first. */
function valueFor(state: State, { item, key }: Place, round: number): Value | Value[] | undefined {
  const options = optionsAt(state, { item, key, copies: [] })
  const low = typeof item.minValue === 'number' ? item.minValue : 0
  const high = typeof item.maxValue === 'number' ? item.maxValue : low + 9
  const day = typeof item.minValue === 'string' ? item.minValue.slice(0, 10) : round === 0 ? '1980-05-17' : '2001-12-30'
  switch (item.type) {
    case 'boolean':
      return round === 0
    case 'integer':
      return Math.min(Math.ceil(low) + round, Math.floor(high))
    case 'decimal':
      return Math.min(low + round * 0.5, high)
    case 'date':
      return day
    case 'dateTime':
      return `${day}T08:00:00Z`
    case 'time':
      return round === 0 ? '08:30:00' : '21:00:00'
    case 'quantity':
      return { value: Math.min(low + round, high), ...(item.units[round] ?? item.units[0] ?? { unit: '1', code: '1' }) }
    case 'reference':
      return { reference: `Patient/${round}` }
    case 'attachment':
      return { contentType: 'text/plain', url: `urn:attachment:${round}` }
    case 'choice':
    case 'open-choice': {
      if (options.length === 0) return { system: 'urn:anywhere', code: String(round) }
      const chosen = options.filter((one) => !one.exclusive).map((one) => one.value)
      const first = chosen[round % chosen.length] ?? options[0]!.value
      return item.repeats && round === 1 ? [...new Set([first, chosen[0] ?? first])] : first
    }
    default:
      return textFor(item.regex, item.minLength, item.maxLength, round)
  }
}

const SAMPLES = [
  '好',
  '2026',
  '010-1234567',
  'name@example.org',
  'ABCDEFGH',
  '0412345678',
  '61234567890',
  '2123456701',
  '3000',
  'a1',
  '1',
  '',
]

function textFor(regex: string | undefined, minLength = 0, maxLength = 40, round: number): string | undefined {
  const plain = (round === 0 ? '甲' : '乙').repeat(Math.max(1, Math.min(minLength, maxLength)))
  if (regex === undefined) return plain
  const pattern = new RegExp(`^(?:${regex})$`, 's')
  return SAMPLES.find((one) => pattern.test(one))
}

/** Answers whatever is asked, until nothing new is asked any more. */
function fillIn(state: State, round: number): State {
  const done = new Set<string>()
  let current = state
  for (let steps = 0; steps < 5_000; steps++) {
    const next = askedPlaces(current).find((place) => !done.has(place.key))
    if (!next) return current
    done.add(next.key)
    current = answer(current, next.key, valueFor(current, next, round))
  }
  throw new Error('the form keeps asking')
}

describe.skipIf(files.length === 0)('questionnaires of other houses', () => {
  test('are there', () => expect(questionnaires.length).toBeGreaterThan(100))

  test.each(questionnaires.map((one) => [one._src, one] as const))('%s', (_src, source) => {
    const { form, problems } = read(source)
    expect(problems.filter((one) => one.code === 'cycle' || one.code === 'not-a-questionnaire')).toEqual([])
    let state = open(form, { known })
    for (const round of [0, 1]) {
      state = fillIn(state, round)
      expect(state.unsettled).toEqual([])
      const wrong = validate(state).filter(
        (one) => one.severity === 'error' && one.code !== 'constraint' && !isOthers(state, one.key),
      )
      expect(wrong).toEqual([])
      const response = JSON.parse(JSON.stringify(toResponse(state))) as QuestionnaireResponse
      const again = fromResponse(form, response, { known })
      expect(toResponse(again)).toEqual(response)
      expect(score(form, response)).toEqual({ scores: [], actions: [] })
    }
    expect(read(write(form)).form.byLinkId.size).toBe(form.byLinkId.size)
  })

  test('a response of another house comes back whole, once it names the code systems its questionnaire does', () => {
    const named = (end: string) => resources.find((one) => one._src.endsWith(end))
    const { form } = read(named('questionnaire_outbreak.json'))
    const written = JSON.stringify(named('questionnaire_response_outbreak.json'))
    const moved = written.replaceAll(
      'ritikarawlani.github.io/smart-outbreak-measles',
      'worldhealthorganization.github.io/smart-ot',
    )
    const given = JSON.parse(moved) as QuestionnaireResponse
    const kept = valuesIn(toResponse(fromResponse(form, given, { known })))
    // Its questionnaire has the link id `telephone` twice; which one is meant nobody can tell.
    expect(valuesIn(given).filter((one) => !kept.includes(one))).toEqual(['"valueString":"234phone"'])
    expect(kept.length).toBeGreaterThan(100)
  })

  test('what of them is not supported, and what share of their expressions is', () => {
    const reports = questionnaires.map((source) => read(source))
    const kinds = new Map<string, number>()
    for (const { unsupported } of reports)
      for (const kind of new Set(
        unsupported.map((one) => one.what.replace(/^(variable|answerValueSet|option extension) \S+/, '$1 …')),
      ))
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    const texts = new Set(questionnaires.flatMap((source) => expressionsIn(source)))
    const failing = [...texts].filter((text) => typeof compile(text) === 'string')
    console.log(
      `${questionnaires.length} questionnaires, ${reports.filter((one) => one.unsupported.length > 0).length} with unsupported parts;`,
      `${texts.size - failing.length} of ${texts.size} different FHIRPath expressions compile\n`,
      [...kinds]
        .sort((a, b) => b[1] - a[1])
        .map(([kind, count]) => `${count} × ${kind}`)
        .join('\n '),
    )
    expect(failing.length / texts.size).toBeLessThan(0.01)
  })
})

/** Not what a person typed: calculated or read-only answers are the form's own. */
const isOthers = (state: State, key: string) => {
  const place = state.places.find((one) => one.key === key)
  return !place || place.item.readOnly || place.item.calculated !== undefined || answersAt(state, key).length === 0
}

function expressionsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(expressionsIn)
  if (typeof value !== 'object' || value === null) return []
  const given = (value as Extension)['valueExpression'] as { language?: string; expression?: string } | undefined
  const own = given?.language === 'text/fhirpath' && given.expression ? [given.expression] : []
  return [...own, ...Object.values(value).flatMap(expressionsIn)]
}

const valuesIn = (response: QuestionnaireResponse): string[] =>
  (JSON.stringify(response.item).match(/"value[A-Z]\w*":[^,}]*/g) ?? []).sort()
