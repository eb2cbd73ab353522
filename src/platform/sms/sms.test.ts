import { describe, expect, test } from 'vitest'
import { signAliyun } from './aliyun-signature.ts'
import { beijingDay, fromBeijing, toBeijing } from './beijing.ts'
import { knownCodes, receiptClass, verdictOf } from './codes.ts'
import { toAliyunNumber, toE164 } from './number.ts'
import { sizeOf, signed } from './segments.ts'
import { checkParameters, checkTemplate, fill, variablesOf, type SmsTemplate } from './template.ts'
import { signTencent, tencentSignature } from './tencent-signature.ts'

describe('signatures', () => {
  test("Aliyun's published example of V3 comes out", () => {
    const { headers, query } = signAliyun(
      {
        host: 'ecs.cn-shanghai.aliyuncs.com',
        action: 'RunInstances',
        version: '2014-05-26',
        query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
        body: '',
        at: new Date('2023-10-26T10:22:32.480Z'),
        nonce: '3156853299f313e23d1673dc12e1703d',
      },
      'YourAccessKeyId',
      'YourAccessKeySecret',
    )
    expect(query).toBe('ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai')
    expect(headers['authorization']).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    )
  })

  test("Tencent's published example of V3 comes out", () => {
    const stars = '*'.repeat(32)
    const call = {
      host: 'cvm.tencentcloudapi.com',
      service: 'cvm',
      action: 'DescribeInstances',
      version: '2017-03-12',
      region: 'ap-guangzhou',
      body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
      at: new Date(1551113065 * 1000),
    }
    const headers = signTencent(call, `AKID${stars}`, stars)
    expect(headers['authorization']).toBe(
      `TC3-HMAC-SHA256 Credential=AKID${stars}/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f`,
    )
    const names = ['content-type', 'host', 'x-tc-action']
    const scope = '2019-02-25/cvm/tc3_request'
    const other = { headers, names, scope, timestamp: 1551113066, body: call.body }
    expect(headers['authorization']).not.toContain(tencentSignature(other, stars))
  })

  test('what stands in a query is encoded as RFC 3986 has it', () => {
    const { query } = signAliyun(
      {
        host: 'h',
        action: 'a',
        version: 'v',
        query: { B: " a!*'()~+", A: '复查' },
        body: '',
        at: new Date(0),
        nonce: 'n',
      },
      'id',
      'secret',
    )
    expect(query).toBe('A=%E5%A4%8D%E6%9F%A5&B=%20a%21%2A%27%28%29~%2B')
  })
})

describe('numbers', () => {
  test.each([
    ['13900000001', '+8613900000001', '13900000001'],
    ['+86 139-0000-0001', '+8613900000001', '13900000001'],
    ['0086 13900000001', '+8613900000001', '13900000001'],
    ['8613900000001', '+8613900000001', '13900000001'],
    ['+852 6123 4567', '+85261234567', '85261234567'],
    ['00447700900123', '+447700900123', '447700900123'],
  ])('%s', (text, e164, aliyun) => {
    expect(toE164(text)).toBe(e164)
    expect(toAliyunNumber(e164)).toBe(aliyun)
  })

  test.each(['01088886666', '12900000001', '1390000000', '139000000012', '+861088886666', 'abc', '', '+0123456789'])(
    '%s takes no short messages',
    (text) => expect(toE164(text)).toBeUndefined(),
  )
})

describe('segments', () => {
  test.each([
    [70, 1],
    [71, 2],
    [80, 2],
    [134, 2],
    [135, 3],
    [160, 3],
    [201, 3],
    [202, 4],
  ])('%i characters are %i within the mainland', (length, segments) => {
    expect(sizeOf('检'.repeat(length), { mainland: true })).toEqual({ length, segments, encoding: 'ucs-2' })
    expect(sizeOf('a'.repeat(length), { mainland: true }).segments).toBe(segments)
  })

  test('the signature with its brackets counts', () => {
    expect(sizeOf(signed('和康体检', '检'.repeat(64)), { mainland: true }).segments).toBe(1)
    expect(sizeOf(signed('和康体检', '检'.repeat(65)), { mainland: true }).segments).toBe(2)
  })

  test.each([
    ['a'.repeat(160), 160, 1, 'gsm-7'],
    ['a'.repeat(161), 161, 2, 'gsm-7'],
    ['€'.repeat(80), 160, 1, 'gsm-7'],
    ['a'.repeat(307), 307, 3, 'gsm-7'],
    [`${'a'.repeat(70)}检`, 71, 2, 'ucs-2'],
  ])('abroad %#', (text, length, segments, encoding) => {
    expect(sizeOf(text, { mainland: false })).toEqual({ length, segments, encoding })
  })

  test('what stands outside of the basic plane takes two places', () => {
    expect(sizeOf('😀'.repeat(36), { mainland: true })).toMatchObject({ length: 72, segments: 2 })
  })
})

