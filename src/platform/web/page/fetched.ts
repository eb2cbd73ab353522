import { createElement, lazy, useState, type ComponentType, type FunctionComponent } from 'react'

/** A component whose script is fetched when it is first shown, or before that by `fetchAhead`. */
export type Fetched<Props> = FunctionComponent<Props> & {
  /** The router calls it before it opens a page. */
  preload(): Promise<unknown>
}

/**
 * Like React's `lazy`, but what is here already is shown at once: React waits 300 ms between two signs of loading, and a
 * page in three layers would pay for each.
 */
export function fetched<Props>(load: () => Promise<ComponentType<Props>>): Fetched<Props> {
  let here: ComponentType<Props> | undefined
  let coming: Promise<ComponentType<Props>> | undefined
  const preload = () => (coming ??= load().then((component) => (here = component), forget))
  const forget = (error: unknown): never => {
    coming = undefined
    throw error
  }
  const Later = lazy(async () => ({ default: await preload() })) as unknown as ComponentType<Props>
  function Part(props: Props) {
    // Chosen once: whoever waits keeps what they have when the script arrives.
    const [Shown] = useState<ComponentType<Props>>(() => here ?? Later)
    return createElement(Shown as ComponentType<object>, props as object)
  }
  return Object.assign(Part as FunctionComponent<Props>, { preload })
}

/** Begins to fetch the script of a component, where it has one of its own. What fails is tried again when it is shown. */
export async function fetchAhead(component: unknown): Promise<void> {
  await (component as Partial<Fetched<unknown>> | undefined)?.preload?.().catch(() => undefined)
}
