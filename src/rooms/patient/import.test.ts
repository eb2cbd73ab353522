import excel from 'exceljs'
import { describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import {
  getImport,
  listMappings,
  previewImport,
  refusedRows,
  startImport,
  stopImport,
  uploadImport,
  type ImportView,
} from './contract/import.ts'
import { listProposals } from './contract/merge.ts'
import { listPatients, registerNewPatient, searchPatients } from './contract/patient.ts'
import { nationalIdCheckDigit } from './contract/national-id.ts'
import { runImport } from './server/import/run-import.ts'

const house = await aHouse()

async function upload(who: Caller, content: Buffer | string, name = '会员.csv') {
  const answer = await house.app.inject({
    method: 'POST',
    url: `/api${uploadImport.path}`,
    headers: { 'x-peiban': '1', 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) },
    cookies: { peiban_session: who.token },
    payload: Buffer.from(content as string),
  })
  return { status: answer.statusCode, body: answer.json() as ImportView & { code?: string } }
}

/** A whole import: handed in, started as proposed, run to its end. */
async function bringIn(who: Caller, content: Buffer | string, saveAs = '') {
  const { status, body } = await upload(who, content)
  expect(status).toBe(200)
  await who.call(startImport, { params: { importId: body.id }, body: { mapping: body.mapping, saveAs } })
  await house.settle()
  return who.call(getImport, { params: { importId: body.id } })
}

const aDesk = async () => house.as('front-desk', { tenant: await house.anOrganization(), name: '前台小周' })
const csv = (...rows: (string | number)[][]) => rows.map((row) => row.join(',')).join('\r\n')
const idOf = (n: number) => {
  const digits = `1101051970010${1 + (n % 9)}${String(n % 1000).padStart(3, '0')}`
  return digits + nationalIdCheckDigit(digits)
}

