import {
  acknowledgeAlert,
  closeAlert,
  getAlert,
  handOverAlert,
  listAlerts,
  noteAttempt,
} from '../../../src/rooms/alert/contract/alert.ts'
import type { Deed } from './acts.ts'

/** Somebody looks at 重要异常 and does the next step of one alert; now and then it is put off, so that it is passed on. */
const nextStep: Deed = async ({ ask, dice, nurses, doctors }) => {
  const team = [...nurses, ...doctors]
  const who = dice.one(team)!
  const board = await ask(who, listAlerts, { query: {} as never })
  const alert = dice.one(board?.rows ?? [])
  if (!alert || dice.happens(0.2)) return undefined
  const params = { alertId: alert.id }
  const act = dice.one(alert.can)
  const told = `${act} ${alert.id.slice(-6)}`
  if (act === 'acknowledge') await ask(who, acknowledgeAlert, { params })
  if (act === 'attempt')
    await ask(who, noteAttempt, {
      params,
      body: dice.happens(0.6)
        ? { outcome: 'reached', relation: 'self', readBack: '血压太高，马上去医院' }
        : { outcome: 'no-answer' },
    })
  if (act === 'hand-over' || act === 'take-over') {
    const toId = act === 'take-over' ? who.staffId : dice.one(team)!.staffId
    await ask(who, handOverAlert, { params, body: { toId: toId as never, note: '请接着跟' } })
  }
  if (act === 'close') {
    const view = await ask(who, getAlert, { params })
    const result = dice.one(view?.results ?? [])
    if (result) await ask(who, closeAlert, { params, body: { result, text: '心内科门诊已调药' } })
  }
  return told
}

export const ALERT_DEEDS: readonly (readonly [number, string, Deed])[] = [[4, 'alert', nextStep]]
