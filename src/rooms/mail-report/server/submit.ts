import type { WriteContext } from '../../../platform/context/context.ts'
import type { Call } from '../../../platform/context/room.ts'
import { REPORT_BYTES } from '../contract/mail-report.ts'
import { mailReportProblem } from '../contract/problems.ts'
import { takeReport } from './take.ts'

/** A report that the hospital's own mail server hands over. @throws Problem MailReportTooLong, MailReportEmpty */
export async function submitReport(ctx: WriteContext, to: string | undefined, call: Call) {
  const raw = await bodyOf(call)
  if (raw.length === 0) throw mailReportProblem('MailReportEmpty')
  const { id, state, isNew } = await takeReport(ctx, { raw, way: 'post', to: to ?? '' })
  ctx.audit.subjectId = id
  ctx.audit.detail = { state, isNew }
  return { id: id as never, state, isNew }
}

async function bodyOf({ stream }: Call): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream ?? []) {
    length += (chunk as Buffer).length
    if (length > REPORT_BYTES) throw mailReportProblem('MailReportTooLong')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}
