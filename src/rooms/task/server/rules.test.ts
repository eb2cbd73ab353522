import { describe, expect, test } from 'vitest'
import { ACTS, TASK_STATES, type Act, type TaskState } from '../contract/words.ts'
import {
  actsOf,
  clockTime,
  isDigestTime,
  isOverdue,
  mayAct,
  mayStillUndo,
  pickExecutor,
  reminderTimes,
  TRANSITIONS,
  type Candidate,
  type Reader,
  type Standing,
} from './rules.ts'

describe('the state table', () => {
  const table: Record<TaskState, Act[]> = {
    requested: ['assign-doctor', 'claim', 'cancel', 'hand-over', 'change'],
    accepted: ['release', 'start', 'complete', 'cancel', 'hand-over', 'change'],
    'in-progress': ['release', 'complete', 'cancel', 'hand-over', 'change'],
    completed: [],
    cancelled: [],
  }
  test.each(TASK_STATES)('%s', (state) => {
    const allowed = ACTS.filter((act) => TRANSITIONS[act].from.includes(state))
    expect(allowed.toSorted()).toEqual(table[state].toSorted())
  })
})

describe('who may', () => {
  const reader = (id: string, permissions: string[], roles: string[] = []): Reader => ({
    id,
    kind: 'staff',
    roles,
    permissions: new Set(permissions),
  })
  const doer = reader('me', ['task.do', 'task.create', 'task.hand-over'], ['service-manager'])
  const task = (over: Partial<Standing> = {}): Standing => ({
    type: 'call',
    state: 'accepted',
    owner_id: 'me',
    pool_role: null,
    created_by: null,
    ...over,
  })
  const pooled = task({ state: 'requested', owner_id: null, pool_role: 'service-manager' })
  const rows: [string, Standing, Reader, Act[]][] = [
    ['the owner', task(), doer, ['release', 'start', 'complete', 'cancel', 'hand-over', 'change']],
    ['a colleague', task({ owner_id: 'you' }), doer, []],
    ['who made it for a colleague', task({ owner_id: 'you', created_by: 'me' }), doer, ['cancel', 'change']],
    ['a member of the pool', pooled, doer, ['claim']],
    ['somebody of another role', pooled, reader('me', ['task.do'], ['physician']), []],
    ['a member of the pool who does no tasks', pooled, reader('me', ['task.read'], ['service-manager']), []],
    ['the owner of a finished one', task({ state: 'completed' }), doer, []],
    [
      'a counsellor, who hands nothing over',
      task(),
      reader('me', ['task.do', 'task.create']),
      ['release', 'start', 'complete', 'cancel', 'change'],
    ],
  ]
  test.each(rows)('%s', (_who, standing, who, acts) => {
    expect(actsOf(standing, who, false).toSorted()).toEqual(acts.toSorted())
  })

  test('a lead hands over what stands in the department, and does nothing else with it', () => {
    const lead = reader('lead', ['task.hand-over', 'task.hand-over-bulk'], ['quality-lead'])
    expect(actsOf(task({ owner_id: 'you' }), lead, true)).toEqual(['hand-over'])
    expect(actsOf(task({ owner_id: 'you' }), lead, false)).toEqual([])
  })

  test('P2: the assignment of a doctor stays with all sales managers: nobody claims, moves, changes or drops it', () => {
    const everything = reader(
      'me',
      ['task.do', 'task.create', 'task.hand-over', 'task.hand-over-bulk', 'task.assign-doctor'],
      ['sales-manager'],
    )
    const asked = task({
      type: 'assign-doctor',
      state: 'requested',
      owner_id: null,
      pool_role: 'sales-manager',
      created_by: 'me',
    })
    expect(actsOf(asked, everything, true)).toEqual(['assign-doctor'])
    expect(mayAct('assign-doctor', task(), everything)).toBe(false)
  })
})

describe('overdue is reckoned', () => {
  const rows: [TaskState, string, boolean][] = [
    ['accepted', '2026-03-01', true],
    ['accepted', '2026-03-02', false],
    ['requested', '2026-03-01', true],
    ['in-progress', '2026-02-28', true],
    ['completed', '2026-03-01', false],
    ['cancelled', '2026-03-01', false],
  ]
  test.each(rows)('%s, due %s', (state, dueOn, overdue) =>
    expect(isOverdue({ state, dueOn }, '2026-03-02')).toBe(overdue),
  )
})

describe('P4: who gets a new customer', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 2, day))
  const one = (id: string, customers: number, lastAssignedAt: Date | null): Candidate => ({
    id,
    customers,
    lastAssignedAt,
  })
  const rows: [string, Candidate[], string | undefined][] = [
    ['nobody is bound', [], undefined],
    ['fewest customers', [one('a', 3, null), one('b', 2, at(9)), one('c', 4, null)], 'b'],
    ['then longest without a new one', [one('a', 2, at(3)), one('b', 2, at(1)), one('c', 2, at(2))], 'b'],
    ['never is longer than any time', [one('a', 2, at(1)), one('b', 2, null)], 'b'],
    ['then by id', [one('b', 2, null), one('a', 2, null)], 'a'],
    ['then by id, at the same moment', [one('b', 2, at(1)), one('a', 2, at(1))], 'a'],
  ]
  test.each(rows)('%s', (_name, candidates, id) => expect(pickExecutor(candidates)?.id).toBe(id))
})

describe('P7: when reminders go out', () => {
  test('counted from the hour, each offset once', () => {
    const times = reminderTimes(
      { dueOn: '2026-03-05', dueAt: new Date('2026-03-05T06:00:00Z'), remindBefore: [30, 0, 30] },
      'Asia/Shanghai',
    )
    expect(times.map(({ offsetMinutes, at }) => [offsetMinutes, at.toISOString()])).toEqual([
      [30, '2026-03-05T05:30:00.000Z'],
      [0, '2026-03-05T06:00:00.000Z'],
    ])
  })
  test('without an hour from nine in the morning, where the house is', () => {
    expect(
      reminderTimes({ dueOn: '2026-03-05', dueAt: null, remindBefore: [1440] }, 'Asia/Shanghai')[0]!.at.toISOString(),
    ).toBe('2026-03-04T01:00:00.000Z')
    expect(
      reminderTimes({ dueOn: '2026-03-05', dueAt: null, remindBefore: [0] }, 'Europe/Berlin')[0]!.at.toISOString(),
    ).toBe('2026-03-05T08:00:00.000Z')
  })
})

test('P8: the digest is due from its minute on', () => {
  expect([899, 900, 901].map((minute) => isDigestTime(minute, '15:00'))).toEqual([false, true, true])
  expect(isDigestTime(14 * 60 + 5, '14:05')).toBe(true)
})

test('undo holds for 24 hours, the last moment included', () => {
  const at = new Date('2026-03-02T02:00:00Z')
  expect(mayStillUndo(at, new Date('2026-03-03T02:00:00.000Z'))).toBe(true)
  expect(mayStillUndo(at, new Date('2026-03-03T02:00:00.001Z'))).toBe(false)
})

test('a time is told with its day only when that is not today', () => {
  const now = new Date('2026-03-02T08:00:00Z')
  expect(clockTime(new Date('2026-03-02T06:05:00Z'), now, 'Asia/Shanghai')).toBe('14:05')
  expect(clockTime(new Date('2026-03-01T15:59:00Z'), now, 'Asia/Shanghai')).toBe('03-01 23:59')
  expect(clockTime(new Date('2026-03-01T16:00:00Z'), now, 'Asia/Shanghai')).toBe('00:00')
})
