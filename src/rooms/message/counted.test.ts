import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { setMyReading } from './contract/own.ts'
import type { TemplateDefinitionInput } from './contract/template.ts'
import { aPatient, aTemplate, keepingTransport, mailingBy, mailRow, publish, setWebAddress } from './sample.ts'
import { sendDue, sendMessage } from './server/index.ts'

const house = await aHouse()
const BUTTON = { subject: '健康小报', text: '{{ greeting }}', button: '去看看' }

beforeAll(() => setWebAddress(house, 'https://p.example'))

/** What leaves for a person who is sent a template. */
async function mailTo(patientId: string, over: Partial<TemplateDefinitionInput>) {
  const template = await publish(house, aTemplate({ zh: BUTTON, en: BUTTON, ...over }))
  await house.write((ctx) => sendMessage(ctx, { patientId, template, touch: template, values: {} }))
  const { mails, transport } = keepingTransport()
  await sendDue(mailingBy(house.house, transport), house.tenant)
  const row = await mailRow(house, patientId)
  return { html: mails[0]!.html ?? '', text: mails[0]!.text, counts: row.counts_reading, state: row.state }
}

describe('a mail that counts its reading', () => {
  test('leads by us in its HTML, carries a picture, and leaves its plain text and its way out as they are', async () => {
    const { html, text, counts, state } = await mailTo(await aPatient(house), { countsReading: true })
    expect({ counts, state }).toEqual({ counts: true, state: 'accepted' })
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&#38;', '&'))
    expect(links.map((link) => link.replace(/t=.*/, 't=').replace(/\/u\/.*/, '/u/'))).toEqual([
      'https://p.example/api/l?t=',
      'https://p.example/api/u/',
      'https://p.example/api/l?t=',
    ])
    expect(html).toMatch(/<img src="https:\/\/p\.example\/api\/o\?t=[^"]+"/)
    expect(text).not.toContain('/api/l?')
    expect(text).toContain('https://p.example')
  })

  test('is none where its template does not say so', async () => {
    const { html, counts } = await mailTo(await aPatient(house), {})
    expect(counts).toBe(false)
    expect(html).not.toMatch(/\/api\/[lo]\?|<img/)
  })

  test('is none for whoever does not want that', async () => {
    const patientId = await aPatient(house)
    await (await house.asPatient(patientId)).call(setMyReading, { body: { countsReading: false } })
    const { html, counts } = await mailTo(patientId, { countsReading: true })
    expect(counts).toBe(false)
    expect(html).not.toMatch(/\/api\/[lo]\?|<img/)
  })
})
