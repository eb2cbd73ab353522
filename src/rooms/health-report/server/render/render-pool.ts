import { startRenderProcess, type RenderProcess } from './render-process.ts'
import type { RenderedReport, ReportDocument } from './report-document.ts'

export interface ReportRendererOptions {
  /** How many child processes may draw at once; each holds about 250 MB while it lives. */
  workers?: number
  /** A child process that has been idle for so long ends and gives its memory back. */
  idleMs?: number
  /** A report that takes longer than this is given up, and its process ended. */
  renderMsMax?: number
  /** Reports that may wait; the next one is refused with `RendererBusy`. */
  waitingMax?: number
}

/** Draws reports outside of this process. */
export interface ReportRenderer {
  /** Rejects with the error of `renderReport`, with `RendererBusy`, `RendererClosed` or `RenderProcessEnded`. */
  render(document: ReportDocument): Promise<RenderedReport>
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

interface Waiting {
  document: ReportDocument
  resolve: (report: RenderedReport) => void
  reject: (error: Error) => void
}

interface Worker {
  process: RenderProcess
  busy: Promise<void> | undefined
  idleTimer: NodeJS.Timeout | undefined
  rendered: number
}

/** After so many reports a process is replaced, so that nothing it hoards can grow without end. */
const RENDERS_PER_PROCESS_MAX = 2_000

/**
 * A pool of child processes that are started when a report is asked for and end after `idleMs` without one: the
 * compiler, its fonts and ECharts never weigh on the server itself. Each process draws one report at a time.
 */
export function createReportRenderer(options: ReportRendererOptions = {}): ReportRenderer {
  const { workers: workersMax = 1, idleMs = 30_000, renderMsMax = 60_000, waitingMax = 1_000 } = options
  const workers = new Set<Worker>()
  const queue: Waiting[] = []
  let closed = false

  function next(): void {
    const idle = [...workers].find((worker) => !worker.busy)
    if (queue.length === 0 || (!idle && workers.size >= workersMax)) return
    const worker = idle ?? add()
    worker.busy = serve(worker, queue.shift()!)
    next()
  }

  function add(): Worker {
    const worker: Worker = { process: startRenderProcess(), busy: undefined, idleTimer: undefined, rendered: 0 }
    workers.add(worker)
    void worker.process.ended.then(() => workers.delete(worker))
    return worker
  }

  async function serve(worker: Worker, waiting: Waiting): Promise<void> {
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

  function end(worker: Worker): void {
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
      if (queue.length >= waitingMax) return Promise.reject(new RendererBusy(`${waitingMax} reports are waiting`))
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
