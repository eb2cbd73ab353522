import { PauseOutlined, CaretRightOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { Row, Stack, Status, useT } from '../../../platform/web/index.ts'
import type { playRecording } from '../contract/listen.ts'
import { minutesText } from './peaks.ts'
import { Transcript } from './transcript.tsx'
import './recording.css'
import { Waveform } from './waveform.tsx'

export type Opened = OutputOf<typeof playRecording>

const SPEEDS = [0.75, 1, 1.25, 1.5, 2]
/** Heard a little before the answer, to know what was asked. */
const BEFORE_MARK_MS = 2000

/** Plays what was opened: who listens stands over it; there is nothing to download. */
export function Player({ recordingId, opened }: { recordingId: string; opened: Opened }) {
  const t = useT('recording')
  const audio = useRef<HTMLAudioElement>(null)
  const [playing, setPlaying] = useState(false)
  const [atMs, setAtMs] = useState(0)
  const [speed, setSpeed] = useState(1)
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    if (audio.current) audio.current.playbackRate = speed
  }, [speed])
  const seek = (ms: number) => {
    if (!audio.current) return
    audio.current.currentTime = Math.max(0, ms) / 1000
    setAtMs(Math.max(0, ms))
  }
  const toggle = () => void (playing ? audio.current?.pause() : audio.current?.play().catch(() => setBroken(true)))
  return (
    <Stack tight>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a call has no captions; what was said stands below */}
      <audio
        ref={audio}
        src={`/api/recordings/${recordingId}/plays/${opened.playId}/sound`}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onError={() => setBroken(true)}
        onTimeUpdate={({ currentTarget }) => setAtMs(currentTarget.currentTime * 1000)}
      />
      <div className="pb-player" onContextMenu={(event) => event.preventDefault()}>
        <Waveform peaks={opened.peaks} share={opened.durationMs > 0 ? atMs / opened.durationMs : 0} />
        <div className="pb-player-mark">
          <span>{opened.watermark}</span>
        </div>
        <input
          type="range"
          aria-label={t('player.position')}
          aria-valuetext={minutesText(atMs)}
          min={0}
          max={opened.durationMs}
          step={500}
          value={Math.min(atMs, opened.durationMs)}
          onChange={({ target }) => seek(Number(target.value))}
        />
      </div>
      {broken && <Status tone="danger">{t('player.broken')}</Status>}
      <Row>
        <Button type="primary" icon={playing ? <PauseOutlined /> : <CaretRightOutlined />} onClick={toggle}>
          {t(playing ? 'player.pause' : 'player.play')}
        </Button>
        <span className="pb-number">
          {minutesText(atMs)} / {minutesText(opened.durationMs)}
        </span>
        <Select
          aria-label={t('player.speed')}
          value={speed}
          style={{ width: 90 }}
          onChange={setSpeed}
          options={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
        />
      </Row>
      {opened.peaks.length === 0 && <p className="pb-hint">{t('player.noWave')}</p>}
      {opened.gapsMs.length > 0 && (
        <p className="pb-hint">{t('player.gaps', { at: opened.gapsMs.map(minutesText).join('、') })}</p>
      )}
      <Answers opened={opened} onJump={(ms) => seek(ms - BEFORE_MARK_MS)} />
      <Transcript recordingId={recordingId} playId={opened.playId} onJump={seek} />
    </Stack>
  )
}

/** Where each question of the form was answered: a step there. */
function Answers({ opened, onJump }: { opened: Opened; onJump: (ms: number) => void }) {
  const t = useT('recording')
  if (opened.marks.length === 0) return null
  return (
    <section>
      <h3>{t('player.answers')}</h3>
      <ul className="pb-player-answers">
        {opened.marks.map((one) => (
          <li key={one.ref}>
            <button type="button" className="pb-link" style={{ minHeight: 28 }} onClick={() => onJump(one.atMs)}>
              <span className="pb-number">{minutesText(one.atMs)}</span> {one.label}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
