import { z } from 'zod'
import { bilingual, calendarDate, endpoint, staffId } from '../../../platform/contract/index.ts'
import { SMS_PROVIDERS } from '../../../platform/sms/provider.ts'
import { templateChannel } from '../../wechat/contract/words.ts'
import { block, BLOCKS_MAX } from './block.ts'
import { templateWarning } from './template-warning.ts'
import { topic } from './topic.ts'
import { channel, dataClass, purpose, relativesReached, templateCode } from './words.ts'

/** One language of a template; each part is Liquid. Without `html` the mail is made from the text. */
export const templateTexts = z.strictObject({
  subject: z.string().trim().min(1).max(120),
  text: z.string().trim().min(1).max(12_000),
  html: z.string().trim().max(120_000).default(''),
  /** The word on the button that leads to the person's own pages; empty: no button. */
  button: z.string().trim().max(24).default(''),
})
export type TemplateTexts = z.infer<typeof templateTexts>

/** What a provider of short messages has approved for this template, and what fills it. */
export const smsTexts = z.strictObject({
  provider: z.enum(SMS_PROVIDERS),
  /** Its number at the provider. */
  code: z.string().trim().min(1).max(40),
  /** Word for word as approved: `${name}` with Aliyun, `{1}` with Tencent. */
  text: z.string().trim().min(1).max(500),
  /** By the provider's variable: one of the template's own variables or a built-in one. */
  values: z.record(z.string().max(20), z.string().max(40)).default({}),
})

/** A template that WeChat has approved, and what fills its fields. */
export const wechatTexts = z.strictObject({
  channel: templateChannel,
  /** Its number at the platform, as entered among the accounts. */
  templateId: z.string().trim().min(1).max(64),
  /** By field: words, or Liquid over the template's own variables and the built-in ones. */
  values: z.record(z.string().max(30), z.string().trim().max(200)).default({}),
  /** Of the mini-program, where the card leads. */
  page: z.string().trim().max(200).default(''),
})

export const templateVariable = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/),
  dataClass,
  label: bilingual,
  /** For the preview: a fictitious person. */
  example: bilingual,
  /** A value that is missing leaves its place empty instead of failing the message. */
  optional: z.boolean().default(false),
})

/** One version of a template. */
export const templateDefinition = z.strictObject({
  code: templateCode,
  name: bilingual,
  /** When it is sent, in one sentence, for those who keep it. */
  occasion: bilingual,
  purpose,
  /** What it is about, in the words in which people refuse it; without one: `topicOf`. */
  topic: topic.optional(),
  channels: z.array(channel).min(1).max(8),
  /** Also outside of the message hours and beyond the daily limit: for what cannot wait until the morning. */
  urgent: z.boolean().default(false),
  /** Answers what the person has just asked for or done, so it does not count against the limits. */
  answers: z.boolean().default(false),
  /** A good wish: nobody gets it in hospital, in a crisis, or with an important abnormal result open (S0-42). */
  greeting: z.boolean().default(false),
  /** Asks what somebody thinks of us: as a good wish, and nobody gets it while a complaint of theirs is open (S3-24). */
  opinion: z.boolean().optional(),
  /** A mail of it counts whether it is looked at and followed (room readership); not for what is clinical. */
  countsReading: z.boolean().default(false),
  /** Staff may send it by hand from a person's page. */
  byHand: z.boolean().default(false),
  /** So long after it was planned it is still worth sending. */
  validDays: z.number().int().min(1).max(90).default(14),
  /** The same person gets it at most once in so many days; 0 says nothing. */
  daysBetween: z.number().int().min(0).max(730).default(0),
  variables: z.array(templateVariable).max(12).default([]),
  /** It explains something of medicine: then it names who says so, and when (S3-11). */
  knowledge: z.boolean().default(false),
  /** The body by blocks; `text` and `html` of both languages are then made from them when it is saved. Empty: written as text. */
  blocks: z.array(block).max(BLOCKS_MAX).default([]),
  /** Approved texts for short messages, one by provider. */
  sms: z.array(smsTexts).max(2).default([]),
  /** Approved templates of WeChat, one by channel. */
  wechat: z.array(wechatTexts).max(3).default([]),
  /** Beside the channels: one of these, the first by which the person can be reached at the moment of sending. */
  ladder: z.array(channel).max(7).default([]),
  zh: templateTexts,
  en: templateTexts,
})
export type TemplateDefinition = z.output<typeof templateDefinition>
export type TemplateDefinitionInput = z.input<typeof templateDefinition>

