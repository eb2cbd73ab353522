import { describe, expect, test } from 'vitest'
import { mailProviders, providerByCode, providerOf } from './provider.ts'
import { verdictOf } from './verdict.ts'

const STOP = { stopsCampaign: true }

describe('what an answer means', () => {
  test.each<[string, string, Record<string, unknown>]>([
    // QQ answers its throttles with 550: no bounce.
    [
      'qq',
      '550 Domain frequency limited. http://service.mail.qq.com/',
      { class: 'throttle', isTemporary: true, retryMinutes: 15, stopsCampaign: false },
    ],
    ['qq', '550 Sender frequency limited', { class: 'throttle', isTemporary: true }],
    ['qq', '550 Connection frequency limited', { class: 'throttle', isTemporary: true }],
    ['qq', '550 Ip frequency limited', { class: 'throttle', isTemporary: true }],
    ['qq', '550 Mailbox unavailable or access denied', { class: 'temporary', isTemporary: true, retryMinutes: 60 }],
    ['qq', '550 Mailbox not found. http://service.exmail.qq.com/', { class: 'hard-bounce', isTemporary: false }],
    ['qq', '550 该用户不存在', { class: 'hard-bounce' }],
    ['qq', '550 Mail is rejected by recipients', { class: 'complaint', isTemporary: false }],
    ['qq', '550 DMARC check failed', { class: 'policy', ...STOP }],
    ['qq', '550 SPF check failed', { class: 'policy', ...STOP }],
    ['qq', '550 Mail content denied.', { class: 'content', ...STOP }],
    ['qq', '550 Error: content rejected;', { class: 'content', ...STOP }],
    ['qq', '550 Suspected spam sender.', { class: 'policy', ...STOP }],
    ['qq', '550 Suspected spam ip', { class: 'policy', ...STOP }],
    ['exmail', '550 Domain frequency limited', { class: 'throttle', isTemporary: true }],
    ['exmail', '550 Mailbox not found', { class: 'hard-bounce' }],
    // NetEase: 163, 126, yeah.
    ['netease', '421 HL:REP 163 smtp5,wKgB', { class: 'throttle', retryMinutes: 60, ...STOP }],
    ['netease', '421 HL:ICC 163 smtp5', { class: 'throttle', retryMinutes: 10, narrows: true, stopsCampaign: false }],
    ['netease', '421 HL:IFC 163 smtp5', { class: 'throttle', retryMinutes: 30, narrows: false }],
    ['netease', '450 MI:DMC 163 smtp5', { class: 'connection-limit', isTemporary: true }],
    ['netease', '451 MI:DMC 163 smtp5', { class: 'connection-limit', isTemporary: true }],
    ['netease', '450 RP:DRC 163 smtp5', { class: 'connection-limit', isTemporary: true }],
    ['netease', '451 MI:SFQ 163 smtp5', { class: 'throttle', retryMinutes: 15 }],
    ['netease', '451 RP:QRC 163 smtp5', { class: 'throttle', retryMinutes: 15 }],
    [
      'netease',
      '451 DT:SPM ,please try again',
      { class: 'temporary', isTemporary: true, retryMinutes: 2, stopsCampaign: false },
    ],
    ['netease', '554 DT:SPM 163 smtp5', { class: 'content', isTemporary: false, ...STOP }],
    ['netease', '550 MI:STC 163 smtp5', { class: 'throttle', isTemporary: true, retryMinutes: 1440 }],
    ['netease', '554 HL:IHU 163 smtp5', { class: 'throttle', isTemporary: true, ...STOP }],
    ['netease', '550 MI:SPF 163 smtp5', { class: 'policy', ...STOP }],
    ['netease', '550 MI:DMA 163 smtp5', { class: 'policy', ...STOP }],
    ['netease', '450 DT:RBL 163 smtp5', { class: 'policy', ...STOP }],
    ['netease', '550 Invalid User: lan@163.com', { class: 'hard-bounce' }],
    ['netease', '550 User not found: lan@126.com', { class: 'hard-bounce' }],
    // The rest of the table.
    ['sina', '550 mailbox unavailable. (#5.1.1)', { class: 'hard-bounce' }],
    ['sina', '450 mailbox unavailable.', { class: 'temporary' }],
    ['sina', '552 too many same size mails.', { class: 'throttle', isTemporary: true, ...STOP }],
    ['sina', '552 message rejected by anti-spam engine.', { class: 'content', ...STOP }],
    [
      'aliyun',
      '554 Reject by behaviour spam ANTISPAM_BAT[01201311R196]: too frequently sending',
      { class: 'throttle', isTemporary: true },
    ],
    ['gmail', '550 5.1.1 The email account that you tried to reach does not exist. gsmtp', { class: 'hard-bounce' }],
    ['gmail', '421 4.7.28 Our system has detected an unusual rate of unsolicited mail', { class: 'throttle', ...STOP }],
    [
      'gmail',
      '450 4.2.1 The user you are trying to contact is receiving mail too quickly.',
      { class: 'temporary', retryMinutes: 30 },
    ],
    [
      'gmail',
      '452 4.2.2 The email account that you tried to reach is over quota.',
      { class: 'mailbox-full', isTemporary: true },
    ],
    ['gmail', '552 5.2.2 The recipient’s inbox is out of storage space', { class: 'mailbox-full', isTemporary: true }],
    ['gmail', '550 5.7.26 This mail is unauthenticated', { class: 'policy', ...STOP }],
    [
      'gmail',
      '550 5.7.1 Our system has detected that this message is likely unsolicited mail.',
      { class: 'content', ...STOP },
    ],
    [
      'outlook',
      '421 RP-001 (AY004) Unfortunately, some messages weren’t sent: exceeded the rate limit',
      { class: 'throttle', narrows: true },
    ],
    [
      'outlook',
      '451 4.7.650 The mail server has been temporarily rate limited due to IP reputation',
      { class: 'throttle', isTemporary: true },
    ],
    [
      'outlook',
      '550 5.7.1 Unfortunately, messages weren’t sent. part of their network is on our block list (S3150)',
      { class: 'policy', ...STOP },
    ],
    ['outlook', '550 5.5.0 Requested action not taken: mailbox unavailable', { class: 'hard-bounce' }],
    ['139', '550 User not found', { class: 'hard-bounce' }],
    ['189', '452 4.2.2 mailbox full', { class: 'mailbox-full' }],
    // Anybody.
    ['other', '450 4.2.0 Greylisted, try again later', { class: 'temporary' }],
    ['other', '421 4.7.0 too many concurrent connections', { class: 'throttle', narrows: true }],
    ['other', '421 4.4.5 too many messages in this session', { class: 'connection-limit' }],
    ['other', '554 5.7.1 Service unavailable; client blocked using zen.example', { class: 'policy', ...STOP }],
    ['other', '550 5.7.1 message content rejected as spam', { class: 'content' }],
    ['other', '552 5.3.4 message too large', { class: 'content', stopsCampaign: false }],
    ['other', '530 5.7.0 Authentication required', { class: 'policy', ...STOP }],
    ['other', '499 whatever', { class: 'temporary', isTemporary: true }],
    // No reason named: no, and nothing about the address.
    ['other', '550 no', { class: 'refused', isTemporary: false, stopsCampaign: false }],
    ['qq', '550 5.7.1 something new', { class: 'refused', isTemporary: false }],
  ])('%s: %s', (provider, reply, verdict) => {
    expect(verdictOf(providerByCode(provider), reply)).toMatchObject(verdict)
  })
})

