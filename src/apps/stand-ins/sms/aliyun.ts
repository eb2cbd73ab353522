import { beijingDay, toBeijing } from '../../../platform/sms/beijing.ts'
import { aliyunSignature, canonicalQuery, sha256 } from '../../../platform/sms/aliyun-signature.ts'
import { toAliyunNumber, toE164 } from '../../../platform/sms/number.ts'
import type { Desk, Refused, StandInSettings } from './desk.ts'
import { startStandIn, type Dialect, type SmsStandIn, type StandInRequest } from './server.ts'

const SKEW_MS = 15 * 60_000

/** A stand-in for dysmsapi.aliyuncs.com, version 2017-05-25: SendSms and QuerySendDetails. */
export function aliyunStandIn(settings: StandInSettings): Promise<SmsStandIn> {
  const nonces = new Set<string>()
  const dialect: Dialect = {
    provider: 'aliyun',
    sends: ({ headers }) => headers['x-acs-action'] === 'SendSms',
    refusal: answerOf,
    answer: (desk, request) => {
      const wrong = wrongAtTheGate(desk.settings, nonces, request)
      if (wrong) return { status: wrong.status, body: gateError(wrong.code, wrong.words) }
      const query = Object.fromEntries(new URLSearchParams(request.query))
      if (request.headers['x-acs-action'] === 'SendSms') return { status: 200, body: sendSms(desk, query) }
      if (request.headers['x-acs-action'] === 'QuerySendDetails') return { status: 200, body: details(desk, query) }
      return { status: 404, body: gateError('InvalidAction.NotFound', 'Specified api is not found.') }
    },
  }
  return startStandIn(dialect, settings)
}

const REQUEST_ID = 'F655A8D5-B967-440B-8683-DAD6FF8DE990'

function answerOf(code: string, words: string) {
  return { RequestId: REQUEST_ID, Code: code, Message: words }
}

function gateError(code: string, words: string) {
  return { ...answerOf(code, words), HostId: 'dysmsapi.aliyuncs.com', Recommend: 'https://api.aliyun.com/troubleshoot' }
}

function wrongAtTheGate(
  { clock, keyId, keySecret }: StandInSettings,
  nonces: Set<string>,
  { query, headers, body }: StandInRequest,
): { status: number; code: string; words: string } | undefined {
  const authorization = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
    headers['authorization'] ?? '',
  )
  const [, key = '', names = '', signature = ''] = authorization ?? []
  if (!authorization)
    return { status: 400, code: 'IncompleteSignature', words: 'Authorization is missing or malformed.' }
  if (headers['x-acs-version'] !== '2017-05-25')
    return { status: 400, code: 'InvalidVersion', words: 'Specified parameter Version is not valid.' }
  if (key !== keyId)
    return { status: 404, code: 'InvalidAccessKeyId.NotFound', words: 'Specified access key is not found.' }
  const at = Date.parse(headers['x-acs-date'] ?? '')
  if (!(Math.abs(at - clock.now().getTime()) <= SKEW_MS))
    return { status: 400, code: 'InvalidTimeStamp.Expired', words: 'Specified time stamp or date value is expired.' }
  const signedNames = names.split(';')
  const needed = ['host', ...Object.keys(headers).filter((name) => /^(x-acs-.*|content-type)$/.test(name))]
  const again = aliyunSignature(
    // Made anew from what arrived, in the order of the names: a client that encodes otherwise does not pass.
    {
      query: canonicalQuery(Object.fromEntries(new URLSearchParams(query))),
      headers,
      names: signedNames,
      contentHash: sha256(body),
    },
    keySecret,
  )
  if (
    needed.some((name) => !signedNames.includes(name)) ||
    headers['x-acs-content-sha256'] !== sha256(body) ||
    again !== signature
  )
    return { status: 400, code: 'SignatureDoesNotMatch', words: 'Specified signature does not match our calculation.' }
  const nonce = headers['x-acs-signature-nonce'] ?? ''
  if (nonces.has(nonce))
    return { status: 400, code: 'SignatureNonceUsed', words: 'Specified signature nonce was used already.' }
  nonces.add(nonce)
  return undefined
}

