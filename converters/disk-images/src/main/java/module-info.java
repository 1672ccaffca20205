/** Disk images: recognise, read, write, convert and compare them in one pass. */
module io.intermodal.disk {
  requires static transitive org.jspecify;
  requires transitive io.intermodal.base;
  requires transitive java.net.http;

  exports io.intermodal.disk;
  exports io.intermodal.disk.spi;

  uses io.intermodal.disk.spi.ZstdCodec;
}
