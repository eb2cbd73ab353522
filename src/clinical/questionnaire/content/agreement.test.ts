import { expect, test } from 'vitest'
import { instrumentByCode } from '../../instrument/registry.ts'
import { read, score, type QuestionnaireResponse } from '../index.ts'
import { answer, open, toResponse } from '../state/index.ts'
import { shippedQuestionnaires } from './index.ts'

/** The same scales stand in the registry as functions over plain numbers; both must say the same of anybody. */
const forms = new Map(shippedQuestionnaires.map((one) => [one.name, read(one).form]))
const formOf = (name: string) => forms.get(name)!
const instrument = (code: string, given: Record<string, unknown>) =>
  instrumentByCode(code)!.forms[0]!.compute(given as never).output as Record<string, unknown>

/** Numbers from 0 below `below`, the same in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

const ROUNDS = 200

function choices(name: string, prefix: string, points: readonly number[]): QuestionnaireResponse {
  const item = points.map((worth, i) => {
    const linkId = `${prefix}-${i + 1}`
    const { value } = formOf(name)
      .byLinkId.get(linkId)!
      .options.find((one) => one.weight === worth)!
    return { linkId, answer: [{ valueCoding: value }] }
  })
  return { resourceType: 'QuestionnaireResponse', status: 'completed', item }
}

test.each([
  ['phq-9', 'phq9', 9],
  ['gad-7', 'gad7', 7],
] as const)('%s', (name, prefix, count) => {
  const draw = sequence(count)
  for (let round = 0; round < ROUNDS; round++) {
    const items = Array.from({ length: count }, () => draw(4))
    const [result] = score(formOf(name), choices(name, prefix, items)).scores
    expect({ total: result!.value, band: result!.band!.code }).toEqual(
      expect.objectContaining({
        total: instrument(name, { items })['total'],
        band: instrument(name, { items })['band'],
      }),
    )
  }
})

test('体质 33', () => {
  const draw = sequence(33)
  const form = formOf('constitution-33')
  for (let round = 0; round < ROUNDS; round++) {
    // Most people are near the lowest answers; without that hardly anybody would be balanced.
    const items = Array.from({ length: 33 }, () => 1 + draw(1 + draw(1 + (round % 5))))
    const { scores } = score(form, choices('constitution-33', 'tz', items))
    expect({
      scores: Object.fromEntries(scores.map((one) => [one.code, one.value])),
      result: Object.fromEntries(scores.map((one) => [one.code, one.band!.code])),
    }).toEqual(instrument('tcm-constitution-elderly-33', { items }))
  }
})

test('IPAQ short form', () => {
  const draw = sequence(7)
  const form = formOf('ipaq-sf')
  for (let round = 0; round < ROUNDS; round++) {
    const week = Object.fromEntries(
      ['vigorous', 'moderate', 'walking'].map((kind) => {
        const days = draw(8)
        return [kind, { days, min: days === 0 ? 0 : draw(round % 2 === 0 ? 40 : 300) }]
      }),
    )
    const filled = Object.entries(week).reduce(
      (state, [kind, { days, min }]) => answer(answer(state, `${kind}-days`, days), `${kind}-minutes`, min),
      open(form, { known: { today: '2026-11-22' } }),
    )
    const [result] = score(form, toResponse(filled)).scores
    const { metMinWeek, category } = instrument('ipaq-sf', week)
    expect([result!.value, result!.band?.code]).toEqual([expect.closeTo(metMinWeek as number, 6), category])
  }
})