/** There is an encoder for UTF-8 only: the other way round the decoder's table is read. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const bytes = new Map<string, number[]>()
  for (let a = 0x81; a <= 0xfe; a++)
    for (let b = 0x40; b <= 0xfe; b++) if (b !== 0x7f) bytes.set(decoder.decode(Uint8Array.of(a, b)), [a, b])
  return Buffer.from(
    [...text].flatMap((character) =>
      character.charCodeAt(0) < 128 ? [character.charCodeAt(0)] : bytes.get(character)!,
    ),
  )
}

describe('an import', () => {
  test('adds, finds, refuses and proposes; the same file again adds nobody', async () => {
    const desk = await aDesk()
    const known = await desk.call(registerNewPatient, {
      body: { name: '老会员', paper: { kind: 'national-id', number: idOf(1) }, recordNumber: 'B1' },
    })
    await desk.call(registerNewPatient, { body: { name: '像双份', phone: '13800000001', birthDate: '1970-01-02' } })
    const file = csv(
      ['姓名', '性别', '出生日期', '身份证号', '手机号', '病案号', '级别'],
      ['新会员', '女', '1980-01-02', '', '13800000002', 'B2', '金卡'],
      ['老会员', '', '', idOf(1), '', '', ''],
      ['老会员', '', '', '', '', 'b1', ''],
      ['像双份', '', '1970-01-02', '', '138 0000 0001', '', ''],
      ['新会员', '女', '1980-01-02', '', '13800000002', 'B2', '金卡'],
      ['错号码', '', '', '110105197001010010', '', '', ''],
      ['别的人', '', '', '', '', 'B1', ''],
      ['小朋友', '', '2020-01-01', '', '', '', ''],
    )
    const first = await bringIn(desk, file)
    expect(first).toMatchObject({
      state: 'done',
      rowsRead: 8,
      added: 2,
      found: 3,
      refused: 3,
      proposed: 1,
      by: '前台小周',
    })
    const again = await bringIn(desk, file)
    expect(again).toMatchObject({ state: 'done', rowsRead: 8, added: 0, found: 5, refused: 3, proposed: 0 })
    expect((await desk.call(listPatients)).total).toBe(4)
    expect((await desk.call(listProposals)).rows).toHaveLength(1)
    const found = await desk.call(searchPatients, { query: { q: 'xhy' } })
    expect(found.rows).toMatchObject([{ name: '新会员', level: 'gold', sex: 'female' }])
    expect(known.patient.name).toBe('老会员')
  })

  test('Excel: title above, dates as dates, serials and text, formulas, rich text; lost digits are refused', async () => {
    const desk = await aDesk()
    const book = new excel.Workbook()
    const sheet = book.addWorksheet('会员')
    sheet.addRow(['2026 年会员名单'])
    sheet.addRow(['姓名', '出生日期', '身份证', '手机', '性别'])
    sheet.addRow(['日期甲', new Date('1980-01-02T00:00:00Z'), null, 13800000011, '男'])
    sheet.addRow(['序号乙', 29_222, null, '13800000012', '女'])
    sheet.addRow(['文本丙', '1980年1月2日', null, '13800000013', { formula: 'A1', result: '女' }])
    sheet.addRow([{ richText: [{ text: '富' }, { text: '文本' }] }, '1980.1.2', null, null, null])
    sheet.addRow([])
    sheet.addRow(['丢位数', null, Number('513436200003207110'), null, null])
    const done = await bringIn(desk, Buffer.from(await book.xlsx.writeBuffer()))
    expect(done).toMatchObject({ format: 'xlsx', state: 'done', rowsRead: 5, added: 4, refused: 1 })
    const { rows } = await desk.call(listPatients)
    expect(rows.map((row) => [row.name, row.birthDate, row.sex]).toSorted()).toEqual([
      ['富文本', '1980-01-02', 'unknown'],
      ['序号乙', '1980-01-02', 'female'],
      ['文本丙', '1980-01-02', 'female'],
      ['日期甲', '1980-01-02', 'male'],
    ])
  })

  test.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${csv(['姓名', '手机'], ['单田芳', '13800000021'])}`)],
    ['GB18030', gb18030(csv(['姓名', '手机'], ['单田芳', '13800000021']))],
    ['tabs', Buffer.from('姓名\t手机\n单田芳\t13800000021\n')],
    ['semicolons and quotes', Buffer.from('"姓名";"手机"\n"单田芳";"13800000021"\n')],
  ])('CSV: %s', async (_case, content) => {
    const desk = await aDesk()
    expect(await bringIn(desk, content)).toMatchObject({ state: 'done', added: 1, refused: 0 })
    expect((await desk.call(searchPatients, { query: { q: 'shantianfang' } })).rows).toMatchObject([{ name: '单田芳' }])
  })

  test.each([
    ['the old Excel', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'ImportFileOldExcel'],
    ['nothing', Buffer.alloc(0), 'ImportFileEmpty'],
    ['a header alone', Buffer.from('姓名,手机\n'), 'ImportFileEmpty'],
    ['a broken archive', Buffer.from('PK\u0003\u0004rubbish that is no archive'), 'ImportFileUnreadable'],
  ])('is refused: %s', async (_case, content, code) => {
    expect((await upload(await aDesk(), content)).body.code).toBe(code)
  })

  test('a paper under another name is refused, against what is kept and within one file', async () => {
    const desk = await aDesk()
    await desk.call(registerNewPatient, { body: { name: '原主人', paper: { kind: 'national-id', number: idOf(21) } } })
    const rows = [
      ['姓名', '身份证'],
      ['冒名者', idOf(21)],
      ['原主人', idOf(21)],
      ['先来的', idOf(22)],
      ['后来的', idOf(22)],
    ]
    expect(await bringIn(desk, csv(...rows))).toMatchObject({ added: 1, found: 1, refused: 2 })
  })
})

describe('before it starts', () => {
  test('the preview says what would become of each row, numbers masked, and writes nothing', async () => {
    const desk = await aDesk()
    await desk.call(registerNewPatient, { body: { name: '像双份', phone: '13800000031', birthDate: '1970-01-02' } })
    const { body } = await upload(
      desk,
      csv(
        ['姓名', '手机', '生日'],
        ['新的人', '13800000032', ''],
        ['像双份', '13800000031', '1970-01-02'],
        ['', '13800000033', ''],
        ['坏电话', '123', ''],
      ),
    )
    const { rows } = await desk.call(previewImport, { params: { importId: body.id }, body: { mapping: body.mapping } })
    expect(rows.map((row) => row.outcome)).toEqual(['new', 'double', 'refused', 'refused'])
    expect(rows[0]?.shown).toMatchObject({ name: '新的人', phone: '138****0032' })
    expect(rows[3]?.reasons[0]?.text).toBe('【手机】电话号码不对，请核对。')
    expect((await desk.call(listPatients)).total).toBe(1)
    expect((await desk.try(previewImport, { params: { importId: body.id }, body: { mapping: {} } })).code).toBe(
      'ImportNameColumnNeeded',
    )
  })

  test('a mapping that was saved is proposed for the next file', async () => {
    const desk = await aDesk()
    const { body } = await upload(desk, csv(['甲', '乙'], ['王一一', '13800000041']))
    expect(body.mapping).toEqual({})
    await desk.call(startImport, {
      params: { importId: body.id },
      body: { mapping: { name: 0, phone: 1 }, saveAs: '老系统导出' },
    })
    expect((await desk.call(listMappings)).rows).toEqual([{ name: '老系统导出', columns: { 甲: 'name', 乙: 'phone' } }])
    expect((await upload(desk, csv(['丙', '乙', '甲'], ['x', '13800000042', '王二二']))).body.mapping).toEqual({
      name: 2,
      phone: 1,
    })
    expect((await desk.try(startImport, { params: { importId: body.id }, body: { mapping: { name: 0 } } })).code).toBe(
      'ImportAlreadyStarted',
    )
  })

  test('a role without the right is denied; another organization does not see it', async () => {
    const desk = await aDesk()
    const { body } = await upload(desk, csv(['姓名'], ['某某']))
    expect((await upload(await house.as('service-manager'), csv(['姓名'], ['某某']))).status).toBe(403)
    expect((await (await aDesk()).try(getImport, { params: { importId: body.id } })).code).toBe('NotFound')
  })
})

describe('while it runs', () => {
  const many = (count: number) =>
    csv(
      ['姓名', '手机'],
      ...Array.from({ length: count }, (_, i) => [`测试${'甲乙丙丁'[i % 4]}`, `139${String(i).padStart(8, '0')}`]),
    )

  test('two workers at once, and one that begins again, take each row once', async () => {
    const desk = await aDesk()
    const { body } = await upload(desk, many(700))
    await desk.call(startImport, { params: { importId: body.id }, body: { mapping: body.mapping } })
    const run = () => runImport(house.house, desk.tenant.id, body.id)
    await Promise.all([run(), run()])
    await run()
    expect(await desk.call(getImport, { params: { importId: body.id } })).toMatchObject({
      state: 'done',
      rowsRead: 700,
      added: 700,
      found: 0,
    })
  })

  test('stopped, it keeps what is in and adds no more', async () => {
    const desk = await aDesk()
    const { body } = await upload(desk, many(600))
    await desk.call(startImport, { params: { importId: body.id }, body: { mapping: body.mapping } })
    expect((await desk.call(stopImport, { params: { importId: body.id } })).state).toBe('stopped')
    await runImport(house.house, desk.tenant.id, body.id)
    expect(await desk.call(getImport, { params: { importId: body.id } })).toMatchObject({ state: 'stopped', added: 0 })
    expect((await desk.try(stopImport, { params: { importId: body.id } })).code).toBe('ImportNotRunning')
  })
})

describe('refused rows', () => {
  async function refused(desk: Caller, importId: ImportView['id'], format: 'csv' | 'xlsx') {
    const answer = await desk.try(refusedRows, { params: { importId }, query: { format } })
    expect(answer.status).toBe(200)
    return answer.raw.rawPayload
  }

  test('come back as they were with the reason, and the mended file goes in', async () => {
    const desk = await aDesk()
    const done = await bringIn(
      desk,
      csv(['姓名', '手机', '备注'], ['王好', '13800000051', 'x'], ['王坏', '+12', '=1+1'], ['"李,坏"', '', '@甲']),
    )
    expect(done).toMatchObject({ added: 1, refused: 2 })
    const text = (await refused(desk, done.id, 'csv')).toString('utf8')
    expect(text.split('\r\n').slice(0, 2)).toEqual([
      '\ufeff姓名,手机,备注,未导入原因',
      "王坏,'+12,'=1+1,【手机】电话号码不对，请核对。",
    ])
    const mended = text.replace("'+12", '13800000052').replace('"李,坏"', '李好')
    expect(text).toContain('【姓名】姓名里有不该出现的字符')
    expect(await bringIn(desk, mended)).toMatchObject({ added: 2, refused: 0 })
  })

  test('as a workbook', async () => {
    const desk = await aDesk()
    const done = await bringIn(desk, csv(['姓名', '身份证'], ['坏证', '110105197001010010']))
    const book = new excel.Workbook()
    await book.xlsx.load((await refused(desk, done.id, 'xlsx')) as never)
    const sheet = book.worksheets[0]!
    expect(sheet.getRow(1).values).toEqual([undefined, '姓名', '身份证', '未导入原因'])
    expect(sheet.getRow(2).values).toEqual([
      undefined,
      '坏证',
      '110105197001010010',
      expect.stringContaining('身份证号不对'),
    ])
  })

  test('no number of the file stands in clear in the database', async () => {
    const desk = await aDesk()
    await bringIn(
      desk,
      csv(
        ['姓名', '手机', '身份证'],
        ['王明文', '13866667777', idOf(5)],
        ['王明文', '13866667778', '110105197001010010'],
      ),
    )
    const { pool } = house.house.databases
    const { rows: tables } = await pool.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss')`,
    )
    await pool.query(`set peiban.organization_id = '${desk.tenant.id}'`)
    for (const { name } of tables.filter((table) => /patient|outbox|audit|pgboss/.test(table.name)))
      for (const secret of ['13866667777', '13866667778', idOf(5), '110105197001010010'])
        expect([
          name,
          (await pool.query(`select from ${name} t where strpos(t::text, $1) > 0`, [secret])).rowCount,
        ]).toEqual([name, 0])
  })
})
