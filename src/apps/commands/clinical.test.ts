import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instrumentByCode, instruments } from '../../clinical/index.ts'
import { differences } from '../../clinical/instrument/agreement.ts'

const CLI = join(import.meta.dirname, '../cli.ts')
const CLINICAL = join(import.meta.dirname, '../../clinical/instrument')

interface Line {
  id: unknown
  line?: number
  output?: Record<string, unknown>
  error?: { code: string; missing: string[]; zh: string; en: string }
}

/** `peiban clinical …` as it is typed, with what is piped into it. */
async function clinical(args: string[], input = ''): Promise<{ status: number; out: string; err: string }> {
  const child = spawn(process.execPath, [CLI, 'clinical', ...args])
  child.stdin.end(input)
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { status: status as number, out, err }
}

const linesOf = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
const inputLines = (items: { id: unknown; input: unknown }[]) =>
  items.map(({ id, input }) => `${JSON.stringify({ id, input })}\n`).join('')

interface Vector {
  id: string
  input: object
  expected: object
  needs?: string
}

const vectorsIn = (file: string) => JSON.parse(readFileSync(join(CLINICAL, file), 'utf8')) as Vector[]

const folder = mkdtempSync(join(tmpdir(), 'peiban-clinical-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('every vector of every instrument comes out of the command', { timeout: 60_000 }, () => {
  const files = globSync('*/*/vectors.json', { cwd: CLINICAL }).toSorted()

  test('there are as many as instruments', () => {
    expect(files.map((file) => basename(dirname(file))).filter((code) => instrumentByCode(code))).toHaveLength(
      instruments.length,
    )
  })

  test.concurrent.each(
    files.flatMap((file) => {
      const instrument = instrumentByCode(basename(dirname(file)))
      return instrument ? [[instrument.card.code, file, instrument] as const] : []
    }),
  )('%s', async (code, file, { card }) => {
    const vectors = vectorsIn(file)
    const { status, out, err } = await clinical([code], inputLines(vectors))
    expect([status, err]).toEqual([0, ''])
    const answers = linesOf(out)
    expect(answers.map(({ id }) => id)).toEqual(vectors.map(({ id }) => id))
    for (const [index, { id, expected, needs }] of vectors.entries())
      if (!needs) expect([id, ...differences(answers[index]!.output, expected, card.tolerance)]).toEqual([id])
  })
})

describe('lines', () => {
  test('answer in their order, each on its own: a broken one stops nothing', async () => {
    const good = { id: 'ok', input: { items: [1, 1, 1, 1, 1, 1, 1] } }
    const { status, out } = await clinical(
      ['gad-7'],
      [
        '\uFEFF' + JSON.stringify(good),
        '',
        'not json',
        '[1]',
        '{"id":7}',
        '{"id":8,"input":{"items":[1,1,1,1,1,1,null]}}\r',
        '{"input":{"items":[1,1,1,1,1,1,4],"itmes":1}}',
        JSON.stringify({ ...good, id: { page: 3 } }),
      ].join('\n'),
    )
    expect(status).toBe(0)
    const [first, notJson, list, bare, missed, wrong, last] = linesOf(out)
    expect(first).toEqual({ id: 'ok', output: { total: 7, band: 'mild', positive: false } })
    expect(notJson).toMatchObject({ id: null, line: 3, error: { code: 'broken-line' } })
    expect(list).toMatchObject({ id: null, line: 4, error: { code: 'broken-line' } })
    expect(bare).toMatchObject({
      id: 7,
      line: 5,
      error: { code: 'broken-line', en: expect.stringContaining('no "input"') },
    })
    expect(missed).toEqual({
      id: 8,
      error: {
        code: 'refused',
        missing: ['items[6]'],
        invalid: [],
        unknown: [],
        zh: '还缺：各题得分（items）第 7 题。',
        en: 'Missing: points of the items (items) number 7.',
      },
    })
    expect(wrong).toMatchObject({
      id: null,
      error: {
        code: 'refused',
        invalid: [{ input: 'items[6]', value: 4, reason: 'above', limit: 3 }],
        unknown: ['itmes'],
      },
    })
    expect(last).toMatchObject({ id: { page: 3 }, output: { total: 7 } })
  })

  test('say by a sentence of the instrument why it does not apply', async () => {
    const bout = (min: number) => ({ days: 7, min })
    const input = { vigorous: bout(600), moderate: bout(300), walking: bout(61) }
    const [answer] = linesOf((await clinical(['ipaq-sf'], inputLines([{ id: 1, input }]))).out)
    expect(answer).toMatchObject({ error: { notApplicable: 'over-960', zh: expect.stringContaining('16 小时') } })
  })

  test('are answered as they come, so that a program may ask and wait', { timeout: 30_000 }, async () => {
    const child = spawn(process.execPath, [CLI, 'clinical', 'gad-7'])
    child.stdin.write(inputLines([{ id: 'now', input: { items: [0, 0, 0, 0, 0, 0, 0] } }]))
    const [answer] = await once(child.stdout.setEncoding('utf8'), 'data')
    expect(answer).toContain('"id":"now"')
    child.stdin.end()
    expect(await once(child, 'close')).toEqual([0, null])
  })
})

