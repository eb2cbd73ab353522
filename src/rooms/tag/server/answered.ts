import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import '../../observation/server/table.ts'
import type { Consequence } from '../contract/rule.ts'
import './table.ts'

/** A task that a tag has asked for, and since when it waits. */
export interface AskedTask {
  patientId: string
  tag: string
  /** Which of the tasks that the tag asks for, from 0. */
  index: number
  since: Date
}

export interface GivenAnswer {
  /** Who entered it. */
  by: { id: string; name: string }
  code: string
  name: string
}

/**
 * What the record answers to tasks that tags have asked for: the first diagnosis that the published rule takes for an
 * answer, entered by a person since. In the order of the tasks; undefined where there is none.
 */
export async function answersTo(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  tasks: readonly AskedTask[],
): Promise<(GivenAnswer | undefined)[]> {
  const rules = await db
    .selectFrom('tag_rule')
    .select(['code', 'definition'])
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'published')
    .where('code', 'in', ['', ...new Set(tasks.map(({ tag }) => tag))])
    .execute()
  const then = new Map(rules.map((rule) => [rule.code, (rule.definition as { then: Consequence[] }).then]))
  const questions = tasks.flatMap(({ patientId, tag, index, since }, place) => {
    const codes = answeringCodes(then.get(tag) ?? [], index)
    return codes.length > 0 ? [{ place, patientId, since, prefixes: codes.map((code) => `${code}%`) }] : []
  })
  const answers: (GivenAnswer | undefined)[] = tasks.map(() => undefined)
  if (questions.length === 0) return answers
  const { rows } = await sql<{ place: number; id: string; staff_name: string; code: string; name: string }>`
    select q.place, s.id, s.name staff_name, c.code, c.name
    from json_to_recordset(${JSON.stringify(questions)}::json) q (place int, "patientId" uuid, since timestamptz, prefixes json)
    cross join lateral (select c.code, c.name, c.author_id from condition c
      where c.organization_id = ${organizationId} and c.patient_id = q."patientId" and c.superseded_by is null
        and c.author_id is not null and c.recorded_at >= q.since
        and c.code like any(array(select json_array_elements_text(q.prefixes)))
      order by c.recorded_at, c.id limit 1) c
    join staff s on s.organization_id = ${organizationId} and s.id = c.author_id`.execute(db)
  for (const { place, id, staff_name, code, name } of rows)
    answers[place] = { by: { id, name: staff_name }, code, name }
  return answers
}

function answeringCodes(then: readonly Consequence[], index: number): string[] {
  const asked = then.filter((one) => 'task' in one)[index]
  return asked?.task.answeredBy?.condition ?? []
}
