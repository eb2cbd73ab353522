import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '../../../platform/web/index.ts'
import { POSITION_DIGITS, type Position } from '../contract/words.ts'

const rounded = (degree: number) => Math.round(degree * 10 ** POSITION_DIGITS) / 10 ** POSITION_DIGITS
const WAIT_MS = 15_000

/**
 * Where about the phone is: asked for by a touch of whoever carries it and never before, rounded before it leaves the
 * phone, and never needed. A no is an answer.
 */
export function PositionField({ value, onChange }: { value?: Position; onChange?: (value: Position) => void }) {
  const t = useT('home-visit')
  const [asking, setAsking] = useState(false)
  const [hasAsked, setHasAsked] = useState(false)
  const canAsk = 'geolocation' in navigator && globalThis.isSecureContext
  const ask = () => {
    setAsking(true)
    const told = (position: Position) => {
      setAsking(false)
      setHasAsked(true)
      onChange?.(position)
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        told({ kind: 'shared', latitude: rounded(coords.latitude), longitude: rounded(coords.longitude) }),
      ({ code }) => told({ kind: code === GeolocationPositionError.PERMISSION_DENIED ? 'not-shared' : 'unavailable' }),
      { enableHighAccuracy: false, timeout: WAIT_MS, maximumAge: 60_000 },
    )
  }
  return (
    <div className="pb-stack pb-stack-tight">
      <p className="pb-hint">{t('position.consent')}</p>
      {value?.kind === 'shared' ? (
        <div className="pb-row">
          <span className="pb-number">
            {t('position.shared', { latitude: value.latitude, longitude: value.longitude })}
          </span>
          <Button
            onClick={() => {
              setHasAsked(false)
              onChange?.(NOT_ASKED)
            }}
          >
            {t('position.forget')}
          </Button>
        </div>
      ) : (
        <div className="pb-row">
          <Button disabled={!canAsk} loading={asking} onClick={ask}>
            {t('position.ask')}
          </Button>
          <span className="pb-hint" role="status">
            {!canAsk && t('position.cannot')}
            {canAsk && value?.kind === 'unavailable' && t('position.unavailable')}
            {canAsk && hasAsked && value?.kind === 'not-shared' && t('position.refused')}
          </span>
        </div>
      )}
    </div>
  )
}

/** Nobody has been asked; what a form begins with. */
export const NOT_ASKED: Position = { kind: 'not-shared' }
