import { toE164 } from '../../../platform/sms/number.ts'
import { tencentSignature } from '../../../platform/sms/tencent-signature.ts'
import type { Desk, Refused, StandInSettings } from './desk.ts'
import { startStandIn, type Dialect, type SmsStandIn, type StandInRequest } from './server.ts'

const SKEW_S = 300

/** A stand-in for sms.tencentcloudapi.com, version 2021-01-11: SendSms and PullSmsSendStatusByPhoneNumber. */
export function tencentStandIn(settings: StandInSettings): Promise<SmsStandIn> {
  const dialect: Dialect = {
    provider: 'tencent',
    sends: ({ headers }) => headers['x-tc-action'] === 'SendSms',
    refusal: (code, words, perNumber) => (perNumber ? statusOf(code, words, perNumber) : errorOf(code, words)),
    answer: (desk, request) => ({ status: 200, body: answer(desk, request) }),
  }
  return startStandIn(dialect, settings)
}

const REQUEST_ID = 'a0aabda6-cf91-4f3e-a81f-9198114a2279'

function errorOf(code: string, words: string) {
  return { Response: { Error: { Code: code, Message: words }, RequestId: REQUEST_ID } }
}

/** What is wrong with a number stands beside the number, in an answer that is none of an error. */
function statusOf(code: string, words: string, { body }: StandInRequest) {
  const { PhoneNumberSet: numbers, SessionContext: context } = JSON.parse(body) as Record<string, unknown>
  return {
    Response: {
      SendStatusSet: (numbers as string[]).map((number) => ({
        SerialNo: '',
        PhoneNumber: number,
        Fee: 0,
        SessionContext: context,
        Code: code,
        Message: words,
        IsoCode: 'CN',
      })),
      RequestId: REQUEST_ID,
    },
  }
}

function answer(desk: Desk, request: StandInRequest): unknown {
  const wrong = wrongAtTheGate(desk.settings, request)
  if (wrong) return errorOf(...wrong)
  let body: Record<string, unknown>
  try {
    body = JSON.parse(request.body) as Record<string, unknown>
  } catch {
    return errorOf('InvalidParameter', 'The request body is not JSON.')
  }
  if (body['SmsSdkAppId'] !== desk.settings.appId)
    return errorOf('UnauthorizedOperation.SmsSdkAppIdVerifyFail', 'SmsSdkAppId 校验失败')
  if (request.headers['x-tc-action'] === 'SendSms') return sendSms(desk, body)
  if (request.headers['x-tc-action'] === 'PullSmsSendStatusByPhoneNumber') return pull(desk, body)
  return errorOf('InvalidAction', 'The request action is invalid.')
}

function wrongAtTheGate(
  { clock, keyId, keySecret }: StandInSettings,
  { headers, body }: StandInRequest,
): [string, string] | undefined {
  const authorization =
    /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d\/sms\/tc3_request), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers['authorization'] ?? '',
    )
  const [, key = '', scope = '', names = '', signature = ''] = authorization ?? []
  if (!authorization) return ['AuthFailure.InvalidAuthorization', 'The Authorization header does not fit the standard.']
  if (headers['x-tc-version'] !== '2021-01-11') return ['NoSuchVersion', 'The version does not exist.']
  if (!headers['x-tc-region']) return ['MissingParameter', 'The request lacks the parameter Region.']
  if (key !== keyId) return ['AuthFailure.SecretIdNotFound', 'The SecretId is not found.']
  const timestamp = Number(headers['x-tc-timestamp'])
  const isNear = Math.abs(timestamp - clock.now().getTime() / 1000) <= SKEW_S
  if (!isNear || new Date(timestamp * 1000).toISOString().slice(0, 10) !== scope.slice(0, 10))
    return ['AuthFailure.SignatureExpire', 'The signature has expired.']
  const signedNames = names.split(';')
  const again = tencentSignature({ headers, names: signedNames, body, timestamp, scope }, keySecret)
  return !['content-type', 'host'].every((name) => signedNames.includes(name)) || again !== signature
    ? ['AuthFailure.SignatureFailure', 'The provided credentials could not be validated.']
    : undefined
}

