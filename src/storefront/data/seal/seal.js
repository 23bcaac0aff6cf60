// Opens a sealed preview: AES-GCM by WebCrypto, then pages out of memory, in a frame that runs no script.
const said = document.getElementById('said')
const form = document.getElementById('form')
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0))
const TYPES = { css: 'text/css', svg: 'image/svg+xml', jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', avif: 'image/avif', woff2: 'font/woff2' }

async function sealed() {
  const answer = await fetch('payload.bin')
  if (!answer.ok) throw new Error('missing')
  const data = new Uint8Array(await answer.arrayBuffer())
  const end = data.indexOf(10, data.indexOf(10) + 1) + 1
  const [head, told] = new TextDecoder().decode(data.subarray(0, end)).split('\n')
  if (head !== 'storefront seal 1') throw new Error('missing')
  return { about: data.subarray(0, end), ...JSON.parse(told), body: data.subarray(end) }
}

async function keyOf(text, seal) {
  if (seal.kdf === 'none') return crypto.subtle.importKey('raw', bytes(text.trim()), 'AES-GCM', false, ['decrypt'])
  const from = await crypto.subtle.importKey('raw', new TextEncoder().encode(text.normalize('NFC')), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(seal.salt), iterations: seal.iterations }
  return crypto.subtle.deriveKey(how, from, { name: 'AES-GCM', length: 256 }, false, ['decrypt'])
}

async function open(text) {
  const seal = await sealed()
  const how = { name: 'AES-GCM', iv: bytes(seal.nonce), additionalData: seal.about, tagLength: 128 }
  const plain = await crypto.subtle.decrypt(how, await keyOf(text, seal), seal.body)
  const unpacked = new Blob([plain]).stream().pipeThrough(new DecompressionStream('gzip'))
  const data = new Uint8Array(await new Response(unpacked).arrayBuffer())
  const size = new DataView(data.buffer).getUint32(0)
  const index = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + size)))
  return new Preview(index, data.subarray(4 + size))
}

class Preview {
  constructor(index, data) {
    this.base = index.base
    this.files = new Map(index.files.map(([name, at, length]) => [name, data.subarray(at, at + length)]))
    this.urls = new Map()
    this.frame = document.createElement('iframe')
    this.frame.title = 'Preview'
    // The pages are of this origin, so that they can show pictures out of memory, and may run nothing.
    this.frame.setAttribute('sandbox', 'allow-same-origin allow-popups allow-popups-to-escape-sandbox')
    this.frame.addEventListener('load', () => this.loaded())
    document.body.replaceChildren(this.frame)
  }

  // The file that an address on the site's own host leads to, and the place in it.
  at(address, from) {
    const found = new URL(address, 'https://sealed.invalid' + this.base + '/' + from)
    if (found.host !== 'sealed.invalid' || !found.pathname.startsWith(this.base + '/')) return null
    const path = decodeURIComponent(found.pathname.slice(this.base.length + 1))
    const file = path === '' || path.endsWith('/') ? path + 'index.html' : path
    return this.files.has(file) ? { file, hash: found.hash } : null
  }

  url(file) {
    if (!this.urls.has(file)) {
      const ending = file.split('.').pop()
      let data = this.files.get(file)
      if (ending === 'css') {
        const text = new TextDecoder().decode(data)
        data = text.replace(/url\(["']?([^"')]+)["']?\)/g, (whole, address) => {
          const inner = address.startsWith('data:') ? null : this.at(address, file)
          return inner ? `url("${this.url(inner.file)}")` : whole
        })
      }
      this.urls.set(file, URL.createObjectURL(new Blob([data], { type: TYPES[ending] || 'application/octet-stream' })))
    }
    return this.urls.get(file)
  }

  show(file, hash = '') {
    const page = new DOMParser().parseFromString(new TextDecoder().decode(this.files.get(file)), 'text/html')
    page.querySelectorAll('script, source, meta[http-equiv], link:not([rel="stylesheet"])').forEach(each => each.remove())
    page.querySelectorAll('[srcset]').forEach(each => each.removeAttribute('srcset'))
    page.querySelectorAll('link[href], img[src]').forEach(each => {
      const name = each.hasAttribute('src') ? 'src' : 'href'
      const found = this.at(each.getAttribute(name), file)
      if (found) each.setAttribute(name, this.url(found.file))
      else each.remove()
    })
    document.title = page.title
    this.file = file
    this.hash = hash
    this.frame.srcdoc = '<!doctype html>' + page.documentElement.outerHTML
  }

  loaded() {
    const inside = this.frame.contentDocument
    if (!inside || !this.file) return
    inside.addEventListener('click', event => {
      const link = event.target.closest && event.target.closest('a[href]')
      if (!link) return
      const address = link.getAttribute('href')
      event.preventDefault()
      if (address.startsWith('#')) return this.scroll(address)
      const found = this.at(address, this.file)
      if (found && found.file.endsWith('.html')) this.show(found.file, found.hash)
      else if (address.startsWith('https://')) window.open(address, '_blank', 'noopener,noreferrer')
    })
    this.scroll(this.hash)
  }

  scroll(hash) {
    const place = hash.length > 1 && this.frame.contentDocument.getElementById(decodeURIComponent(hash.slice(1)))
    if (place) place.scrollIntoView()
  }
}

async function tried(text) {
  said.textContent = 'Opening …'
  try {
    const preview = await open(text)
    preview.show('index.html')
  } catch (failure) {
    said.textContent = failure.message === 'missing' || failure instanceof TypeError
      ? 'The encrypted file cannot be had: put payload.bin beside this page on a web server.'
      : 'This does not open it: the key is another one, or the file was changed.'
  }
}

form.addEventListener('submit', event => {
  event.preventDefault()
  tried(document.getElementById('key').value)
})
// A link may bring the key behind #, which no browser sends to a server. It goes from the address bar at once.
function fromAddress() {
  const given = location.hash.match(/^#k=([\w-]+)$/)
  if (!given) return
  history.replaceState(null, '', location.pathname + location.search)
  tried(given[1])
}
addEventListener('hashchange', fromAddress)
fromAddress()
