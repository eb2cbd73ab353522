import { expect, test } from 'vitest'
import type { MeetingView } from '../contract/mdt.ts'
import { bodyOfWritten, writtenOf } from './meeting-values.ts'

const NAMES: Record<string, string> = { zhang: '张文远', li: '李素珍' }
const how = { nameOf: (id: string) => NAMES[id] ?? '', fallbackRole: '参加', today: '2026-03-02' }
const meeting = {
  heldOn: '2026-03-01',
  chairId: 'zhang',
  members: [
    { staffId: 'zhang', name: '张文远', role: '全科' },
    { staffId: 'li', name: '李素珍', role: '护理' },
    { staffId: null, name: '刘主任', role: '肾内科' },
  ],
  question: '血压难控制',
  material: '近三月血压',
  conclusion: '先查醛固酮',
  tasks: [
    { title: '预约 CT', dueOn: '2026-03-09', ownerId: 'li', ownerName: '李素珍', taskId: null, open: null },
    { title: '电话随访', dueOn: '2026-03-12', ownerId: null, ownerName: null, taskId: null, open: null },
  ],
} as unknown as MeetingView

test('written on and kept, nothing of it is lost', () => {
  expect(bodyOfWritten(writtenOf(meeting), how)).toEqual({
    heldOn: '2026-03-01',
    chairId: 'zhang',
    members: meeting.members,
    question: '血压难控制',
    material: '近三月血压',
    conclusion: '先查醛固酮',
    tasks: [
      { title: '预约 CT', dueOn: '2026-03-09', ownerId: 'li' },
      { title: '电话随访', dueOn: '2026-03-12', ownerId: null },
    ],
  })
})

test('nobody is there twice, empty rows go, who has no discipline took part', () => {
  const body = bodyOfWritten(
    {
      heldOn: '2026-03-01',
      chairId: 'zhang',
      colleagues: [{ staffId: 'zhang', role: '重复' }, {}, { staffId: 'li' }],
      guests: [{ name: ' ' }, { name: ' 刘主任 ', role: ' 肾内科 ' }],
      question: '',
      tasks: [{ title: ' ' }, { title: '复查' }],
    },
    how,
  )
  expect(body.members.map(({ name, role }) => [name, role])).toEqual([
    ['张文远', '参加'],
    ['李素珍', '参加'],
    ['刘主任', '肾内科'],
  ])
  expect(body.tasks).toEqual([{ title: '复查', dueOn: '2026-03-02', ownerId: null }])
})
