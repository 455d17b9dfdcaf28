const TAG = /<[a-zA-Z][^<>"]*=[^<>]*>/g
const ATTRIBUTE = /(\s[\w:-]+=)(?:"([^"]*)"|([\w.,:;#%()+-]+))/g

/** The markup of a page with every attribute in double quotes, so that the same patterns read reports of this version and of earlier ones. */
export function quoted(html: string): string {
  const body = Math.max(0, html.indexOf('<body>'))
  const spelled = html
    .slice(body)
    .replaceAll(TAG, part =>
      part
        .replaceAll(ATTRIBUTE, (_, key: string, value: string | undefined, bare: string) => `${key}"${value ?? bare}"`)
        .replace(/ \/>$/, '/>'),
    )
  return html.slice(0, body) + spelled
}
