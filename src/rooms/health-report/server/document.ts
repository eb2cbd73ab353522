import type { House } from '../../../platform/context/house.ts'
import { dateIn } from '../../../platform/clock.ts'
import { readContext } from '../../../platform/context/house.ts'
import { systemActor, type ReadContext } from '../../../platform/context/context.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import type { Conclusion } from '../contract/words.ts'
import { CHIEF, hashOf, standingSignatures } from './composition-rules.ts'
import { compositionsOf, findSignatures, findSigner, type CompositionRow } from './composition-store.ts'
import { frozenFacts } from './composition-view.ts'
import { isOpen } from './composition.ts'
import type { ReportFacts } from './content/facts.ts'
import { gather } from './content/gather.ts'
import { NOTHING_ELSE, sealedSections } from './content/sealed-content.ts'
import { proposedConclusions } from './proposed.ts'
import type { ReportDocument, ReportSection } from './render/report-document.ts'
import { REPORT_TEMPLATE } from './render/template.ts'

import type { HealthReportRow } from './store.ts'

type Words = (key: string, values?: Record<string, string | number | null>) => string

/** What an order prints, and its digest: the same digest is the same paper. */
export interface Draft {
  facts: ReportFacts
  conclusions: Conclusion[]
  notDone: { name: string; reason: string }[]
  hash: string
}

/** An unsigned report as the record stands now, with what a doctor has already written. */
export async function draftOf(
  ctx: ReadContext,
  patientId: string,
  examId: string | undefined,
  language: 'zh-CN' | 'en',
): Promise<Draft | undefined> {
  const gathered = await gather(ctx, patientId, examId, language)
  if (!gathered) return undefined
  const { facts } = gathered
  const open = (await compositionsOf(ctx.db, ctx.organizationId, patientId)).find(
    (row) => isOpen(row) && row.exam_report_id === facts.exam.id,
  )
  const conclusions = open
    ? (open.conclusions as Conclusion[])
    : await proposedConclusions({ ...ctx, locale: language }, patientId, facts.abnormalItems)
  const notDone = open ? (open.not_done as Draft['notDone']) : facts.notDone
  return { facts, conclusions, notDone, hash: hashOf([REPORT_TEMPLATE, 'draft', facts, conclusions, notDone]) }
}

/** The digest of an issued report: its content cannot change, so its file's name says it all. */
export function issuedHash(row: CompositionRow): string {
  return hashOf([REPORT_TEMPLATE, 'issued', row.id, row.content_key])
}

/** The sealed sheet of an examination as the record stands now; undefined when there is nothing to seal. */
export async function sealedDraft(
  ctx: ReadContext,
  patientId: string,
  examId: string,
  language: 'zh-CN' | 'en',
): Promise<{ facts: ReportFacts; sections: ReportSection[]; hash: string } | undefined> {
  const gathered = await gather(ctx, patientId, examId, language)
  if (!gathered || gathered.rows.apart.length + gathered.rows.apartSaid.length === 0) return undefined
  const sections = sealedSections(gathered.rows, '', language)
  const { patient, exam, organization } = gathered.facts
  return {
    facts: gathered.facts,
    sections,
    hash: hashOf([REPORT_TEMPLATE, 'sealed', sections, patient, exam, organization]),
  }
}

export interface Composed {
  document: ReportDocument
  /** Of what stands in it; null where it cannot be compared. */
  hash: string
}

/** Everything a paper says, with its number, code and day. */
export async function documentOf(house: House, row: HealthReportRow, code: string): Promise<Composed | undefined> {
  const tenant = await house.tenant(row.organization_id)
  const ctx = readContext(house, { tenant, actor: systemActor(tenant.id, 'health-report'), locale: row.language })
  const t: Words = (key, values) => house.translate(row.language, 'health-report', key, values)
  const paper: Paper = {
    ctx,
    row,
    t,
    verifyUrl: `${webAddressOf((await settingsOf(ctx)).general, ctx.publicUrl)}/verify/${code}`,
  }
  if (row.kind === 'sealed') return sealedDocument(paper)
  return row.composition_id ? issuedDocument(house, paper) : draftDocument(paper)
}

