/** A picture that comes along as data, of a kind that browsers draw and that runs nothing. */
export const EMBEDDED_PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/

/** Output types of such pictures; PNG is a figure's, see `pngIn`. */
const TYPES = ['image/jpeg', 'image/gif', 'image/webp'] as const

/** The address of a picture among an output's forms, or among the files attached to a cell; undefined where there is none. */
export function pictureIn(data: Readonly<Record<string, unknown>>, types: readonly string[] = TYPES): string | undefined {
  for (const type of types) {
    const address = `data:${type};base64,${String(data[type]).replace(/\s/g, '')}`
    if (typeof data[type] === 'string' && EMBEDDED_PICTURE.test(address)) return address
  }
  return undefined
}

/** Markdown with the pictures that are attached to its cell in place of their names. */
export function withAttachments(source: string, attachments: Readonly<Record<string, unknown>> = {}): string {
  return source.replaceAll(/\]\(attachment:([^)\s]+)/g, (all, name: string) => {
    const file = attachments[name] ?? attachments[decodeURIComponent(name)]
    const address =
      typeof file === 'object' && file !== null ? pictureIn(file as Record<string, unknown>, ['image/png', ...TYPES]) : undefined
    return address === undefined ? all : `](${address}`
  })
}
