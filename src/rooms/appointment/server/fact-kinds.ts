import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import { factKind, type Asking, type FactKind, type SentenceWords } from '../../../platform/condition/fact.ts'
import type { Span } from '../../../platform/condition/grammar.ts'
import {
  dayOf,
  earliestAfter,
  intervalOf,
  midnight,
  windowEnd,
  windowStart,
} from '../../../platform/condition/window.ts'
import { byWord, departmentSensitivity, ofNoMind } from '../../observation/server/index.ts'
import { appointmentTest } from '../contract/fact-words.ts'

type Test = z.output<typeof appointmentTest>

/** Under which people are looked at anew. */
export const APPOINTMENT_WAKE = 'appointment'

const FACT = sql`jsonb_build_object('kind', 'appointment', 'id', a.id, 'code', a.status, 'name', a.service, 'at', a.starts_at)`

/** A death is nobody's cancellation. */
const OF_STATE = {
  coming: sql`a.status = 'booked'`,
  kept: sql`a.status in ('arrived', 'fulfilled')`,
  missed: sql`a.status = 'noshow'`,
  cancelled: sql`a.status = 'cancelled' and a.cancelled_by <> 'death'`,
} as const

function those({ state, departments }: Test, { purpose }: Asking): RawBuilder<unknown> {
  return sql`appointment a where a.organization_id = p.organization_id and a.patient_id = p.id and ${OF_STATE[state]}
    ${departments ? sql`and ${byWord(sql`a.department`, departments)}` : ofNoMind(purpose, 'a.department', 'a.service')}`
}

function appointmentRows(test: Test, asking: Asking): RawBuilder<unknown> {
  const { state, within, atLeast } = test
  if (state === 'coming') return comingRows(test, asking)
  const at = state === 'cancelled' ? sql`a.changed_at` : sql`a.starts_at`
  return sql`select count(*) >= ${atLeast} ok, jsonb_agg(a.fact order by a.since desc, a.id) fact,
    ${within ? sql`case when count(*) >= ${atLeast} then ${windowEnd(sql`min(a.since)`, within, asking)} end` : sql`null::timestamptz`} flips_at
    from (select a.id, ${at} since, ${FACT} fact from ${those(test, asking)}
      ${within ? sql`and ${at} >= ${windowStart(within, asking)}` : sql``} order by ${at} desc, a.id limit ${atLeast}) a`
}

function comingRows(test: Test, asking: Asking): RawBuilder<unknown> {
  const { within, atLeast } = test
  const ahead = within ? sql`a.day <= (${asking.today}::date + ${intervalOf(within)})::date` : sql`true`
  return sql`select count(*) filter (where a.ok) >= ${atLeast} ok,
    to_jsonb((array_agg(a.fact order by a.starts_at, a.id) filter (where a.ok))[1:${atLeast}]) fact, min(a.flips_at) flips_at
    from (select a.id, a.starts_at, ${ahead} ok, a.fact,
        ${earliestAfter(asking.now, [sql`a.starts_at`, ...(within ? comesIntoView(sql`a.day`, within, asking) : [])])} flips_at
      from (select a.id, a.starts_at, ${dayOf(sql`a.starts_at`, asking)} as day, ${FACT} fact from ${those(test, asking)}
        and a.starts_at > ${asking.now}) a) a`
}

/**
 * Moments up to that at which a day comes into view. A month before 31 March is 28 February, from where a month ahead is
 * 28 March: the day itself follows within three.
 */
function comesIntoView(day: RawBuilder<unknown>, within: Span, asking: Asking): RawBuilder<unknown>[] {
  const first = sql`(${day} - ${intervalOf(within)})::date`
  return [0, 1, 2, 3].map((later) => midnight(sql`(${first} + ${later}::int)`, asking))
}

function words({ state, departments, within, atLeast }: Test, { t, list, span }: SentenceWords) {
  return {
    within: within ? t(state === 'coming' ? 'says.ahead' : 'says.within', { span: span(within) }) : '',
    where: departments ? t('says.department', { departments: list(departments) }) : '',
    often: atLeast > 1 ? t('says.atLeast', { times: atLeast }) : '',
  }
}

/** What conditions may ask of appointments. */
export const appointmentFacts: readonly FactKind[] = [
  factKind({
    code: 'appointment',
    room: 'appointment',
    test: appointmentTest,
    sensitivity: ({ departments = [] }) => departmentSensitivity(departments),
    wakes: [APPOINTMENT_WAKE, 'merge'],
    ask: (test, asking) => ({ rows: appointmentRows(test, asking) }),
    says: (test, say) => say.t(`says.appointment.${test.state}`, words(test, say)),
    denies: (test, say) => say.t(`says.no.appointment.${test.state}`, words(test, say)),
  }),
]
