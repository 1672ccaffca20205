// Has Xen Orchestra's package write an XVA of two disks with the content of a raw file.
import fs from 'node:fs'
import { pipeline } from 'node:stream/promises'

const [raw, xva] = process.argv.slice(2)
const { importVm } = await import(`${process.env.NODE_PATH}/@xen-orchestra/xva/importVm.mjs`)

const size = fs.statSync(raw).size
const content = {
  footer: { currentSize: size },
  rawContent: async () => fs.createReadStream(raw),
}
const vm = {
  name_label: 'a machine',
  memory: 1 << 30,
  nCpus: 1,
  firmware: 'bios',
  vdis: [
    { name_label: 'one', virtual_size: size },
    { name_label: 'two', virtual_size: size },
  ],
  vhds: [{ ...content }, { ...content }],
  networks: [],
}
const place = { $ref: 'OpaqueRef:p', uuid: '00000000-0000-4000-8000-000000000000', name_label: 'p', bridge: 'b' }
const host = {
  task_create: async () => 'OpaqueRef:t',
  putResource: async (stream) => {
    await pipeline(stream, fs.createWriteStream(xva))
    return '<value>OpaqueRef:x</value>'
  },
  getField: async () => '00000000-0000-4000-8000-000000000001',
}
await importVm(vm, host, place, place)
