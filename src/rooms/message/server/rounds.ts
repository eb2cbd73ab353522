import type { Round } from '../../../platform/context/room.ts'
import { gauge } from '../../../platform/http/metrics.ts'
import { ledgerState } from './claim-store.ts'
import { KEPT_DAYS } from '../../../platform/sent/tail.ts'
import { forgetMarks } from './gap-store.ts'
import { findOpenStops } from './stop-store.ts'
import { forgetNotices, sendNoticeMails } from './notice-mail.ts'
import { alarmOfMissingYears } from './holiday.ts'
import { forgetMailed } from './rate-store.ts'
import { mayHandOver } from './fence.ts'
import { sendStaffNotices } from '../../wechat/server/index.ts'
import { recallFromStaff, sendPush } from './push-sender.ts'
import { sendTurn } from './sender.ts'
import { alarmOfUpkeep } from './template-upkeep.ts'
import { noteTemplateUse } from './template-use.ts'

const due = gauge('peiban_message_due', 'Messages that are due, up to 10,000', ['organization'])
const late = gauge('peiban_message_late_seconds', 'By how much the earliest due message is late', ['organization'])
const doubled = gauge(
  'peiban_message_possible_doubles',
  'Copies beyond one that somebody may have got, over the whole ledger',
  ['organization'],
)

const stopped = gauge(
  'peiban_message_stops_open',
  'What stands still until a person lets it go on: after a restore, a campaign, a channel, a login',
  ['organization'],
)

const missing = gauge(
  'peiban_message_holiday_years_missing',
  'Years whose days off nobody has read in although they are needed: promotion stands still in them',
  ['organization'],
)

export const rounds: Round[] = [
  {
    name: 'message/send',
    everySeconds: 2,
    run: async (house, tenant) => (await sendTurn(house, tenant)).isFull,
  },
  { name: 'message/push', everySeconds: 2, run: async (house, tenant) => void (await sendPush(house, tenant)) },
  {
    name: 'message/recall-from-staff',
    everySeconds: 60,
    run: async (house, tenant) => void (await recallFromStaff(house, tenant)),
  },
  {
    name: 'message/notices',
    everySeconds: 5,
    run: async (house, tenant) => void (await sendNoticeMails(house, tenant)),
  },
  {
    name: 'message/staff-in-wecom',
    everySeconds: 5,
    run: async (house, tenant) => {
      // Of a ledger that was restored nobody knows which of these went out; all of it stands in the bell.
      if (await mayHandOver(house, tenant)) await sendStaffNotices(house, tenant)
    },
  },
  {
    name: 'message/measure',
    everySeconds: 15,
    run: async (house, tenant) => {
      const state = await ledgerState(house.databases.of(tenant.id), tenant.id, house.clock.now())
      due.set({ organization: tenant.id }, state.due)
      late.set({ organization: tenant.id }, state.lateSeconds)
      doubled.set({ organization: tenant.id }, state.possibleDoubles)
      const open = await findOpenStops(house.databases.of(tenant.id), tenant.id)
      stopped.set({ organization: tenant.id }, open.length)
    },
  },
  {
    name: 'message/holidays',
    everySeconds: 3600,
    run: async (house, tenant) =>
      missing.set({ organization: tenant.id }, (await alarmOfMissingYears(house, tenant)).length),
  },
  {
    name: 'message/forget-mailed',
    everySeconds: 600,
    run: (house, tenant) => forgetMailed(house.databases.of(tenant.id), tenant.id, house.clock.now()),
  },
  { name: 'message/template-use', everySeconds: 120, run: noteTemplateUse },
  { name: 'message/template-upkeep', everySeconds: 3600, run: alarmOfUpkeep },
  { name: 'message/forget-notices', everySeconds: 86_400, run: forgetNotices },
  {
    name: 'message/forget-sent-before',
    everySeconds: 86_400,
    run: (house, tenant) =>
      forgetMarks(
        house.databases.of(tenant.id),
        tenant.id,
        new Date(house.clock.now().getTime() - 2 * KEPT_DAYS * 86_400_000),
      ),
  },
]
