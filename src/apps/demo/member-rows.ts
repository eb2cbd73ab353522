import type { Checkup, Member, Observation, Visit } from '../../../bench/population/index.ts'
import { copyLine, type Cell } from '../../platform/database/copy.ts'
import type { Ids } from '../../platform/ids.ts'
import { sealEmail, sealPaper, sealPhone, type Sealing } from '../../rooms/patient/server/sealed-identity.ts'
import { sealGuardian } from '../../rooms/patient/server/patient-row.ts'
import { searchWords } from '../../rooms/patient/server/search-words.ts'
import type { Rows } from './columns.ts'
import { enrolledIn, type Enrolled } from './enrolled.ts'

export interface RowContext extends Sealing {
  ids: Ids
  now: Date
  /** Physicians with their managers, to whom members are given in turn; empty leaves everybody without. */
  teams: readonly { doctorId: string; managerId: string }[]
  /** When the agenda looks at them; null leaves it asleep, as for a bench that wakes them itself. */
  dueAt: Date | null
  /** The day on which they are looked at first, by which some are already in a pathway; left out, nobody is. */
  enrolledBy?: string
}

/** Adds all rows of one member. */
export function addMember(rows: Rows, ctx: RowContext, member: Member): void {
  const { organizationId, ids } = ctx
  const patientId = ids.next<string>()
  const add = (table: keyof Rows, ...cells: Cell[]) => void rows[table].push(copyLine([organizationId, ...cells]))
  addIdentity(add, ctx, member, patientId)
  const recorded = (on: string) => new Date(`${on}T10:00:00+08:00`)
  for (const checkup of member.checkups) addCheckup(add, ctx, patientId, member, checkup)
  for (const visit of member.visits) addVisit(add, ctx, patientId, visit)
  for (const [n, c] of member.conditions.entries())
    add(
      'condition',
      patientId,
      ids.next(),
      c.code,
      c.name,
      c.status,
      c.recordedOn,
      c.resolvedOn,
      'demo',
      `c${n}`,
      recorded(c.recordedOn),
    )
  for (const [n, p] of member.procedures.entries())
    add('procedure', patientId, ids.next(), p.code, p.name, 'surgery', p.on, 'demo', `p${n}`, recorded(p.on))
  for (const [n, m] of member.medications.entries())
    add('medication', patientId, ids.next(), m.name, m.dose, m.startOn, 'demo', `m${n}`, recorded(m.startOn))
  for (const [n, a] of member.person.allergies.entries())
    add('allergy', patientId, ids.next(), a.substance, a.reaction, a.severity, 'demo', `a${n}`, ctx.now)
  for (const [n, f] of member.person.familyHistory.entries())
    add(
      'family_history',
      patientId,
      ids.next(),
      relationOf(f.relative),
      codeOfDisease(f.disease),
      f.disease,
      'demo',
      `f${n}`,
      ctx.now,
    )
  for (const a of member.admissions)
    add(
      'encounter',
      patientId,
      ids.next(),
      'inpatient',
      a.reason,
      recorded(a.admittedOn),
      a.dischargedOn ? recorded(a.dischargedOn) : null,
      a.department,
      'demo',
      a.number,
      recorded(a.admittedOn),
    )
  if (ctx.enrolledBy) for (const one of enrolledIn(member, ctx.enrolledBy)) addPlan(add, ctx, patientId, one)
  add('agenda', patientId, ctx.dueAt, 'loaded')
}

type Add = (table: keyof Rows, ...cells: Cell[]) => void

function addIdentity(add: Add, ctx: RowContext, { index, person, recordNumber }: Member, patientId: string): void {
  const paper = person.idNumber ? { kind: 'national-id' as const, number: person.idNumber } : null
  const parent = person.guardian
  // Half of the parents have left an address.
  const email = parent && parent.index % 2 === 1 ? `member${parent.index}@example.com` : undefined
  const guardian = parent && { relation: parent.relation, name: parent.name, phone: parent.phone, email }
  const p = {
    ...sealPaper(ctx, paper),
    ...sealPhone(ctx, person.phone),
    ...sealEmail(ctx, person.email),
    ...sealGuardian(ctx, guardian as never),
  }
  const active = person.cardState === 'activated'
  const team = active && ctx.teams.length > 0 && index % 17 !== 0 ? ctx.teams[index % ctx.teams.length] : undefined
  const opened = new Date(`${person.cardOpenedOn}T09:00:00+08:00`)
  add(
    'patient',
    patientId,
    person.name,
    person.sex,
    person.birthOn,
    p.paper_kind,
    p.paper_sealed,
    p.paper_index,
    p.paper_masked,
    p.phone_sealed,
    p.phone_index,
    p.phone_masked,
    p.email_sealed,
    p.email_masked,
    recordNumber,
    p.guardian,
    p.guardian_phone_sealed,
    p.guardian_phone_index,
    p.guardian_email_sealed,
    person.level,
    person.source,
    person.worry ?? '',
    person.worry ? opened : null,
    team?.doctorId,
    team?.managerId,
    person.deceasedOn ? 'deceased' : 'active',
    person.deceasedOn,
    opened,
    opened,
  )
  const phones = [person.phone, person.guardian?.phone]
  const found = searchWords(ctx, { name: person.name, recordNumber, paperNumber: person.idNumber, phones })
  for (const word of new Set([...found, person.cardNumber.toUpperCase()])) add('patient_search', word, patientId)
  const cardId = ctx.ids.next<string>()
  const state = active ? 'active' : person.cardState
  const activated = person.cardActivatedOn ? new Date(`${person.cardActivatedOn}T09:05:00+08:00`) : null
  add('card', cardId, patientId, person.cardNumber, state, '[]', opened, activated)
  add('card_event', ctx.ids.next(), cardId, 'opened', null, 'pending', '演示数据', opened)
  if (activated) add('card_event', ctx.ids.next(), cardId, 'activated', 'pending', 'active', '演示数据', activated)
}

