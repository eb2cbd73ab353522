import { ageOn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { standingOfPlans } from '../../follow-up/server/index.ts'
import { relationshipOf } from '../../lifecycle/server/index.ts'
import { standingFacts } from '../../observation/server/index.ts'
import { mayReadWorry, type requireVisible } from '../../patient/server/index.ts'
import type { PersonaLine } from '../contract/understanding.ts'

type Person = Awaited<ReturnType<typeof requireVisible>>

const IDENTITY = 'tab=identity'

/**
 * Who somebody is, from facts alone, each with where it is from. What nobody has asked or measured is left out, never
 * guessed; clinical lines are for who may read the record.
 */
export async function personaOf(ctx: ReadContext, person: Person): Promise<PersonaLine[]> {
  const { permissions } = ctx.actor
  const lines = [...fromFile(ctx, person), ...worryOf(ctx, person)]
  if (permissions.has('record.read')) lines.push(...(await conditionsOf(ctx, person.id)))
  if (permissions.has('follow-up.read')) lines.push(...(await pathwaysOf(ctx, person.id)))
  if (permissions.has('lifecycle.read')) lines.push(...(await stageOf(ctx, person.id)))
  return [...lines, ...carersOf(person)]
}

type Given = Pick<PersonaLine, 'code' | 'source' | 'to'> & Partial<PersonaLine>

/** Nothing where nothing is known. */
function line(value: string | null | undefined, given: Given): PersonaLine[] {
  return value ? [{ value, valueEn: value, at: null, by: null, ...given }] : []
}

function fromFile(ctx: ReadContext, person: Person): PersonaLine[] {
  const wishes = person.preferences as { dialect?: string; goodHours?: string; leaveAlone?: string }
  const file = { source: 'file', to: IDENTITY } as const
  const age = person.birth_date ? ageOn(person.birth_date, person.deceased_on ?? ctx.today) : null
  return [
    ...line(person.called, { code: 'called', ...file }),
    ...(age === null ? [] : line(`${age} 岁`, { code: 'age', ...file, valueEn: String(age) })),
    ...line(wishes.dialect, { code: 'dialect', ...file }),
    ...line(wishes.goodHours, { code: 'goodHours', ...file }),
    ...line(wishes.leaveAlone, { code: 'leaveAlone', ...file }),
  ]
}

function worryOf(ctx: ReadContext, person: Person): PersonaLine[] {
  if (!mayReadWorry(ctx.actor)) return []
  const at = person.main_worry_at?.toISOString() ?? null
  return line(person.main_worry, { code: 'mainWorry', source: 'worry', to: IDENTITY, at })
}

async function conditionsOf(ctx: ReadContext, patientId: string): Promise<PersonaLine[]> {
  const { conditions } = await standingFacts(ctx, patientId)
  return conditions
    .filter(({ clinicalStatus }) => clinicalStatus === 'active')
    .flatMap(({ name, onsetOn, recordedAt }) =>
      line(name, { code: 'condition', source: 'record', to: 'tab=timeline', at: onsetOn ?? recordedAt }),
    )
}

async function pathwaysOf(ctx: ReadContext, patientId: string): Promise<PersonaLine[]> {
  const plans = await standingOfPlans(ctx, patientId)
  return plans.flatMap(({ name, startedAt }) =>
    line(name.zh, { code: 'pathway', source: 'follow-up', to: 'tab=follow-up', at: startedAt, valueEn: name.en }),
  )
}

async function stageOf(ctx: ReadContext, patientId: string): Promise<PersonaLine[]> {
  const stands = await relationshipOf(ctx, patientId)
  if (!stands) return []
  const { name, sinceAt } = stands
  return line(name.zh, {
    code: 'relationship',
    source: 'lifecycle',
    to: 'tab=relationship',
    at: sinceAt,
    valueEn: name.en,
  })
}

function carersOf(person: Person): PersonaLine[] {
  const carers = { source: 'carers', to: IDENTITY } as const
  return [
    ...line(person.doctor_name, { code: 'doctor', ...carers }),
    ...line(person.manager_name, { code: 'manager', ...carers }),
    ...line(person.counsellor_name, { code: 'counsellor', ...carers }),
  ]
}
