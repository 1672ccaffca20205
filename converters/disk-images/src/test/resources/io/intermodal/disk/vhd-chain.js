// Makes a dynamic VHD the child of another with vhd-lib: node vhd-chain.js parent child
// or writes what a child and its parents hold together as one: node vhd-chain.js --flatten child out
const fs = require('fs')
const path = require('path')
const lib = require(path.join(process.env.NODE_PATH, 'vhd-lib'))

const handler = {
  async openFile(file) {
    return path.resolve('/', file)
  },
  async closeFile() {},
  async read(file, buffer, position) {
    const fd = fs.openSync(file, 'r')
    const bytesRead = fs.readSync(fd, buffer, 0, buffer.length, position)
    fs.closeSync(fd)
    return { bytesRead, buffer }
  },
  async write(file, buffer, position) {
    const fd = fs.openSync(file, 'r+')
    fs.writeSync(fd, buffer, 0, buffer.length, position)
    fs.closeSync(fd)
  },
  async getSize(file) {
    return fs.statSync(file).size
  },
}

async function main(args) {
  if (args[0] !== '--flatten') {
    await lib.chainVhd(handler, args[0], handler, args[1], true)
    return
  }
  const stream = await lib.createSyntheticStream(handler, args[1])
  const out = fs.createWriteStream(args[2], { flags: 'wx' })
  await new Promise((resolve, reject) =>
    stream.on('error', reject).pipe(out).on('error', reject).on('finish', resolve)
  )
}

main(process.argv.slice(2)).catch(error => {
  console.error(error.message)
  process.exitCode = 1
})
