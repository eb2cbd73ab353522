import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { compile } from './expressions/index.ts'
import type {
  Coding,
  Extension,
  Quantity,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  ResponseAnswer,
  ResponseItem,
} from './fhir.ts'
import { walk, type Item } from './questionnaire.ts'
import { read } from './read.ts'
import { score } from './score.ts'
import type { Scoring } from './scoring.ts'
import { fillIn } from './scripted-user.ts'
import {
  answersAt,
  askedPlaces,
  fromResponse,
  open,
  progress,
  toResponse,
  validate,
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

/** What is answered as it is worth: numbers as they are, yes as 1, options by the points their file gives them. */
function pointsByHand(source: Questionnaire, response: QuestionnaireResponse): number {
  const weights = new Map<string, number>()
  const learn = (items: readonly QuestionnaireItem[] = []): void => {
    for (const item of items) {
      for (const option of item.answerOption ?? []) {
        const coding = option['valueCoding'] as (Coding & { extension?: Extension[] }) | undefined
        const found = [...(option.extension ?? []), ...(coding?.extension ?? [])].find(({ url }) =>
          /(ordinalValue|itemWeight)$/.test(url),
        )
        if (coding && typeof found?.['valueDecimal'] === 'number')
          weights.set(`${item.linkId} ${coding.system ?? ''}|${coding.code}`, found['valueDecimal'])
      }
      learn(item.item)
    }
  }
  learn(source.item)
  const worth = (linkId: string, given: ResponseAnswer): number => {
    const coding = given['valueCoding'] as Coding | undefined
    if (coding) return weights.get(`${linkId} ${coding.system ?? ''}|${coding.code}`) ?? 0
    if (typeof given['valueBoolean'] === 'boolean') return given['valueBoolean'] ? 1 : 0
    const number = given['valueInteger'] ?? given['valueDecimal'] ?? (given['valueQuantity'] as Quantity)?.value
    return typeof number === 'number' ? number : 0
  }
  const sum = (items: readonly ResponseItem[] = []): number =>
    items.reduce(
      (total, { linkId, item, answer: given = [] }) =>
        given.reduce((all, one) => all + worth(linkId, one) + sum(one.item), total) + sum(item),
      0,
    )
  return sum(response.item)
}

/** A score over everything that can bring points, so that a form without one of ours is scored all the same. */
function withScore(source: Questionnaire): Questionnaire {
  const words = { zh: '总分', en: 'Total' }
  const items = [...walk(read(source).form.items)].filter(isWorthSomething).map(({ linkId }) => linkId)
  const bands = [{ code: 'some', from: 0, text: words }]
  const scoring: Scoring = { scores: [{ code: 'all', name: words, method: 'sum', items, missing: 'zero', bands }] }
  return items.length === 0 ? source : { ...source, scoring }
}

const isWorthSomething = ({ type, options, optionType }: Item) =>
  ['boolean', 'integer', 'decimal', 'quantity'].includes(type) ||
  (optionType === 'Coding' && options.some(({ weight }) => weight !== undefined))

const counted = { asked: 0, withoutAnswer: 0, constraints: 0, scored: 0, points: 0 }

describe.skipIf(files.length === 0)('questionnaires of other houses', () => {
  test('are there', () => expect(questionnaires.length).toBeGreaterThan(100))

  test.each(questionnaires.map((one) => [one._src, one] as const))('%s', (_src, source) => {
    const { form, problems } = read(source)
    expect(problems.filter((one) => one.code === 'cycle' || one.code === 'not-a-questionnaire')).toEqual([])
    const scored = read(withScore(source)).form
    let state = open(form, { known })
    for (const round of [0, 1] as const) {
      state = fillIn(state, round)
      expect(state.unsettled).toEqual([])
      expect(progress(state).missing).toEqual([])
      const wrong = validate(state).filter(({ severity, key }) => severity === 'error' && !isOthers(state, key))
      expect(wrong.filter(({ code }) => code !== 'constraint')).toEqual([])
      const places = askedPlaces(state)
      counted.asked += places.length
      counted.withoutAnswer += places.filter(({ key }) => !state.answers.has(key)).length
      counted.constraints += wrong.length
      const response = JSON.parse(JSON.stringify(toResponse(state))) as QuestionnaireResponse
      const again = fromResponse(form, response, { known })
      expect(toResponse(again)).toEqual(response)
      expect(score(form, response)).toEqual({ scores: [], actions: [] })
      const [total] = score(scored, response).scores
      if (total) {
        counted.scored++
        counted.points += total.value!
        expect([total.band?.code, total.value]).toEqual([
          total.value! < 0 ? undefined : 'some',
          expect.closeTo(pointsByHand(source, response), 6),
        ])
      }
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
      `${texts.size - failing.length} of ${texts.size} different FHIRPath expressions compile;`,
      `${counted.asked} questions asked in two rounds, ${counted.withoutAnswer} without an answer, ${counted.constraints} held to a`,
      `constraint of their form, ${counted.scored} responses scored\n`,
      itemsByType(reports),
      '\n',
      [...kinds]
        .sort((a, b) => b[1] - a[1])
        .map(([kind, count]) => `${count} × ${kind}`)
        .join('\n '),
    )
    expect(failing.length / texts.size).toBeLessThan(0.01)
  })
})

const itemsByType = (reports: readonly ReturnType<typeof read>[]): string => {
  const types = Map.groupBy(
    reports.flatMap(({ form }) => [...walk(form.items)]),
    ({ type }) => type,
  )
  return [...types].map(([type, items]) => `${items.length} ${type}`).join(', ')
}

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
