import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'
import { wechatAccountId } from './words.ts'

/** What a press does: a page of ours, a page of a mini-program. What only answers with words is not offered: nobody would answer. */
export const MENU_TARGETS = ['view', 'mini'] as const

const button = z.strictObject({
  name: z.string().trim().max(80),
  target: z.enum(MENU_TARGETS).default('view'),
  /** The page; with a mini-program, where phones go that are too old for it. */
  url: z.string().trim().max(1500).default(''),
  appId: z.string().trim().max(40).default(''),
  page: z.string().trim().max(200).default(''),
})
export type MenuItem = z.infer<typeof button>

/** With buttons below it, it only opens them. One more of each than WeChat takes, so that what is too much can be said. */
export const menuDraft = z.array(button.extend({ below: z.array(button).max(6).default([]) })).max(4)
export type MenuDraft = z.infer<typeof menuDraft>

export const MENU_FAULTS = [
  'empty',
  'too-many',
  'too-many-below',
  'name-missing',
  'name-long',
  'url-missing',
  'url-unfit',
  'url-long',
  'app-unfit',
  'page-missing',
] as const

/** What WeChat would refuse, at its button: `1` is the second, `1.0` the first below it, '' the whole. */
export const menuFault = z.object({ at: z.string(), kind: z.enum(MENU_FAULTS) })
export type MenuFault = z.infer<typeof menuFault>

const ofAccount = z.object({ accountId: wechatAccountId })
const gate = (action: string) => ({
  permission: 'integration.configure' as const,
  audit: { action, subject: 'accountId' },
})

const menuView = z.object({
  /** 0: nothing has been drafted. */
  version: z.number().int(),
  draft: menuDraft,
  faults: z.array(menuFault),
  /** What followers see since then, as far as it was published from here. */
  published: z.object({ at: z.string(), by: z.string(), isDraft: z.boolean() }).nullable(),
  /** The hospital's own pages for patients, to be put behind a button. */
  ownPages: z.string(),
})
export type MenuView = z.infer<typeof menuView>

export const readMenu = endpoint({
  name: 'wechat.readMenu',
  method: 'GET',
  path: '/wechat-accounts/:accountId/menu',
  summary:
    'The menu of a service account as it is drafted, what WeChat would refuse of it, and whether followers see it',
  gate: { permission: 'integration.configure', audit: { none: 'says nothing of a patient' } },
  params: ofAccount,
  output: menuView,
  problems: ['WeChatNotService'],
})

export const saveMenu = endpoint({
  name: 'wechat.saveMenu',
  method: 'PUT',
  path: '/wechat-accounts/:accountId/menu',
  summary: 'Keep a draft of the menu, finished or not; followers see nothing of it',
  gate: gate('wechat.save-menu'),
  params: ofAccount,
  body: z.object({ draft: menuDraft, version: z.number().int() }),
  output: menuView,
  problems: ['WeChatNotService', 'WeChatChangedMeanwhile'],
})

export const publishMenu = endpoint({
  name: 'wechat.publishMenu',
  method: 'POST',
  path: '/wechat-accounts/:accountId/menu/publication',
  summary: 'Put the draft in the place of the menu that followers see',
  gate: gate('wechat.publish-menu'),
  params: ofAccount,
  body: z.object({ version: z.number().int() }),
  output: menuView,
  problems: [
    'WeChatNotService',
    'WeChatChangedMeanwhile',
    'WeChatMenuUnfit',
    'WeChatPlatformRefused',
    'WeChatUnreachable',
  ],
})

export const withdrawMenu = endpoint({
  name: 'wechat.withdrawMenu',
  method: 'DELETE',
  path: '/wechat-accounts/:accountId/menu/publication',
  summary: 'Take the menu away from followers; the draft stays',
  gate: gate('wechat.withdraw-menu'),
  params: ofAccount,
  output: menuView,
  problems: ['WeChatNotService', 'WeChatPlatformRefused', 'WeChatUnreachable'],
})