function sendSms(desk: Desk, query: Record<string, string>) {
  const { PhoneNumbers: numbers = '', SignName: signName = '', TemplateCode: templateCode = '' } = query
  if (!numbers || !signName || !templateCode) return answerOf('isv.INVALID_PARAMETERS', '参数异常')
  if (numbers.split(',').length > 1000) return answerOf('isv.MOBILE_COUNT_OVER_LIMIT', '手机号码数量超过限制')
  const to = toE164(/^\d{11}$/.test(numbers) ? numbers : `+${numbers.replace(/^\+/, '')}`)
  if (!to) return answerOf('isv.MOBILE_NUMBER_ILLEGAL', `${numbers}invalid mobile number`)
  const values = readValues(query['TemplateParam'])
  if (!values) return answerOf('isv.INVALID_JSON_PARAM', 'JSON参数不合法，只接受字符串值')
  const parameters = Object.entries(values).map(([name, value]) => ({ name, value }))
  const taken = desk.take({ id: query['OutId'] ?? '', to, signName, templateCode, parameters })
  return 'why' in taken ? refusalOf(taken) : { ...answerOf('OK', 'OK'), BizId: taken.providerId }
}

function readValues(json: string | undefined): Record<string, string> | undefined {
  if (json === undefined) return {}
  try {
    const values = JSON.parse(json) as Record<string, unknown>
    const isPlain = values !== null && typeof values === 'object' && !Array.isArray(values)
    return isPlain && Object.values(values).every((value) => typeof value === 'string')
      ? (values as Record<string, string>)
      : undefined
  } catch {
    return undefined
  }
}

const LIMIT_WORDS = { 'half-minute': '分钟', minute: '分钟', hour: '小时', day: '天' } as const
const PERMITS = { 'half-minute': 1, minute: 1, hour: 5, day: 10 } as const

function refusalOf(refused: Refused) {
  if (refused.why === 'limit')
    return answerOf(
      'isv.BUSINESS_LIMIT_CONTROL',
      `触发${LIMIT_WORDS[refused.limit]}级流控Permits:${PERMITS[refused.limit]}`,
    )
  const [code, words] = {
    signature: ['isv.SMS_SIGNATURE_ILLEGAL', '短信签名不合法'],
    template: ['isv.SMS_TEMPLATE_ILLEGAL', '短信模版不合法'],
    missing: ['isv.TEMPLATE_MISSING_PARAMETERS', '模版缺少变量'],
    count: ['isv.TEMPLATE_PARAMS_ILLEGAL', '模版变量不合法'],
    link: ['isv.PARAM_NOT_SUPPORT_URL', '变量不支持传入URL'],
    length: ['isv.PARAM_LENGTH_LIMIT', '参数超过长度限制'],
    number: ['isv.MOBILE_NUMBER_ILLEGAL', '非法手机号'],
    // Aliyun has no such code when sending: who is on a list is told by the receipt.
    blacklist: ['isv.BLACK_KEY_CONTROL_LIMIT', '黑名单管控'],
    'code-form': ['isv.TEMPLATE_PARAMS_ILLEGAL', '模版变量不合法'],
  }[refused.why]
  return answerOf(code!, words!)
}

function details(desk: Desk, query: Record<string, string>) {
  const size = Number(query['PageSize'])
  const page = Number(query['CurrentPage'])
  if (!query['PhoneNumber'] || !/^\d{8}$/.test(query['SendDate'] ?? '') || !(size >= 1 && size <= 50) || !(page >= 1))
    return answerOf('isv.INVALID_PARAMETERS', '参数异常')
  const all = desk.taken.filter(
    ({ to, at, providerId }) =>
      toAliyunNumber(to) === query['PhoneNumber'] &&
      beijingDay(at) === query['SendDate'] &&
      (!query['BizId'] || query['BizId'] === providerId),
  )
  return {
    ...answerOf('OK', 'OK'),
    TotalCount: all.length,
    SmsSendDetailDTOs: {
      SmsSendDetailDTO: all.slice((page - 1) * size, page * size).map(({ fate, ...message }) => ({
        PhoneNum: toAliyunNumber(message.to),
        SendStatus: fate === 'waiting' ? 1 : fate === 'delivered' ? 3 : 2,
        ErrCode: typeof fate === 'object' ? fate.code : fate === 'delivered' ? 'DELIVERED' : '',
        TemplateCode: message.template.code,
        Content: message.text,
        SendDate: toBeijing(message.at),
        ReceiveDate: fate === 'waiting' ? '' : toBeijing(desk.settings.clock.now()),
        OutId: message.id,
      })),
    },
  }
}
