import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { systemActor } from '../../src/platform/context/context.ts'
import { write } from '../../src/platform/context/house.ts'
import type { PatientId } from '../../src/platform/contract/index.ts'
import { fillLongLife, LIFE } from '../../src/rooms/observation/sample-life.ts'
import { addFacts } from '../../src/rooms/observation/server/index.ts'
import { assignCarers, registerPatient, setMainWorry } from '../../src/rooms/patient/server/index.ts'
import { CHROMIUM_ARGUMENTS, chromiumEnvironment, findChromium } from '../../test/chromium.ts'
import { print, quantile, round, type Ground } from '../ground.ts'
import { serve, type Served } from './served.ts'

const RUNS = 12

/** Calls of each answer that the page begins with. */
const CALLS = 300

const NAME = '量一量'
/** The last that comes on the first tab. */
const OVERVIEW = '[role=tabpanel] .pb-spark'

/** How long a page must have changed nothing to count as drawn. */
const QUIET_MS = 400

/**
 * In the page, before anything of it: `drawn.painted` is the largest contentful paint, `drawn.pictured` the frame after
 * the last picture or chart was put in, `drawn.changed` the frame after the last change of any kind; ms since the
 * navigation.
 */
const WATCH = `
  globalThis.drawn = { painted: 0, pictured: 0, changed: 0 }
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (drawn.painted = entry.startTime)))
    .observe({ type: 'largest-contentful-paint', buffered: true })
  const isPicture = (node) => node.nodeType === 1 && (node.matches('svg:not(.anticon svg)') || node.querySelector('svg:not(.anticon svg)') !== null)
  new MutationObserver((records) => {
    const pictured = records.some(({ addedNodes }) => [...addedNodes].some(isPicture))
    requestAnimationFrame(() => setTimeout(() => {
      drawn.changed = performance.now()
      if (pictured) drawn.pictured = drawn.changed
    }))
  }).observe(document, { childList: true, subtree: true, characterData: true })
`

interface Drawn {
  painted: number
  pictured: number
  changed: number
}

/**
 * How long until the page of a long life stands before a physician: from the navigation to the largest contentful paint
 * or the last chart, whichever is later, in a headless Chromium at 1440 px. `first` with nothing cached; `again` as on
 * every later call of the day, the third with this profile (a browser keeps what it has compiled from the second on);
 * `fromList` from the click on the name in the list. `server` is the overview's answer, one call after the other, and all
 * five answers that the page begins with, asked at once. Reference: the frame alone, at an address where there is no page.
 */
export async function measure(ground: Ground): Promise<void> {
  const patientId = await aLongLife(ground)
  const served = await serve(ground, 'doctor0', { pages: true })
  try {
    const of = (path: string, ready: string) => times(served, path, ready)
    const page = `/patients/${patientId}`
    print('draw', {
      runs: RUNS,
      observations: LIFE.exams * LIFE.items + 2 * LIFE.homeDays,
      exams: LIFE.exams,
      server: await answers(served, patientId),
      overview: await of(page, OVERVIEW),
      fromList: await fromList(served, patientId),
      indicators: await of(`${page}?tab=indicators`, '[role=tabpanel] .pb-small-figure'),
      reference: { what: 'the frame alone', ...(await of('/no/such/page', 'h1')) },
    })
  } finally {
    await served.close()
  }
}

async function answers(served: Served, patientId: string): Promise<Record<string, number>> {
  const overview: number[] = []
  const five: number[] = []
  const all = ['', '/overview', '/alerts', '/cards', '/tags'].map((path) => `/api/patients/${patientId}${path}`)
  const timed = async (paths: readonly string[]) => {
    const started = performance.now()
    for (const { status } of await Promise.all(paths.map((path) => served.get(path))))
      if (status !== 200) throw new Error(`the server answered ${status}`)
    return performance.now() - started
  }
  // The first calls find nothing prepared yet; they are not counted.
  for (let n = -20; n < CALLS; n++) {
    const [one, together] = [await timed([all[1]!]), await timed(all)]
    if (n < 0) continue
    overview.push(one)
    five.push(together)
  }
  return {
    overviewP50Ms: quantile(overview, 0.5),
    overviewP99Ms: quantile(overview, 0.99),
    allP50Ms: quantile(five, 0.5),
    allP99Ms: quantile(five, 0.99),
  }
}

