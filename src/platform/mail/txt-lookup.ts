import { Resolver } from 'node:dns/promises'

/** The TXT records of a name, the pieces of each put together; none where there is no such name. Never throws. */
export type TxtLookup = (name: string) => Promise<string[] | 'unreachable'>

/** By the name servers of this machine; an answer that takes longer than some seconds is none. */
export function txtLookup(): TxtLookup {
  return async (name) => {
    const resolver = new Resolver({ timeout: 2500, tries: 2 })
    try {
      return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      return code === 'ENODATA' || code === 'ENOTFOUND' ? [] : 'unreachable'
    }
  }
}
