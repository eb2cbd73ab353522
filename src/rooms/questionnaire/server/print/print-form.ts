import { fromResponse, read, type QuestionnaireResponse } from '../../../../clinical/questionnaire/index.ts'
import { ageOn, dateIn } from '../../../../platform/clock.ts'
import type { ReadContext } from '../../../../platform/context/context.ts'
import type { House } from '../../../../platform/context/house.ts'
import type { Stream } from '../../../../platform/context/room.ts'
import { drawingOf } from '../../../../platform/print/picture.ts'
import { logoOf, organizationOf } from '../../../organization/server/index.ts'
import { requireVisible } from '../../../patient/server/index.ts'
import { questionnaireProblem } from '../../contract/problems.ts'
import { findVersion, type QuestionnaireRow } from '../definition-store.ts'
import { findResponse, type ResponseRow } from '../response-store.ts'
import { answeredParts, type Say } from './answered-parts.ts'
import { blankParts } from './blank-parts.ts'
import type { FormDocument, Labelled } from './form-document.ts'
import { formPrinter } from './printer.ts'
import { printedScores } from './printed-scores.ts'

/**
 * A filled-in questionnaire as a PDF to be read, signed and filed: the questions as they were asked then.
 * @throws Problem NotFound, ResponseUnknown (also where the reader may not see answers about the mind)
 */
export async function printAnswers(ctx: ReadContext, house: House, patientId: string, id: string): Promise<Stream> {
  const patient = await requireVisible(ctx, patientId)
  const mental = ctx.actor.permissions.has('questionnaire.answers-mental')
  const row = await findResponse(ctx.db, ctx.organizationId, patientId, id, mental)
  const definition = row && (await findVersion(ctx.db, ctx.organizationId, row.code, row.version))
  if (!row || !definition) throw questionnaireProblem('ResponseUnknown')
  ctx.audit.detail = { code: row.code, version: row.version }
  const say = sayIn(ctx, house)
  const { form } = read(definition.definition)
  const state = fromResponse(form, row.response as unknown as QuestionnaireResponse, {
    known: { today: ctx.today },
    language: ctx.locale,
  })
  const frame = await frameOf(ctx, house, definition, say)
  return set(row.code, {
    ...frame,
    warning: [
      ...(row.superseded_by ? [say('printed.superseded')] : []),
      ...(row.corrects ? [say('printed.corrected', { reason: row.because })] : []),
    ].join('\n'),
    facts: answeredFacts(ctx, say, patient, row),
    parts: answeredParts(state, say),
    scores: printedScores(row.scores, say, ctx.locale),
    statement: statementOf(row, say),
    running: `${patient.name}  ${frame.title}`,
  })
}

/**
 * The same questionnaire blank, for whoever answers with a pen; one that is not published says so on its face.
 * @throws Problem QuestionnaireUnknown
 */
export async function printBlank(ctx: ReadContext, house: House, code: string, version: number): Promise<Stream> {
  const definition = await findVersion(ctx.db, ctx.organizationId, code, version)
  if (!definition) throw questionnaireProblem('QuestionnaireUnknown', { code })
  ctx.audit.detail = { code, version }
  const say = sayIn(ctx, house)
  const { form } = read(definition.definition)
  const frame = await frameOf(ctx, house, definition, say)
  const warning = { draft: say('printed.draft'), retired: say('printed.retired'), active: '' }[definition.state]
  const blanks = ['name', 'sex', 'birthDate', 'recordNumber', 'filledOn', 'filledBy']
  return set(code, {
    ...frame,
    warning,
    facts: blanks.map((key): Labelled => ({ label: say(`printed.fact.${key}`), text: '' })),
    parts: blankParts(form, say, ctx.locale),
    scores: [],
    statement: '',
    running: frame.title,
  })
}

async function set(code: string, document: FormDocument): Promise<Stream> {
  const { pdf } = await formPrinter.render(document)
  return { stream: pdf, media: 'application/pdf', fileName: `${code}-${document.printedOn}.pdf` }
}

const sayIn =
  (ctx: ReadContext, house: House): Say =>
  (key, values) =>
    house.translate(ctx.locale, 'questionnaire', key, values)

type Frame = Omit<FormDocument, 'warning' | 'facts' | 'parts' | 'scores' | 'statement' | 'running'>

/** What every paper of a questionnaire has around it. */
async function frameOf(ctx: ReadContext, house: House, row: QuestionnaireRow, say: Say): Promise<Frame> {
  const english = ctx.locale === 'en'
  const { name, nameEn, phone, address } = await organizationOf(ctx)
  const logo = await logoOf(ctx, house.files)
  const description = read(row.definition).form.source['description']
  return {
    language: ctx.locale,
    organization: {
      name: (english && nameEn) || name,
      contact: [phone, address].filter(Boolean).join('  '),
      ...(logo ? { logoSvg: drawingOf(logo) } : {}),
    },
    title: english ? row.title_en : row.title_zh,
    edition: say('printed.edition', { code: row.code, version: row.version }),
    intro: typeof description === 'string' && !english ? description : '',
    origin: (['source', 'licence'] as const).flatMap((key): Labelled[] =>
      row[key] ? [{ label: say(`design.settings.${key}`), text: row[key] }] : [],
    ),
    signatures: [say('printed.sign.person'), say('printed.sign.staff')],
    printedOn: ctx.today,
    words: {
      unanswered: say('printed.unanswered'),
      result: say('printed.result'),
      date: say('printed.sign.date'),
      page: say('printed.page', { n: '{n}', m: '{m}' }),
      printed: say('printed.printed', { date: ctx.today }),
      standIn: say('printed.standIn'),
    },
  }
}

function answeredFacts(
  ctx: ReadContext,
  say: Say,
  patient: { name: string; sex: string; birth_date: string | null; record_number: string | null },
  row: ResponseRow,
): Labelled[] {
  const { name, sex, birth_date: birthDate, record_number: recordNumber } = patient
  const age = birthDate
    ? say('printed.age', { years: ageOn(birthDate, dateIn(row.answered_at, ctx.tenant.timeZone)) })
    : ''
  const facts: Record<string, string> = {
    name,
    sex: [sex === 'unknown' ? '' : say(`printed.sex.${sex}`), age].filter(Boolean).join('  '),
    birthDate: birthDate ?? '',
    recordNumber: recordNumber ?? '',
    filledOn: timeIn(row.answered_at, ctx.tenant.timeZone),
    filledBy: say(`printed.by.${row.author}`, { name: row.by_name }),
    way: wayWords(row, say),
  }
  return Object.entries(facts).flatMap(([key, text]) => (text ? [{ label: say(`printed.fact.${key}`), text }] : []))
}

/** What the result is not, unless the scale says so in its own words. */
function statementOf({ scores }: ResponseRow, say: Say): string {
  const isSaid = scores.some(({ advice }) => advice?.zh.includes('不是诊断'))
  return scores.length > 0 && !isSaid ? say('fill.notDiagnosis') : ''
}

/** Answers older than the note of how they came say nothing of it. */
function wayWords({ corrects, way, by_name: name }: ResponseRow, say: Say): string {
  if (corrects) return say('printed.way.correction', { name })
  return way ? say(`printed.way.${way}`) : ''
}

/** `2026-11-22 10:05`, as clocks on the wall show it there. */
const timeIn = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)
