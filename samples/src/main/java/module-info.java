/** Small programs an embedder would start from. */
module io.intermodal.samples {
  requires java.net.http;
  requires static org.jspecify;
  requires io.intermodal.descriptor;
  requires io.intermodal.migrate;

  exports io.intermodal.samples;
}
