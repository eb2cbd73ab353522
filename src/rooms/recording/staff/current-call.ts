import { ApiProblem, call, requestId, upload } from '../../../platform/web/index.ts'
import { beginRecording, endRecording, markRecording, putPiece, withdrawConsent } from '../contract/record.ts'
import type { RecordingLine, Subject } from '../contract/words.ts'
import { createPieceQueue, type PieceQueue } from './piece-queue.ts'
import { openRecorder, type Recorder } from './recorder.ts'

/**
 * The call that is being recorded in this browser. It lives beside the pages: closing a drawer or looking something up
 * does not end it. There is one at most, as nobody holds two calls.
 */
export interface CallState {
  phase: 'starting' | 'recording' | 'ending' | 'ended' | 'refused' | 'withdrawn' | 'failed'
  patientId: string
  subject: Subject
  line?: RecordingLine
  /** Pieces that wait for the line. */
  waiting: number
  /** Why it failed: a refusal of the house, or `microphone`. */
  problem?: ApiProblem | 'microphone'
}

export interface AnswerGiven {
  patientId: string
  subject: Subject
  /** What it goes on with, or what the desk names the call. */
  callId?: string | undefined
  lineVersion: number
}

let state: CallState | undefined
let recorder: Recorder | undefined
let queue: PieceQueue | undefined
let marks = new Map<string, { label: string; atMs: number }>()
const listeners = new Set<() => void>()

function set(change: Partial<CallState>): void {
  if (!state) return
  state = { ...state, ...change }
  for (const listener of listeners) listener()
}

const isRunning = () => state?.phase === 'recording' || state?.phase === 'starting' || state?.phase === 'ending'
/** Nobody was reached, or nobody was able to answer: the same may be sent again. */
const mayRetry = (error: unknown) =>
  error instanceof ApiProblem && (error.status === 0 || error.status >= 500 || error.status === 429)
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const problemOf = (error: unknown) => (error instanceof ApiProblem ? error : ('microphone' as const))
/** Leaving the page in mid-call is asked about by the browser. */
const onLeave = (event: BeforeUnloadEvent) => event.preventDefault()

export const currentCall = {
  get: () => state,
  watch: (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  elapsedMs: () => (state?.phase === 'recording' ? (recorder?.elapsedMs() ?? 0) : (state?.line?.durationMs ?? 0)),
  begin,
  refuse,
  end,
  withdraw,
  mark,
  /** Puts away what is over. */
  forget: () => {
    if (isRunning()) return
    state = undefined
    for (const listener of listeners) listener()
  },
}

function open(answer: AnswerGiven): void {
  state = { phase: 'starting', patientId: answer.patientId, subject: answer.subject, waiting: 0 }
  marks = new Map()
  set({})
}

const bodyOf = (
  { subject, callId, lineVersion }: AnswerGiven,
  answer: 'given' | 'refused',
  media: Recorder['media'],
) => ({
  key: requestId(),
  subject,
  ...(callId ? { callId } : {}),
  media,
  answer,
  lineVersion,
})

/** The person has said yes: the microphone is asked for, the house notes the yes, and it records. */
async function begin(answer: AnswerGiven): Promise<void> {
  if (isRunning()) return
  open(answer)
  try {
    let id = ''
    const mine = createPieceQueue({
      send: (piece) =>
        upload(putPiece, new File([piece.blob], 'piece', { type: piece.blob.type }), {
          params: { recordingId: id as never, number: piece.number },
          query: { key: piece.key, durationMs: piece.durationMs, peaks: piece.peaks.join(',') },
        } as never).then(() => void sendMarks(id).catch(() => {})),
      mayRetry,
      wait,
      onChange: () => changed(mine),
    })
    queue = mine
    recorder = await openRecorder((piece) => mine.add({ ...piece, key: requestId() }))
    const line = await call(beginRecording, {
      params: { patientId: answer.patientId as never },
      body: bodyOf(answer, 'given', recorder.media),
    })
    id = line.id
    recorder.start()
    addEventListener('beforeunload', onLeave)
    set({ phase: 'recording', line })
  } catch (error) {
    await recorder?.stop()
    set({ phase: 'failed', problem: problemOf(error) })
  }
}

/** The person has said no: that is noted, and nothing is recorded. */
async function refuse(answer: AnswerGiven): Promise<void> {
  if (isRunning()) return
  open(answer)
  try {
    const body = bodyOf(answer, 'refused', 'audio/webm')
    set({
      phase: 'refused',
      line: await call(beginRecording, { params: { patientId: answer.patientId as never }, body }),
    })
  } catch (error) {
    set({ phase: 'failed', problem: problemOf(error) })
  }
}

/** The house takes no more: the person said no elsewhere, or the day is over. */
function changed(mine: PieceQueue): void {
  const refusal = mine.refusal()
  set({ waiting: mine.waiting() })
  if (!refusal || state?.phase !== 'recording') return
  void recorder?.stop().then(leave)
  set({ phase: 'failed', problem: problemOf(refusal) })
}

const leave = () => removeEventListener('beforeunload', onLeave)

/** The call is over: what waits is sent first, however long the line is gone. */
async function end(): Promise<void> {
  if (state?.phase !== 'recording' || !state.line) return
  const { id } = state.line
  set({ phase: 'ending' })
  const pieces = await recorder!.stop()
  await queue!.settled()
  for (;;)
    try {
      await sendMarks(id)
      const line = await call(endRecording, { params: { recordingId: id }, body: { pieces } })
      leave()
      return set({ phase: 'ended', line })
    } catch (error) {
      if (!mayRetry(error)) {
        leave()
        return set({ phase: 'failed', problem: problemOf(error) })
      }
      await wait(3000)
    }
}

/** The person does not want it after all: the microphone is let go of first. */
async function withdraw(): Promise<void> {
  const line = state?.line
  if (!line) return
  await recorder?.stop()
  leave()
  try {
    set({ phase: 'withdrawn', line: await call(withdrawConsent, { params: { recordingId: line.id } }) })
  } catch (error) {
    set({ phase: 'failed', problem: problemOf(error) })
  }
}

/** A question was answered just now; sent behind the next piece. */
function mark(ref: string, label: string): void {
  if (state?.phase === 'recording')
    marks.set(ref, { label: label.slice(0, 120), atMs: Math.round(currentCall.elapsedMs()) })
}

async function sendMarks(recordingId: string): Promise<void> {
  for (const [ref, { label, atMs }] of marks) {
    await call(markRecording, {
      params: { recordingId: recordingId as never },
      body: { ref: ref.slice(0, 80), label, atMs },
    })
    marks.delete(ref)
  }
}
