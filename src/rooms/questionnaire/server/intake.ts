import {
  answersAt,
  answerWords,
  askedPlaces,
  changesBetween,
  fromResponse,
  textAt,
  type QuestionnaireResponse,
  type State,
  type YesNo,
} from '../../../clinical/questionnaire/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import words from '../content/words.json' with { type: 'json' }
import type { intakeSummary } from '../contract/intake.ts'
import { publishedForm } from './form.ts'
import { findIntake, type IntakeRow } from './intake-store.ts'
import { visitOf } from './invite.ts'

const INTAKE = 'urn:peiban:intake'
type Place = State['places'][number]

const isFor = ({ item }: Place, code: string) => item.code.some((one) => one.system === INTAKE && one.code === code)

/** What the doctor reads before the person comes in: what worries them first, then signs of danger, then what is new. */
export async function summaryOf(ctx: ReadContext, patientId: string): Promise<OutputOf<typeof intakeSummary>> {
  await requireVisible(ctx, patientId)
  const mental = ctx.actor.permissions.has('questionnaire.answers-mental')
  const [now, former] = await findIntake(ctx.db, ctx.organizationId, patientId, mental)
  if (!now) return { summary: null }
  const yesNo: YesNo = words.yesNo[ctx.locale === 'en' ? 'en' : 'zh'] as unknown as YesNo
  const state = stateOf(ctx, now, now)
  const places = askedPlaces(state)
  const say = (place: Place) => ({ question: textAt(state, place), answer: answerWords(state, place, yesNo) })
  const answered = places.filter(({ key }) => state.answers.has(key))
  const flags = answered.filter((place) => isFor(place, 'red-flag'))
  const worry = answered.find((place) => isFor(place, 'main-worry'))
  return {
    summary: {
      responseId: now.id as never,
      code: now.code,
      title: { zh: now.title_zh, en: now.title_en },
      answeredAt: now.answered_at.toISOString(),
      visit: visitOf(now),
      mainWorry: worry ? say(worry).answer : '',
      redFlags: flags.filter((place) => isRaised(state, place)).map(say),
      changed: former
        ? // Both are read by the form that was asked now, so that a new wording is no change.
          changesBetween(stateOf(ctx, now, former), state, yesNo).map(({ key: _key, ...change }) => change)
        : null,
      formerAt: former?.answered_at.toISOString() ?? null,
      unanswered: places.filter(({ key }) => !state.answers.has(key)).map((place) => textAt(state, place)),
      answers: answered.filter((place) => place !== worry && !flags.includes(place)).map(say),
    },
  }
}

/** Yes, or an option that is worth something: 想过，没有打算. */
function isRaised(state: State, place: Place): boolean {
  return answersAt(state, place.key).some((value) =>
    typeof value === 'object' ? (state.form.weights.get(value) ?? 0) > 0 : value === true,
  )
}

function stateOf(ctx: ReadContext, by: IntakeRow, { response }: IntakeRow): State {
  const form = publishedForm(`${ctx.organizationId}/${by.code}/${by.version}`, by.definition)
  return fromResponse(form, response as unknown as QuestionnaireResponse, {
    known: { today: ctx.today },
    language: ctx.locale,
  })
}
