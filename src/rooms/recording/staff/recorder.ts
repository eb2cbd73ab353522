import { BROWSER_MEDIA, PEAK_MS, PIECE_MS } from '../contract/words.ts'
import { fitted, loudest } from './peaks.ts'

export interface Spoken {
  number: number
  blob: Blob
  durationMs: number
  peaks: number[]
}

export interface Recorder {
  media: (typeof BROWSER_MEDIA)[number]
  start: () => void
  /** Since the start. */
  elapsedMs: () => number
  /** Lets go of the microphone. @returns how many pieces were made */
  stop: () => Promise<number>
}

/** Enough for speech, and a tenth of what music takes. */
const BITS_PER_SECOND = 24_000
/** Wider than the pause between two looks at 48 kHz, so that nothing loud is missed. */
const LOOK_SAMPLES = 16_384

const mediaOf = () => BROWSER_MEDIA.find((media) => MediaRecorder.isTypeSupported(media))

/** Whether this browser, on this address, can record at all. */
export function canRecord(): boolean {
  return typeof MediaRecorder !== 'undefined' && navigator.mediaDevices !== undefined && mediaOf() !== undefined
}

/** Asks for the microphone; nothing is recorded before `start`. @throws DOMException when the reader or the system says no */
export async function openRecorder(onPiece: (piece: Spoken) => void): Promise<Recorder> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  const media = mediaOf()!
  const recorder = new MediaRecorder(stream, { mimeType: media, audioBitsPerSecond: BITS_PER_SECOND })
  const look = watchLoudness(stream)
  let number = 0
  let startedAt = 0
  let cutAt = 0
  recorder.ondataavailable = ({ data }) => {
    const now = performance.now()
    const durationMs = Math.min(10_000, Math.max(1, Math.round(now - cutAt)))
    cutAt = now
    const peaks = fitted(look.take(), Math.max(1, Math.round(durationMs / PEAK_MS)))
    if (data.size > 0) onPiece({ number: number++, blob: data, durationMs, peaks })
  }
  const stopped = new Promise<void>((resolve) => (recorder.onstop = () => resolve()))
  return {
    media,
    start: () => {
      startedAt = cutAt = performance.now()
      recorder.start(PIECE_MS)
    },
    elapsedMs: () => performance.now() - startedAt,
    stop: async () => {
      if (recorder.state !== 'inactive') {
        recorder.stop()
        await stopped
      }
      look.end()
      for (const track of stream.getTracks()) track.stop()
      return number
    },
  }
}

function watchLoudness(stream: MediaStream): { take: () => number[]; end: () => void } {
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: LOOK_SAMPLES })
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(LOOK_SAMPLES)
  let peaks: number[] = []
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    peaks.push(loudest(samples))
  }, PEAK_MS)
  return {
    take: () => peaks.splice(0),
    end: () => {
      clearInterval(timer)
      peaks = []
      void context.close()
    },
  }
}
