import type { House } from '../platform/context/house.ts'
import type { Room } from '../platform/context/room.ts'
import { dispatchEvents } from '../platform/events/dispatcher.ts'
import { FORGOTTEN_AT_ONCE, forgetDelivered } from '../platform/events/forget.ts'
import { countOwed, retryDeliveries } from '../platform/events/retry.ts'
import { gauge } from '../platform/http/metrics.ts'
import { agendaState, BATCH as CARE_BATCH, evaluateDue } from '../rooms/agenda/server/index.ts'
import { processIntake } from '../rooms/report-intake/server/index.ts'
import { careSteps } from './care.ts'
import { startLoop, type Loop } from './loop.ts'

export interface Worker {
  /** Something was received: it is read now instead of at the next look. */
  nudgeIntake(): void
  /** Stops taking up work and waits for what is being done. */
  stop(): Promise<void>
}

/** Care batches at once: PostgreSQL works on one while the other is being thought about. */
export const CARE_LANES = 2

/**
 * Everything that goes on without a request: events, the care engine, jobs and rounds. Several workers may run beside
 * each other; each piece of work is claimed in the database.
 */
export async function startWorker(house: House, rooms: readonly Room[]): Promise<Worker> {
  const listeners = rooms.flatMap((room) => room.listeners ?? [])
  const handlers = rooms.flatMap((room) => room.jobs ?? [])
  const rounds = rooms.flatMap((room) => room.rounds ?? [])

  const events = startLoop(house, 'events', 1000, () => dispatchEvents(house, listeners))
  house.nudge = (nudge) => (nudge === 'events' ? events.wake() : care.forEach((lane) => lane.wake()))
  const intake = startLoop(house, 'intake', 500, async () => {
    let processed = 0
    for (const tenant of await house.tenants()) processed += await processIntake(house, tenant)
    return processed
  })
  const care = Array.from({ length: CARE_LANES }, () =>
    startLoop(house, 'care', 500, async (rest) => {
      let full = 0
      for (const tenant of await house.tenants()) {
        const evaluated = await evaluateDue(house, tenant, careSteps)
        if (evaluated === CARE_BATCH) full += 1
        // One fact is acted on at once. While reports stream in, a batch half a second later is twice as large and costs
        // hardly more.
        else if (evaluated > 0) rest()
      }
      return full
    }),
  )
  const loops: Loop[] = [
    events,
    startLoop(house, 'event retries', 1000, () => retryDeliveries(house, listeners)),
    intake,
    ...care,
    ...rounds.map((round) =>
      startLoop(house, round.name, round.everySeconds * 1000, async () => {
        let full = 0
        for (const tenant of await house.tenants()) if ((await round.run(house, tenant)) === true) full += 1
        return full
      }),
    ),
    startLoop(house, 'forget events', 600_000, async () => {
      let full = 0
      for (const tenant of await house.tenants())
        if ((await forgetDelivered(house, tenant)) === FORGOTTEN_AT_ONCE) full += 1
      return full
    }),
    startLoop(house, 'measure', 15_000, async () => {
      await measureAgenda(house)
      await measureEvents(house)
      return 0
    }),
  ]
  await house.jobs.work(house, handlers)
  return {
    nudgeIntake: () => intake.wake(),
    async stop() {
      house.nudge = () => {}
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

const due = gauge('peiban_agenda_due', 'Patients whose evaluation is due, up to 10,000', ['organization'])
const failing = gauge('peiban_agenda_failing', 'Patients whose evaluation fails', ['organization'])
const late = gauge('peiban_agenda_late_seconds', 'By how much the earliest due patient is late', ['organization'])
const owed = gauge(
  'peiban_event_deliveries_owed',
  'Deliveries of events that failed, by whether they are still tried; up to 1,000',
  ['tried'],
)

async function measureEvents(house: House): Promise<void> {
  const count = await countOwed(house)
  owed.set({ tried: 'yes' }, count.owed)
  owed.set({ tried: 'no' }, count.given_up)
}

async function measureAgenda(house: House): Promise<void> {
  for (const tenant of await house.tenants()) {
    const state = await agendaState(house.databases.of(tenant.id), tenant.id, house.clock.now())
    due.set({ organization: tenant.id }, state.due)
    failing.set({ organization: tenant.id }, state.failing)
    late.set({ organization: tenant.id }, state.lateSeconds)
  }
}
