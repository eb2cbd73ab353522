import { ownPatientId, systemActor, type ReadContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { mustBeToldFirst } from '../../alert/server/index.ts'
import type { MyReportLine, readMyReport } from '../contract/own.ts'
import { reportProblem } from '../contract/problems.ts'
import type { Conclusion } from '../contract/words.ts'
import type { KeptPart } from './composition-rules.ts'
import { compositionsOf, type CompositionRow } from './composition-store.ts'
import { frozenFacts } from './composition-view.ts'
import { drawn } from './drawing.ts'
import { forRelatives, type ReportWords } from './for-relatives.ts'
import { order } from './printing.ts'
import { explainedOf } from './standing.ts'

/** One's own issued reports; none at all while a class A result has not been told by a human. */
export async function listMine(ctx: ReadContext, house: House): Promise<{ reports: MyReportLine[] }> {
  const rows = await readable(ctx)
  if (!ctx.actor.proxy) return { reports: rows.map(lineOf) }
  const shown = await Promise.all(rows.map(async (row) => ({ row, words: await wordsOf(ctx, house, row) })))
  return {
    reports: shown.flatMap(({ row, words }) =>
      words ? [{ ...lineOf(row), marked: words.facts.abnormalItems.length }] : [],
    ),
  }
}

/** What was issued, in the reader's language; undefined where nothing of it is for whom the person has let in. */
async function wordsOf(ctx: ReadContext, house: House, row: CompositionRow): Promise<ReportWords | undefined> {
  const words = {
    title: row.exam_title,
    conclusions: row.conclusions as Conclusion[],
    notDone: row.not_done as ReportWords['notDone'],
    facts: (await frozenFacts(house, ctx.organizationId, row.content_key!)).facts[ctx.locale],
  }
  return ctx.actor.proxy ? forRelatives(words) : words
}

async function readable(ctx: ReadContext): Promise<CompositionRow[]> {
  const patientId = ownPatientId(ctx)
  if (await mustBeToldFirst(ctx, patientId)) return []
  return (await compositionsOf(ctx.db, ctx.organizationId, patientId)).filter(({ state }) => state === 'issued')
}

function lineOf(row: CompositionRow): MyReportLine {
  return {
    id: row.id as never,
    title: row.exam_title,
    examOn: row.exam_on,
    issuedOn: row.issued_on!,
    version: row.version,
    marked: (row.parts as KeptPart[]).reduce((sum, part) => sum + part.abnormal, 0),
  }
}

async function oneOfMine(ctx: ReadContext, id: string): Promise<CompositionRow> {
  const row = (await readable(ctx)).find((one) => one.id === id)
  if (!row) throw platformProblem('NotFound')
  return row
}

/** What was issued, as it was issued, in the reader's language. */
export async function readMine(ctx: ReadContext, house: House, id: string): Promise<AnswerOf<typeof readMyReport>> {
  const row = await oneOfMine(ctx, id)
  const words = await wordsOf(ctx, house, row)
  if (!words) throw platformProblem('NotFound')
  const { facts } = words
  return {
    ...lineOf(row),
    ...(ctx.actor.proxy ? { marked: facts.abnormalItems.length } : {}),
    issuedBy: row.issued_by_name ?? '',
    // Why it was corrected may name what is not shown here.
    because: ctx.actor.proxy ? '' : row.because,
    phone: facts.organization.phone ?? null,
    conclusions: words.conclusions,
    explained: explainedOf(facts),
    parts: facts.sections.map(({ title, items, narrative }) => ({
      title,
      items: items.map(itemView),
      narrative: narrative ?? null,
    })),
    notDone: words.notDone,
  }
}

type Item = AnswerOf<typeof readMyReport>['parts'][number]['items'][number]
const itemView = ({ name, value, unit, rangeText, flag }: Item): Item => ({ name, value, unit, rangeText, flag })

/** The paper of a report, drawn for the person where staff have not printed it. */
export async function openMine(ctx: ReadContext, house: House, id: string) {
  const row = await oneOfMine(ctx, id)
  const asSystem = { tenant: ctx.tenant, actor: systemActor(ctx.organizationId, 'health-report') }
  const paper = await write(house, asSystem, (system) =>
    order(system, row.patient_id, { examId: row.exam_report_id, language: ctx.locale }),
  )
  const file = await drawn(house, ctx.organizationId, paper.id)
  if (file?.state !== 'ready' || !file.file_key) throw reportProblem('ReportNotReady')
  return {
    stream: await house.files.get(ctx.organizationId, file.file_key),
    media: 'application/pdf',
    fileName: `${file.number}.pdf`,
  }
}