const notice: SmsTemplate = {
  provider: 'aliyun',
  code: 'SMS_1',
  kind: 'notice',
  text: '您好${name}，您预约了${day}的体检，请按时到达。',
}
const given = (values: Record<string, string>) => Object.entries(values).map(([name, value]) => ({ name, value }))
const kinds = (list: { kind: string; what: string }[]) => list.map(({ kind, what }) => `${kind} ${what}`)

describe('templates', () => {
  test('variables are read in their order', () => {
    expect(variablesOf(notice)).toEqual(['name', 'day'])
    expect(variablesOf({ provider: 'tencent', text: '{2}的{10}和{1}、{2}' })).toEqual(['1', '2', '10'])
  })

  test.each<[string, Partial<SmsTemplate>, string[]]>([
    ['in order', {}, []],
    ['a variable twice', { text: '${a}和${a}' }, ['variable-twice a']],
    ['a name in Chinese', { text: '${姓名}' }, ['variable-form 姓名']],
    ['brackets', { text: '【和康】您好' }, ['bracket 【】']],
    ['a promotion without a way out', { kind: 'promotion', text: '体检八折' }, ['no-way-to-refuse 拒收请回复R']],
    ['a promotion with one', { kind: 'promotion', text: '体检八折，拒收请回复R' }, []],
    ['the other wording', { kind: 'promotion', text: '体检八折，退订回T' }, []],
    ['numbers with Tencent', { provider: 'tencent', text: '{1}和{2}' }, []],
    ['a gap with Tencent', { provider: 'tencent', text: '{1}和{3}' }, ['variable-order {1} {3}']],
    ['a name with Tencent', { provider: 'tencent', text: '{name}' }, ['variable-form name', 'variable-order {name}']],
    ['more than 500', { text: '检'.repeat(501) }, ['too-long 501 > 500']],
  ])('%s', (_name, change, wanted) => expect(kinds(checkTemplate({ ...notice, ...change }))).toEqual(wanted))

  test.each<[string, Record<string, string>, string[]]>([
    ['whole', { name: '王女士', day: '3月5日' }, []],
    ['one missing', { name: '王女士' }, ['missing day']],
    ['one too many', { name: '王女士', day: '3月5日', hour: '8点' }, ['surplus hour']],
    ['empty', { name: ' ', day: '3月5日' }, ['empty name']],
    ['a link', { name: '王女士', day: 'https://example.org/a' }, ['link day']],
    ['a bare host', { name: '王女士', day: 'hekang.cn/a' }, ['link day']],
    ['brackets', { name: '【王】', day: '3月5日' }, ['bracket name']],
    ['too long', { name: '王'.repeat(36), day: '3月5日' }, ['too-long name']],
  ])('values: %s', (_name, values, wanted) =>
    expect(kinds(checkParameters(notice, '和康', given(values)))).toEqual(wanted),
  )

  test('codes are codes', () => {
    const code = { ...notice, kind: 'code' as const, text: '验证码${code}，5分钟内有效' }
    expect(checkParameters(code, '和康', given({ code: '482913' }))).toEqual([])
    expect(kinds(checkParameters(code, '和康', given({ code: '四八二九' })))).toEqual(['not-a-code code'])
    const tencent = { ...code, provider: 'tencent' as const, text: '验证码{1}' }
    expect(kinds(checkParameters(tencent, '和康', given({ '1': 'A1b2' })))).toEqual(['not-a-code 1'])
  })

  test('filled and signed, a whole message is at most 500', () => {
    const long = { ...notice, provider: 'tencent' as const, text: `${'检'.repeat(400)}{1}` }
    expect(kinds(checkParameters(long, '和康', given({ '1': '查'.repeat(97) })))).toEqual(['too-long 501 > 500'])
    expect(checkParameters(long, '和康', given({ '1': '查'.repeat(96) }))).toEqual([])
    expect(fill(notice, given({ name: '王$&', day: '今天' }))).toBe('您好王$&，您预约了今天的体检，请按时到达。')
  })
})

