package io.intermodal.samples;

import io.intermodal.ovf.packaging.OvaStream;
import io.intermodal.ovf.packaging.StreamedPackage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Verifies an archive while it is being downloaded; nothing is written to a disk. */
public final class VerifyDownload {

  private VerifyDownload() {}

  /**
   * Verifies one archive.
   *
   * @param args the URL of an {@code .ova} file
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(args[0])).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        System.out.println("The server answered " + response.statusCode() + ".");
        return;
      }
      // Each member goes by once; a handler may keep it, or convert it, as it comes.
      StreamedPackage result =
          OvaStream.of("the download", body)
              .read(
                  (member, content) ->
                      System.out.println(member.name() + ", " + member.sizeBytes() + " bytes"));

      // Only now is it known whether the files were the right ones: the manifest may come last.
      System.out.println(
          result.verification().accepted()
              ? "The download is what its manifest says."
              : "Throw the download away: it is not what its manifest or signature says.");
    }
  }
}
