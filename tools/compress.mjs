// Writes NAME.br and NAME.gz beside every file of a folder that is smaller so: `node compress.mjs FOLDER`.
import {readdirSync, readFileSync, writeFileSync} from "node:fs"
import {join} from "node:path"
import {brotliCompressSync, constants, gzipSync} from "node:zlib"

const COMPRESSED_ALREADY = /\.(woff2|png|ico)$/

for (const entry of readdirSync(process.argv[2], {recursive: true, withFileTypes: true})) {
  const path = join(entry.parentPath ?? entry.path, entry.name)
  // index.html is another one in each answer.
  if (!entry.isFile() || COMPRESSED_ALREADY.test(path) || path.endsWith("index.html")) continue
  const plain = readFileSync(path)
  const made = {
    br: brotliCompressSync(plain, {params: {[constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length}}),
    gz: gzipSync(plain, {level: 9}),
  }
  for (const [ending, bytes] of Object.entries(made)) {
    if (bytes.length < plain.length) writeFileSync(`${path}.${ending}`, bytes)
  }
}
