import type { Page, Request } from 'playwright-core'

/** What a page is made of. A film that is being watched, or a call that stays open, never ends. */
const PARTS = new Set(['document', 'stylesheet', 'script', 'fetch', 'xhr', 'font', 'image'])
/** Asked again and again while there is no line, and left unread: it shows nothing. */
const LIFE = '/healthz'
/** By then an answer that has begun is here, whether its end was told or not. */
const ANSWERED_MS = 2000
const FRAMES = 5
const ROUNDS = 300

interface Traffic {
  underWay: Set<Request>
  begun: number
}
const trafficOf = new WeakMap<Page, Traffic>()

/** From now on it is known what the page waits for. */
export function watchTraffic(page: Page): void {
  const traffic: Traffic = { underWay: new Set(), begun: 0 }
  trafficOf.set(page, traffic)
  page.on('request', (request) => {
    if (!PARTS.has(request.resourceType()) || new URL(request.url()).pathname === LIFE) return
    traffic.underWay.add(request)
    traffic.begun++
  })
  page.on('requestfinished', (request) => traffic.underWay.delete(request))
  // Of an answer that has begun to come the end is sometimes never told: of a refusal, most of all.
  page.on('response', (response) => setTimeout(() => traffic.underWay.delete(response.request()), ANSWERED_MS))
  page.on('requestfailed', (request) => traffic.underWay.delete(request))
}

/**
 * Waits until the page shows what it is going to show: several frames in a row were drawn, and all of its work was done,
 * while nothing was under way and nothing was asked for. Unlike Playwright's `networkidle` it holds at every call, not
 * only after the page was opened, and does not wait half a second to see that nothing comes.
 */
export async function settled(page: Page): Promise<void> {
  const traffic = trafficOf.get(page)
  if (!traffic) return page.waitForLoadState('networkidle')
  await page.waitForLoadState('load')
  for (let round = 0; round < ROUNDS; round++) {
    const { begun } = traffic
    const drawn = await page.evaluate(drawFrames, FRAMES).catch((error: unknown) => {
      if (page.isClosed()) throw error
      // It was leaving for another page.
      return false
    })
    if (drawn && traffic.underWay.size === 0 && traffic.begun === begun) return
  }
  throw new Error(`the page never settles: ${[...traffic.underWay].map((request) => request.url()).join(', ')}`)
}

/** Each frame, and after it the work of the lowest rank: it runs when there is no other. */
async function drawFrames(frames: number): Promise<boolean> {
  const { scheduler } = globalThis as unknown as {
    scheduler: { postTask(work: () => void, options: { priority: 'background' }): Promise<void> }
  }
  for (let frame = 0; frame < frames; frame++) {
    await new Promise((drawn) => requestAnimationFrame(drawn))
    await scheduler.postTask(() => {}, { priority: 'background' })
  }
  return true
}
