import { shippedQuestionnaires } from '../../src/clinical/questionnaire/content/index.ts'
import { faultsOf, finishedResponse, publishedForm, resume } from '../../src/rooms/questionnaire/server/form.ts'
import { scoresOf } from '../../src/rooms/questionnaire/server/scores.ts'
import { print, round } from '../ground.ts'

const RESPONSES = 10_000
const ROUNDS = 5
const CODES = ['not-at-all', 'several-days', 'more-than-half', 'nearly-every-day']

/**
 * 10,000 PHQ-9 responses the way they are handed in: parsed JSON is taken up against the published form, its rules run, it
 * is checked, written as it is kept, and scored. No database: what is measured is the engine in the server's own steps.
 */
export async function measure(): Promise<void> {
  const definition = shippedQuestionnaires.find(({ name }) => name === 'phq-9')!
  const texts = Array.from({ length: RESPONSES }, (_, n) => JSON.stringify(response(n)))
  const known = { today: '2026-11-22', now: '2026-11-22T08:00:00Z' }
  const at = new Date(known.now)
  const form = publishedForm('bench/phq-9/1', definition)
  const expected = Array.from({ length: RESPONSES }, (_, n) => pointsOf(n))
    .flat()
    .reduce((a, b) => a + b, 0)
  const whole: number[] = []
  const scoring: number[] = []
  for (let turn = 0; turn < ROUNDS; turn++) {
    const responses = texts.map((text) => JSON.parse(text) as Record<string, unknown>)
    const began = process.cpuUsage()
    let total = 0
    for (const one of responses) {
      const state = resume(form, one, known)
      if (faultsOf(state).length > 0) throw new Error('a whole response was found faulty')
      total += scoresOf(form, finishedResponse(state, at)).scores[0]!.value!
    }
    whole.push(spent(began))
    const again = process.cpuUsage()
    for (const one of responses) scoresOf(form, one)
    scoring.push(spent(again))
    if (total !== expected) throw new Error(`${total} points in place of ${expected}`)
  }
  print('questionnaire', {
    responses: RESPONSES,
    'taken up, checked and scored, milliseconds of the processor': {
      first: round(whole[0]!),
      best: round(Math.min(...whole)),
    },
    'scored alone, milliseconds of the processor': { first: round(scoring[0]!), best: round(Math.min(...scoring)) },
  })
}

/** Milliseconds of the processor since then, of all threads: a busy machine makes the clock on the wall say more. */
const spent = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

/** Points of the nine questions; no two of the first sixty are alike. */
const pointsOf = (n: number): number[] => Array.from({ length: 9 }, (_, i) => (n + i * (n % 7) + (n >> 4)) % 4)

const response = (n: number) => ({
  resourceType: 'QuestionnaireResponse',
  status: 'completed',
  item: pointsOf(n).map((points, i) => ({
    linkId: `phq9-${i + 1}`,
    answer: [{ valueCoding: { system: 'urn:peiban:scale:two-weeks', code: CODES[points] } }],
  })),
})
