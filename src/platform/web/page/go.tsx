import { useLinkProps } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react'
import { splitAddress } from './use-address.ts'

export type GoProps = { to: string; children: ReactNode; ref?: Ref<HTMLAnchorElement> } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>

/** A link inside the house: `<Go to={`/patients/${id}?tab=results`}>…</Go>`. */
export function Go({ to, children, ref, ...rest }: GoProps) {
  const link = useLinkProps({ ...(splitAddress(to) as { to: string }), ...(rest as object) }, ref as never) as AnchorHTMLAttributes<HTMLAnchorElement>
  // The router calls every link to a part of the address current; only the navigation knows which one is.
  return (
    <a {...link} aria-current={rest['aria-current']}>
      {children}
    </a>
  )
}
