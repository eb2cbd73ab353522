import type { MeetingBody, MeetingView } from '../contract/mdt.ts'

export interface WrittenMember {
  /** Of a colleague; guests are written by name. */
  staffId?: string
  name?: string
  role?: string
}

export interface WrittenTask {
  title?: string
  dueOn?: string
  ownerId?: string | null
}

/** What the form of a meeting holds. */
export interface WrittenMeeting {
  heldOn: string
  chairId: string
  chairRole?: string
  colleagues?: WrittenMember[]
  guests?: WrittenMember[]
  question: string
  material?: string
  conclusion?: string
  tasks?: WrittenTask[]
}

/** A meeting as it is written on: the chair apart, colleagues and guests in a list each. */
export function writtenOf(meeting: MeetingView): WrittenMeeting {
  const chair = meeting.members.find(({ staffId }) => staffId === meeting.chairId)
  const others = meeting.members.filter((member) => member !== chair)
  return {
    heldOn: meeting.heldOn,
    chairId: meeting.chairId,
    chairRole: chair?.role ?? '',
    colleagues: others.flatMap(({ staffId, role }) => (staffId ? [{ staffId, role }] : [])),
    guests: others.flatMap(({ staffId, name, role }) => (staffId ? [] : [{ name, role }])),
    question: meeting.question,
    material: meeting.material,
    conclusion: meeting.conclusion,
    tasks: meeting.tasks.map(({ title, dueOn, ownerId }) => ({ title, dueOn, ownerId })),
  }
}

/**
 * What is kept of it: rows without a name are left out, nobody is there twice, the chair always is.
 * @param nameOf a colleague's name
 * @param fallbackRole what somebody is called whose discipline nobody wrote
 */
export function bodyOfWritten(
  {
    heldOn,
    chairId,
    chairRole,
    colleagues = [],
    guests = [],
    question,
    material,
    conclusion,
    tasks = [],
  }: WrittenMeeting,
  { nameOf, fallbackRole, today }: { nameOf: (staffId: string) => string; fallbackRole: string; today: string },
): MeetingBody {
  const roleOf = (role: string | undefined) => role?.trim() || fallbackRole
  const seen = new Set<string>()
  const members = [
    ...[{ staffId: chairId, role: chairRole }, ...colleagues].flatMap(({ staffId, role }) => {
      if (!staffId || seen.has(staffId)) return []
      seen.add(staffId)
      return [{ staffId: staffId as never, name: nameOf(staffId), role: roleOf(role) }]
    }),
    ...guests.flatMap(({ name, role }) =>
      name?.trim() ? [{ staffId: null, name: name.trim(), role: roleOf(role) }] : [],
    ),
  ]
  return {
    heldOn,
    chairId: chairId as never,
    members,
    question,
    material: material ?? '',
    conclusion: conclusion ?? '',
    tasks: tasks.flatMap(({ title, dueOn, ownerId }) =>
      title?.trim() ? [{ title: title.trim(), dueOn: dueOn ?? today, ownerId: (ownerId ?? null) as never }] : [],
    ),
  }
}
