// The process behind `render-process.ts`: a document comes in, a paper goes out. Who draws is named by the one argument.
import type { RenderAnswer } from './render-process.ts'

// Loaded at once, so that a process that is started ahead of its first paper is ready for it.
const drawer = import(process.argv[2]!) as Promise<{ draw: (document: unknown) => Promise<unknown> }>

process.on('message', (document) => {
  void answer(document).then((result) => process.send!(result))
})
// The channel closes when the server goes, however it goes: nobody is left to draw for.
process.on('disconnect', () => process.exit(0))

async function answer(document: unknown): Promise<RenderAnswer> {
  try {
    const { draw } = await drawer
    return { drawn: await draw(document) }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    return { error: { name, message } }
  }
}
