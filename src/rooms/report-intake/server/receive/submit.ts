import type { Readable } from 'node:stream'
import type { WriteContext } from '../../../../platform/context/context.ts'
import type { Call, Stream } from '../../../../platform/context/room.ts'
import { intakeProblem } from '../../contract/problems.ts'
import { SUBMIT_MEGABYTES } from '../../contract/submit.ts'
import { operationOutcome, readBundleBytes } from '../fhir/read-bundle.ts'
import { plainText } from '../plain-text.ts'
import { findRules, ruleFor } from '../source-rule.ts'
import { FrameCutter } from '../wire/mllp-frames.ts'
import { openFrame, receiveFrame } from './hl7.ts'
import { keepReceived } from './keep.ts'
import type { IntakeDetail, Received } from './received.ts'

/** Keeps the messages of a request in its transaction; the answer leaves after the commit. @throws Problem Submission… */
export async function submitHl7(ctx: WriteContext, call: Call): Promise<Stream> {
  const bytes = await bodyOf(call)
  const rules = await findRules(ctx.tx, ctx.organizationId)
  const taken = messagesIn(bytes).map((one) => {
    const incoming = openFrame(one, call.address)
    return receiveFrame(call.house, incoming, {
      organizationId: ctx.organizationId,
      rule: ruleFor(rules, incoming.sender),
      channel: 'http-hl7',
    })
  })
  await keepReceived(
    ctx.tx,
    ctx.sealer,
    ctx.organizationId,
    taken.map((one) => one.row),
    ctx.clock.now(),
  )
  ctx.audit.detail = { messages: taken.length }
  return { stream: Buffer.concat(taken.map((one) => one.answer)), media: 'application/hl7-v2' }
}

/** Framed messages one by one; a body without frames is one, however many headers it has: they share their answer. */
function messagesIn(bytes: Buffer): Buffer[] {
  if (!bytes.includes(0x0b)) return [bytes]
  const cutter = new FrameCutter(SUBMIT_MEGABYTES * 1024 * 1024)
  return [...cutter.push(bytes), ...cutter.end()].filter((cut) => cut.kind !== 'noise').map((cut) => cut.bytes)
}

/** Keeps a bundle and says what was read of it. What cannot be read is kept as well. @throws Problem Submission… */
export async function submitFhir(ctx: WriteContext, call: Call): Promise<Stream> {
  const bytes = await bodyOf(call)
  const outcome = readBundleBytes(bytes, { sourceSystem: ctx.actor.name, zone: ctx.tenant.timeZone })
  const isRefused = outcome.kind === 'refused'
  const [first] = outcome.issues
  const detail: IntakeDetail = isRefused && first ? { text: first.diagnostics } : {}
  const row: Received = {
    id: call.house.ids.next(),
    organizationId: ctx.organizationId,
    channel: 'fhir',
    format: 'fhir',
    source: plainText(ctx.actor.name),
    peer: call.address,
    messageType: 'Bundle',
    controlId: '',
    answer: isRefused ? '400' : '200',
    bytes,
    state: isRefused ? 'refused' : 'received',
    reason: isRefused ? 'fhir' : '',
    detail,
  }
  await keepReceived(ctx.tx, ctx.sealer, ctx.organizationId, [row], ctx.clock.now())
  ctx.audit.subjectId = row.id
  const language = ctx.locale === 'en' ? 'en' : 'zh'
  const issues = operationOutcome(outcome.issues, language)
  if (isRefused) call.setStatus(400)
  return {
    stream: Buffer.from(JSON.stringify(isRefused ? issues : transactionResponse(bytes, issues))),
    media: 'application/fhir+json; charset=utf-8',
  }
}

/** Each entry was accepted for filing: it is kept, and read in a moment. */
function transactionResponse(bytes: Buffer, issues: object): object {
  const sent = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, '')) as { entry?: unknown[]; type?: string }
  const entry = (Array.isArray(sent.entry) ? sent.entry : [sent]).map((_one, index) => ({
    response: { status: '202 Accepted', ...(index === 0 ? { outcome: issues } : {}) },
  }))
  return { resourceType: 'Bundle', type: sent.type === 'batch' ? 'batch-response' : 'transaction-response', entry }
}

async function bodyOf(call: Call): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of (call.stream ?? []) as Readable) {
    const chunk = Buffer.from(part as Buffer | string)
    size += chunk.length
    if (size > SUBMIT_MEGABYTES * 1024 * 1024)
      throw intakeProblem('SubmissionTooLarge', { megabytes: SUBMIT_MEGABYTES })
    parts.push(chunk)
  }
  const bytes = Buffer.concat(parts)
  if (bytes.toString('latin1', 0, 4096).trim() === '') throw intakeProblem('SubmissionEmpty')
  return bytes
}
