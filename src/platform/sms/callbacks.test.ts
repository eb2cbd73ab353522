import { describe, expect, test } from 'vitest'
import { readReceipts, readReplies } from './callbacks.ts'

describe('receipts', () => {
  const aliyun = {
    phone_number: '13900000001',
    send_time: '2026-03-02 10:00:00',
    report_time: '2026-03-02 10:00:05',
    success: true,
    err_code: 'DELIVERED',
    err_msg: '用户接收成功',
    sms_size: '2',
    biz_id: '1^0',
    out_id: 'a',
  }

  test('Aliyun: delivered, and failed with its reason', () => {
    const failed = { ...aliyun, success: 'false', err_code: 'MK:0001', err_msg: '空号', out_id: 'b' }
    expect(readReceipts('aliyun', [aliyun, failed]).read).toEqual([
      {
        id: 'a',
        providerId: '1^0',
        to: '+8613900000001',
        delivered: true,
        class: null,
        code: 'DELIVERED',
        words: '用户接收成功',
        segments: 2,
        at: new Date('2026-03-02T02:00:05Z'),
      },
      expect.objectContaining({ id: 'b', delivered: false, class: 'bad-number', code: 'MK:0001' }),
    ])
  })

  test('Tencent: by its number alone', () => {
    const body = [
      {
        user_receive_time: '2026-03-02 10:00:05',
        nationcode: '86',
        mobile: '13900000001',
        report_status: 'FAIL',
        errmsg: 'MK:0001',
        description: '手机号在黑名单',
        sid: '5000:1',
      },
    ]
    expect(readReceipts('tencent', body).read).toEqual([
      expect.objectContaining({
        id: null,
        providerId: '5000:1',
        to: '+8613900000001',
        delivered: false,
        class: 'blacklisted',
      }),
    ])
  })

  test('what cannot be read keeps its reason, and hides nothing beside it', () => {
    const { read, unread } = readReceipts('aliyun', [
      { ...aliyun, biz_id: '', out_id: null },
      { ...aliyun, phone_number: '12' },
      'rubbish',
      { ...aliyun, success: 'perhaps' },
      aliyun,
    ])
    expect(read.map(({ id }) => id)).toEqual(['a'])
    expect(unread.map(({ why }) => why)).toEqual(['no id', 'number', 'form: ', 'form: success'])
    expect(readReceipts('tencent', null).unread).toHaveLength(1)
  })
})

describe('replies', () => {
  test('Aliyun: a list', () => {
    const body = [
      { phone_number: '13900000001', content: 'TD', send_time: '2026-03-02 10:00:00', sequence_id: 1234567890 },
    ]
    expect(readReplies('aliyun', body).read).toEqual([
      {
        key: 'aliyun:1234567890:+8613900000001',
        from: '+8613900000001',
        text: 'TD',
        signName: null,
        at: new Date('2026-03-02T02:00:00Z'),
      },
    ])
  })

  test('Tencent: one at a time', () => {
    const body = { extend: '', mobile: '13900000001', nationcode: '86', sign: '和康', text: '好的', time: 1457336869 }
    const [reply] = readReplies('tencent', body).read
    expect(reply).toMatchObject({ from: '+8613900000001', text: '好的', signName: '和康' })
    expect(reply?.at?.toISOString()).toBe('2016-03-07T07:47:49.000Z')
    expect(readReplies('tencent', { ...body, mobile: '' }).unread).toHaveLength(1)
  })
})
