import { dateIn } from '../../platform/clock.ts'
import { systemActor, type Tenant } from '../../platform/context/context.ts'
import { readContext, write, type House } from '../../platform/context/house.ts'
import { publishTemplate, saveDraft, type TemplateDefinitionInput } from '../../rooms/message/contract/template.ts'
import { inviteFor } from '../../rooms/family/contract/staff.ts'
import { linkAccount, linkedAccounts } from '../../rooms/message/server/index.ts'
import { getSmsAccount, setSmsAccount } from '../../rooms/sms/contract/account.ts'
import type { Role } from '../../rooms/staff/contract/permissions.ts'
import { staffInRole } from '../../rooms/staff/server/index.ts'
import { addWeChatAccount, listWeChatAccounts, setWeComStaff } from '../../rooms/wechat/contract/account.ts'
import { putPlatformTemplate } from '../../rooms/wechat/contract/template.ts'
import content from './content/stand-ins.json' with { type: 'json' }
import story from './content/story.json' with { type: 'json' }
import type { Cast, Player } from './play.ts'
import { customerOf } from './story.ts'

/** Ids that no provider gives out (platform/stand-in.ts), and secrets that open nothing. */
const SECRET = 'stays-on-this-machine'
export const STAND_IN_SMS = { keyId: 'StandInOfTheDemonstration', keySecret: SECRET }
export const STAND_IN_WECHAT = { appId: 'wxStandInDemo', secret: SECRET }
export const STAND_IN_WECOM = { corpId: 'wwStandInDemo', agentId: 1_000_002, secret: SECRET }
export const AGREED = { token: 'standin1', encodingAesKey: 'StandInOfTheDemonstration0123456789ABCDEFGH' }
export const STAFF_USER = 'standin-manager'

const WECHAT_APP = `wechat:${STAND_IN_WECHAT.appId}`
const WECOM_APP = `wecom:${STAND_IN_WECOM.corpId}`
/** So many people of one manager are known there; the first half by WeChat, the last half by WeCom. */
const KNOWN = 6

export interface Stage {
  house: House
  tenant: Tenant
  cast: Cast
}

async function inRole({ house, tenant, cast }: Stage, role: Role): Promise<Player | undefined> {
  const who = { tenant, actor: systemActor(tenant.id, 'demo/stand-ins') }
  const [first] = await staffInRole(readContext(house, who), role)
  return first && cast.staff({ ...first, roles: [role] })
}

/** Where the rooms want to be told, by path; undefined for what has no account of a stand-in. */
export interface Callbacks {
  receipts?: string
  replies?: string
  wechat?: string
  wecom?: string
}

export async function callbacksOf(stage: Stage): Promise<Callbacks> {
  const administrator = await inRole(stage, 'system-administrator')
  if (!administrator) return {}
  const { account } = await administrator.does(getSmsAccount)
  const { rows } = await administrator.does(listWeChatAccounts)
  const pathOf = (url: string) => new URL(url).pathname
  const found: Callbacks = {}
  if (account?.standIn) {
    found.receipts = pathOf(account.callbacks.receipts)
    found.replies = pathOf(account.callbacks.replies)
  }
  for (const row of rows)
    if (row.standIn && row.kind !== 'mini') found[row.kind === 'wecom' ? 'wecom' : 'wechat'] = pathOf(row.callback)
  return found
}

/**
 * Gives the demonstration accounts at the stand-ins, templates that go by them, and people who are known there: by the
 * endpoints, as its staff would. Where somebody has entered an account of their own, nothing is touched.
 * @returns whether it was done now
 */
export async function furnishStandIns(stage: Stage): Promise<boolean> {
  const administrator = await inRole(stage, 'system-administrator')
  if (!administrator) return false
  const { account } = await administrator.does(getSmsAccount)
  const { rows } = await administrator.does(listWeChatAccounts)
  if (account || rows.length > 0) return false
  await administrator.does(setSmsAccount, {
    body: {
      provider: 'aliyun',
      ...STAND_IN_SMS,
      signName: content.sign,
      codeTemplate: content.code.code,
      codeText: content.code.text,
      version: null,
    },
  })
  const agreed = { token: AGREED.token, aesKey: AGREED.encodingAesKey }
  const service = await administrator.does(addWeChatAccount, {
    body: { kind: 'service', name: content.names.service, ...STAND_IN_WECHAT, ...agreed },
  })
  const { templateId, title, fields } = content.wechat
  await administrator.does(putPlatformTemplate, {
    params: { accountId: service.id, templateId },
    body: { channel: 'wechat-template', title, fields },
  })
  const { corpId, agentId, secret } = STAND_IN_WECOM
  const wecom = await administrator.does(addWeChatAccount, {
    body: {
      kind: 'wecom',
      name: content.names.wecom,
      appId: corpId,
      agentId,
      secret,
      ...agreed,
      welcome: content.welcome,
    },
  })
  const known = await knownPeople(stage)
  const [first] = known
  if (first)
    await administrator.does(setWeComStaff, {
      params: { accountId: wecom.id },
      body: { rows: [{ userId: STAFF_USER, staffId: first.manager_id as never }] },
    })
  await publishTemplates(stage)
  await tie(stage, known)
  await relativeLetIn(stage)
  return true
}

