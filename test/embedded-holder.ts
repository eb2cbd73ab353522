import { createInterface } from 'node:readline'
import { startEmbedded, StartRefused, type EmbeddedOptions } from '../src/platform/database/embedded.ts'

/**
 * Another Peiban for the tests of the embedded database: starts it with the options of its argument (JSON), tells what
 * came of it in one line of JSON, and stops it when its input ends; at any word it leaves without stopping it.
 * Being killed is what it is for.
 */
const log: string[] = []
try {
  const options = JSON.parse(process.argv[2] ?? '{}') as EmbeddedOptions
  const { url, reused, stop } = await startEmbedded({ ...options, log: (line) => log.push(line) })
  console.log(JSON.stringify({ url, reused, log }))
  const input = createInterface(process.stdin)
  input.once('line', () => process.exit())
  input.once('close', () => void stop().then(() => process.exit()))
} catch (error) {
  if (!(error instanceof StartRefused)) throw error
  console.log(JSON.stringify({ refused: error.code, message: error.message, pid: error.pid, log }))
}
