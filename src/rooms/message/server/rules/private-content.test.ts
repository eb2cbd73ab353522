import { expect, test } from 'vitest'
import { diseaseIn, leaksOf } from './private-content.ts'

const said = (text: string, subject = '您好', html = '') =>
  leaksOf({ subject, text, html }, ['010-65521234', '13800001111'])

test.each([
  ['身份证 51343620000320711X', 'national-id'],
  ['身份证 51343620000320711x。', 'national-id'],
  ['513436 20000320 711X', 'national-id'],
  ['５１３４３６２００００３２０７１１Ｘ', 'national-id'],
  ['医保卡号：A12345678', 'insurance-number'],
  ['您的社保电脑号 612345678', 'insurance-number'],
  ['医保个人编号码 110108199001', 'insurance-number'],
  ['insurance number: AB 1234 5678', 'insurance-number'],
  ['电话 13912345678', 'mobile'],
  ['电话 139-1234-5678', 'mobile'],
  ['电话+86 13912345678', 'mobile'],
  ['卡号 4111 1111 1111 1111', 'bank-card'],
  ['卡号4111111111111111', 'bank-card'],
  ['空腹血糖 6.8mmol/L', 'lab-value'],
  ['血压 142/91 mmHg', 'lab-value'],
  ['血压142/91毫米汞柱', 'lab-value'],
  ['血红蛋白 98 g/L', 'lab-value'],
  ['白细胞 3-5/HPF', 'lab-value'],
  ['尿酸 520 μmol/L', 'lab-value'],
  ['白细胞 11.2×10^9/L', 'lab-value'],
  ['TSH 6.1 μIU/mL', 'lab-value'],
])('%s is held back: %s', (text, leak) => {
  expect(said(text)).toContain(leak)
  expect(said('你好', '您好', `<p title="x">${text}</p>`)).toContain(leak)
})

test.each([
  ['我们约在 2026 年 3 月 9 日 14:30，三楼 305 室。'],
  ['请拨打 010-65521234 或 120。'],
  ['请带好医保卡，到 3 号窗口。'],
  ['医保政策 2026 年起有变化，详询一楼。'],
  ['值班手机 13800001111'],
  ['订单 20260309000012'],
  ['编号 123456789012345678'],
  ['每天走 6000 步，喝水 1500 毫升'],
  ['体重管理 5 kg 计划'],
  ['https://care.example.org/u/018f4e2a13912345678abcdef'],
  ['卡号 1111111111111111'],
  ['0000000000000000'],
])('%s may go', (text) => expect(said(text)).toEqual([]))

test.each([
  ['您的体检报告已出', undefined],
  ['想请您抽空再量一次', undefined],
  ['您的糖尿病随访', '糖尿病'],
  ['乙肝疫苗提醒', '乙肝'],
  ['肿瘤科门诊改期', '肿瘤'],
  ['Your HYPERTENSION plan', 'hypertension'],
  ['ＨＩＶ检测', 'HIV'],
])('the subject "%s" tells of %s', (subject, word) => expect(diseaseIn(subject)).toBe(word))

test('only the subject is read for diseases: the words inside are behind a click', () => {
  expect(said('糖尿病讲座的资料在登录后看')).toEqual([])
})

test('entities in HTML do not hide a number', () => {
  expect(said('', '您好', '<b>1&#51;912345678</b>')).toContain('mobile')
})

const ID = '51343620000320711X'
test.each<[string, Parameters<typeof leaksOf>[0]]>([
  ['in an attribute', { subject: '', text: '', html: `<p title="${ID}">你好</p>` }],
  ['in an address', { subject: '', text: '', html: `<a href="https://example.org/r?id=${ID}">查看</a>` }],
  ['in a comment', { subject: '', text: '', html: `<p>你好</p><!-- ${ID} -->` }],
  ['taken apart by tags', { subject: '', text: '', html: '<b>513436</b><b>20000320</b><b>711X</b>' }],
  ['in hexadecimal entities', { subject: '', text: '', html: '<b>&#x35;13436&#x32;0000320711X</b>' }],
  ['in entities', { subject: '', text: '', html: `<b>${[...ID].map((c) => `&#${c.charCodeAt(0)};`).join('')}</b>` }],
  ['with what nobody sees between', { subject: '', text: [...ID].join('\u200b'), html: '' }],
  ['with dots', { subject: '', text: '513436.20000320.711X', html: '' }],
  ['with several blanks', { subject: '', text: '513436   2000   0320   711X', html: '' }],
  ['with strokes', { subject: '', text: '513436–20000320–711X', html: '' }],
  ['behind the card of WeChat', { subject: '', text: '', html: '', links: [`pages/record?id=${ID}`] }],
  ['in a subject', { subject: ID, text: '', html: '' }],
])('an identity number %s is found', (_where, one) => expect(leaksOf(one)).toEqual(['national-id']))

test('an address of ours does not excuse it', () => {
  const link = `https://care.example.org/my?id=${ID}`
  expect(leaksOf({ subject: '', text: link, html: '' }, [link])).toEqual(['national-id'])
})

test.each([
  '<table cellpadding="0"><td style="padding:0 0 0 0;width:600px;height:12px;color:#123456">2026-03-09 14:30</td></table>',
  '<a href="https://care.example.org/u/018f4e2a-1391-7345-8abc-012345678901">退订</a>',
  '<p>010-12345678 010-87654321 010-11112222</p>',
])('HTML of every day is none: %s', (html) => expect(leaksOf({ subject: '', text: '', html })).toEqual([]))
