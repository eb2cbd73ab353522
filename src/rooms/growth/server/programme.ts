import type { ReadContext } from '../../../platform/context/context.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { ConsentView, EnrolmentView, getProgramme, ItemView, StageView } from '../contract/growth.ts'
import { programmeInForce } from './content.ts'
import {
  findConsents,
  findItems,
  findLastEnrolment,
  findStages,
  type ConsentRow,
  type EnrolmentRow,
  type ItemRow,
  type StageRow,
} from './enrolment-store.ts'
import { consentStanding, enrolRefusal, ownConsentFrom, stageDue } from './rules/programme.ts'

type Programme = OutputOf<typeof getProgramme>

/** 长高管理 of one child: what runs or ran last, and what would have to be agreed to. */
export async function programmeOf(ctx: ReadContext, patientId: string): Promise<Programme> {
  const person = await requireVisible(ctx, patientId)
  const row = await findLastEnrolment(ctx.db, ctx.organizationId, patientId)
  const { birth_date: birthDate } = person
  const { consent: text, modules } = await programmeInForce(ctx)
  const refused: Programme['refused'] =
    person.state !== 'active'
      ? 'not-active'
      : birthDate === null
        ? 'birth-date-unknown'
        : (enrolRefusal(birthDate, ctx.today) ?? null)
  return {
    enrolment: row ? await enrolmentView(ctx, row) : null,
    text,
    modules: modules.map(({ module, about }) => ({ module, about })),
    guardian: guardianOf(person.guardian),
    refused,
    asksOwnConsent: birthDate !== null && ctx.today >= ownConsentFrom(birthDate),
    can: { write: ctx.actor.permissions.has('growth.write') },
  }
}

function guardianOf(guardian: unknown): Programme['guardian'] {
  const { relation, name } = (guardian ?? {}) as { relation?: string; name?: string }
  return relation && name ? { relation, name } : null
}

export async function enrolmentView(ctx: ReadContext, row: EnrolmentRow): Promise<EnrolmentView> {
  const stages = await findStages(ctx.db, ctx.organizationId, row.id)
  const marked = stages.map(({ year }) => year)
  return {
    id: row.id as EnrolmentView['id'],
    state: row.state,
    startedOn: row.started_on,
    endsOn: row.ends_on,
    endedOn: row.ended_on,
    endReason: row.end_reason,
    nextOn: row.next_on,
    consent: consentStanding(row, ctx.today),
    guardianToldOn: row.guardian_told_on,
    consents: (await findConsents(ctx.db, ctx.organizationId, row.id)).map(consentView),
    items: (await findItems(ctx.db, ctx.organizationId, row.id)).map(itemView),
    stages: stages.map(stageView),
    stageDue: row.state === 'active' ? stageDue(row.started_on, marked, ctx.today) : null,
    version: row.version,
  }
}

const consentView = (row: ConsentRow): ConsentView => ({
  relation: row.relation,
  name: row.name,
  givenOn: row.given_on,
  way: row.way,
  textVersion: row.text_version,
  recordedBy: row.recorded_by_name,
  recordedAt: row.recorded_at.toISOString(),
  guardianToldOn: row.guardian_told_on,
  withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  withdrawnBy: row.withdrawn_by_name,
})

const itemView = (row: ItemRow): ItemView => ({
  id: row.id as ItemView['id'],
  module: row.module,
  title: row.title,
  dueOn: row.due_on,
  state: row.state,
  result: row.result,
  doneOn: row.done_on,
  doneBy: row.done_by_name,
  version: row.version,
})

const stageView = (row: StageRow): StageView => ({
  year: row.year,
  fromOn: row.from_on,
  toOn: row.to_on,
  heightFromCm: row.height_from_cm,
  heightToCm: row.height_to_cm,
  note: row.note,
  markedOn: row.marked_on,
  markedBy: row.marked_by_name,
})
