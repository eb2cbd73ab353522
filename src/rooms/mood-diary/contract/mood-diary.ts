import { z } from 'zod'
import { calendarDate, endpoint, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { mood, moodEntryId, NOTE_MOST, readers, sleepHours } from './words.ts'

const said = {
  on: calendarDate,
  mood: pii('health', mood),
  sleepHours: pii('health', sleepHours).nullable(),
  note: pii('health', z.string()),
}

export const ownEntry = z.object({ id: moodEntryId, revision: z.number().int(), ...said, readers })
export type OwnEntry = z.output<typeof ownEntry>

const written = {
  mood,
  sleepHours: sleepHours.nullable().default(null),
  note: z.string().trim().max(NOTE_MOST).default(''),
  readers,
}

/** `help`: the words sound like danger, and somebody has been asked to call. */
const kept = z.object({ entry: ownEntry, help: z.boolean() })

export const readMyDiary = endpoint({
  name: 'mood-diary.mine',
  method: 'GET',
  path: '/my/mood',
  summary: 'The own diary of the last ninety days, newest first',
  gate: { permission: 'patient', audit: { none: 'one’s own diary, read by oneself' } },
  output: z.object({
    today: calendarDate,
    /** For the next entry: sent twice, it stands once. */
    key: z.uuid(),
    entries: z.array(ownEntry),
    /** Whom one can share with today. */
    counsellor: z.string().nullable(),
    doctor: z.string().nullable(),
    /** As the newest entry has it. */
    readers,
    /** Of a child under 14 the own pages are read by a parent: then there is no diary. */
    forGuardian: z.boolean(),
  }),
})

export const writeMood = endpoint({
  name: 'mood-diary.write',
  method: 'POST',
  path: '/my/mood',
  summary: 'Write down how a day was; sent twice, it stands once',
  gate: { permission: 'patient', audit: { action: 'my.mood.write' } },
  body: z.object({ key: z.uuid(), on: calendarDate, ...written }),
  output: kept,
  problems: ['MoodDayOutOfReach', 'MoodNotForGuardian'],
})

export const changeMood = endpoint({
  name: 'mood-diary.change',
  method: 'PUT',
  path: '/my/mood/:moodEntryId',
  summary: 'Say it otherwise; the words before are gone',
  gate: { permission: 'patient', audit: { action: 'my.mood.change', subject: 'moodEntryId' } },
  params: z.object({ moodEntryId }),
  body: z.object({ revision: z.number().int(), ...written }),
  output: kept,
  problems: ['MoodEntryUnknown', 'MoodDayOutOfReach', 'ChangedMeanwhile'],
})

export const removeMood = endpoint({
  name: 'mood-diary.remove',
  method: 'DELETE',
  path: '/my/mood/:moodEntryId',
  summary: 'Delete an entry with its words',
  gate: { permission: 'patient', audit: { action: 'my.mood.remove', subject: 'moodEntryId' } },
  params: z.object({ moodEntryId }),
  output: z.object({ removed: z.boolean() }),
})

export const shareDiary = endpoint({
  name: 'mood-diary.share',
  method: 'POST',
  path: '/my/mood-sharing',
  summary: 'Who may read all that was written so far',
  gate: { permission: 'patient', audit: { action: 'my.mood.share' } },
  body: z.object({ readers }),
  output: z.object({ changed: z.number().int() }),
})

export const askForCall = endpoint({
  name: 'mood-diary.askForCall',
  method: 'POST',
  path: '/my/mood-call',
  summary: 'Ask the people on duty to call soon; once a day',
  gate: { permission: 'patient', audit: { action: 'my.mood.ask-for-call' } },
  output: z.object({ asked: z.boolean() }),
})

export const readDiary = endpoint({
  name: 'mood-diary.read',
  method: 'GET',
  path: '/patients/:patientId/mood',
  summary: 'What a person has shared of their diary with whoever asks, newest first',
  gate: { permission: 'mood.read', audit: { action: 'mood-diary.read', patient: 'patientId' } },
  params: z.object({ patientId }),
  query: pageQuery,
  output: pageOf(z.object({ id: moodEntryId, ...said })),
})
