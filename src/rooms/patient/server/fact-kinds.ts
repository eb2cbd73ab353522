import { sql, type RawBuilder } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import {
  factKind,
  type AskedInSql,
  type Asking,
  type FactKind,
  type Known,
  type Moment,
} from '../../../platform/condition/fact.ts'
import type { Span } from '../../../platform/condition/grammar.ts'
import { returningRows } from '../../../platform/condition/returning.ts'
import { firstDayAfter, midnight } from '../../../platform/condition/window.ts'
import { patientCarerChanged, patientChanged } from '../contract/events.ts'
import {
  ageInMonthsTest,
  ageTest,
  birthdayTest,
  carerTest,
  levelTest,
  sexTest,
  sourceTest,
} from '../contract/fact-words.ts'
import { z } from 'zod'

const OPERATOR: Record<string, string> = { '<': 'less', '<=': 'atMost', '=': 'equal', '>=': 'atLeast', '>': 'more' }
/** What tags listen to themselves (`tag/look-at-…`), since age, sex and death wake a person whatever is asked. */
const IDENTITY = ['registered', 'identity changed', 'death', 'death corrected']

/** Age as a range of birth dates, so that no age is computed per row. Unknown birth dates are never in. */
function ageAsked(op: string, completed: number, unit: 'years' | 'months', asking: Asking): AskedInSql {
  const span = (n: number): Span => (unit === 'years' ? { months: n * 12 } : { months: n })
  const turned = (n: number) => sql`(${asking.today}::date - make_interval(months => ${span(n).months}::int))::date`
  const at = (n: number): Moment => ({
    name: `${n} ${unit} old`,
    at: midnight(firstDayAfter(sql`p.birth_date`, span(n)), asking),
  })
  const age: RawBuilder<unknown> =
    unit === 'years'
      ? sql`jsonb_build_object('kind', 'age', 'birthDate', p.birth_date, 'years', extract(year from age(${asking.today}::date, p.birth_date)))`
      : sql`jsonb_build_object('kind', 'age', 'birthDate', p.birth_date, 'months', extract(year from age(${asking.today}::date, p.birth_date)) * 12 + extract(month from age(${asking.today}::date, p.birth_date)))`
  const own = (holds: RawBuilder<unknown>, ...turns: number[]): AskedInSql => ({
    own: { holds: sql<boolean>`coalesce(${holds}, false)`, fact: age, turnsAt: turns.map(at) },
  })
  if (op === '>=') return own(sql`p.birth_date <= ${turned(completed)}`, completed)
  if (op === '>') return own(sql`p.birth_date <= ${turned(completed + 1)}`, completed + 1)
  if (op === '<') return own(sql`p.birth_date > ${turned(completed)}`, completed)
  if (op === '<=') return own(sql`p.birth_date > ${turned(completed + 1)}`, completed + 1)
  return own(
    sql`p.birth_date <= ${turned(completed)} and p.birth_date > ${turned(completed + 1)}`,
    completed,
    completed + 1,
  )
}

const ofRow = (holds: RawBuilder<boolean>, fact: RawBuilder<unknown> | null): AskedInSql => ({
  own: { holds, fact, turnsAt: [] },
})

const CARER = { doctor: sql`p.doctor_id`, manager: sql`p.manager_id`, counsellor: sql`p.counsellor_id` }

async function learnStaff({ db, organizationId }: ReadContext, ids: readonly string[]): Promise<Map<string, Known>> {
  const rows = await db
    .selectFrom('staff')
    .select(['id', 'name'])
    .where('organization_id', '=', organizationId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, { name: { zh: name, en: name } }]))
}