describe('files', { timeout: 30_000 }, () => {
  const many = join(folder, 'many.ndjson')
  const one = join(folder, 'one.ndjson')
  beforeAll(() => {
    const asked = Array.from({ length: 10_000 }, (_, id) => ({
      id,
      input: { items: [1, 1, 1, 1, 1, 1, 1, 1, id % 4] },
    }))
    writeFileSync(many, inputLines(asked))
    writeFileSync(one, inputLines([{ id: 'other file', input: { items: [3, 3, 3, 3, 3, 3, 3, 3, 0] } }]).trimEnd())
  })

  test('ten thousand answers to PHQ-9, then the next file', async () => {
    const { out } = await clinical(['phq-9', many, one])
    const answers = linesOf(out)
    expect(answers).toHaveLength(10_001)
    expect(answers[9_999]).toEqual({ id: 9_999, output: { total: 11, band: 'moderate', safetyFlag: true } })
    expect(answers[10_000]).toEqual({ id: 'other file', output: { total: 24, band: 'severe', safetyFlag: false } })
  })

  test('a reader that leaves early is no fault', async () => {
    const child = spawn(process.execPath, [CLI, 'clinical', 'phq-9', many])
    const err = text(child.stderr)
    await once(child.stdout, 'data')
    child.stdout.destroy()
    expect(await once(child, 'close')).toEqual([0, null])
    expect(await err).toBe('')
  })

  test('one that is not there is refused without a stack', async () => {
    const { status, out, err } = await clinical(['phq-9', join(folder, 'none')])
    expect([status, out]).toEqual([1, ''])
    expect(err).toMatch(/^读不了 .*none。 Cannot read .*ENOENT.*\n$/)
  })
})

describe("a growth reference of one's own", { timeout: 30_000 }, () => {
  const pack = join(folder, 'wst.json.gz')
  const column = (sex: string) => ({
    measure: 'weight',
    sex,
    by: 'ageMonths',
    columns: ['P3', 'P50', 'P97'],
    rows: [[12, 8, 9.5, 11.2]],
  })
  beforeAll(() => {
    const reference = {
      format: 'peiban-growth-reference/1',
      code: 'wst-423-2022',
      version: 'try',
      title: { zh: '试验参考', en: 'reference for a test' },
      source: 'made up',
      licence: 'none',
      tables: [column('female'), column('male')],
    }
    writeFileSync(pack, gzipSync(JSON.stringify(reference)))
  })
  const asked = inputLines([{ id: 1, input: { indicator: 'wfa', sex: 'male', ageMonths: 12 } }])

  test('answers with --pack what is refused without, and names the reference', async () => {
    const [without] = linesOf((await clinical(['china-growth'], asked)).out)
    expect(without).toMatchObject({ error: { notApplicable: 'needs-reference-pack' } })
    const [withPack] = linesOf((await clinical(['china-growth', '--pack', pack], asked)).out)
    expect(withPack).toMatchObject({ output: { P50: 9.5, reference: 'wst-423-2022@try' } })
  })

  test('that is none is refused by its name', async () => {
    writeFileSync(join(folder, 'odd.json'), '{"format":"x"}')
    const { status, err } = await clinical(['china-growth', '--pack', join(folder, 'odd.json')], asked)
    expect(status).toBe(1)
    expect(err).toMatch(/odd\.json is no growth reference pack: not a growth reference: its format is "x"\n$/)
  })

  const material = process.env['PEIBAN_MATERIAL']
  test.skipIf(!material)("WHO's: every vector comes out", async () => {
    const { card } = instrumentByCode('who-growth')!
    const vectors = vectorsIn('growth/who-growth/vectors.json')
    const table = join(material!, 'datasets/pygrowthstandards_1.1.csv.gz')
    const answers = linesOf((await clinical(['who-growth', '--pack', table], inputLines(vectors))).out)
    for (const [index, { id, expected }] of vectors.entries())
      expect([id, ...differences(answers[index]!.output, expected, card.tolerance)]).toEqual([id])
  })
})

describe('without lines', { timeout: 30_000 }, () => {
  test.each([[[]], [['--list']], [['phq-9', '--list']]])('%j lists the registry', async (args) => {
    const { status, out } = await clinical(args)
    expect(status).toBe(0)
    const [head, ...rows] = out.trimEnd().split('\n')
    expect(head).toMatch(/^INSTRUMENT +VERSION +BADGE +LICENCE +TITLE$/)
    expect(rows).toHaveLength(instruments.length)
    expect(out).toMatch(/^phq-9 +1 +secondary 转引 +built-in 内置 +抑郁自评量表（PHQ-9） · Patient Health/m)
    expect(out).toMatch(/^psqi +1 +secondary 转引 +template 自备题目 /m)
  })

  test.each([
    ['phq9', 'phq-9'],
    ['SAS', 'sas'],
    ['tcm-60', 'tcm-constitution-60'],
    ['osat', 'osta'],
  ])('%s is not known, but %s is near', async (typed, near) => {
    const { status, out, err } = await clinical([typed])
    expect([status, out]).toEqual([1, ''])
    expect(err).toMatch(new RegExp(`There is no instrument ${typed}; the nearest are .*\\b${near}\\b`))
  })
})

describe('it starts without the rooms', () => {
  /** Everything that a file loads, and what that loads. */
  function loads(file: string, seen = new Set<string>()): Set<string> {
    if (seen.has(file)) return seen
    seen.add(file)
    for (const [, target] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type)[^'"]*?from '([^']+)'/gm))
      if (!target!.startsWith('.')) seen.add(target!)
      else if (target!.endsWith('.ts')) loads(join(dirname(file), target!), seen)
    return seen
  }

  test.each([CLI, join(import.meta.dirname, 'clinical.ts')])('%s', (file) => {
    const own = /\/(?:clinical\/.*|apps\/cli|apps\/commands\/(?:clinical[a-z-]*|command))\.ts$/
    expect([...loads(file)].filter((one) => !one.startsWith('node:') && !own.test(one))).toEqual([])
  })

  test('and the check sees what others load', () => {
    expect([...loads(join(import.meta.dirname, 'migrate.ts'))].length).toBeGreaterThan(20)
  })
})
