import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import { factKind, type Asking, type FactKind, type SentenceWords } from '../../../platform/condition/fact.ts'
import { earliestAfter, midnight, windowEnd, windowStart } from '../../../platform/condition/window.ts'
import { taskCancelled, taskCreated, taskDone } from '../contract/events.ts'
import { taskTest } from '../contract/fact-words.ts'

type Test = z.output<typeof taskTest>

const FACT = sql`jsonb_build_object('kind', 'task', 'id', t.id, 'code', t.type, 'name', t.title, 'at', coalesce(t.closed_at, t.created_at), 'dueOn', t.due_on)`

/** Rooms whose tasks may come from what people feel: left out for an audience (R2). */
const OF_MIND = ['questionnaire', 'mood-diary', 'alert']

function those({ types }: Test, { purpose }: Asking, states: readonly string[]): RawBuilder<unknown> {
  return sql`task t where t.organization_id = p.organization_id and t.patient_id = p.id and t.state = any(${states}::text[])
    ${types ? sql`and t.type = any(${types}::text[])` : sql``}
    ${purpose === 'audience' ? sql`and t.source <> all(${OF_MIND}::text[])` : sql``}`
}

const OPEN = ['requested', 'accepted', 'in-progress']

function taskRows(test: Test, asking: Asking): RawBuilder<unknown> {
  const { state, within } = test
  if (state === 'open')
    return sql`select true ok, ${FACT} fact, null::timestamptz flips_at from ${those(test, asking, OPEN)} order by t.due_on, t.id limit 1`
  if (state === 'overdue')
    return sql`select coalesce(bool_or(t.late), false) ok, (array_agg(t.fact order by t.due_on, t.id) filter (where t.late))[1] fact, min(t.flips_at) flips_at
      from (select t.id, t.due_on, t.due_on < ${asking.today}::date late, ${FACT} fact,
        ${earliestAfter(asking.now, [midnight(sql`(t.due_on + 1)`, asking)])} flips_at from ${those(test, asking, OPEN)}) t`
  const closed = those(test, asking, [state === 'done' ? 'completed' : 'cancelled'])
  return sql`select true ok, ${FACT} fact, ${within ? windowEnd(sql`t.closed_at`, within, asking) : sql`null::timestamptz`} flips_at
    from ${closed} ${within ? sql`and t.closed_at >= ${windowStart(within, asking)}` : sql``} order by t.closed_at desc, t.id desc limit 1`
}

function words({ types, within }: Test, { t, list, span }: SentenceWords) {
  return {
    what: types ? list(types.map((one) => t(`type.${one}`))) : t('says.anyTask'),
    within: within ? t('says.within', { span: span(within) }) : '',
  }
}

/** What conditions may ask of tasks. */
export const taskFacts: readonly FactKind[] = [
  factKind({
    code: 'task',
    room: 'task',
    test: taskTest,
    sensitivity: 'ordinary',
    wakes: [taskCreated, taskDone, taskCancelled, 'merge'],
    ask: (test, asking) => ({ rows: taskRows(test, asking) }),
    says: (test, say) => say.t(`says.task.${test.state}`, words(test, say)),
    denies: (test, say) => say.t(`says.no.task.${test.state}`, words(test, say)),
  }),
]
