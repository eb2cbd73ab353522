import type { ReadContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { mustBeToldFirst } from '../../alert/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import type {
  CompositionLine,
  CompositionView,
  getComposition,
  listCompositions,
  ReportPart,
} from '../contract/composition.ts'
import type { Conclusion } from '../contract/words.ts'
import { isOpen } from './composition.ts'
import { partsOf, standingSignatures, wholeHash, type KeptPart, type PartFacts } from './composition-rules.ts'
import {
  findComposition,
  findSignatures,
  findStage,
  versionsOf,
  type CompositionRow,
  type NamedComposition,
  type Place,
  type SignatureRow,
} from './composition-store.ts'
import type { FactSection, FrozenFacts } from './content/facts.ts'
import { gather } from './content/gather.ts'

const STATE = { parts: 'draft', chief: 'signed', issued: 'issued' } as const

/** 报告签发: what waits for whom. */
export async function listStage(
  ctx: ReadContext,
  { stage, cursor, limit }: InputOf<typeof listCompositions>['query'],
): Promise<AnswerOf<typeof listCompositions>> {
  const rows = await findStage(ctx, STATE[stage], { after: readPlace(cursor), limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    rows: shown.map((row) => lineOf(row)),
    next: last ? `${(last.issued_at ?? last.started_at).toISOString()}_${last.id}` : null,
    total: cursor || rows.length > limit ? null : rows.length,
  }
}

function readPlace(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [, at, id] = /^(\d{4}-[\dT:.-]+Z)_([\da-f-]{36})$/.exec(cursor) ?? []
  if (!at || !id) throw platformProblem('InvalidInput', {}, 'query.cursor')
  return { at, id }
}

export function lineOf(row: NamedComposition): AnswerOf<typeof listCompositions>['rows'][number] {
  const parts = row.parts as KeptPart[]
  return {
    id: row.id,
    patient: {
      id: row.patient_id as never,
      name: row.patient_name,
      sex: row.patient_sex,
      birthDate: row.patient_birth_date,
    },
    ...versionLine(row),
    parts: parts.length,
    signedParts: parts.filter(({ signed }) => signed).length,
    abnormal: parts.reduce((sum, part) => sum + part.abnormal, 0),
  }
}

/** What both lists tell of a report, whoever it is about. */
export function versionLine(
  row: CompositionRow,
): Omit<CompositionLine, 'id' | 'patient' | 'parts' | 'signedParts' | 'abnormal'> {
  return {
    examOn: row.exam_on,
    examTitle: row.exam_title,
    version: row.version,
    state: row.state,
    startedBy: row.started_by_name,
    startedAt: row.started_at.toISOString(),
    issuedBy: row.issued_by_name,
    issuedAt: row.issued_at?.toISOString() ?? null,
    notifiedAt: row.notified_at?.toISOString() ?? null,
  }
}

/** A report as it stands: from the record while it is open, from its own file once it was issued. */
export async function showComposition(
  ctx: ReadContext,
  house: House,
  id: string,
): Promise<AnswerOf<typeof getComposition>> {
  const row = await findComposition(ctx, id)
  const patient = row && (await patientSummary(ctx, row.patient_id))
  if (!row || !patient) throw platformProblem('NotFound')
  ctx.audit.patientId = row.patient_id
  const signatures = await findSignatures(ctx.db, ctx.organizationId, id)
  const now = await gather(ctx, row.patient_id, row.exam_report_id, ctx.locale)
  const current = ctx.locale === 'zh-CN' ? now : await gather(ctx, row.patient_id, row.exam_report_id, 'zh-CN')
  const currentParts = partsOf(current?.facts.sections ?? [])
  const frozen = row.content_key ? await frozenFacts(house, ctx.organizationId, row.content_key) : undefined
  const sections = (frozen ? frozen.facts[ctx.locale] : now?.facts)?.sections ?? []
  const parts = frozen ? partsOf(frozen.facts['zh-CN'].sections) : currentParts
  const alertOpen = await mustBeToldFirst(ctx, row.patient_id)
  return {
    id: row.id,
    patient: { id: patient.id, name: patient.name, sex: patient.sex, birthDate: patient.birthDate },
    examId: row.exam_report_id,
    ...versionLine(row),
    edition: row.edition,
    hash: wholeHash(parts, row.conclusions, row.not_done),
    conclusions: row.conclusions as Conclusion[],
    notDone: row.not_done as { name: string; reason: string }[],
    parts: sections.map((section) => partView(ctx, section, parts, signatures)),
    abnormal: parts.reduce((sum, part) => sum + part.abnormal, 0),
    started: { name: row.started_by_name, at: row.started_at.toISOString() },
    issued: row.issued_at
      ? { name: row.issued_by_name ?? '', title: row.issued_by_title ?? '', at: row.issued_at.toISOString() }
      : null,
    because: row.recalled_because ?? row.because,
    outdated: row.state === 'issued' && isOutdated(parts, currentParts),
    notified: row.notified_at ? { name: row.notified_by_name ?? '', at: row.notified_at.toISOString() } : null,
    alertOpen,
    versions: await versionsView(ctx, row),
    log: signatures.map(({ part, act, by_name, at }) => ({ part, act, name: by_name, at: at.toISOString() })),
    can: mayDo(ctx, row, alertOpen),
  }
}

function mayDo(ctx: ReadContext, row: CompositionRow, alertOpen: boolean): CompositionView['can'] {
  const may = (permission: string) => ctx.actor.permissions.has(permission)
  const issued = row.state === 'issued'
  return {
    edit: isOpen(row) && may('health-report.print'),
    sign: isOpen(row) && may('health-report.sign'),
    signChief: row.state === 'signed' && may('health-report.sign-chief'),
    amend: issued && may('health-report.sign'),
    recall: (issued || row.state === 'amended') && may('health-report.sign-chief'),
    print: row.state !== 'recalled' && row.state !== 'amended' && may('health-report.print'),
    notify: issued && row.notified_at === null && !alertOpen && may('health-report.print'),
  }
}

function isOutdated(issued: readonly PartFacts[], now: readonly PartFacts[]): boolean {
  const of = (parts: readonly PartFacts[]) => parts.map(({ key, hash }) => `${key} ${hash}`).join('\n')
  return of(issued) !== of(now)
}

function partView(
  ctx: ReadContext,
  section: FactSection,
  parts: readonly PartFacts[],
  signatures: readonly SignatureRow[],
): ReportPart {
  const hash = parts.find(({ key }) => key === section.key)?.hash ?? ''
  const signed = standingSignatures(signatures).get(section.key)
  const stands = signed?.content_hash === hash ? signed : undefined
  return {
    key: section.key,
    title: section.title,
    hash,
    examiner: section.examiner ?? '',
    items: section.items.map(({ name, value, unit, rangeText, flag }) => ({ name, value, unit, rangeText, flag })),
    narrative: section.narrative ?? null,
    signature: stands
      ? {
          name: stands.by_name,
          title: stands.by_title,
          at: stands.at.toISOString(),
          mine: stands.by_id === ctx.actor.id,
        }
      : null,
    changed: signed !== undefined && stands === undefined,
  }
}

async function versionsView(ctx: ReadContext, row: CompositionRow): Promise<CompositionView['versions']> {
  const rows = await versionsOf(ctx.db, ctx.organizationId, row.exam_report_id)
  return rows.map(({ id, version, state, issued_at }) => ({
    id: id as never,
    version,
    state,
    issuedAt: issued_at?.toISOString() ?? null,
  }))
}

/** What was issued, from its own file. */
export async function frozenFacts(house: House, organizationId: string, key: string): Promise<FrozenFacts> {
  return JSON.parse((await house.files.get(organizationId, key)).toString('utf8')) as FrozenFacts
}