function sendSms(desk: Desk, body: Record<string, unknown>): unknown {
  const numbers = body['PhoneNumberSet'] as string[] | undefined
  if (!Array.isArray(numbers) || numbers.length === 0)
    return errorOf('MissingParameter.EmptyPhoneNumberSet', '传入的号码列表为空')
  if (numbers.length > 200) return errorOf('LimitExceeded.PhoneNumberCountLimit', '单次提交的手机号个数超过200个')
  const values = (body['TemplateParamSet'] ?? []) as unknown[]
  if (!Array.isArray(values) || values.some((value) => typeof value !== 'string'))
    return errorOf('InvalidParameter', 'TemplateParamSet is not a list of texts.')
  const context = typeof body['SessionContext'] === 'string' ? body['SessionContext'] : ''
  if (Buffer.byteLength(context) >= 512) return errorOf('InvalidParameterValue', 'SessionContext 长度需小于512字节')
  const statuses = numbers.map((number) => {
    const to = toE164(number)
    const base = { PhoneNumber: number, SessionContext: context, IsoCode: 'CN' }
    if (!to) return { ...base, SerialNo: '', Fee: 0, ...refusalOf({ why: 'number' }) }
    const taken = desk.take({
      id: context,
      to,
      signName: typeof body['SignName'] === 'string' ? body['SignName'] : '',
      templateCode: String(body['TemplateId']),
      parameters: values.map((value, at) => ({ name: String(at + 1), value: value as string })),
    })
    return 'why' in taken
      ? { ...base, SerialNo: '', Fee: 0, ...refusalOf(taken) }
      : { ...base, SerialNo: taken.providerId, Fee: taken.segments, Code: 'Ok', Message: 'send success' }
  })
  return { Response: { SendStatusSet: statuses, RequestId: REQUEST_ID } }
}

const LIMITS = {
  'half-minute': 'LimitExceeded.PhoneNumberThirtySecondLimit',
  minute: 'LimitExceeded.PhoneNumberThirtySecondLimit',
  hour: 'LimitExceeded.PhoneNumberOneHourLimit',
  day: 'LimitExceeded.PhoneNumberDailyLimit',
} as const

function refusalOf(refused: Refused): { Code: string; Message: string } {
  if (refused.why === 'limit') return { Code: LIMITS[refused.limit], Message: '短信条数超过设定的上限' }
  const [Code, Message] = {
    signature: ['FailedOperation.SignatureIncorrectOrUnapproved', '签名未审批或格式错误'],
    template: ['FailedOperation.TemplateIncorrectOrUnapproved', '模板未审批或内容不匹配'],
    missing: ['FailedOperation.TemplateIncorrectOrUnapproved', '模板未审批或内容不匹配'],
    count: ['FailedOperation.TemplateParamSetNotMatchApprovedTemplate', '参数个数与模板不一致'],
    link: ['InvalidParameterValue.ProhibitedUseUrlInTemplateParameter', '禁止在模板变量中使用 URL'],
    length: ['InvalidParameterValue.ContentLengthLimit', '请求的短信内容太长'],
    number: ['InvalidParameterValue.IncorrectPhoneNumber', '手机号格式错误'],
    blacklist: ['FailedOperation.PhoneNumberInBlacklist', '手机号在免打扰名单库中'],
    'code-form': ['InvalidParameterValue.TemplateParameterFormatError', '验证码模板参数格式错误'],
  }[refused.why]
  return { Code: Code!, Message: Message! }
}

/** Like the real one, it lists only what has a receipt. */
function pull(desk: Desk, body: Record<string, unknown>): unknown {
  const [from, until] = [Number(body['BeginTime']), Number(body['EndTime'])]
  if (!(from <= until)) return errorOf('InvalidParameterValue.InvalidStartTime', '无效的拉取起始/截止时间')
  const list = desk.taken.filter(({ to, at, fate }) => {
    const seconds = at.getTime() / 1000
    return fate !== 'waiting' && to === body['PhoneNumber'] && seconds >= from && seconds <= until
  })
  return {
    Response: {
      PullSmsSendStatusSet: list.slice(0, Number(body['Limit'])).map(({ to, fate, providerId, id }) => ({
        UserReceiveTime: Math.floor(desk.settings.clock.now().getTime() / 1000),
        CountryCode: '86',
        SubscriberNumber: to.slice(3),
        PhoneNumber: to,
        SerialNo: providerId,
        ReportStatus: fate === 'delivered' ? 'SUCCESS' : 'FAIL',
        Description: typeof fate === 'object' ? fate.words : 'DELIVRD',
        SessionContext: id,
      })),
      RequestId: REQUEST_ID,
    },
  }
}
