import type { Endpoint } from '../../contract/endpoint.ts'
import { createContext, useContext, useMemo, type ComponentType } from 'react'
import { useText } from '../language/use-t.ts'
import { partsFor, type Ask } from './ahead.ts'
import { MeContext, type Asked } from './session.ts'

/** Something a room puts into a page of another room. `label` is a key of the giving room's locale file. */
export interface Part<Props> {
  key: string
  order: number
  permission?: Asked
  label?: string
  component: ComponentType<Props>
  /**
   * What it asks as soon as it is drawn: `(props) => [ask(findCard, { params: props })]`. It is asked while the page's
   * scripts are on their way, if the page names the part in its `ahead`.
   */
  asks?: (props: Props) => readonly Ask[]
}
/** The parts of a patient's page, in the order of a nurse's day. Their names stand in the room patient: `group.<part>`. */
export const PATIENT_TAB_GROUPS = ['overview', 'record', 'assessment', 'care', 'summary', 'contact'] as const
export type PatientTabGroup = (typeof PATIENT_TAB_GROUPS)[number]

export type PatientTab = Part<{ patientId: string }> & {
  /** `order` counts within it. */
  group: PatientTabGroup
  label: string
  /** Only for some: growth is for children. */
  isFor?: (patient: { ageYears: number | null }) => boolean
}
export type PatientHeaderPart = Part<{ patientId: string }>
/** One list or figure of the workbench. */
export type WorkbenchPart = Part<Record<never, never>> & { width?: 'full' | 'half' }
/** Beside a form that is filled while talking to somebody. */
export type CallPartSlot = Part<CallPartProps>
export interface CallPartProps {
  patientId: string
  /** What the call is about: a follow-up, a talk. */
  subject: { kind: string; id: string | null }
  /** The call itself, where the room has a name for it: what is recorded in two pieces is one call by it. */
  callId?: string
  /** Tells of each question of the form that is answered, as it is answered. @returns what ends the telling */
  onAnswered?: (listener: (ref: string, label: string) => void) => () => void
}
/** Beside the form of a follow-up, before and after it is filled in. */
export type VisitPartSlot = Part<{ patientId: string; followUpId: string; isOpen: boolean }>
/** Below a task of somebody: other ways of doing it. */
export type TaskPartSlot = Part<{ patientId: string; taskId: string; type: string; isOpen: boolean }>
/** A card on the page of one's own account. */
export type AccountPart = Part<Record<never, never>>
/** Beside the search in the top bar: the bell. */
export type TopBarPart = Part<Record<never, never>>

export interface SearchItem {
  key: string
  title: string
  /** Lighter, behind or below the title. */
  hint?: string
  to: string
}
/** What the command palette asks while one types. */
export interface SearchSource {
  key: string
  label: string
  permission?: Asked
  order?: number
  search(text: string, signal: AbortSignal): Promise<SearchItem[]>
}
/** An act in the command palette that is no page. */
export interface Command {
  key: string
  label: string
  permission?: Asked
  /** Where it leads; may carry `?open=new`. */
  to: string
}

/**
 * What a room tells on a patient's timeline. The endpoint has the shape that the room observation declares; the words for
 * its kinds stand in the room's locale file under `timeline.kind.<kind>` and `timeline.code.<code>`.
 */
export interface TimelineSource {
  key: string
  order: number
  label: string
  permission?: Asked
  endpoint: Pick<Endpoint, 'name' | 'method' | 'path'>
  /** Codes of entries that are also marked beside the values of an indicator: follow-up visits, steps of a plan. */
  onAxis?: readonly string[]
}

/**
 * What content of another room may name by its code, for a picker there: a room that stands before this one cannot ask
 * its contract. Asked for when the picker is opened.
 */
export interface ChoiceSource {
  key: string
  permission?: Asked
  load(): Promise<readonly Choice[]>
}
export interface Choice {
  code: string
  name: { zh: string; en: string }
  /** Heading that it stands under, in the reader's language. */
  group?: string
}

export interface Slots {
  patientTabs: PatientTab[]
  patientHeaderParts: PatientHeaderPart[]
  workbenchParts: WorkbenchPart[]
  callParts: CallPartSlot[]
  visitParts: VisitPartSlot[]
  taskParts: TaskPartSlot[]
  topBarParts: TopBarPart[]
  accountParts: AccountPart[]
  searchSources: SearchSource[]
  commands: Command[]
  timelineSources: TimelineSource[]
  choiceSources: ChoiceSource[]
}
export type SlotName = keyof Slots
/** What all rooms give, each with the room it is from. */
export type Collected = { [S in SlotName]: (Slots[S][number] & { room: string })[] }

export const EMPTY_SLOTS: Collected = {
  patientTabs: [],
  patientHeaderParts: [],
  workbenchParts: [],
  callParts: [],
  visitParts: [],
  taskParts: [],
  topBarParts: [],
  accountParts: [],
  searchSources: [],
  commands: [],
  timelineSources: [],
  choiceSources: [],
}
export const SlotsContext = createContext<Collected>(EMPTY_SLOTS)

/** What the rooms give to a place, as far as this reader may see it, in order and with translated labels. */
export function useSlot<S extends SlotName>(name: S): Slots[S] {
  const me = useContext(MeContext)
  const slots = useContext(SlotsContext)
  const text = useText()
  return useMemo(() => {
    const parts = partsFor(slots, name, me) as unknown as { label?: string; room: string }[]
    return parts.map((part) =>
      part.label ? { ...part, label: text(part.room, part.label) } : part,
    ) as unknown as Slots[S]
  }, [slots, name, me, text])
}
