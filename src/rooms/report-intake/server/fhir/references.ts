import { isEmpty, objectOf, objectsOf, textOf } from './json.ts'
import type { JsonObject } from './json.ts'

export type Entry = { resource: JsonObject; type: string; fullUrl: string; expression: string; container?: JsonObject }

/** The resources of a bundle, found by whatever a reference may say. */
export class References {
  readonly entries: Entry[]
  private readonly byKey = new Map<string, Entry>()

  constructor(entries: Entry[]) {
    this.entries = entries
    for (const entry of entries) {
      const id = textOf(entry.resource.id)
      // fullUrl is what FHIR resolves by; `Type/id` is what senders write all the same.
      for (const key of [entry.fullUrl, id && `${entry.type}/${id}`, id && `urn:uuid:${id}`]) {
        if (key && !this.byKey.has(key)) this.byKey.set(key, entry)
      }
    }
  }

  /**
   * What a Reference points at: by fullUrl, `urn:uuid:`, relative or absolute address (with or without a version),
   * `#id` of a contained resource, or a search by identifier (`Patient?identifier=system|value`).
   */
  resolve(reference: unknown, from: Entry): Entry | undefined {
    const { reference: target, identifier } = objectOf(reference)
    const text = textOf(target)
    if (text.startsWith('#')) return this.contained(text.slice(1), from)
    if (text !== '') {
      const plain = text.replace(/\/_history\/[^/]*$/, '')
      const relative = /([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})$/.exec(plain)?.[1]
      const found = this.byKey.get(plain) ?? (relative ? this.byKey.get(relative) : undefined)
      if (found) return found
      const search = /^([A-Z][A-Za-z]+)\?identifier=(?:([^|]*)\|)?(.+)$/.exec(text)
      return search
        ? this.byIdentifier(search[1] ?? '', safeDecode(search[2] ?? ''), safeDecode(search[3] ?? ''))
        : undefined
    }
    const logical = objectOf(identifier)
    if (isEmpty(logical)) return undefined
    return this.byIdentifier(textOf(objectOf(reference).type), textOf(logical.system), textOf(logical.value))
  }

  private contained(id: string, from: Entry): Entry | undefined {
    const holder = from.container ?? from.resource
    const index = objectsOf(holder.contained).findIndex((one) => textOf(one.id) === id)
    const resource = objectsOf(holder.contained)[index]
    if (!resource) return undefined
    const expression = `${from.expression}.contained[${index}]`
    return { resource, type: textOf(resource.resourceType), fullUrl: '', expression, container: holder }
  }

  private byIdentifier(type: string, system: string, value: string): Entry | undefined {
    if (value === '') return undefined
    return this.entries.find(
      (entry) =>
        (type === '' || entry.type === type) &&
        objectsOf(entry.resource.identifier).some(
          (one) => textOf(one.value) === value && (system === '' || textOf(one.system) === system),
        ),
    )
  }
}

/**
 * The id by which the source will know a resource again: its business identifier, else its logical id. Undefined
 * when there is only an address made up for the bundle.
 */
export function sourceIdOf({ resource, type }: Entry): string | undefined {
  const business = objectsOf(resource.identifier)
    .map((one) => textOf(one.value))
    .find(Boolean)
  const id = textOf(resource.id)
  return business ?? (id === '' ? undefined : `${type}/${id}`)
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