/** As people's browsers: with a profile that stays, since one without keeps nothing of what it has compiled. */
async function withProfile<T>(served: Served, work: (context: BrowserContext) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'peiban-draw-'))
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: await findChromium(),
    args: CHROMIUM_ARGUMENTS,
    env: chromiumEnvironment(),
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
  })
  try {
    await context.addCookies([{ name: 'peiban_session', value: served.token, url: served.url, httpOnly: true }])
    await context.addInitScript({ content: WATCH })
    return await work(context)
  } finally {
    await context.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function times(served: Served, path: string, ready: string): Promise<Record<string, number>> {
  const first: Drawn[] = []
  const again: Drawn[] = []
  for (let n = 0; n < RUNS; n++) {
    await withProfile(served, async (context) => {
      first.push(await draw(context, served.url + path, ready))
      await draw(context, served.url + path, ready)
      again.push(await draw(context, served.url + path, ready))
    })
  }
  return {
    firstP50Ms: quantile(shown(first), 0.5),
    firstMostMs: round(Math.max(...shown(first)), 0),
    againP50Ms: quantile(shown(again), 0.5),
    againMostMs: round(Math.max(...shown(again)), 0),
    againPaintP50Ms: quantile(
      again.map(({ painted }) => painted),
      0.5,
    ),
    againSettledP50Ms: quantile(
      again.map(({ changed }) => changed),
      0.5,
    ),
  }
}

async function fromList(served: Served, patientId: string): Promise<Record<string, number>> {
  const link = `a[href*="/patients/${patientId}"]`
  const all = await withProfile(served, async (context) => {
    const clicks: Drawn[] = []
    for (let n = 0; n < RUNS; n++) {
      const page = await context.newPage()
      await page.goto(`${served.url}/patients?q=${encodeURIComponent(NAME)}`)
      await page.locator(link).first().waitFor()
      await settled(page)
      const clicked = await page.evaluate<number>(
        `drawn.painted = drawn.pictured = 0; const now = performance.now(); document.querySelector('${link}').click(); now`,
      )
      await page.locator(OVERVIEW).first().waitFor()
      const { pictured, changed } = await settled(page)
      clicks.push({ painted: 0, pictured: pictured - clicked, changed: changed - clicked })
      await page.close()
    }
    return clicks
  })
  return { p50Ms: quantile(shown(all), 0.5), mostMs: round(Math.max(...shown(all)), 0) }
}

const shown = (all: Drawn[]): number[] => all.map(({ painted, pictured }) => Math.max(painted, pictured))

async function draw(context: BrowserContext, address: string, ready: string): Promise<Drawn> {
  const page = await context.newPage()
  try {
    await page.goto(address, { waitUntil: 'commit' })
    await page.locator(ready).first().waitFor()
    return await settled(page)
  } finally {
    await page.close()
  }
}

async function settled(page: Page): Promise<Drawn> {
  while (!(await page.evaluate<boolean>(`performance.now() - drawn.changed > ${QUIET_MS}`))) await setTimeout(50)
  return page.evaluate<Drawn>('drawn')
}

/** Twenty years of one person, with what a file of that length holds beside its numbers. */
async function aLongLife({ house, tenant }: Ground): Promise<PatientId> {
  const doctor = await house.databases
    .of(tenant.id)
    .selectFrom('staff')
    .select('id')
    .where('login', '=', 'doctor0')
    .executeTakeFirstOrThrow()
  return write(house, { tenant, actor: systemActor(tenant.id, 'bench') }, async (ctx) => {
    const patientId = await registerPatient(ctx, { name: NAME, sex: 'female', birthDate: '1960-05-01' })
    await assignCarers(ctx, patientId, { doctorId: doctor.id })
    await setMainWorry(ctx, patientId, '怕中风以后躺在床上，拖累女儿')
    await addFacts(ctx, {
      condition: [{ patientId, code: 'I10', name: '高血压', onsetOn: '2010-03-01' }],
      medication: [{ patientId, name: '氨氯地平', dose: '5 mg 每日一次', startedOn: '2012-03-01' }],
      allergy: [{ patientId, substance: '青霉素', reaction: '皮疹', severity: 'mild' }],
    })
    await fillLongLife(ctx, patientId)
    return patientId
  })
}
