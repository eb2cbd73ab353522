import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { startWeCom } from '../../apps/stand-ins/wechat/wecom.ts'
import { travellingClock } from '../clock.ts'
import { readCallback } from '../wechat/callback.ts'
import { readXml, writeXml } from '../wechat/xml.ts'
import { wecomEventOf, type WeComEvent } from './events.ts'

const clock = travellingClock('2026-03-02T02:00:00Z')
const account = {
  token: 'agreed',
  receiver: 'ww0123456789abcdef',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}

test('what happens between staff and customers arrives, encrypted', async () => {
  const events: WeComEvent[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      const query = Object.fromEntries(new URL(request.url!, 'http://x').searchParams)
      const read = readCallback(account, { method: request.method!, query, body, now: clock.now() })
      if (read.kind === 'message') events.push(wecomEventOf(read.message))
      response.statusCode = read.kind === 'refused' ? 403 : 200
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wecom?organization=1`
  const wecom = await startWeCom({
    clock,
    corpId: account.receiver,
    agentId: 1,
    secret: 's',
    staff: ['wang'],
    callback: { url, token: account.token, encodingAesKey: account.encodingAesKey },
  })
  const welcomeCode = await wecom.adds('wm1', 'wang')
  await wecom.parts('wm1', 'wang', 'customer')
  await wecom.parts('wm1', 'wang', 'staff')
  await wecom.close()
  server.close()
  expect(events.map(({ key: _key, ...event }) => event)).toEqual(
    [
      { kind: 'contact-added', state: '', welcomeCode, isHalf: false },
      { kind: 'contact-removed-by-customer' },
      { kind: 'contact-removed-by-staff' },
    ].map((event) => ({ staffUserId: 'wang', externalId: 'wm1', at: clock.now(), ...event })),
  )
  expect(new Set(events.map(({ key }) => key)).size).toBe(3)
})

test.each([
  ['change_external_contact', 'add_half_external_contact', { kind: 'contact-added', isHalf: true }],
  ['change_external_contact', 'edit_external_contact', { kind: 'contact-changed' }],
  ['change_external_contact', 'msg_audit_approved', { kind: 'archive-agreed' }],
  ['change_external_contact', 'transfer_fail', { kind: 'other', name: 'transfer_fail' }],
  ['change_external_tag', 'create', { kind: 'other', name: 'change_external_tag' }],
])('%s %s', (Event, ChangeType, expected) => {
  const message = readXml(writeXml({ MsgType: 'event', Event, ChangeType, CreateTime: 1_772_416_800, UserID: 'wang' }))
  expect(wecomEventOf(message)).toMatchObject({ ...expected, at: clock.now() })
})
