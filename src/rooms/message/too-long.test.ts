import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWeChat } from '../../apps/stand-ins/wechat/wechat.ts'
import type { Clock } from '../../platform/clock.ts'
import { aHouse } from '../../../test/house.ts'
import { assignCarers } from '../patient/server/index.ts'
import { setSmsAccount } from '../sms/contract/account.ts'
import { AGREED, SERVICE, TEMPLATES } from '../wechat/sample.ts'
import { addWeChatAccount } from '../wechat/contract/account.ts'
import { linkAccount, sendMessage, sendPush } from './server/index.ts'
import { getMessage, tryAgain } from './contract/message.ts'
import { previewTemplate, saveDraft, templateDefinition, type TemplateDefinitionInput } from './contract/template.ts'
import { aPatient, aTemplate, publish } from './sample.ts'

/** What becomes too long once it is filled: told when it is saved and looked at, and told to staff when it does not go. */
const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
const told = { service: { url: '', ...AGREED } }
const wechat = await startWeChat({ clock, ...SERVICE, templates: TEMPLATES, callback: told.service })
afterAll(() => wechat.close())
const house = await aHouse({ wechatUrls: { wechat: wechat.url } })
await house.app.listen({ host: '127.0.0.1', port: 0 })
const { port } = house.app.server.address() as { port: number }
const administrator = await house.as('system-administrator')
const editor = await house.as('content-editor')
const manager = await house.as('service-manager')

const CHAT_BYTES = 2000
const variables: TemplateDefinitionInput['variables'] = [
  { name: 'what', dataClass: 'plain', label: { zh: '事项', en: 'What' }, example: { zh: '复诊', en: 'A visit' } },
]
const byChat = (text: string, change: Partial<TemplateDefinitionInput> = {}): TemplateDefinitionInput => ({
  ...aTemplate(),
  purpose: 'service',
  channels: ['in-app'],
  ladder: ['wechat-chat'],
  variables,
  zh: { subject: '提醒', text: `{{ name }}，{{ what }}。${text}` },
  en: { subject: 'Reminder', text: '{{ name }}, {{ what }}' },
  ...change,
})
const warned = async (definition: TemplateDefinitionInput) => {
  const { warnings } = await editor.call(previewTemplate, { body: { definition } })
  const saved = await editor.call(saveDraft, {
    params: { code: definition.code },
    body: { definition, revision: null },
  })
  expect(saved.warnings, 'saved as it is looked at').toEqual(warnings)
  return warnings
}
const LONG = '慢'.repeat(640)

beforeAll(async () => {
  const secrets = { secret: SERVICE.secret, token: AGREED.token, aesKey: AGREED.encodingAesKey }
  const service = await administrator.call(addWeChatAccount, {
    body: { kind: 'service', name: '服务号', appId: SERVICE.appId, ...secrets },
  })
  told.service.url = `http://127.0.0.1:${port}${new URL(service.callback).pathname}`
  await administrator.call(setSmsAccount, {
    body: {
      provider: 'aliyun',
      keyId: 'LTAI-test-key',
      keySecret: 'a secret of the account',
      signName: '和康体检',
      version: null,
    },
  })
})

describe('when it is saved', () => {
  test('short words are not warned of', async () => {
    expect(await warned(byChat('请早点来。'))).toEqual([])
  })

  test('what fits the example and not the longest values is told with its characters, and forbids nothing', async () => {
    const [one, ...others] = await warned(byChat(LONG))
    expect(others).toEqual([])
    expect(one).toMatchObject({ channel: 'wechat-chat', language: 'zh', kind: 'too-long', always: false, alone: true })
    expect(one!.over).toBeGreaterThan(0)
    await publish(house, byChat(LONG))
  })

  test('so many characters fewer, and it is warned of no more', async () => {
    const [one] = await warned(byChat(LONG))
    expect(await warned(byChat(LONG.slice(one!.over)))).toEqual([])
    expect(await warned(byChat(LONG.slice(one!.over - 1)))).toMatchObject([{ over: 1 }])
  })

  test('what is too long with the example already is too long for everybody', async () => {
    expect(await warned(byChat('慢'.repeat(700)))).toMatchObject([{ always: true, alone: true }])
  })

  test('where another way takes over, that is said', async () => {
    expect(await warned(byChat(LONG, { ladder: ['wechat-chat', 'email'] }))).toMatchObject([{ alone: false }])
  })

  test('values of a short message and how many it is paid as', async () => {
    const sms = (text: string) =>
      byChat('', {
        ladder: [],
        channels: ['sms'],
        sms: [{ provider: 'aliyun', code: 'SMS_1', text, values: { what: 'what' } }],
      })
    const short = { channel: 'sms', kind: 'too-long', what: 'what' }
    // Forty characters are plausible, thirty-five fit.
    expect(await warned(sms('请来${what}'))).toMatchObject([
      { ...short, over: 5, language: 'zh' },
      { ...short, over: 5, language: 'en' },
    ])
    const date = [{ ...variables[0]!, dataClass: 'date' as const }]
    expect(await warned({ ...sms('请来${what}'), variables: date })).toEqual([])
    expect(await warned({ ...sms(`请来\${what}${'请'.repeat(80)}`), variables: date })).toMatchObject([
      { kind: 'sms-segments', over: 2, always: true },
    ])
  })
})

test('when it does not go, staff are told by how much and where, and a shorter template goes', async () => {
  const code = await publish(house, byChat(LONG))
  const patientId = await aPatient(house)
  await house.write((ctx) => assignCarers(ctx, patientId as never, { managerId: manager.staffId as never }))
  await house.write((ctx) =>
    linkAccount(ctx, { app: `wechat:${SERVICE.appId}`, address: 'oLong', patientId, relation: 'self' }),
  )
  await wechat.does('oLong', { act: 'follow' })
  await house.settle()
  const what = '宽'.repeat(40)
  await house.write((ctx) =>
    sendMessage(ctx, { patientId: patientId as never, touch: 'long', template: code, values: { what } }),
  )
  await sendPush(house.house, house.tenant)
  const db = house.house.databases.of(house.tenant.id)
  const row = () => db.selectFrom('message').selectAll().where('channel', '=', 'wechat-chat').executeTakeFirstOrThrow()
  const { id, state, reason } = await row()
  expect({ state, reason }).toEqual({ state: 'failed', reason: 'too-long' })
  const { events } = await manager.call(getMessage, { params: { messageId: id as never } })
  const greeted = await db.selectFrom('patient').select('name').where('id', '=', patientId).executeTakeFirstOrThrow()
  const length = `${greeted.name}，${what}。${LONG}`.length
  expect(events.at(-1)!.saw).toEqual({ over: length - Math.floor(CHAT_BYTES / 3) })
  const shorter = templateDefinition.parse({ ...byChat('请早点来。'), code })
  await db
    .updateTable('message_template')
    .set({ definition: shorter as never })
    .where('code', '=', code)
    .execute()
  await manager.call(tryAgain, { params: { messageId: id as never } })
  await sendPush(house.house, house.tenant)
  expect(await row()).toMatchObject({ state: 'accepted' })
})
