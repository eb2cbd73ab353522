import { instantAt } from '../../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../../platform/contract/index.ts'
import { platformProblem } from '../../../../platform/http/problems.ts'
import type { intakeOverview, listMessages, openMessage } from '../../contract/overview.ts'
import { intakeProblem } from '../../contract/problems.ts'
import type { IntakeState } from '../../contract/words.ts'
import { decode } from '../hl7/charset.ts'
import { openOriginal } from '../receive/original.ts'
import type { IntakeDetail } from '../receive/received.ts'
import { readCursor, writeCursor } from './cursor.ts'
import {
  countToday,
  countWaiting,
  findMessages,
  findOriginal,
  readFailedAgain,
  readMessageAgain,
  type MessageLine,
} from './message-store.ts'

export async function overview(ctx: ReadContext): Promise<AnswerOf<typeof intakeOverview>> {
  const since = instantAt(ctx.today, 0, ctx.tenant.timeZone)
  const [rows, waiting] = await Promise.all([
    countToday(ctx.db, ctx.organizationId, since),
    countWaiting(ctx.db, ctx.organizationId, since),
  ])
  const sources = Map.groupBy(rows, (row) => `${row.channel}\0${row.source}`)
  const now = ctx.clock.now().getTime()
  return {
    sources: [...sources.values()].map((list) => ({
      source: list[0]!.source,
      channel: list[0]!.channel,
      received: list.reduce((sum, row) => sum + row.count, 0),
      byState: Object.fromEntries(list.map((row) => [row.state, row.count])),
      lastAt: new Date(Math.max(...list.map((row) => row.last_at.getTime()))).toISOString(),
    })),
    waiting: {
      toRead: waiting.to_read,
      oldestSeconds: waiting.oldest ? Math.max(0, (now - waiting.oldest.getTime()) / 1000) : 0,
      persons: waiting.persons,
      codes: waiting.codes,
      troubled: waiting.troubled,
    },
  }
}

export async function messagePage(
  ctx: ReadContext,
  { query }: InputOf<typeof listMessages>,
): Promise<AnswerOf<typeof listMessages>> {
  const { state, source, cursor, limit } = query
  const rows = await findMessages(ctx.db, ctx.organizationId, {
    states: state,
    source,
    after: readCursor(cursor),
    limit: limit + 1,
  })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    rows: shown.map((row) => rowOf(ctx, row)),
    next: rows.length > limit && last ? writeCursor(last.received_at, last.id) : null,
    total: null,
  }
}

function rowOf(ctx: ReadContext, row: MessageLine) {
  return {
    id: row.id,
    channel: row.channel,
    source: row.source,
    messageType: row.message_type,
    controlId: row.control_id,
    answer: row.answer,
    receivedAt: row.received_at.toISOString(),
    state: row.state,
    reason: row.reason,
    text: textOf(ctx, (row.detail as IntakeDetail | null)?.text),
    reports: row.reports,
    results: row.results,
    waiting: row.waiting,
    unknownCodes: row.unknown_codes,
    sizeBytes: row.size_bytes,
  }
}

function textOf({ locale }: ReadContext, text: { zh: string; en: string } | undefined): string {
  return text?.[locale === 'en' ? 'en' : 'zh'] ?? ''
}

const SHOWN: ReadonlySet<IntakeState> = new Set(['needs-person', 'set-aside', 'refused', 'failed', 'received'])
const LINES_SHOWN = 400
const LINE_CHARACTERS = 2000

/**
 * The original of what waits or went wrong. What was filed is read in the patient's record, where it is seen by whoever
 * may see that patient.
 * @throws Problem MessageNotShown
 */
export async function showMessage(ctx: ReadContext, id: string): Promise<AnswerOf<typeof openMessage>> {
  if (!ctx.actor.permissions.has('intake.read')) throw platformProblem('NotPermitted', { permission: 'intake.read' })
  const row = await findOriginal(ctx.db, ctx.organizationId, id)
  if (!row) throw platformProblem('NotFound')
  if (!SHOWN.has(row.state)) throw intakeProblem('MessageNotShown')
  const { text, charset } = decode(openOriginal(ctx.sealer, ctx.organizationId, row.sealed, row.size_bytes))
  const lines = pretty(row, text)
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== '')
  const detail = row.detail as IntakeDetail | null
  return {
    message: rowOf(ctx, row),
    lines: lines.slice(0, LINES_SHOWN).map((line) => ({
      text: line.slice(0, LINE_CHARACTERS),
      marked: row.format === 'hl7' ? markedIn(line, detail?.location) : null,
    })),
    shortened: lines.length > LINES_SHOWN || lines.some((line) => line.length > LINE_CHARACTERS),
    charset,
    issues: (detail?.issues ?? []).map((issue) => ({ text: textOf(ctx, issue), place: issue.expression ?? '' })),
    can: {
      retry:
        ctx.actor.permissions.has('intake.match') &&
        row.format !== 'bytes' &&
        row.state !== 'needs-person' &&
        row.state !== 'received',
    },
  }
}

function pretty(row: MessageLine, text: string): string {
  if (row.format !== 'fhir' && row.format !== 'table') return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** Where in its line the fault lies: the field named, or the whole segment. */
function markedIn(line: string, location: IntakeDetail['location']): [number, number] | null {
  if (!location || !line.startsWith(location.segment)) return null
  const sign = line[3] ?? '|'
  // MSH-1 is the sign itself, so its fields count one less.
  const field =
    location.field === undefined ? undefined : location.segment === 'MSH' ? location.field - 1 : location.field
  if (field === undefined) return [0, Math.min(line.length, LINE_CHARACTERS)]
  let from = 0
  for (let count = 0; count < field && from >= 0; count++) from = line.indexOf(sign, from) + 1 || -1
  if (from <= 0) return [0, 3]
  const end = line.indexOf(sign, from)
  return [from, Math.max(from + 1, end < 0 ? line.length : end)]
}

/** @throws Problem MessageNotTroubled */
export async function retry(ctx: WriteContext, id: string): Promise<Record<string, never>> {
  if (!(await readMessageAgain(ctx.tx, ctx.organizationId, id))) throw intakeProblem('MessageNotTroubled')
  return {}
}

export async function retryAllFailed(ctx: WriteContext): Promise<{ count: number }> {
  const count = await readFailedAgain(ctx.tx, ctx.organizationId)
  ctx.audit.detail = { count }
  return { count }
}
