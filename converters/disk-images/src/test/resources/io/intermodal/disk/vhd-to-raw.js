// Reads a dynamic VHD with vhd-lib and writes the disk it holds: node vhd-to-raw.js image raw
const fs = require('fs')
const path = require('path')
const Vhd = require(path.join(process.env.NODE_PATH, 'vhd-lib')).default

async function main(image, raw) {
  const input = fs.openSync(image, 'r')
  const handler = {
    async read(_, buffer, position) {
      const bytesRead = fs.readSync(input, buffer, 0, buffer.length, position)
      return { bytesRead, buffer }
    },
    async getSize() {
      return fs.fstatSync(input).size
    },
  }
  const vhd = new Vhd(handler, image)
  await vhd.readHeaderAndFooter()
  await vhd.readBlockAllocationTable()
  const size = vhd.footer.currentSize
  const output = fs.openSync(raw, 'wx')
  fs.ftruncateSync(output, size)
  const { blockSize, maxTableEntries } = vhd.header
  for (let id = 0; id < maxTableEntries; id++) {
    if (vhd.containsBlock(id)) {
      const { bitmap, data } = await vhd._readBlock(id)
      if (bitmap.some(byte => byte !== 0xff)) {
        throw new Error(`block ${id} is not written in whole`)
      }
      fs.writeSync(output, data, 0, Math.min(blockSize, size - id * blockSize), id * blockSize)
    }
  }
  console.log(`${size} bytes, blocks of ${blockSize}, type ${vhd.footer.diskType}`)
}

main(process.argv[2], process.argv[3]).catch(error => {
  console.error(error.message)
  process.exitCode = 1
})
