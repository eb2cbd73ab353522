import {
  isAsked,
  questionsOf,
  type Answer,
  type Answers,
  type FormDefinition,
  type FormQuestion,
} from '../../../src/rooms/follow-up/contract/form.ts'
import { listVisits } from '../../../src/rooms/follow-up/contract/list.ts'
import {
  cancelVisit,
  complete,
  correctAnswers,
  getVisit,
  logAttempt,
} from '../../../src/rooms/follow-up/contract/visit.ts'
import type { Clinic } from './clinic.ts'
import type { Dice } from './dice.ts'

/** Numbers as they come at a clinic; the others take what their bounds allow. */
const USUAL: Record<string, [number, number]> = {
  sbp: [112, 158],
  dbp: [66, 96],
  fpg: [5, 8],
  weight: [50, 85],
  height: [150, 178],
}

function answerOf(dice: Dice, question: FormQuestion, today: string): Answer | undefined {
  if ('derive' in question && question.derive) return undefined
  if (question.linkId === 'sbp' && dice.happens(0.04)) return dice.from(181, 196)
  switch (question.type) {
    case 'integer':
    case 'decimal': {
      const { min = 1, max = 10 } = question
      const [low, high] = USUAL[question.linkId] ?? [
        Math.ceil(min + (max - min) * 0.3),
        Math.floor(min + (max - min) * 0.4),
      ]
      return Math.min(Math.max(dice.from(low, Math.max(low, high)), min), max)
    }
    case 'choice': {
      const alone = question.options.find((option) => option.exclusive) ?? question.options[0]
      const code = (dice.happens(0.9) ? alone : dice.one(question.options))!.code
      return question.repeats ? [code] : code
    }
    case 'text':
    case 'string':
      return question.required || question.requiredOn || dice.happens(0.5) ? '没有别的' : undefined
    case 'date':
      return today
    default:
      return undefined
  }
}

export function fillIn(dice: Dice, form: FormDefinition, visit: { way: string; step: string; today: string }): Answers {
  const answers: Answers = {}
  for (const question of questionsOf(form)) {
    if (question.type === 'display' || !isAsked(question, answers, visit)) continue
    if (!question.required && !question.requiredOn && dice.happens(0.3)) continue
    const answer = answerOf(dice, question, visit.today)
    if (answer !== undefined) answers[question.linkId] = answer
  }
  return answers
}

/** Somebody opens one of the follow-ups that wait, and does with it what happens in a day. */
export async function doVisit(clinic: Clinic): Promise<string | undefined> {
  const { dice, ask, house } = clinic
  const nurse = dice.one(clinic.nurses)!
  const list = await ask(nurse, listVisits, {
    query: {
      state: dice.weighted([
        [8, 'to-do'],
        [1, 'missed'],
        [1, 'planned'],
      ]) as never,
    },
  })
  const line = dice.one(list?.rows ?? [])
  if (!line) return undefined
  const params = { occurrenceId: line.id }
  const act = dice.weighted([
    [12, 'complete'],
    [2, 'attempt'],
    [1, 'cancel'],
  ] as const)
  if (act === 'cancel') await ask(nurse, cancelVisit, { params, body: { reason: '本人外出，下次再约' } })
  else if (act === 'attempt')
    await ask(nurse, logAttempt, {
      params,
      body: {
        channel: dice.one(['phone', 'wechat'] as const)!,
        outcome: dice.one(['no-answer', 'reached', 'refused', 'busy'] as const)!,
        because: dice.happens(0.5) ? '家属请再打一次' : '',
      } as never,
    })
  else {
    const view = await ask(nurse, getVisit, { params })
    if (!view) return undefined
    const way = dice.one(['clinic', 'phone'] as const)!
    const today = house.clock.today(house.tenant.timeZone)
    const late = line.state === 'missed' && dice.happens(0.5)
    const done = await ask(nurse, complete, {
      params,
      body: {
        actualOn: late ? line.windowUntil : today,
        way,
        answers: view.form ? fillIn(dice, view.form, { way, step: view.step, today }) : {},
        classReason: '',
        lateReason: '外地探亲刚回来',
        ...(dice.happens(0.1)
          ? { class: dice.one(view.classes), action: 'routine' as const, classReason: '结合病情判断' }
          : {}),
      } as never,
    })
    if (done?.form && dice.happens(0.08))
      await ask(nurse, correctAnswers, {
        params,
        body: {
          version: done.answered[0]!.version,
          answers: fillIn(dice, done.form, { way, step: done.step, today }),
          because: '记错了',
        },
      })
  }
  return `${act} ${line.protocol} ${line.state} ${line.id.slice(-6)}`
}
