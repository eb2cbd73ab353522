import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { growthInstruments, instrumentByCode, instruments, type Instrument } from '../../clinical/index.ts'
import { answerLine } from './clinical-lines.ts'
import { readPack } from './clinical-pack.ts'
import { nearestCodes, registryTable } from './clinical-table.ts'
import { CommandRefused, type Command } from './command.ts'

/** Anyone may hold a model against a table of their own: nothing but the clinical library is loaded, no database. */
export const clinicalCommand: Command = {
  name: 'clinical',
  usage: 'clinical [INSTRUMENT [--pack REFERENCE]… [FILE…]]',
  zh: '按模型逐行计算 JSON 行 {"id","input"}；不写模型就列出全部模型',
  en: 'compute an instrument from JSON lines {"id","input"}, of files or typed in; without a name lists them all',
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { list: { type: 'boolean', default: false }, pack: { type: 'string', multiple: true, default: [] } },
    })
    const [code, ...files] = positionals
    if (values.list || code === undefined) return console.log(registryTable(instruments))
    const grown = growthInstruments(await Promise.all(values.pack.map(readPack)))
    const instrument = grown.find(({ card }) => card.code === code) ?? instrumentByCode(code)
    if (!instrument) {
      const near = nearestCodes(
        code,
        instruments.map(({ card }) => card.code),
      )
      throw new CommandRefused(
        `没有 ${code} 这个模型，最接近的是 ${near.join('、')}。用 peiban clinical 看全部。\nThere is no instrument ${code}; the nearest are ${near.join(', ')}. See all with: peiban clinical`,
      )
    }
    const sources = files.length === 0 ? [process.stdin.setEncoding('utf8')] : files.map(chunksOf)
    process.stdout.once('error', leaveWithReader)
    for (const source of sources) await computeLines(instrument, source)
  },
}

/** `head` has seen enough: that is no fault. */
function leaveWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
}

async function* chunksOf(file: string): AsyncGenerator<string> {
  try {
    yield* (await open(file)).createReadStream({ encoding: 'utf8' }) as AsyncIterable<string>
  } catch (error) {
    throw new CommandRefused(`读不了 ${file}。 Cannot read ${file}: ${(error as Error).message}`)
  }
}

/** Answers as it reads, so that a program may ask and wait; blank lines are passed over. */
async function computeLines(instrument: Instrument, source: AsyncIterable<string>): Promise<void> {
  let number = 0
  for await (const lines of linesOf(source)) {
    let answers = ''
    for (const line of lines) {
      number++
      if (line.trim() !== '') answers += `${JSON.stringify(answerLine(instrument, line, number))}\n`
    }
    if (!process.stdout.write(answers)) await once(process.stdout, 'drain')
  }
}

/** Whole lines, chunk by chunk. Unlike `node:readline` this tells when reading fails half way. */
async function* linesOf(source: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = ''
  let isFirst = true
  for await (const chunk of source) {
    // Spreadsheets on Windows write a mark before the first line.
    const lines = (rest + (isFirst ? chunk.replace(/^\uFEFF/, '') : chunk)).split('\n')
    isFirst = false
    rest = lines.pop()!
    yield lines
  }
  yield [rest]
}
