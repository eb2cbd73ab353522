import { useEffect, useRef, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import phoneStyle from '../../../../platform/patient-web/patient.css?inline'
import { useLocale } from '../../../../platform/web/index.ts'

/** A phone of today. */
const WIDTH_PX = 390
const HEIGHT_PX = 680

/**
 * What patients see, in a phone-wide document of its own, so that sizes and styles are the phone's. It is drawn from
 * here: it has no address, loads nothing and sends nothing.
 */
export function PhoneFrame({ title, large, children }: { title: string; large: boolean; children: ReactNode }) {
  const locale = useLocale()
  const frame = useRef<HTMLIFrameElement>(null)
  const [ground, setGround] = useState<HTMLElement>()
  const attach = () => {
    const inside = frame.current?.contentDocument
    if (!inside || inside.body === ground) return
    dress(inside)
    setGround(inside.body)
  }
  useEffect(() => {
    const root = frame.current?.contentDocument?.documentElement
    root?.setAttribute('lang', locale)
    root?.classList.toggle('pp-large', large)
  }, [ground, locale, large])
  return (
    <>
      <iframe
        ref={frame}
        className="pb-design-frame"
        title={title}
        width={WIDTH_PX}
        height={HEIGHT_PX}
        // A document of today's rules; without it the browser draws as it did in 1999.
        srcDoc="<!doctype html><title>-</title>"
        onLoad={attach}
      />
      {ground && createPortal(children, ground)}
    </>
  )
}

function dress(inside: Document): void {
  const style = inside.createElement('style')
  style.textContent = phoneStyle
  inside.head.replaceChildren(style)
}
