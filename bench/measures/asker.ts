import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { atOnce } from '../at-once.ts'

/** Asks over HTTP from a thread of its own, as a browser does, so that the server's thread has the server's work alone. */
const { url, token } = workerData as { url: string; token: string }
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

parentPort!.on('message', async ({ paths, width }: { paths: string[]; width: number }) => {
  try {
    const times = await atOnce(width, paths.length, (n) => get(paths[n]!))
    parentPort!.postMessage({ times })
  } catch (error) {
    parentPort!.postMessage({ failed: String(error) })
  }
})

function get(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(url + path, { agent, headers: { cookie: `peiban_session=${token}` } }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`${path} answered ${answer.statusCode}`)),
      )
    })
    call.on('error', reject)
    call.end()
  })
}
