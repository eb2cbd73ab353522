import type { WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { CompositionState } from '../contract/composition.ts'
import { reportProblem } from '../contract/problems.ts'
import { lockOpen, lockSeen } from './composition.ts'
import {
  CHIEF,
  keptParts,
  openState,
  partsOf,
  standingSignatures,
  wholeHash,
  type StandingSignature,
} from './composition-rules.ts'
import {
  findSignatures,
  findSigner,
  insertSignatures,
  updateComposition,
  type CompositionRow,
  type SignatureRow,
} from './composition-store.ts'
import type { FrozenFacts } from './content/facts.ts'
import { gather, gatherBoth } from './content/gather.ts'

/**
 * Signs parts as they were read: what has changed since is refused, what somebody else has signed too. The report is
 * locked, so that of two who sign at once the second is told whose name stands there.
 */
export async function signParts(ctx: WriteContext, id: string, asked: readonly { key: string; hash: string }[]) {
  const row = await lockOpen(ctx, id)
  const gathered = await gather(ctx, row.patient_id, row.exam_report_id, 'zh-CN')
  if (!gathered) throw reportProblem('NothingToPrint')
  const parts = partsOf(gathered.facts.sections)
  const rows = await findSignatures(ctx.db, ctx.organizationId, id)
  const standing = standingSignatures(rows)
  const fresh = asked.filter(({ key, hash }) => isToSign(ctx, { key, hash }, parts, standing))
  const signer = await signerOf(ctx)
  const added = fresh.map(({ key, hash }, at) =>
    signatureRow(ctx, id, rows.length + at + 1, { part: key, act: 'signed', hash, signer }),
  )
  await insertSignatures(ctx.tx, added)
  ctx.audit.detail = { parts: fresh.map(({ key }) => key) }
  return { signed: fresh.length, state: await keep(ctx, row, parts, [...rows, ...added]) }
}

function isToSign(
  ctx: WriteContext,
  { key, hash }: { key: string; hash: string },
  parts: ReturnType<typeof partsOf>,
  standing: ReadonlyMap<string, StandingSignature>,
): boolean {
  const part = parts.find((one) => one.key === key)
  if (!part) throw reportProblem('PartUnknown')
  if (part.hash !== hash) throw reportProblem('PartChanged', { part: part.title })
  const stands = standing.get(key)
  if (stands?.content_hash !== hash) return true
  if (stands.by_id !== ctx.actor.id)
    throw reportProblem('PartSignedAlready', { part: part.title, name: stands.by_name })
  return false
}

/** Takes back one's own signature: whoever erred says so, and the log keeps both. */
export async function takeBack(ctx: WriteContext, id: string, key: string) {
  const row = await lockOpen(ctx, id)
  const rows = await findSignatures(ctx.db, ctx.organizationId, id)
  const stands = standingSignatures(rows).get(key)
  if (!stands || stands.by_id !== ctx.actor.id) throw reportProblem('SignatureNotYours')
  const signer = await signerOf(ctx)
  const added = signatureRow(ctx, id, rows.length + 1, {
    part: key,
    act: 'taken-back',
    hash: stands.content_hash,
    signer,
  })
  await insertSignatures(ctx.tx, [added])
  ctx.audit.detail = { part: key }
  const gathered = await gather(ctx, row.patient_id, row.exam_report_id, 'zh-CN')
  return { state: await keep(ctx, row, partsOf(gathered?.facts.sections ?? []), [...rows, added]) }
}

/**
 * The chief examiner signs the whole as it was read. What the report says is kept as a file named by its content, and the
 * signature names that file: nothing of it can change from here on.
 */
export async function issue(
  ctx: WriteContext,
  house: House,
  id: string,
  hash: string,
): Promise<{ state: CompositionState }> {
  const row = await lockOpen(ctx, id)
  const gathered = await gatherBoth(ctx, row.patient_id, row.exam_report_id)
  if (!gathered) throw reportProblem('NothingToPrint')
  const parts = partsOf(gathered.facts['zh-CN'].sections)
  const rows = await findSignatures(ctx.db, ctx.organizationId, id)
  const kept = keptParts(parts, standingSignatures(rows))
  if (wholeHash(parts, row.conclusions, row.not_done) !== hash) throw platformProblem('ChangedMeanwhile')
  if (openState(kept) !== 'signed')
    throw reportProblem('PartsNotSigned', {
      parts: kept
        .filter(({ signed }) => !signed)
        .map(({ title }) => title)
        .join('、'),
    })
  const frozen: FrozenFacts = { format: 1, facts: gathered.facts }
  const file = await house.files.put(ctx.organizationId, Buffer.from(JSON.stringify(frozen)))
  const signer = await signerOf(ctx)
  await insertSignatures(ctx.tx, [
    signatureRow(ctx, id, rows.length + 1, { part: CHIEF, act: 'signed', hash: file.key, signer }),
  ])
  await updateComposition(ctx.tx, row, {
    state: 'issued',
    parts: JSON.stringify(kept),
    content_key: file.key,
    issued_by: ctx.actor.id,
    issued_by_name: signer.name,
    issued_by_title: signer.title,
    issued_at: ctx.clock.now(),
    issued_on: ctx.today,
  })
  if (row.before_id) await makeWay(ctx, row.before_id)
  ctx.audit.detail = { version: row.version, content: file.key }
  return { state: 'issued' }
}

/** The version before stands no longer; it is kept. */
async function makeWay(ctx: WriteContext, beforeId: string): Promise<void> {
  const before = await lockSeen(ctx, beforeId)
  if (before.state === 'issued') await updateComposition(ctx.tx, before, { state: 'amended' })
}

async function keep(
  ctx: WriteContext,
  row: CompositionRow,
  parts: ReturnType<typeof partsOf>,
  rows: readonly SignatureRow[],
): Promise<CompositionState> {
  const kept = keptParts(parts, standingSignatures(rows))
  const state = openState(kept)
  await updateComposition(ctx.tx, row, { parts: JSON.stringify(kept), state, changed_at: ctx.clock.now() })
  return state
}

async function signerOf(ctx: WriteContext): Promise<{ name: string; title: string }> {
  const staff = ctx.actor.id ? await findSigner(ctx.db, ctx.organizationId, ctx.actor.id) : undefined
  return { name: ctx.actor.name, title: staff?.title ?? '' }
}

function signatureRow(
  ctx: WriteContext,
  compositionId: string,
  number: number,
  given: { part: string; act: 'signed' | 'taken-back'; hash: string; signer: { name: string; title: string } },
): SignatureRow {
  return {
    organization_id: ctx.organizationId,
    composition_id: compositionId,
    number,
    part: given.part,
    act: given.act,
    content_hash: given.hash,
    by_id: ctx.actor.id!,
    by_name: given.signer.name,
    by_title: given.signer.title,
    at: ctx.clock.now(),
  }
}
