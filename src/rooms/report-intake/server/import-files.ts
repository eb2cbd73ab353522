import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import type { Tenant } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import { plainText } from './plain-text.ts'
import { openFrame, receiveFrame } from './receive/hl7.ts'
import { keepReceived } from './receive/keep.ts'
import type { Received } from './receive/received.ts'
import { findRules, ruleFor } from './source-rule.ts'
import { FrameCutter } from './wire/mllp-frames.ts'

export interface Imported {
  /** Messages and bundles that were kept; they are read by the worker, or by `processIntake`. */
  messages: number
  /** Files that are of no known kind. */
  unknown: string[]
}

const ROWS = 50
const LIMIT_BYTES = 64 * 1024 * 1024

/**
 * Keeps what stands in files: HL7 v2 text (.hl7 .txt .dat, framed or not, several messages after one another), FHIR bundles (.json, .ndjson,
 * one a line), each also gzipped. A file that names people who are not known has them registered if their identity is complete.
 */
export async function importFiles(house: House, tenant: Tenant, files: readonly string[]): Promise<Imported> {
  const imported: Imported = { messages: 0, unknown: [] }
  const rules = await findRules(house.databases.of(tenant.id), tenant.id)
  for (const file of files) {
    const kind = kindOf(file)
    if (!kind) imported.unknown.push(file)
    let batch: Received[] = []
    const flush = async (): Promise<void> => {
      await keepReceived(house.databases.of(tenant.id), house.sealer, tenant.id, batch, house.clock.now())
      imported.messages += batch.length
      batch = []
    }
    const pieces =
      kind === 'fhir-lines' ? linesOf(file) : kind === 'fhir' ? wholeOf(file) : kind === 'hl7' ? messagesOf(file) : []
    for await (const bytes of pieces) {
      batch.push(kind === 'hl7' ? hl7Row(bytes) : fhirRow(bytes, file))
      if (batch.length >= ROWS) await flush()
    }
    await flush()
  }
  return imported

  function hl7Row(bytes: Buffer): Received {
    const incoming = openFrame(bytes, '')
    return receiveFrame(house, incoming, {
      organizationId: tenant.id,
      rule: ruleFor(rules, incoming.sender),
      channel: 'command',
    }).row
  }
  function fhirRow(bytes: Buffer, file: string): Received {
    return {
      id: house.ids.next(),
      organizationId: tenant.id,
      channel: 'command',
      format: 'fhir',
      source: 'import',
      peer: plainText(basename(file)).slice(0, 200),
      messageType: 'Bundle',
      controlId: '',
      answer: '',
      bytes,
      state: 'received',
      reason: '',
      detail: null,
    }
  }
}

function kindOf(file: string): 'hl7' | 'fhir' | 'fhir-lines' | undefined {
  const name = file.toLowerCase().replace(/\.gz$/, '')
  if (/\.(ndjson|jsonl)$/.test(name)) return 'fhir-lines'
  if (name.endsWith('.json')) return 'fhir'
  return /\.(hl7|txt|dat|msg)$/.test(name) ? 'hl7' : undefined
}

function streamOf(file: string): NodeJS.ReadableStream {
  const stream = createReadStream(file)
  return file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream
}

async function* linesOf(file: string): AsyncGenerator<Buffer> {
  for await (const line of createInterface({ input: streamOf(file), crlfDelay: Infinity }))
    if (line.trim() !== '') yield Buffer.from(line)
}

async function* wholeOf(file: string): AsyncGenerator<Buffer> {
  if (!file.endsWith('.gz')) return yield await readFile(file)
  const parts: Buffer[] = []
  for await (const part of streamOf(file)) parts.push(part as Buffer)
  yield Buffer.concat(parts)
}

/** Framed messages one by one; a file without frames is cut at each header. */
async function* messagesOf(file: string): AsyncGenerator<Buffer> {
  const parts: Buffer[] = []
  for await (const part of streamOf(file)) parts.push(part as Buffer)
  const bytes = Buffer.concat(parts)
  if (bytes.includes(0x0b)) {
    const cutter = new FrameCutter(LIMIT_BYTES)
    for (const cut of [...cutter.push(bytes), ...cutter.end()]) if (cut.kind !== 'noise') yield cut.bytes
    return
  }
  let start = 0
  for (let next = headerAfter(bytes, 3); next >= 0; next = headerAfter(bytes, next + 3)) {
    yield bytes.subarray(start, next)
    start = next
  }
  if (bytes.subarray(start).toString('latin1').trim() !== '') yield bytes.subarray(start)
}

/** The next line that begins with a header segment. */
function headerAfter(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf('MSH', from); at >= 0; at = bytes.indexOf('MSH', at + 3))
    if (bytes[at - 1] === 0x0d || bytes[at - 1] === 0x0a) return at
  return -1
}