function addPlan(add: Add, { ids, now }: RowContext, patientId: string, { protocol, on }: Enrolled): void {
  const runId = ids.next<string>()
  const because = `condition:${on}`
  const at = new Date(Math.min(Date.parse(`${on}T10:00:00+08:00`), now.getTime()))
  add('plan_run', runId, patientId, protocol, 1, because, on, 'active', at, '演示数据')
  add('plan_run_event', runId, ids.next(), 'started', JSON.stringify({ because }), '演示数据', at)
}

function addCheckup(add: Add, ctx: RowContext, patientId: string, { index }: Member, checkup: Checkup): void {
  const reportId = ctx.ids.next<string>()
  const at = new Date(checkup.takenAt)
  const issued = new Date(`${checkup.reportedOn}T17:00:00+08:00`)
  add(
    'encounter',
    patientId,
    ctx.ids.next(),
    'health-check',
    checkup.package,
    at,
    at,
    '体检中心',
    'demo',
    checkup.number,
    issued,
  )
  add(
    'report',
    reportId,
    patientId,
    'health-check',
    checkup.package,
    'final',
    checkup.laboratory,
    checkup.number,
    fingerprintOf(index, checkup.number),
    at,
    issued,
    checkup.laboratory,
    null,
    null,
    issued,
  )
  addObservations(add, ctx, patientId, checkup.observations, at, reportId, issued)
  for (const [n, image] of checkup.imaging.entries())
    add(
      'report',
      ctx.ids.next(),
      patientId,
      'imaging',
      image.name,
      'final',
      checkup.laboratory,
      `${checkup.number}-${n}`,
      fingerprintOf(index, `${checkup.number}-${n}`),
      at,
      issued,
      checkup.laboratory,
      image.findings,
      image.impression,
      issued,
    )
}

function addVisit(add: Add, ctx: RowContext, patientId: string, visit: Visit): void {
  const at = new Date(visit.takenAt)
  add(
    'encounter',
    patientId,
    ctx.ids.next(),
    'outpatient',
    visit.department,
    at,
    at,
    visit.department,
    'demo',
    visit.number,
    at,
  )
  addObservations(add, ctx, patientId, visit.observations, at, null, at)
}

function addObservations(
  add: Add,
  ctx: RowContext,
  patientId: string,
  observations: readonly Observation[],
  at: Date,
  reportId: string | null,
  recorded: Date,
): void {
  // One text for all rows of a report: writing an instant out costs more than the rest of a row.
  const [taken, kept] = [at.toISOString(), recorded.toISOString()]
  for (const o of observations)
    add(
      'observation',
      patientId,
      o.code,
      taken,
      ctx.ids.next(),
      o.value,
      o.text,
      o.unit,
      o.low,
      o.high,
      o.range || null,
      o.flag,
      reportId,
      reportId ? 'lab' : 'staff',
      kept,
    )
}

function fingerprintOf(index: number, number: string): Buffer {
  return Buffer.from(`demo:${index}:${number}`)
}

function relationOf(relative: string): string {
  if (/父/.test(relative) && !/祖/.test(relative)) return 'father'
  if (/母/.test(relative) && !/祖/.test(relative)) return 'mother'
  if (/[兄弟姐妹]/.test(relative)) return 'sibling'
  return /祖/.test(relative) ? 'grandparent' : 'other'
}

/** ICD-10 of the diseases the generator names in families. */
const DISEASE_CODES: readonly (readonly [RegExp, string])[] = [
  [/高血压/, 'I10'],
  [/糖尿病/, 'E11'],
  [/冠心病|心梗/, 'I25'],
  [/脑卒中|中风|脑梗/, 'I64'],
  [/肺癌/, 'C34'],
  [/乳腺癌/, 'C50'],
  [/胃癌/, 'C16'],
  [/肠癌/, 'C18'],
  [/肝癌/, 'C22'],
  [/甲状腺/, 'E04'],
  [/痛风/, 'M10'],
]

function codeOfDisease(name: string): string {
  return DISEASE_CODES.find(([pattern]) => pattern.test(name))?.[1] ?? ''
}
