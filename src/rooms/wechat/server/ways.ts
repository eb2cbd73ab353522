import type { ReadContext } from '../../../platform/context/context.ts'
import { isStandIn } from '../../../platform/stand-in.ts'
import type { FieldSpec } from '../../../platform/wechat/fields.ts'
import { KIND_OF, TEXT_CHANNELS, type TemplateChannel, type WeChatChannel } from '../contract/words.ts'
import { findAccounts } from './account-store.ts'
import { appOf } from './open-account.ts'
import { findTemplates } from './template-store.ts'

/** What can be sent at this moment, by which accounts and templates. */
export interface WeChatWays {
  /** Accounts that are on: by which one each channel goes. */
  appsOf(channel: WeChatChannel): string[]
  /** Undefined: it was never entered, or its account is off. */
  template(channel: TemplateChannel, templateId: string): PlatformWay | undefined
}

export interface PlatformWay {
  app: string
  templateId: string
  spec: FieldSpec
  /** The platform has refused it for everybody; nobody has mended it yet. */
  broken: boolean
}

export async function wechatWays(ctx: Pick<ReadContext, 'db' | 'organizationId'>): Promise<WeChatWays> {
  const accounts = (await findAccounts(ctx.db, ctx.organizationId)).filter(({ active }) => active)
  const byId = new Map(accounts.map((row) => [row.id, row]))
  const templates = await findTemplates(ctx.db, ctx.organizationId)
  return {
    appsOf: (channel) => accounts.filter(({ kind }) => kind === KIND_OF[channel]).map(appOf),
    template: (channel, templateId) => {
      const row = templates.find(
        (one) => one.channel === channel && one.template_id === templateId && byId.has(one.account_id),
      )
      return (
        row && {
          app: appOf(byId.get(row.account_id)!),
          templateId,
          spec: specOf(row.fields),
          broken: row.fault_code !== null,
        }
      )
    },
  }
}

/** Which of the two has an account of a demonstration: what goes by it stays on this machine. */
export async function wechatStandIns(ctx: Pick<ReadContext, 'db' | 'organizationId'>): Promise<('wechat' | 'wecom')[]> {
  const accounts = await findAccounts(ctx.db, ctx.organizationId)
  const kinds = accounts.filter((row) => row.active && isStandIn(row.app_id)).map(({ kind }) => kind)
  return [
    ...(kinds.some((kind) => kind !== 'wecom') ? (['wechat'] as const) : []),
    ...(kinds.includes('wecom') ? (['wecom'] as const) : []),
  ]
}

export function specOf(fields: readonly { key: string; allowed: string[] }[]): FieldSpec {
  return Object.fromEntries(fields.map(({ key, allowed }) => [key, allowed.length > 0 ? { allowed } : {}]))
}

export function isTextChannel(channel: WeChatChannel): channel is (typeof TEXT_CHANNELS)[number] {
  return (TEXT_CHANNELS as readonly string[]).includes(channel)
}
