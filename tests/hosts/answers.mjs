// Gives a host's files to that host's own code, and prints what it made of them as JSON.
// Called as: node answers.mjs <host>, with a JSON object on standard input.
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const given = JSON.parse(readFileSync(0, 'utf8'))

async function bundled(source) {
  const { build } = await import('esbuild')
  const out = join(await mkdtemp(join(tmpdir(), 'hosts-')), 'made.mjs')
  await build({
    stdin: { contents: source, resolveDir: import.meta.dirname ?? process.cwd(), loader: 'ts' },
    bundle: true, format: 'esm', platform: 'node', outfile: out, logLevel: 'error',
  })
  return import(out)
}

const hosts = {
  // The parser of Wrangler and the handler of Pages' asset server.
  async cloudflare({ redirects, headers, files, paths, meant = [] }) {
    const pages = '@cloudflare/pages-shared'
    const own = await bundled(`
      export { parseRedirects } from '${pages}/metadata-generator/parseRedirects'
      export { parseHeaders } from '${pages}/metadata-generator/parseHeaders'
      export { createMetadataObject } from '${pages}/metadata-generator/createMetadataObject'
      export { generateHandler } from '${pages}/asset-server/handler'`)
    const parsed = { redirects: own.parseRedirects(redirects), headers: own.parseHeaders(headers) }
    const metadata = own.createMetadataObject(parsed)
    const known = new Set(files)
    const answers = {}
    for (const path of paths) {
      const response = await own.generateHandler({
        request: new Request(`https://site.example${path}`),
        metadata,
        logError: (error) => { throw error },
        findAssetEntryForPath: async (entry) => (known.has(entry) ? entry : null),
        getAssetKey: (entry) => entry,
        negotiateContent: () => ({ encoding: null }),
        fetchAsset: async () => ({ body: null, contentType: 'text/html' }),
        generateNotFoundResponse: async () => new Response(null, { status: 404 }),
      })
      answers[path] = [response.status, Object.fromEntries(response.headers)]
    }
    const invalid = [...parsed.redirects.invalid, ...parsed.headers.invalid]
    // What a browser would ask for, had it followed the addresses directly; it sends no fragment.
    return { invalid, answers, meant: meant.map((address) => new URL(address).href.replace(/#$/, '')) }
  },

  // The parsers of Netlify's build.
  async netlify({ redirects, headers }) {
    const folder = await mkdtemp(join(tmpdir(), 'hosts-'))
    writeFileSync(join(folder, '_redirects'), redirects)
    writeFileSync(join(folder, '_headers'), headers)
    const { parseAllRedirects } = await import('netlify-redirect-parser')
    const { parseAllHeaders } = await import('netlify-headers-parser')
    const rules = await parseAllRedirects({
      redirectsFiles: [join(folder, '_redirects')], configRedirects: [], minimal: true,
    })
    const sent = await parseAllHeaders({ headersFiles: [join(folder, '_headers')], configHeaders: [], minimal: true })
    return {
      errors: [...rules.errors, ...sent.errors].map(String),
      rules: rules.redirects.map(({ from, to, status, force }) => ({ from, to, status, force })),
      headers: sent.headers.map((rule) => [rule.for, rule.values]),
    }
  },

  // The schemas and the compiler of Vercel's routes.
  async vercel({ config }) {
    const { default: routing } = await import('@vercel/routing-utils')
    const { default: Ajv } = await import('ajv')
    const check = new Ajv().compile({
      type: 'object',
      properties: { redirects: routing.redirectsSchema, headers: routing.headersSchema },
      required: ['redirects', 'headers'],
    })
    const valid = check({ redirects: config.redirects, headers: config.headers })
    const { routes, error } = routing.getTransformedRoutes(config)
    return { valid, errors: check.errors, error, routes }
  },

  // The function itself, with a store in the place of CloudFront's.
  async cloudfront({ source, store, paths }) {
    const values = new Map(store.data.map(({ key, value }) => [key, value]))
    globalThis.cf = {
      kvs: () => ({
        exists: async (key) => values.has(key),
        get: async (key) => {
          if (!values.has(key)) throw new Error('no such key')
          return values.get(key)
        },
      }),
    }
    const file = join(await mkdtemp(join(tmpdir(), 'hosts-')), 'function.mjs')
    const body = source.replace("import cf from 'cloudfront';", 'const cf = globalThis.cf;')
    writeFileSync(file, `${body}\nexport { handler };\n`)
    const { handler } = await import(file)
    const answers = {}
    for (const uri of paths) {
      answers[uri] = await handler({ request: { method: 'GET', uri, querystring: {}, headers: {} } })
    }
    return { answers }
  },
}

console.log(JSON.stringify(await hosts[process.argv[2]](given)))
