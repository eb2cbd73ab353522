import { Link } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ReactNode } from 'react'
import { splitAddress } from './use-address.ts'

/** A link inside the house: `<Go to={`/patients/${id}?tab=results`}>…</Go>`. */
export function Go({ to, children, ...rest }: { to: string; children: ReactNode } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>) {
  return (
    <Link {...(splitAddress(to) as { to: string })} {...(rest as object)} preload="intent">
      {children}
    </Link>
  )
}