interface Paper {
  ctx: ReadContext
  row: HealthReportRow
  t: Words
  verifyUrl: string
}

async function draftDocument(paper: Paper): Promise<Composed | undefined> {
  const { ctx, row } = paper
  const draft = await draftOf(ctx, row.patient_id, row.exam_report_id, row.language)
  if (!draft) return undefined
  const { facts, conclusions, notDone } = draft
  return {
    hash: draft.hash,
    document: {
      ...frame(paper, facts),
      ...body(facts),
      draft: true,
      conclusions,
      notDone,
      doctor: { name: '' },
    },
  }
}

async function issuedDocument(house: House, paper: Paper): Promise<Composed | undefined> {
  const { ctx, row } = paper
  const all = await compositionsOf(ctx.db, ctx.organizationId, row.patient_id)
  const composition = all.find(({ id }) => id === row.composition_id)
  if (!composition?.content_key) return undefined
  const frozen = await frozenFacts(house, ctx.organizationId, composition.content_key)
  const facts = frozen.facts[row.language]
  const standing = standingSignatures(await findSignatures(ctx.db, ctx.organizationId, composition.id))
  const chief = standing.get(CHIEF)
  return {
    hash: issuedHash(composition),
    document: {
      ...frame(paper, facts),
      ...body(facts),
      ...(composition.version > 1 ? { version: { number: composition.version, because: composition.because } } : {}),
      sections: facts.sections.map((section) => {
        const signed = standing.get(section.key)
        return signed
          ? { ...section, reviewer: signed.by_name, reviewedOn: dateIn(signed.at, ctx.tenant.timeZone) }
          : section
      }),
      conclusions: composition.conclusions as Conclusion[],
      notDone: composition.not_done as ReportDocument['notDone'],
      doctor: {
        name: chief?.by_name ?? composition.issued_by_name ?? '',
        title: chief?.by_title ?? '',
        signedOn: composition.issued_on!,
      },
    },
  }
}

async function sealedDocument(paper: Paper): Promise<Composed | undefined> {
  const { ctx, row, t } = paper
  const sealed = await sealedDraft(ctx, row.patient_id, row.exam_report_id, row.language)
  if (!sealed) return undefined
  const signer = row.signed_by ? await findSigner(ctx.db, ctx.organizationId, row.signed_by) : undefined
  return {
    hash: sealed.hash,
    document: {
      ...frame(paper, sealed.facts),
      ...NOTHING_ELSE,
      kind: 'sealed',
      sections: sealed.sections.map((section) => ({
        ...section,
        title: t('sealed.part'),
        reviewer: signer?.name ?? '',
      })),
      disclaimers: [t('sealed.statement')],
      doctor: signer ? { name: signer.name, title: signer.title, signedOn: row.signed_on! } : { name: '' },
    },
  }
}

function frame({ ctx, row, t, verifyUrl }: Paper, facts: ReportFacts) {
  const { patient, exam } = facts
  return {
    language: row.language,
    organization: facts.organization,
    reportNumber: row.number,
    verifyUrl,
    printedOn: dateIn(row.created_at, ctx.tenant.timeZone),
    patient: {
      name: patient.name,
      sexText: t(`sex.${patient.sex}`),
      ageText: patient.ageYears === null ? '—' : t('age', { years: patient.ageYears }),
      ...(patient.birthDate ? { birthDate: patient.birthDate } : {}),
      cardNumberMasked: patient.cardNumberMasked,
      ...(patient.phoneMasked ? { phoneMasked: patient.phoneMasked } : {}),
    },
    exam: {
      date: exam.date,
      site: exam.site || facts.organization.name,
      packageName: exam.title,
      kind: t(`kind.${exam.category}`),
    },
    disclaimers: [t('disclaimer.meaning'), t('disclaimer.person'), t('disclaimer.apart')],
  }
}

function body(facts: ReportFacts) {
  const { abnormalItems, sections, comparison, history, questionnaires, risks, advice, attachments } = facts
  return { abnormalItems, sections, comparison, history, questionnaires, risks, advice, attachments }
}
