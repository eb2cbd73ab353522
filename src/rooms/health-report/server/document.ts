import { systemActor } from '../../../platform/context/context.ts'
import { readContext, type House } from '../../../platform/context/house.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { tagsOf, type StandingTag } from '../../tag/server/index.ts'
import type { Conclusion } from '../contract/health-report.ts'
import { gatherExam, type ExamContent } from './compose.ts'
import type { ReportDocument } from './render/report-document.ts'
import type { HealthReportRow } from './store.ts'

const SEVERITY: Record<StandingTag['tone'], Conclusion['severity']> = {
  danger: 'high-risk',
  caution: 'positive',
  info: 'risk-factor',
  neutral: 'risk-factor',
}

/**
 * Conclusions to begin with: the clinical tags that stand, each with its plain explanation. A doctor edits them; nothing
 * here is a diagnosis.
 */
export async function proposedConclusions(
  ctx: ReadContext,
  patientId: string,
  exam: ExamContent | undefined,
): Promise<Conclusion[]> {
  const zh = ctx.locale === 'zh-CN'
  const tags = (await tagsOf(ctx, patientId)).filter(
    (tag) => tag.source !== null && tag.tone !== 'neutral' && tag.code !== 'child' && tag.code !== 'adolescent',
  )
  const abnormal =
    exam?.abnormalItems
      .map((item) => `${item.name} ${item.value}${item.unit ? ` ${item.unit}` : ''} ${item.flag}`)
      .slice(0, 6) ?? []
  return tags.map((tag) => ({
    title: zh ? tag.name.zh : tag.name.en,
    basis: tag.tone === 'danger' || tag.tone === 'caution' ? abnormal.join('；') : '',
    advice: zh ? tag.explanation.zh : tag.explanation.en,
    severity: SEVERITY[tag.tone],
  }))
}

/** Everything a report says, decided and masked, from the record as it stands now. */
export async function documentOf(
  house: House,
  row: HealthReportRow,
  verifyPath: string,
): Promise<ReportDocument | undefined> {
  const tenant = await house.tenant(row.organization_id)
  const ctx = readContext(house, { tenant, actor: systemActor(tenant.id, 'health-report'), locale: row.language })
  const [patient, exam] = [
    await patientSummary(ctx, row.patient_id),
    await gatherExam(ctx, row.patient_id, row.exam_report_id, row.language),
  ]
  if (!patient || !exam) return undefined
  const t = (key: string, values?: Record<string, string | number | null>) =>
    house.translate(row.language, 'health-report', key, values)
  const signer = row.signed_by ? await signerOf(ctx, row.signed_by) : undefined
  const place = await placeOf(ctx)
  return {
    language: row.language,
    organization: { name: tenant.name, ...place },
    reportNumber: row.number,
    verifyUrl: webAddressOf((await settingsOf(ctx)).general, ctx.publicUrl) + verifyPath,
    printedOn: ctx.clock.today(tenant.timeZone),
    draft: !signer,
    patient: {
      name: patient.name,
      sexText: t(`sex.${patient.sex}`),
      ageText: patient.ageYears === null ? '—' : t('age', { years: patient.ageYears }),
      ...(patient.birthDate ? { birthDate: patient.birthDate } : {}),
      cardNumberMasked: maskNumber(patient.recordNumber),
      ...(patient.phoneMasked ? { phoneMasked: patient.phoneMasked } : {}),
    },
    exam: {
      date: exam.examOn,
      site: exam.exam.performer || tenant.name,
      packageName: exam.exam.title,
      kind: t(`kind.${exam.exam.category}`),
    },
    conclusions: row.conclusions as Conclusion[],
    doctor: signer ? { name: signer.name, title: signer.title, signedOn: row.signed_on! } : { name: '' },
    abnormalItems: exam.abnormalItems,
    sections: exam.sections,
    comparison: exam.comparison,
    notDone: [],
    disclaimers: [
      t('disclaimer.meaning'),
      t('disclaimer.person'),
      ...(exam.sealedApart.length > 0 ? [t('disclaimer.apart')] : []),
    ],
  }
}

function maskNumber(number: string | null): string {
  if (!number) return '****'
  return number.length <= 4 ? '****' : `${number.slice(0, 2)}${'*'.repeat(number.length - 4)}${number.slice(-2)}`
}

function signerOf({ db, organizationId }: ReadContext, staffId: string) {
  return db
    .selectFrom('staff')
    .select(['name', 'title'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', staffId)
    .executeTakeFirst()
}

async function placeOf({ db, organizationId }: ReadContext): Promise<{ address?: string; phone?: string }> {
  const row = await db
    .selectFrom('organization')
    .select(['address', 'phone'])
    .where('id', '=', organizationId)
    .executeTakeFirst()
  return { ...(row?.address ? { address: row.address } : {}), ...(row?.phone ? { phone: row.phone } : {}) }
}
