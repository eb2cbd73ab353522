import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { ageOn } from '../../../platform/clock.ts'
import { GUARDIAN_UNDER_YEARS, type Sex } from '../../patient/contract/person.ts'
import '../../patient/server/table.ts'
import { visibleParts } from '../../patient/server/index.ts'

/** A person as whoever calls needs to know them; no number in clear. */
export interface Person {
  id: string
  name: string
  called: string
  sex: Sex
  ageYears: number | null
  phoneMasked: string | null
  /** A child's call goes to the guardian. */
  viaGuardian: boolean
  goodHours: string
  goodHoursNoted: string
  dialect: string
  leaveAlone: string
  mainWorry: string
  doctorId: string | null
  managerId: string | null
  doctorName: string | null
  managerName: string | null
}

interface PersonRow extends Omit<Person, 'ageYears' | 'viaGuardian' | 'phoneMasked'> {
  birthDate: string | null
  phoneMasked: string | null
  guardianPhoneMasked: string | null
}

/** People by their ids. Who may see them is the caller's business. */
export async function findPeople(
  { db, organizationId, today }: ReadContext,
  ids: readonly string[],
): Promise<Map<string, Person>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<PersonRow>`
    select p.id, p.name, p.called, p.sex, p.birth_date "birthDate", p.phone_masked "phoneMasked", p.guardian ->> 'phoneMasked' "guardianPhoneMasked",
      coalesce(p.preferences ->> 'goodHours', '') "goodHours", coalesce(p.preferences ->> 'goodHoursNoted', '') "goodHoursNoted", coalesce(p.preferences ->> 'dialect', '') dialect,
      coalesce(p.preferences ->> 'leaveAlone', '') "leaveAlone", p.main_worry "mainWorry",
      p.doctor_id "doctorId", p.manager_id "managerId", d.name "doctorName", m.name "managerName"
    from patient p
    left join staff d on d.organization_id = p.organization_id and d.id = p.doctor_id
    left join staff m on m.organization_id = p.organization_id and m.id = p.manager_id
    where p.organization_id = ${organizationId} and p.id = any(${[...new Set(ids)]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, personOf(row, today)]))
}

function personOf({ birthDate, guardianPhoneMasked, ...row }: PersonRow, today: string): Person {
  const ageYears = birthDate ? Math.max(0, ageOn(birthDate, today)) : null
  const viaGuardian = ageYears !== null && ageYears < GUARDIAN_UNDER_YEARS
  return { ...row, ageYears, viaGuardian, phoneMasked: viaGuardian ? guardianPhoneMasked : row.phoneMasked }
}

/** Selects the ids of the people whom the actor looks after; undefined: nobody. */
export function peopleOf({ actor, organizationId, clock }: ReadContext): ReturnType<typeof sql> | undefined {
  const parts = visibleParts(actor, organizationId, clock.now())
  if (parts.length === 0) return undefined
  const selects = parts.map(
    (part) => sql`select patient.id from patient where patient.organization_id = ${organizationId} and ${part}`,
  )
  return sql`${sql.join(selects, sql` union `)}`
}
