import {
  answerWords,
  askedPlaces,
  changesBetween,
  fromResponse,
  textAt,
  type QuestionnaireResponse,
  type State,
  type YesNo,
} from '../../../clinical/questionnaire/index.ts'
import type { Sex } from '../../../clinical/index.ts'
import { ageOn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import words from '../content/words.json' with { type: 'json' }
import type { intakeSummary } from '../contract/intake.ts'
import { publishedForm } from './form.ts'
import { findIntake, type IntakeRow } from './intake-store.ts'
import { isRaised, weigh } from './intake-weigh.ts'
import { visitOf } from './invite.ts'

const INTAKE = 'urn:peiban:intake'
type Place = State['places'][number]

const isFor = ({ item }: Place, code: string) => item.code.some((one) => one.system === INTAKE && one.code === code)

/**
 * What the doctor reads before the person comes in: what worries them first, then signs of danger, answers out of the
 * ordinary, what is new.
 */
export async function summaryOf(ctx: ReadContext, patientId: string): Promise<OutputOf<typeof intakeSummary>> {
  const patient = await requireVisible(ctx, patientId)
  const mental = ctx.actor.permissions.has('questionnaire.answers-mental')
  const [now, former] = await findIntake(ctx.db, ctx.organizationId, patientId, mental)
  if (!now) return { summary: null }
  const yesNo: YesNo = words.yesNo[ctx.locale === 'en' ? 'en' : 'zh'] as unknown as YesNo
  const state = stateOf(ctx, now, now)
  // Both are read by the form that was asked now, so that a new wording is no change.
  const before = former && stateOf(ctx, now, former)
  const places = askedPlaces(state)
  const say = (place: Place) => ({ question: textAt(state, place), answer: answerWords(state, place, yesNo) })
  const answered = places.filter(({ key }) => state.answers.has(key))
  const oneFor = (code: string) => answered.find((place) => isFor(place, code))
  const [worry, questions] = [oneFor('main-worry'), oneFor('questions')]
  const flags = answered.filter((place) => isFor(place, 'red-flag'))
  const person = {
    ...(patient.sex === 'male' || patient.sex === 'female' ? { sex: patient.sex as Sex } : {}),
    ...(patient.birth_date ? { ageYears: ageOn(patient.birth_date, ctx.today) } : {}),
  }
  const rest = answered
    .filter((place) => place !== worry && place !== questions && !flags.includes(place))
    .map((place) => ({ place, ...weigh(state, place, person) }))
  const [mainWorry, formerWorry] = [worry ? say(worry).answer : '', worryOf(before, yesNo)]
  const changes = before ? changesBetween(before, state, yesNo) : null
  const changedFrom = new Map(changes?.map((one) => [one.key, one.before]))
  const raised = flags.filter((place) => isRaised(state, place))
  const abnormal = rest.filter(({ isAbnormal }) => isAbnormal)
  // Each answer stands in one place: what is said above is not repeated among the changes, nor a change among the rest.
  const above = new Set([worry, questions, ...raised, ...abnormal.map(({ place }) => place)].map((place) => place?.key))
  return {
    summary: {
      responseId: now.id as never,
      code: now.code,
      title: { zh: now.title_zh, en: now.title_en },
      answeredAt: now.answered_at.toISOString(),
      visit: visitOf(now),
      mainWorry,
      formerWorry: formerWorry === mainWorry ? '' : formerWorry,
      questions: questions ? say(questions).answer : '',
      redFlags: raised.map(say),
      abnormal: abnormal.map(({ place, flag }) => ({
        ...say(place),
        flag,
        before: changedFrom.get(place.key) ?? null,
      })),
      changed: changes?.filter(({ key }) => !above.has(key)).map(({ key: _key, ...change }) => change) ?? null,
      formerAt: former?.answered_at.toISOString() ?? null,
      unanswered: places.filter(({ key }) => !state.answers.has(key)).map((place) => textAt(state, place)),
      answers: rest.flatMap(({ place, isAbnormal }) => (isAbnormal || changedFrom.has(place.key) ? [] : [say(place)])),
    },
  }
}

/** What worried the person when they filled the form in before. */
function worryOf(state: State | undefined, yesNo: YesNo): string {
  const place = state && askedPlaces(state).find((one) => isFor(one, 'main-worry'))
  return place ? answerWords(state, place, yesNo) : ''
}

function stateOf(ctx: ReadContext, by: IntakeRow, { response }: IntakeRow): State {
  const form = publishedForm(`${ctx.organizationId}/${by.code}/${by.version}`, by.definition)
  return fromResponse(form, response as unknown as QuestionnaireResponse, {
    known: { today: ctx.today },
    language: ctx.locale,
  })
}