/** What a check found: `part` is `zh.subject`, `en.text` and the like. */
export const templateFinding = z.object({
  part: z.string(),
  kind: z.enum([
    'syntax',
    'unknown-variable',
    'private-variable',
    'forbidden-phrase',
    'pressing-phrase',
    'disease-in-subject',
    'personal-data',
    'unsafe-html',
    'unescaped',
    'sms-missing',
    'sms-template',
    'sms-unfilled',
    'sms-surplus',
    'sms-link',
    'ladder-twice',
    'ladder-order',
    'wechat-missing',
    'wechat-promotion',
    'wechat-template',
    'wechat-field',
    'block-empty',
    'alt-missing',
    'heading-order',
    'empty-link-words',
    'contrast',
    'spam-sign',
    'shortened-link',
    'picture-only',
    'shouting',
    'too-big',
    'citation-missing',
    'source-missing',
    'long-sentence',
    'jargon',
    'unkind',
    'topic-purpose',
    'audience-unknown',
    'audience-barred',
    'audience-nowhere',
    'only-for-some',
  ]),
  /** The word, the phrase, the variable. */
  what: z.string(),
  /** Why it is forbidden: law and paragraph. */
  because: z.string().default(''),
  /** The block it stands in. */
  block: z.string().optional(),
})
export type TemplateFinding = z.infer<typeof templateFinding>
const checked = { findings: z.array(templateFinding), warnings: z.array(templateWarning) }

const versionInfo = {
  version: z.number().int(),
  origin: z.enum(['shipped', 'organization']),
  ownerId: staffId.nullable(),
  ownerName: z.string().nullable(),
  reviewOn: calendarDate.nullable(),
  expiresOn: calendarDate.nullable(),
  by: z.string().nullable(),
  at: z.string().nullable(),
}

export const templateLine = z.object({
  code: templateCode,
  name: bilingual,
  occasion: bilingual,
  purpose,
  topic,
  channels: z.array(channel),
  ladder: z.array(channel),
  byHand: z.boolean(),
  ...versionInfo,
  hasDraft: z.boolean(),
  /** `due`: the day of review has come; `soon`: ends within a month; `expired`: it is not sent any more. */
  upkeep: z.enum(['fine', 'due', 'soon', 'expired']),
  knowledge: z.boolean(),
  byBlocks: z.boolean(),
  /** When it last went out, some minutes behind; null: never, or more than a year ago. */
  lastSentAt: z.string().nullable(),
  /** Of one that goes to relatives whether they get it; null: it goes to the person. */
  relatives: relativesReached.nullable(),
  /** The reader keeps it. */
  mine: z.boolean(),
})
export type TemplateLine = z.infer<typeof templateLine>

const ofTemplate = z.object({ code: templateCode })

export const listTemplates = endpoint({
  name: 'message.listTemplates',
  method: 'GET',
  path: '/message-templates',
  summary: 'All templates with their owner, last review and expiry',
  gate: { permission: 'message.template.read', audit: { none: 'says nothing of anybody' } },
  output: z.object({ rows: z.array(templateLine), can: z.object({ write: z.boolean(), publish: z.boolean() }) }),
})