/** What conditions may ask of the person. */
export const patientFacts: readonly FactKind[] = [
  factKind({
    code: 'age',
    room: 'patient',
    telling: 'plain',
    test: ageTest,
    sensitivity: 'ordinary',
    wakes: IDENTITY,
    ask: ({ op, years }, asking) => ageAsked(op, years, 'years', asking),
    says: ({ op, years }, { t }) => t(`says.age.${OPERATOR[op]}`, { years }),
  }),
  factKind({
    code: 'ageInMonths',
    room: 'patient',
    telling: 'plain',
    test: ageInMonthsTest,
    sensitivity: 'ordinary',
    wakes: IDENTITY,
    ask: ({ op, months }, asking) => ageAsked(op, months, 'months', asking),
    says: ({ op, months }, { t }) => t(`says.ageInMonths.${OPERATOR[op]}`, { months }),
  }),
  factKind({
    code: 'sex',
    room: 'patient',
    telling: 'plain',
    test: sexTest,
    sensitivity: 'ordinary',
    wakes: IDENTITY,
    ask: (sex) => ofRow(sql`p.sex = ${sex}`, sql`jsonb_build_object('kind', 'sex', 'sex', p.sex)`),
    says: (sex, { t }) => t(`says.sex.${sex}`),
    denies: (sex, { t }) => t(`says.no.sex.${sex}`),
  }),
  factKind({
    code: 'deceased',
    room: 'patient',
    test: z.literal(true),
    sensitivity: 'ordinary',
    ofDead: true,
    wakes: IDENTITY,
    ask: () => ofRow(sql`p.state = 'deceased'`, null),
    says: (_test, { t }) => t('says.deceased'),
    denies: (_test, { t }) => t('says.no.deceased'),
  }),
  factKind({
    code: 'level',
    room: 'patient',
    telling: 'plain',
    test: levelTest,
    sensitivity: 'ordinary',
    wakes: ['registered', patientChanged],
    ask: (test) =>
      ofRow(sql`p.level = any(${test.in}::text[])`, sql`jsonb_build_object('kind', 'level', 'level', p.level)`),
    says: (test, { t, list }) => t('says.level', { what: list(test.in.map((one) => t(`words.level.${one}`))) }),
    denies: (test, { t, list }) => t('says.no.level', { what: list(test.in.map((one) => t(`words.level.${one}`))) }),
  }),
  factKind({
    code: 'source',
    room: 'patient',
    telling: 'plain',
    test: sourceTest,
    sensitivity: 'ordinary',
    wakes: ['registered', patientChanged],
    ask: (test) =>
      ofRow(sql`p.source = any(${test.in}::text[])`, sql`jsonb_build_object('kind', 'source', 'source', p.source)`),
    says: (test, { t, list }) => t('says.source', { what: list(test.in.map((one) => t(`words.source.${one}`))) }),
    denies: (test, { t, list }) => t('says.no.source', { what: list(test.in.map((one) => t(`words.source.${one}`))) }),
  }),
  factKind({
    code: 'carer',
    room: 'patient',
    test: carerTest,
    // Who has a counsellor has a reason for one.
    sensitivity: ({ role }) => (role === 'counsellor' ? 'mental' : 'ordinary'),
    wakes: ['registered', patientCarerChanged],
    names: ({ staff = [] }) => staff,
    learn: learnStaff,
    unknown: 'UnknownStaff',
    ask: ({ role, staff }) => {
      const of = CARER[role]
      const holds = staff
        ? sql<boolean>`coalesce(${of} = any(${staff}::uuid[]), false)`
        : sql<boolean>`${of} is not null`
      return ofRow(holds, sql`jsonb_build_object('kind', 'carer', 'role', ${role}::text, 'id', ${of})`)
    },
    says: ({ role, staff }, { t, list, name }) =>
      t(staff ? 'says.carer.one' : 'says.carer.any', {
        role: t(`says.role.${role}`),
        who: list((staff ?? []).map(name)),
      }),
    denies: ({ role, staff }, { t, list, name }) =>
      t(staff ? 'says.no.carerOne' : 'says.no.carer', {
        role: t(`says.role.${role}`),
        who: list((staff ?? []).map(name)),
      }),
  }),
  factKind({
    code: 'birthday',
    room: 'patient',
    telling: 'plain',
    test: birthdayTest,
    sensitivity: 'ordinary',
    wakes: IDENTITY,
    ask: (test, asking) => ({
      rows: returningRows(
        sql`select p.id, p.birth_date as day, jsonb_build_object('kind', 'birthday', 'birthDate', p.birth_date) fact`,
        test,
        asking,
      ),
    }),
    says: (test, { t, returns }) => returns(t(`says.birthday.${test.calendar}`), test),
  }),
]
