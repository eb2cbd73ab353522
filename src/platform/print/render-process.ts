import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What the child answers; errors travel by name and message, since classes do not cross processes. */
export type RenderAnswer = { drawn: unknown } | { error: { name: string; message: string } }

/** A refusal of a drawer that callers tell apart: its class is put together again on this side. */
export type Refusal = { new (message: string): Error; readonly name: string }

/** One child process that draws papers, one after the other. */
export interface RenderProcess<D, R> {
  render(document: D, renderMsMax: number): Promise<R>
  end(): void
  readonly alive: boolean
  /** Settles when the process is gone, for whatever reason. */
  readonly ended: Promise<void>
}

/** The child died or was ended for taking too long, while it drew. Trying again is reasonable. */
export class RenderProcessEnded extends Error {
  override readonly name = 'RenderProcessEnded'
}

const ENTRY = fileURLToPath(new URL('./render-child.ts', import.meta.url))

/**
 * What the compiler laid out is freed only when JavaScript collects its handle, and a roomy heap collects late: after
 * 100 reports a process holds 420 MB with Node's own sizes, 250 MB with these, at the same speed.
 */
const SMALL_HEAP = ['--max-semi-space-size=1', '--max-old-space-size=128']

/**
 * Starts a child process that draws with the `draw` of the module `drawer`. It holds this process open only while it
 * draws, and ends by itself when this process goes. Asked for one paper at a time.
 */
export function startRenderProcess<D, R>(drawer: URL, refusals: readonly Refusal[] = []): RenderProcess<D, R> {
  const child = fork(ENTRY, [drawer.href], {
    // Carries bytes as bytes.
    serialization: 'advanced',
    execArgv: SMALL_HEAP,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  let alive = true
  // One place for the paper in hand, not a listener on `ended` for each: those would keep every PDF ever drawn.
  let inHand: PromiseWithResolvers<RenderAnswer> | undefined
  const { promise: ended, resolve: settle } = Promise.withResolvers<void>()
  const gone = (reason: string) => {
    alive = false
    inHand?.reject(new RenderProcessEnded(reason))
    settle()
  }
  child.once('exit', () => gone('the process ended while it drew'))
  child.once('error', (error) => gone(error.message))
  child.on('message', (answer: RenderAnswer) => inHand?.resolve(answer))
  holdOpen(child, false)

  function end(reason: string): void {
    alive = false
    inHand?.reject(new RenderProcessEnded(reason))
    // Held open until it is gone, so that whoever waits for `ended` is answered.
    child.ref()
    child.kill('SIGKILL')
  }

  return {
    async render(document, renderMsMax) {
      inHand = Promise.withResolvers<RenderAnswer>()
      const timer = setTimeout(() => end(`drawing took longer than ${renderMsMax} ms`), renderMsMax)
      holdOpen(child, true)
      child.send(document as object, (error) => error && inHand?.reject(new RenderProcessEnded(error.message)))
      try {
        const answer = await inHand.promise
        if ('error' in answer) throw revive(answer.error, refusals)
        return answer.drawn as R
      } finally {
        clearTimeout(timer)
        inHand = undefined
        holdOpen(child, false)
      }
    },
    end: () => end('the process was ended'),
    get alive() {
      return alive
    },
    ended,
  }
}

function holdOpen(child: ChildProcess, open: boolean): void {
  if (open) {
    child.ref()
    child.channel?.ref()
  } else {
    child.unref()
    child.channel?.unref()
  }
}

function revive({ name, message }: { name: string; message: string }, refusals: readonly Refusal[]): Error {
  const known = refusals.find((one) => one.name === name)
  return known ? new known(message) : new Error(`${name}: ${message}`)
}
