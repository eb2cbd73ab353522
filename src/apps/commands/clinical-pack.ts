import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { parseReferencePack, whoPackFromTable, type ReferencePack } from '../../clinical/index.ts'
import { CommandRefused } from './command.ts'

/** A growth reference of an operator's own: a pack as JSON, or the table that holds WHO's values; either may be .gz. */
export async function readPack(file: string): Promise<ReferencePack> {
  try {
    const bytes = await readFile(file)
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
    const content = (isPacked ? gunzipSync(bytes) : bytes).toString('utf8')
    return content.trimStart().startsWith('{') ? parseReferencePack(JSON.parse(content)) : whoPackFromTable(content)
  } catch (error) {
    const { message } = error as Error
    throw new CommandRefused(`${file} 不是生长参考包：${message}。\n${file} is no growth reference pack: ${message}`)
  }
}
