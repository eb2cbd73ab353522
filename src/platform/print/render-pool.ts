import { startRenderProcess, type Refusal, type RenderProcess } from './render-process.ts'

export interface RendererOptions {
  /** How many child processes may draw at once; each holds about 250 MB while it lives. */
  workers?: number
  /** A child process that has been idle for so long ends and gives its memory back. */
  idleMs?: number
  /** A paper that takes longer than this is given up, and its process ended. */
  renderMsMax?: number
  /** Papers that may wait; the next one is refused with `RendererBusy`. */
  waitingMax?: number
  /** Errors of the drawer that callers tell apart; any other comes back as a plain one. */
  refusals?: readonly Refusal[]
}

/** Draws papers outside of this process. */
export interface Renderer<D, R> {
  /** Rejects with the error of the drawer, with `RendererBusy`, `RendererClosed` or `RenderProcessEnded`. */
  render(document: D): Promise<R>
  /** Starts a process when there is none: somebody is about to ask. It ends like any other when nobody does. */
  warm(): void
  /** Finishes what is being drawn, refuses what waits, and ends all processes. */
  close(): Promise<void>
  /** Processes alive at this moment. */
  readonly processes: number
}

export class RendererBusy extends Error {
  override readonly name = 'RendererBusy'
}

export class RendererClosed extends Error {
  override readonly name = 'RendererClosed'
}

interface Waiting<D, R> {
  document: D
  resolve: (drawn: R) => void
  reject: (error: Error) => void
}

interface Worker<D, R> {
  process: RenderProcess<D, R>
  busy: Promise<void> | undefined
  idleTimer: NodeJS.Timeout | undefined
  rendered: number
}

/** After so many papers a process is replaced, so that nothing it hoards can grow without end. */
const RENDERS_PER_PROCESS_MAX = 2_000

/**
 * A pool of child processes that are started when a paper is asked for and end after `idleMs` without one: the
 * compiler, its fonts and ECharts never weigh on the server itself. Each process draws one paper at a time.
 * @param drawer the module whose `draw(document)` makes the paper; loaded by the children alone
 */
export function createRenderer<D, R>(drawer: URL, options: RendererOptions = {}): Renderer<D, R> {
  const { workers: workersMax = 1, idleMs = 30_000, renderMsMax = 60_000, waitingMax = 1_000, refusals } = options
  const workers = new Set<Worker<D, R>>()
  const queue: Waiting<D, R>[] = []
  let closed = false

  function next(): void {
    const idle = [...workers].find((worker) => !worker.busy)
    if (queue.length === 0 || (!idle && workers.size >= workersMax)) return
    const worker = idle ?? add()
    worker.busy = serve(worker, queue.shift()!)
    next()
  }

  function add(): Worker<D, R> {
    const worker: Worker<D, R> = {
      process: startRenderProcess(drawer, refusals),
      busy: undefined,
      idleTimer: undefined,
      rendered: 0,
    }
    workers.add(worker)
    void worker.process.ended.then(() => workers.delete(worker))
    return worker
  }

  async function serve(worker: Worker<D, R>, waiting: Waiting<D, R>): Promise<void> {
    clearTimeout(worker.idleTimer)
    try {
      waiting.resolve(await worker.process.render(waiting.document, renderMsMax))
    } catch (error) {
      waiting.reject(error as Error)
    }
    worker.busy = undefined
    worker.rendered++
    if (!worker.process.alive || worker.rendered >= RENDERS_PER_PROCESS_MAX) end(worker)
    else worker.idleTimer = setTimeout(() => end(worker), idleMs).unref()
    next()
  }

  function end(worker: Worker<D, R>): void {
    workers.delete(worker)
    worker.process.end()
  }

  return {
    warm() {
      if (closed || workers.size > 0) return
      const worker = add()
      worker.idleTimer = setTimeout(() => end(worker), idleMs).unref()
    },
    render(document) {
      if (closed) return Promise.reject(new RendererClosed('the renderer is closed'))
      if (queue.length >= waitingMax) return Promise.reject(new RendererBusy(`${waitingMax} papers are waiting`))
      return new Promise((resolve, reject) => {
        queue.push({ document, resolve, reject })
        next()
      })
    },
    async close() {
      closed = true
      for (const waiting of queue.splice(0)) waiting.reject(new RendererClosed('the renderer is closed'))
      await Promise.all(
        [...workers].map(async (worker) => {
          await worker.busy
          clearTimeout(worker.idleTimer)
          worker.process.end()
          await worker.process.ended
        }),
      )
    },
    get processes() {
      return workers.size
    },
  }
}
