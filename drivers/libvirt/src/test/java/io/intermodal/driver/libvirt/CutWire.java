package io.intermodal.driver.libvirt;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a test and a host's socket, so that the wire can be cut or go silent. */
final class CutWire implements AutoCloseable {

  private final Path folder;
  private final Path socket;
  private final Path target;
  private final ServerSocketChannel server;
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
  private volatile boolean silent;

  private CutWire(Path folder, Path socket, Path target, ServerSocketChannel server) {
    this.folder = folder;
    this.socket = socket;
    this.target = target;
    this.server = server;
  }

  static CutWire to(Path target) throws IOException {
    Path folder = Files.createTempDirectory("wire");
    Path socket = folder.resolve("s");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    CutWire wire = new CutWire(folder, socket, target, server);
    start(wire::accept);
    return wire;
  }

  Path socket() {
    return socket;
  }

  /** Ends what is open; new connections are let through. */
  void cut() throws IOException {
    silent = false;
    for (SocketChannel channel : open) {
      channel.close();
    }
    open.clear();
  }

  /** Lets nothing through any more, and says nothing about it. */
  void silence() {
    silent = true;
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
    Files.deleteIfExists(socket);
    Files.deleteIfExists(folder);
  }

  private void accept() throws IOException {
    while (true) {
      SocketChannel near = server.accept();
      SocketChannel far = SocketChannel.open(UnixDomainSocketAddress.of(target));
      open.add(near);
      open.add(far);
      start(() -> pump(near, far));
      start(() -> pump(far, near));
    }
  }

  private void pump(SocketChannel from, SocketChannel to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try (from;
        to) {
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (!silent && buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
    }
  }

  /** Is something that ends with an exception when the wire is cut. */
  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The wire was cut.
              }
            },
            "wire");
    thread.setDaemon(true);
    thread.start();
  }
}
