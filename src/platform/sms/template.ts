import type { SmsKind, SmsParameter, SmsProviderName } from './provider.ts'
import { signed, SMS_LENGTH_MAX } from './segments.ts'

/** A template as the provider has approved it. */
export interface SmsTemplate {
  provider: SmsProviderName
  code: string
  kind: SmsKind
  /** Word for word as approved: `${name}` with Aliyun, `{1}` with Tencent. */
  text: string
}

export type SmsFinding =
  | { kind: 'variable-form'; what: string }
  | { kind: 'variable-twice'; what: string }
  | { kind: 'variable-order'; what: string }
  | { kind: 'bracket'; what: string }
  | { kind: 'no-way-to-refuse'; what: string }
  | { kind: 'missing'; what: string }
  | { kind: 'surplus'; what: string }
  | { kind: 'empty'; what: string }
  | { kind: 'too-long'; what: string }
  | { kind: 'link'; what: string }
  | { kind: 'not-a-code'; what: string }

const VARIABLE: Record<SmsProviderName, RegExp> = {
  aliyun: /\$\{([^{}]*)\}/g,
  tencent: /\{([^{}]*)\}/g,
}

/** The names of the variables in the order they stand; Tencent's are numbers. */
export function variablesOf({ provider, text }: Pick<SmsTemplate, 'provider' | 'text'>): string[] {
  return [...new Set([...text.matchAll(VARIABLE[provider])].map((match) => match[1]!))].toSorted(
    provider === 'tencent' ? (a, b) => Number(a) - Number(b) : () => 0,
  )
}

/**
 * A promotion tells in itself how to refuse it (通信短信息服务管理规定 2015 §18–20): the wordings carriers know.
 */
export const WAY_TO_REFUSE = /(拒收|退订)请?回复?\s*(TD|T|R|N|0000|退订)/i

/** What is wrong with a template's text before anything is sent by it. Empty: nothing. */
export function checkTemplate(template: SmsTemplate): SmsFinding[] {
  const { provider, kind, text } = template
  const all = [...text.matchAll(VARIABLE[provider])].map((match) => match[1]!)
  const form = provider === 'aliyun' ? /^[a-zA-Z]\w{0,19}$/ : /^[1-9]\d?$/
  const names = variablesOf(template)
  return [
    ...names.filter((name) => !form.test(name)).map((what): SmsFinding => ({ kind: 'variable-form', what })),
    // Aliyun's rules for notices: each variable once.
    ...(provider === 'aliyun'
      ? all.filter((name, at) => all.indexOf(name) !== at).map((what): SmsFinding => ({ kind: 'variable-twice', what }))
      : []),
    ...(provider === 'tencent' && names.some((name, at) => Number(name) !== at + 1)
      ? [{ kind: 'variable-order', what: names.map((name) => `{${name}}`).join(' ') } as const]
      : []),
    // The signature is put in front by the provider; another pair of brackets gets the message refused.
    ...(/[【】]/.test(text) ? [{ kind: 'bracket', what: '【】' } as const] : []),
    ...(kind === 'promotion' && !WAY_TO_REFUSE.test(text)
      ? [{ kind: 'no-way-to-refuse', what: '拒收请回复R' } as const]
      : []),
    ...(text.length > SMS_LENGTH_MAX
      ? [{ kind: 'too-long', what: `${text.length} > ${SMS_LENGTH_MAX}` } as const]
      : []),
  ]
}

/** Aliyun's PARAM_LENGTH_LIMIT; Tencent limits none of a company's. */
export const VALUE_MAX: Record<SmsProviderName, number> = { aliyun: 35, tencent: 200 }
const LINK = /https?:|www\.|[a-z0-9-]+\.(com|cn|net|org|top|xyz|cc|io|me|vip|ltd)(\/|\b)/i

/**
 * What is wrong with the values, looked at before anything leaves the house, so that the provider has nothing to
 * refuse. Names no value: these are about people.
 */
export function checkParameters(
  template: SmsTemplate,
  signName: string,
  parameters: readonly SmsParameter[],
): SmsFinding[] {
  const wanted = variablesOf(template)
  const given = new Map(parameters.map(({ name, value }) => [name, value]))
  const finding = (kind: SmsFinding['kind'], what: string): SmsFinding => ({ kind, what })
  const max = VALUE_MAX[template.provider]
  const found = [
    ...wanted.filter((name) => !given.has(name)).map((name) => finding('missing', name)),
    ...[...given.keys()].filter((name) => !wanted.includes(name)).map((name) => finding('surplus', name)),
    ...[...given].flatMap(([name, value]): SmsFinding[] => {
      if (value.trim() === '') return [finding('empty', name)]
      if (/[【】]/.test(value)) return [finding('bracket', name)]
      if (LINK.test(value)) return [finding('link', name)]
      if (template.kind === 'code')
        return /^[0-9A-Za-z]{1,6}$/.test(value) && (template.provider === 'aliyun' || /^\d+$/.test(value))
          ? []
          : [finding('not-a-code', name)]
      return value.length > max ? [finding('too-long', name)] : []
    }),
  ]
  const length = signed(signName, fill(template, parameters)).length
  return length > SMS_LENGTH_MAX ? [...found, finding('too-long', `${length} > ${SMS_LENGTH_MAX}`)] : found
}

/** The text with its values, without the signature. */
export function fill(template: Pick<SmsTemplate, 'provider' | 'text'>, parameters: readonly SmsParameter[]): string {
  const values = new Map(parameters.map(({ name, value }) => [name, value]))
  return template.text.replace(VARIABLE[template.provider], (whole, name: string) => values.get(name) ?? whole)
}