describe('who keeps a mailbox', () => {
  test.each<[string, string[], string]>([
    ['qq.com', [], 'qq'],
    ['FOXMAIL.com', [], 'qq'],
    ['163.com', [], 'netease'],
    ['126.com', [], 'netease'],
    ['yeah.net', [], 'netease'],
    ['139.com', [], '139'],
    ['189.cn', [], '189'],
    ['sina.com', [], 'sina'],
    ['aliyun.com', [], 'aliyun'],
    ['gmail.com', [], 'gmail'],
    ['hotmail.com', [], 'outlook'],
    ['renhe.cn', ['mxbiz1.qq.com.'], 'exmail'],
    ['renhe.cn', ['mx3.qq.com'], 'qq'],
    ['renhe.cn', ['mxn.mxhichina.com', 'mxw.mxhichina.com'], 'aliyun'],
    ['renhe.cn', ['aspmx.l.google.com'], 'gmail'],
    ['renhe.cn', ['renhe-cn.mail.protection.outlook.com'], 'outlook'],
    ['renhe.cn', ['qiye163mx01.mxmail.netease.com'], 'netease'],
    ['renhe.cn', ['mail.renhe.cn'], 'other'],
    ['notqq.com', ['mx.notqq.com'], 'other'],
    ['renhe.cn', [], 'other'],
  ])('%s %j: %s', (domain, exchangers, code) => {
    expect(providerOf(domain, exchangers).code).toBe(code)
  })

  test('the table is whole: limits above nothing, each pattern a pattern', () => {
    expect(mailProviders.map(({ code }) => code)).toEqual([
      'qq',
      'exmail',
      'netease',
      '139',
      '189',
      'sina',
      'aliyun',
      'gmail',
      'outlook',
      'other',
    ])
    for (const { limits } of mailProviders)
      for (const value of Object.values(limits)) expect(value).toBeGreaterThanOrEqual(1)
    expect(() => providerByCode('nobody')).toThrow()
  })
})
