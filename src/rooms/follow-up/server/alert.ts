import type { WriteContext } from '../../../platform/context/context.ts'
import { createTask } from '../../task/server/index.ts'
import alerts from '../content/alerts.json' with { type: 'json' }
import { questionsOf, type Answers } from '../contract/form.ts'
import type { Opened } from './begin.ts'
import { findPeople } from './person-store.ts'
import { findForm } from './forms.ts'
import { TASK_SOURCE } from './progress.ts'
import type { Because, Proposal } from './rules/classify.ts'
import './table.ts'

/** The tag of critical values asks for the same call: whichever comes second joins the first. */
const CRITICAL = 'critical-value'

/** An emergency, or an answer that somebody should look at, becomes a task at once: the doctor's, or the manager's. */
export async function raiseAlert(
  ctx: WriteContext,
  { run, occurrence, step, protocol }: Opened,
  proposal: Proposal,
  answers: Answers,
): Promise<void> {
  const [person] = await findPeople(ctx, [run.patient_id])
  const texts = proposal.emergency ? alerts.emergency : alerts.abnormal
  const form = step.form ? findForm(step.form) : undefined
  const questions = new Map((form ? questionsOf(form) : []).map((question) => [question.linkId, question]))
  const say = (language: 'zh' | 'en') =>
    proposal.because
      .filter(({ code }) => ['emergency-value', 'emergency-sign', 'abnormal-answer', 'complication'].includes(code))
      .map((one) => wordsOf(one, questions.get(one.item ?? ''), answers, language))
      .filter(Boolean)
      .join(language === 'zh' ? '；' : '; ')
  await createTask(ctx, {
    type: 'call',
    title: { zh: `${texts.zh}：${protocol.name.zh}`, en: `${texts.en}: ${protocol.name.en}` },
    note: ctx.tenant.locale === 'en' ? say('en') : say('zh'),
    patientId: run.patient_id,
    ownerId: (proposal.emergency ? person?.doctorId : person?.managerId) ?? null,
    poolRole: proposal.emergency ? 'physician' : 'service-manager',
    priority: proposal.emergency ? 'stat' : 'urgent',
    dueOn: ctx.today,
    source: `${TASK_SOURCE}-alert`,
    sourceKey: occurrence.id,
    concern: proposal.emergency ? CRITICAL : null,
  })
  ctx.audit.detail = { ...ctx.audit.detail, alert: proposal.emergency ? 'emergency' : 'abnormal' }
}

type Question = ReturnType<typeof questionsOf>[number]

function wordsOf(
  { item, options, value }: Because,
  question: Question | undefined,
  answers: Answers,
  language: 'zh' | 'en',
): string {
  if (!question) return ''
  const given = value ?? answers[item ?? '']
  const chosen =
    question.type === 'choice'
      ? question.options.filter((option) => options?.includes(option.code)).map((option) => option.text[language])
      : []
  const said =
    chosen.length > 0
      ? chosen.join(language === 'zh' ? '、' : ', ')
      : `${String(given)}${'unit' in question ? ` ${question.unit}` : ''}`
  return `${question.text[language]}${language === 'zh' ? '：' : ': '}${said}`
}
