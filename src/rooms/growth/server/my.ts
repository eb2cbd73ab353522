import { growth } from '../../../clinical/index.ts'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientSummary } from '../../patient/server/index.ts'
import type { MeasureName, readMyGrowth } from '../contract/growth.ts'
import { growthProblem } from '../contract/problems.ts'
import { readCourse } from './course.ts'
import { programmeInForce } from './content.ts'
import { ownConsentByTap, withdrawRow } from './enrol.ts'
import {
  findConsents,
  findItems,
  findLastEnrolment,
  findStages,
  lockActive,
  type EnrolmentRow,
} from './enrolment-store.ts'
import { consentStanding } from './rules/programme.ts'

type Mine = OutputOf<typeof readMyGrowth>

const FOR_FAMILIES = new Set<MeasureName>(['height', 'weight', 'bmi'])
const GROWN_UP_YEARS = 18

/** What a family sees of their own child. Signs, z scores of the head and bone ages are told by a person. */
export async function myGrowth(ctx: ReadContext): Promise<Mine> {
  const patientId = ownPatientId(ctx)
  const patient = await patientSummary(ctx, patientId)
  if (!patient) throw platformProblem('NotFound')
  const { name, sex, birthDate } = patient
  const course = await readCourse(ctx, patientId, { name, sex, birth_date: birthDate })
  const row = await findLastEnrolment(ctx.db, ctx.organizationId, patientId)
  const running = row?.state === 'active' ? row : undefined
  const isChild = birthDate !== null && growth.ageBetween(birthDate, ctx.today).years < GROWN_UP_YEARS
  const measures = course.measures.filter(({ measure, points }) => FOR_FAMILIES.has(measure) && points.length > 0)
  return {
    shown: isChild && (measures.length > 0 || running !== undefined),
    name: patient.called || name,
    sex,
    reference: course.reference,
    measures: isChild ? measures : [],
    latestVelocity: isChild ? course.latestVelocity : null,
    nextOn: running && consentStanding(running, ctx.today) !== 'wanting' ? running.next_on : null,
    programme: running ? await programmeOf(ctx, running) : null,
  }
}

async function programmeOf(ctx: ReadContext, row: EnrolmentRow): Promise<Mine['programme']> {
  const consents = await findConsents(ctx.db, ctx.organizationId, row.id)
  const items = await findItems(ctx.db, ctx.organizationId, row.id)
  const stages = await findStages(ctx.db, ctx.organizationId, row.id)
  const consent = consents.findLast(({ withdrawn_at }) => withdrawn_at === null)
  const { consent: text, modules } = await programmeInForce(ctx)
  const standing = consentStanding(row, ctx.today)
  const rests = standing === 'wanting'
  return {
    startedOn: row.started_on,
    endsOn: row.ends_on,
    consentBy: consent?.name ?? '',
    consentOn: consent?.given_on ?? row.started_on,
    consent: standing,
    text: rests ? text : null,
    modules: modules.map(({ module, about }) => ({ module, about })),
    items: items
      .filter(({ state }) => state === 'open' && !rests)
      .map(({ id, module, title, due_on }) => ({ id, module, title, dueOn: due_on })),
    stages: stages.map((stage) => ({
      year: stage.year,
      fromOn: stage.from_on,
      toOn: stage.to_on,
      heightFromCm: stage.height_from_cm,
      heightToCm: stage.height_to_cm,
      note: stage.note,
      by: stage.marked_by_name,
    })),
  }
}

/** The young person goes on, by a tap on their own page. @throws Problem NotEnrolled and what `ownConsentByTap` refuses */
export async function consentMine(ctx: WriteContext, textVersion: string): Promise<{ given: boolean }> {
  const row = await lockActive(ctx.tx, ctx.organizationId, ownPatientId(ctx))
  if (!row) throw growthProblem('NotEnrolled')
  await ownConsentByTap(ctx, row, textVersion)
  ctx.audit.subjectId = row.id
  return { given: true }
}

/** Two taps and it is over: nobody is asked why. */
export async function withdrawMine(ctx: WriteContext): Promise<{ left: boolean }> {
  const patientId = ownPatientId(ctx)
  const row = await lockActive(ctx.tx, ctx.organizationId, patientId)
  if (!row) throw growthProblem('NotEnrolled')
  const consents = await findConsents(ctx.db, ctx.organizationId, row.id)
  const name = consents.findLast(({ withdrawn_at }) => withdrawn_at === null)?.name ?? ctx.actor.name
  await withdrawRow(ctx, row, { name, because: '' })
  ctx.audit.subjectId = row.id
  return { left: true }
}