/** The customer of the story lets her daughter in, on the phone: from now on codes can be sent. */
async function relativeLetIn(stage: Stage): Promise<void> {
  const ctx = readContext(stage.house, { tenant: stage.tenant, actor: systemActor(stage.tenant.id, 'demo/stand-ins') })
  const customer = await customerOf(ctx)
  const manager = (await staffInRole(ctx, 'service-manager')).find(({ id }) => id === customer?.manager_id)
  if (!customer || !manager) return
  const { word, ...relative } = story.relative
  await stage.cast.staff({ ...manager, roles: ['service-manager'] }).does(inviteFor, {
    params: { patientId: customer.id as never },
    body: { ...relative, word } as never,
  })
}

/** Drafted by one, published by another, like all templates. */
async function publishTemplates(stage: Stage): Promise<void> {
  const editor = await inRole(stage, 'content-editor')
  const reviewer = await inRole(stage, 'medical-reviewer')
  if (!editor || !reviewer) return
  const { sms, wechat, values, variable } = content
  for (const template of content.templates) {
    const definition = {
      ...template,
      purpose: 'service',
      byHand: true,
      // It answers what was just agreed on by phone, so that the limits of the day do not hide it from whoever tries.
      answers: true,
      variables: [{ ...variable, dataClass: 'date' }],
      sms: [{ provider: 'aliyun', code: sms.code, text: sms.text, values: { name: 'name', day: 'day' } }],
      wechat: template.channels.includes('sms')
        ? []
        : [{ channel: 'wechat-template', templateId: wechat.templateId, values }],
    } as unknown as TemplateDefinitionInput
    const params = { code: template.code }
    const { revision } = await editor.does(saveDraft, { params, body: { definition, revision: null } })
    await reviewer.does(publishTemplate, { params, body: { revision } })
  }
}

interface KnownPerson {
  id: string
  manager_id: string
}

/** Grown-up customers of one manager, who have a phone: the same each time. */
async function knownPeople({ house, tenant }: Stage): Promise<KnownPerson[]> {
  const day = dateIn(new Date(house.clock.now().getTime() - 30 * 365 * 86_400_000), tenant.timeZone)
  const people = house.databases
    .of(tenant.id)
    .selectFrom('patient')
    .select(['id', 'manager_id'])
    .where('organization_id', '=', tenant.id)
    .where('state', '=', 'active')
    .where('birth_date', '<', day)
    .where('phone_sealed', 'is not', null)
    .where('manager_id', 'is not', null)
    .orderBy('id')
    .$narrowType<{ manager_id: string }>()
  const first = await people.limit(1).executeTakeFirst()
  return first ? people.where('manager_id', '=', first.manager_id).limit(KNOWN).execute() : []
}

async function tie({ house, tenant }: Stage, known: readonly KnownPerson[]): Promise<void> {
  const half = Math.ceil(KNOWN / 2)
  await write(house, { tenant, actor: systemActor(tenant.id, 'demo/stand-ins') }, async (ctx) => {
    for (const [at, { id }] of known.entries()) {
      const [app, prefix] = at < half ? [WECHAT_APP, 'o'] : [WECOM_APP, 'wm']
      const address = `${prefix}StandIn${id.replaceAll('-', '').slice(-12)}`
      await linkAccount(ctx, { app, address, patientId: id, relation: 'self' })
    }
  })
}

/** Who is known at the stand-ins, by their addresses there. */
export async function peopleThere({ house, tenant }: Stage) {
  const ctx = readContext(house, { tenant, actor: systemActor(tenant.id, 'demo/stand-ins') })
  return { wechat: await linkedAccounts(ctx, WECHAT_APP), wecom: await linkedAccounts(ctx, WECOM_APP) }
}