describe('codes', () => {
  /** 10:20:30 in Beijing. */
  const now = new Date('2026-03-02T02:20:30Z')

  test.each<['aliyun' | 'tencent', string, string, string]>([
    ['aliyun', 'isv.BUSINESS_LIMIT_CONTROL', '触发分钟级流控Permits:1', '2026-03-02T02:21:00.000Z'],
    ['aliyun', 'isv.BUSINESS_LIMIT_CONTROL', '触发小时级流控Permits:5', '2026-03-02T03:00:00.000Z'],
    ['aliyun', 'isv.BUSINESS_LIMIT_CONTROL', '触发天级流控Permits:10', '2026-03-03T02:20:30.000Z'],
    ['aliyun', 'isv.BUSINESS_LIMIT_CONTROL', '', '2026-03-02T03:00:00.000Z'],
    ['aliyun', 'isv.DAY_LIMIT_CONTROL', '', '2026-03-02T16:00:00.000Z'],
    ['aliyun', 'isv.MONTH_LIMIT_CONTROL', '', '2026-03-31T16:00:00.000Z'],
    ['aliyun', 'Throttling.User', '', '2026-03-02T02:20:40.000Z'],
    ['tencent', 'LimitExceeded.PhoneNumberThirtySecondLimit', '', '2026-03-02T02:21:00.000Z'],
    ['tencent', 'LimitExceeded.PhoneNumberOneHourLimit', '', '2026-03-02T03:20:30.000Z'],
    ['tencent', 'LimitExceeded.PhoneNumberDailyLimit', '', '2026-03-02T16:00:00.000Z'],
    ['tencent', 'FailedOperation.MarketingSendTimeConstraint', '', '2026-03-03T00:00:00.000Z'],
    ['tencent', 'RequestLimitExceeded.UinLimitExceeded', '', '2026-03-02T02:20:40.000Z'],
  ])('%s %s %s waits until %s', (provider, code, words, until) =>
    expect(verdictOf(provider, code, words, now)).toEqual({ class: 'throttled', notBefore: new Date(until) }),
  )

  test('before eight a promotion waits for the same morning', () => {
    const early = new Date('2026-03-01T22:00:00Z')
    const verdict = verdictOf('tencent', 'FailedOperation.MarketingSendTimeConstraint', '', early)
    expect(verdict.notBefore).toEqual(new Date('2026-03-02T00:00:00Z'))
  })

  test.each<['aliyun' | 'tencent', string, string]>([
    ['aliyun', 'isv.NEVER_HEARD_OF', 'fault'],
    ['aliyun', 'InvalidAccessKeyId.NotFound', 'auth'],
    ['aliyun', 'isp.SYSTEM_ERROR', 'in-doubt'],
    ['tencent', 'AuthFailure.SignatureFailure', 'auth'],
    ['tencent', 'FailedOperation.NeverHeardOf', 'fault'],
    ['tencent', 'InternalError.Timeout', 'in-doubt'],
    ['tencent', 'FailedOperation.PhoneNumberInBlacklist', 'blacklisted'],
  ])('%s %s is %s', (provider, code, name) => expect(verdictOf(provider, code, '', now).class).toBe(name))

  test('all that the requirements name is known', () => {
    const aliyun = knownCodes('aliyun')
    for (const [code, name] of [
      ['isv.BUSINESS_LIMIT_CONTROL', 'throttled'],
      ['isv.SMS_TEMPLATE_ILLEGAL', 'template'],
      ['isv.SMS_SIGNATURE_ILLEGAL', 'signature'],
      ['isv.MOBILE_NUMBER_ILLEGAL', 'bad-number'],
      ['isv.TEMPLATE_MISSING_PARAMETERS', 'template'],
      ['isv.INVALID_JSON_PARAM', 'template'],
      ['isv.BLACK_KEY_CONTROL_LIMIT', 'content'],
      ['isv.PARAM_NOT_SUPPORT_URL', 'template'],
      ['isv.PARAM_LENGTH_LIMIT', 'template'],
    ])
      expect(aliyun.get(code!)?.class).toBe(name)
  })

  test.each([
    ['MK:0001', '空号', 'bad-number'],
    ['XX', '命中运营商黑名单', 'blacklisted'],
    ['XX', '用户退订', 'blacklisted'],
    ['XX', '手机关机', 'unreachable'],
    ['XX', '签名未报备', 'signature'],
    ['XX', '运营商关键字拦截', 'content'],
    ['EXPIRED', '', 'unreachable'],
    ['XX', '', 'unreachable'],
  ])('a receipt of %s %s is %s', (code, words, name) => expect(receiptClass(code, words)).toBe(name))
})

test("times of day are Beijing's", () => {
  expect(beijingDay(new Date('2026-03-02T16:00:00Z'))).toBe('20260303')
  expect(toBeijing(new Date('2026-03-02T16:00:00Z'))).toBe('2026-03-03 00:00:00')
  expect(fromBeijing('2026-03-03 00:00:00')).toEqual(new Date('2026-03-02T16:00:00Z'))
  expect(fromBeijing('2026-13-03 00:00:00')).toBeNull()
  expect(fromBeijing(undefined)).toBeNull()
})
