import { InstantText, Status, useT, type Tone } from '../../../platform/web/index.ts'
import { getOrder, listOrders, ordersOfPatient } from '../contract/order.ts'
import { listSlots } from '../contract/slot.ts'
import { openTalk } from '../contract/talk.ts'
import type { Grade, OrderLine, OrderState, SlotView } from '../contract/words.ts'

/** What has to be asked for again when an interpretation or a time has changed. */
export const CHANGED = [listOrders, getOrder, ordersOfPatient, listSlots, openTalk]

const STATE_TONE: Record<OrderState, Tone> = {
  asked: 'due',
  offered: 'plain',
  booked: 'plain',
  done: 'good',
  missed: 'due',
  cancelled: 'plain',
}
const GRADE_TONE: Record<Grade, Tone> = {
  none: 'good',
  watch: 'plain',
  recheck: 'due',
  specialist: 'due',
  urgent: 'danger',
}

/** 赵敏 女 56 岁 */
export function PersonLine({ patient: { name, sex, ageYears } }: { patient: OrderLine['patient'] }) {
  const web = useT('web')
  const known = sex === 'male' || sex === 'female' ? web(`sex.${sex}`) : ''
  const age = ageYears === null ? '' : web('age.years', { count: ageYears })
  return (
    <span className="pb-nowrap">
      {name} <span className="pb-hint pb-number">{[known, age].filter(Boolean).join(' ')}</span>
    </span>
  )
}

/** 明天 10:00 电话 张文远 */
export function SlotText({ slot, doctor = true }: { slot: SlotView; doctor?: boolean }) {
  const t = useT('interpretation')
  return (
    <span className="pb-nowrap">
      <InstantText at={slot.startsAt} /> <span className="pb-hint">{t(`way.${slot.way}`)}</span>
      {doctor && <> {slot.doctor.name}</>}
    </span>
  )
}

/** Where it stands, and what about it cannot wait. */
export function StateText({ line }: { line: OrderLine }) {
  const t = useT('interpretation')
  if (line.overdue) return <Status tone="due">{t('line.overdue')}</Status>
  if (line.unanswered > 0) return <Status tone="due">{t('line.unanswered', { count: line.unanswered })}</Status>
  if (line.state === 'offered')
    return (
      <Status tone={line.offered === 0 ? 'due' : 'plain'}>
        {line.offered === 0 ? t('line.lapsed') : t('line.offered', { count: line.offered })}
      </Status>
    )
  return <Status tone={STATE_TONE[line.state]}>{t(`state.${line.state}`)}</Status>
}

export function GradeText({ grade }: { grade: Grade | null }) {
  const t = useT('interpretation')
  return grade && <Status tone={GRADE_TONE[grade]}>{t(`grade.${grade}`)}</Status>
}
