import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answerFrame } from './ack.ts'
import { parseFrame } from './parse.ts'
import { readFrame } from './read-message.ts'

const material = process.env.PEIBAN_MATERIAL
const folder = material ? join(material, 'hl7v2') : ''

type Row = { id: string; raw?: string; rawB64?: string }

/** Public messages of other projects, which the repository does not hold. */
function rows(): Row[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}

describe.skipIf(!material)('public messages', () => {
  it('each has one outcome for each of its messages, and an answer', () => {
    const table = new Map<string, number>()
    let withHeader = 0
    let settled = 0
    for (const row of rows()) {
      const bytes = row.raw === undefined ? Buffer.from(row.rawB64 ?? '', 'base64') : Buffer.from(row.raw)
      const frame = readFrame(bytes)
      const headers = bytes.toString('latin1').match(/(?:^|[\r\n]|\ufeff|\u00bf)MSH./g)?.length ?? 0
      expect(frame.messages, row.id).toHaveLength(Math.max(headers, 1))
      const acks = parseFrame(answerFrame(frame, { nextId: () => 'A1', at: new Date(0), mode: 'original' }).toString())
      expect(acks, row.id).toHaveLength(frame.messages.length)
      for (const [index, { outcome, type, controlId, message }] of frame.messages.entries()) {
        expect(acks[index]?.segments[1]?.text(2), row.id).toBe(controlId)
        const said = outcome.kind === 'refused' ? outcome.code : outcome.kind === 'set-aside' ? outcome.reason : ''
        const key = `${type.padEnd(16)} ${outcome.kind} ${said}`
        table.set(key, (table.get(key) ?? 0) + 1)
        if (!message) continue
        withHeader++
        if (said !== 'unreadable') settled++
      }
    }
    console.log(
      [...table]
        .sort()
        .map(([key, count]) => `${String(count).padStart(5)}  ${key}`)
        .join('\n'),
    )
    expect(withHeader).toBeGreaterThan(900)
    expect(settled / withHeader).toBeGreaterThanOrEqual(0.97)
  })

  it('loses no result: every OBX of a message with reports is in one of them', () => {
    for (const row of rows()) {
      if (row.raw === undefined) continue
      for (const { outcome, message } of readFrame(Buffer.from(row.raw)).messages) {
        if (outcome.kind !== 'reports' || !message || message.header.raw(9).startsWith('MDM')) continue
        const sent = message.segments.filter((segment) => segment.name === 'OBX').length
        const read = outcome.reports.reduce((count, report) => count + report.results.length, 0)
        expect(read, row.id).toBe(sent)
        for (const report of outcome.reports) expect(report.sourceReportId, row.id).not.toBe('')
      }
    }
  })
})
