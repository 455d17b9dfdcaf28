import { PROTOCOL_VERSION } from '../../notebook/wire/index.ts'

/** The answer to `kernel_info_request`, which it completes by what the project says of itself. */
export function kernelInfo(version: string, compiler: string): Record<string, unknown> {
  return {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: 'clvlab',
    implementation_version: version,
    language_info: {
      name: 'typescript',
      version: compiler,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: { name: 'javascript', typescript: true },
      nbconvert_exporter: 'script',
    },
    banner: `clvlab ${version}: TypeScript ${compiler} on Node ${process.versions.node}`,
    help_links: [{ text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' }],
    debugger: false,
  }
}
