package io.intermodal.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyDownloadSampleTest {

  @TempDir private Path folder;

  /** Serves the archive once on the loopback interface. */
  private static String verify(byte[] ova) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> serve(server, ova), "one-download");
      thread.start();
      String url = "http://localhost:" + server.getLocalPort() + "/web.ova";
      String printed = Output.of(() -> VerifyDownload.main(new String[] {url}));
      thread.join();
      return printed;
    }
  }

  private static void serve(ServerSocket server, byte[] ova) {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      int newLines = 0;
      while (newLines < 2) {
        int c = in.read();
        newLines = c == '\n' ? newLines + 1 : c == '\r' ? newLines : 0;
      }
      String head = "HTTP/1.1 200 OK\r\nContent-Length: " + ova.length + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(ova);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void verifiesAsItComes() throws Exception {
    byte[] ova = Files.readAllBytes(SmallAppliance.write(folder.resolve("web.ova")));

    assertThat(verify(ova).lines())
        .anyMatch(line -> line.startsWith(SmallAppliance.DISK_FILE + ", "))
        .contains("The download is what its manifest says.");
  }

  @Test
  void noticesOneFlippedBit() throws Exception {
    byte[] ova = Files.readAllBytes(SmallAppliance.write(folder.resolve("web.ova")));
    ova[ova.length / 2] ^= 1;

    assertThat(verify(ova).lines()).anyMatch(line -> line.startsWith("Throw the download away"));
  }
}
