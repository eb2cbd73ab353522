import { PEAK_MS } from '../../contract/words.ts'

/** Speech as a telephone exchange hands it on: 16 bits little-endian, one channel, 8,000 samples a second. */
export const PCM_MEDIA = 'audio/l16'
export const BYTES_A_SECOND = 16_000
const SAMPLES_A_PEAK = (8000 * PEAK_MS) / 1000
const LOUDEST = 32_768

export const pcmMs = (bytes: number): number => Math.max(1, Math.round((bytes / BYTES_A_SECOND) * 1000))

/** The loudest of each quarter of a second, 0 to 100, as a browser would write it. */
export function pcmPeaks(pcm: Buffer): string {
  const peaks: number[] = []
  const samples = Math.floor(pcm.length / 2)
  for (let from = 0; from < samples; from += SAMPLES_A_PEAK) {
    let loudest = 0
    for (let n = from; n < Math.min(samples, from + SAMPLES_A_PEAK); n++)
      loudest = Math.max(loudest, Math.abs(pcm.readInt16LE(n * 2)))
    peaks.push(Math.round((loudest / LOUDEST) * 100))
  }
  return peaks.join(',')
}

/** What stands before such speech in a WAV file: how many bytes come is known when it is played. */
export function wavHead(pcmBytes: number): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + pcmBytes, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(BYTES_A_SECOND, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(pcmBytes, 40)
  return head
}

/** As what a recording is played. */
export const playedAs = (media: string): string => (media === PCM_MEDIA ? 'audio/wav' : media)
/** What comes before its first piece when it is played. */
export const headOf = (media: string, bytes: number): Buffer => (media === PCM_MEDIA ? wavHead(bytes) : Buffer.alloc(0))
