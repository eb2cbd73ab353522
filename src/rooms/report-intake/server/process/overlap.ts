import { hash as digest } from 'node:crypto'
import { sql } from 'kysely'
import type { WriteContext } from '../../../../platform/context/context.ts'
import type { IncomingReport, IncomingResult } from '../incoming.ts'
import type {} from '../table.ts'

interface Filing {
  intake: { row: { source: string } }
  report: IncomingReport
  identity: { sourceReportId: string }
}

/**
 * Leaves out results that bear an id of their source and stand in another report already, with the same content: FHIR
 * servers send an observation alone and again inside its report. A report of which nothing is left is not filed.
 */
export async function withoutFiledResults<F extends Filing>(ctx: WriteContext, filings: readonly F[]): Promise<F[]> {
  const all = filings.flatMap((filing) =>
    filing.report.results.flatMap((result) =>
      result.sourceResultId ? [{ filing, result, ...hashesOf(filing, result, filing.identity.sourceReportId) }] : [],
    ),
  )
  if (all.length === 0) return [...filings]
  const known = await knownResults(
    ctx,
    all.map((one) => one.key),
  )
  const dropped = new Set<IncomingResult>()
  const fresh = new Map<string, (typeof all)[number]>()
  for (const one of all) {
    const key = one.key.toString('hex')
    const before = known.get(key) ?? fresh.get(key)
    if (!before) fresh.set(key, one)
    else if (!before.reportKey.equals(one.reportKey) && before.content.equals(one.content)) dropped.add(one.result)
    else if (!before.content.equals(one.content)) fresh.set(key, one)
  }
  await noteResults(ctx, [...fresh.values()])
  return filings.flatMap((filing) => {
    const left = filing.report.results.filter((result) => !dropped.has(result))
    if (left.length === filing.report.results.length) return [filing]
    if (left.length === 0) return []
    filing.report = { ...filing.report, results: left }
    return [filing]
  })
}

interface Hashes {
  key: Buffer
  reportKey: Buffer
  content: Buffer
}

function hashesOf({ intake }: Filing, result: IncomingResult, reportKey: string): Hashes {
  const hash = (text: string) => Buffer.from(digest('sha256', text, 'hex').slice(0, 32), 'hex')
  const { sequence: _, panelName: __, ...content } = result
  return {
    key: hash(`${intake.row.source}\0${result.sourceResultId}`),
    reportKey: hash(reportKey),
    content: hash(JSON.stringify(content)),
  }
}

async function knownResults(ctx: WriteContext, keys: readonly Buffer[]): Promise<Map<string, Hashes>> {
  const { rows } = await sql<Hashes>`
    select result_key key, report_key "reportKey", content from filed_result
    where organization_id = ${ctx.organizationId} and result_key = any(${keys}::bytea[])`.execute(ctx.tx)
  return new Map(rows.map((row) => [row.key.toString('hex'), row]))
}

async function noteResults(ctx: WriteContext, results: readonly Hashes[]): Promise<void> {
  if (results.length === 0) return
  const sorted = results.toSorted((a, b) => Buffer.compare(a.key, b.key))
  await sql`
    insert into filed_result (organization_id, result_key, report_key, content)
    select ${ctx.organizationId}::uuid, k, r, c
    from unnest(${sorted.map((one) => one.key)}::bytea[], ${sorted.map((one) => one.reportKey)}::bytea[], ${sorted.map((one) => one.content)}::bytea[]) t (k, r, c)
    on conflict (organization_id, result_key) do update set report_key = excluded.report_key, content = excluded.content`.execute(
    ctx.tx,
  )
}
