import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { complaintsOf, PATTERNS } from './complaint.ts'
import en from './locales/en.json' with { type: 'json' }
import { calendarDate, id, instant, locale, pageQuery } from './words.ts'

function complain(schema: z.ZodType, value: unknown, language: 'zh-CN' | 'en' = 'zh-CN') {
  const { error } = schema.safeParse(value, { reportInput: true })
  return complaintsOf(error?.issues ?? [], language).map(({ path, message }) => [path.join('.'), message])
}

const person = z.strictObject({ name: z.string().min(2), phones: z.array(z.string()).max(2).optional() })
const code = z.string().regex(/^\d{6}$/)
const many = z.enum(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm'])

test.each<[string, z.ZodType, unknown, string, string, string]>([
  ['nothing', person, {}, 'name', '请填写这一项', 'Please fill this in'],
  ['null', person, { name: null }, 'name', '请填写这一项', 'Please fill this in'],
  ['an empty text', person, { name: '' }, 'name', '请填写这一项', 'Please fill this in'],
  [
    'a short text',
    person,
    { name: '王' },
    'name',
    '至少要 2 个字，现在有 1 个',
    'At least 2 characters, please; there are 1',
  ],
  [
    'a long text',
    z.string().max(3),
    'abcde',
    '',
    '最多 3 个字，现在有 5 个',
    'At most 3 characters, please; there are 5',
  ],
  [
    'a text of another length',
    z.string().length(3),
    'ab',
    '',
    '要正好 3 个字，现在有 2 个',
    'Exactly 3 characters, please; there are 2',
  ],
  ['a number for a text', person, { name: 5 }, 'name', '这里要填文字', 'This has to be text'],
  ['a text for a number', z.number(), 'x', '', '请填数字', 'Please enter a number'],
  ['a text for a number in an address', pageQuery, { limit: 'x' }, 'limit', '请填数字', 'Please enter a number'],
  ['a part of a number', z.number().int(), 1.5, '', '请填整数', 'Please enter a whole number'],
  ['a text for yes or no', z.boolean(), 'yes', '', '请选“是”或“否”', 'Please choose yes or no'],
  ['one for a list', z.array(z.string()), 'x', '', '这里要给出一个列表', 'This has to be a list'],
  ['one for a group', person, 'x', '', '这里要给出一组字段', 'This has to be a group of fields'],
  ['an empty list', z.array(z.string()).min(1), [], '', '至少要有一项', 'At least one is needed'],
  [
    'a short list',
    z.array(z.string()).min(2),
    ['a'],
    '',
    '至少要有 2 项，现在有 1 项',
    'At least 2 are needed; there are 1',
  ],
  [
    'a long list',
    person,
    { name: '王五', phones: ['1', '2', '3'] },
    'phones',
    '最多 2 项，现在有 3 项',
    'At most 2, please; there are 3',
  ],
  ['a small number', z.number().min(30), 12, '', '不能小于 30', 'Not below 30, please'],
  ['a big number', pageQuery, { limit: 201 }, 'limit', '不能大于 200', 'Not above 200, please'],
  ['a number that is not above', z.number().gt(0), 0, '', '要大于 0', 'This has to be above 0'],
  ['a number that is not below', z.number().lt(1), 1, '', '要小于 1', 'This has to be below 1'],
  ['no multiple', z.number().multipleOf(5), 3, '', '要填 5 的倍数', 'This has to be a multiple of 5'],
  ['no option', locale, 'de', '', '请从这些里选一个：zh-CN、en', 'Please choose one of these: zh-CN, en'],
  ['no option chosen', locale, '', '', '请填写这一项', 'Please fill this in'],
  ['no option of many', many, 'z', '', '请从给出的选项里选一个', 'Please choose one of the options given'],
  ['another constant', z.literal(true), false, '', '这里只能是 true', 'This can only be true'],
  [
    'no date',
    calendarDate,
    '2026-13-40',
    '',
    '请按 2026-03-02 这样的写法填一个日期',
    'Please write the date like 2026-03-02',
  ],
  ['no date at all', calendarDate, '', '', '请填写这一项', 'Please fill this in'],
  [
    'no instant',
    instant,
    '2026-03-02',
    '',
    '请按 2026-03-02T10:00:00+08:00 这样的写法填时间，带上时区',
    'Please write the time like 2026-03-02T10:00:00+08:00, with its zone',
  ],
  [
    'no id',
    id('patient'),
    '12',
    '',
    '编号不对，请回到列表里重新选择',
    'This id is not valid; please choose again from the list',
  ],
  [
    'no address',
    z.email(),
    'li@',
    '',
    '请填完整的邮箱，如 li@example.com',
    'Please enter the whole address, like li@example.com',
  ],
  [
    'no web address',
    z.url(),
    'peiban',
    '',
    '请填完整的网址，如 https://example.com',
    'Please enter the whole web address, like https://example.com',
  ],
  ['no code', code, '12345', '', '请填 6 位数字', 'Please enter 6 digits'],
  [
    'another pattern',
    z.string().regex(/^x+$/),
    'y',
    '',
    '写法不对，请检查后再填',
    'This is not written as it should be; please check it',
  ],
  [
    'another format',
    z.string().startsWith('P'),
    'y',
    '',
    '写法不对，请检查后再填',
    'This is not written as it should be; please check it',
  ],
  [
    'an unknown field',
    person,
    { name: '王五', age: 3 },
    'age',
    '不认识“age”这一项，请去掉',
    '“age” is not known here; please leave it out',
  ],
  [
    'its own check, by a key',
    z.string().refine(() => false, 'oneOfTwo'),
    '',
    '',
    '两项里要填一项，也只填一项',
    'One of the two is needed, and only one',
  ],
  [
    'its own check, without a word',
    z.string().refine(() => false),
    '',
    '',
    '填写的内容不对，请检查后再填',
    'This is not right; please check it',
  ],
  [
    'its own check, in words',
    z.string().refine(() => false, 'no step b'),
    '',
    '',
    '填写的内容不对：no step b',
    'This is not right: no step b',
  ],
  ['what never may stand', z.never(), 1, '', '这里不接受这样的内容', 'This cannot stand here'],
])('%s', (_what, schema, value, path, zh, english) => {
  expect(complain(schema, value)).toEqual([[path, zh]])
  expect(complain(schema, value, 'en')).toEqual([[path, english]])
})

describe('of alternatives', () => {
  const span = z.union([
    z.strictObject({ days: z.number() }),
    z.strictObject({ months: z.number().max(12) }),
    z.literal('never'),
  ])

  test('the one that came furthest is complained of, at its place', () => {
    expect(complain(z.object({ span }), { span: { months: 13 } })).toEqual([['span.months', '不能大于 12']])
  })
  test('of one kind or another the kind is asked for', () => {
    const either = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a') }),
      z.object({ kind: z.literal('b') }),
    ])
    expect(complain(either, { kind: 'c' })).toEqual([['kind', '请从这些里选一个：a、b']])
  })
})

test('several are named each', () => {
  expect(complain(person, { name: '王', one: 1, two: 2 }).map(([path]) => path)).toEqual(['name', 'one', 'two'])
})

/** A pattern that is new says here what it asks for, in both languages. */
test('every pattern of a contract is known, and so is every complaint it names', () => {
  const folder = join(import.meta.dirname, '../..')
  const sources = globSync(['platform/contract/*.ts', 'rooms/*/contract/*.ts'], { cwd: folder })
    .filter((file) => !file.includes('.test.'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
  const patterns = sources.flatMap((text) => [...text.matchAll(/\.regex\(\/(.+?)\/[a-z]*[,)]/g)].map((m) => m[1]!))
  expect(patterns.length).toBeGreaterThan(5)
  expect(patterns.filter((pattern) => !Object.hasOwn(PATTERNS, pattern))).toEqual([])
  for (const key of Object.values(PATTERNS)) expect(en.format).toHaveProperty(key)
})