export const getTemplate = endpoint({
  name: 'message.getTemplate',
  method: 'GET',
  path: '/message-templates/:code',
  summary: 'One template: the version in force, the draft, former versions',
  gate: { permission: 'message.template.read', audit: { none: 'says nothing of anybody' } },
  params: ofTemplate,
  output: z.object({
    current: z.object({ definition: templateDefinition, ...versionInfo }).nullable(),
    draft: z
      .object({
        definition: templateDefinition,
        ...versionInfo,
        revision: z.number().int(),
        editors: z.array(z.string()),
        findings: z.array(templateFinding),
      })
      .nullable(),
    history: z.array(
      z.object({
        version: z.number().int(),
        state: z.enum(['published', 'retired']),
        author: z.string(),
        publishedBy: z.string().nullable(),
        at: z.string(),
      }),
    ),
    /** What every template may use beside its own variables. */
    builtIn: z.array(z.object({ name: z.string(), label: bilingual, example: bilingual })),
    relatives: relativesReached.nullable(),
    can: z.object({ write: z.boolean(), publish: z.boolean(), test: z.boolean() }),
  }),
  problems: ['TemplateUnknown'],
})

export const saveDraft = endpoint({
  name: 'message.saveTemplateDraft',
  method: 'PUT',
  path: '/message-templates/:code/draft',
  summary: 'Save a draft, whole or unfinished; the answer says what still forbids publishing it',
  gate: { permission: 'message.template.write', audit: { action: 'message.template-draft' } },
  params: ofTemplate,
  body: z.object({
    definition: templateDefinition,
    /** The revision that was read; null begins a draft. */
    revision: z.number().int().nullable(),
    ownerId: staffId.nullable().default(null),
    reviewOn: calendarDate.nullable().default(null),
    expiresOn: calendarDate.nullable().default(null),
  }),
  output: z.object({ version: z.number().int(), revision: z.number().int(), ...checked }),
  problems: ['TemplateChangedMeanwhile', 'TemplateUnfit'],
})

export const dropDraft = endpoint({
  name: 'message.dropTemplateDraft',
  method: 'DELETE',
  path: '/message-templates/:code/draft',
  summary: 'Throw the draft away',
  gate: { permission: 'message.template.write', audit: { action: 'message.template-drop' } },
  params: ofTemplate,
  output: z.object({ dropped: z.boolean() }),
})

export const publishTemplate = endpoint({
  name: 'message.publishTemplate',
  method: 'POST',
  path: '/message-templates/:code/publication',
  summary: 'Put the draft in force; by somebody whose hand is not in it',
  gate: { permission: 'message.template.publish', audit: { action: 'message.template-publish' } },
  params: ofTemplate,
  body: z.object({ revision: z.number().int() }),
  output: z.object({ version: z.number().int() }),
  problems: ['TemplateDraftMissing', 'TemplateChangedMeanwhile', 'TemplateOwnHand', 'TemplateUnfit'],
})

/** Renders what is in the editor, saved or not, so that one sees it while one types. */
export const previewTemplate = endpoint({
  name: 'message.previewTemplate',
  method: 'POST',
  path: '/message-templates/preview',
  summary: 'A template as a fictitious person would get it, with what the check finds',
  gate: { permission: 'message.template.read', audit: { none: 'nothing is kept, nobody real is in it' } },
  body: z.object({ definition: templateDefinition }),
  output: z.object({
    zh: z.object({ subject: z.string(), text: z.string(), html: z.string() }).nullable(),
    en: z.object({ subject: z.string(), text: z.string(), html: z.string() }).nullable(),
    /** What one mail of it weighs, text and HTML; Gmail cuts off beyond 102 KB. */
    bytes: z.object({ zh: z.number().int(), en: z.number().int() }),
    ...checked,
  }),
})

export const testTemplate = endpoint({
  name: 'message.testTemplate',
  method: 'POST',
  path: '/message-templates/:code/trial',
  summary: "Send the draft, or what is in force, to one's own mail address, filled with a fictitious person",
  gate: { permission: 'message.template.read', audit: { action: 'message.template-trial' } },
  params: ofTemplate,
  body: z.object({ locale: z.enum(['zh-CN', 'en']) }),
  output: z.object({ toMasked: z.string() }),
  problems: ['TemplateUnknown', 'TemplateUnfit', 'NoStaffEmail'],
})
