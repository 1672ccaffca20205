/** The command line over the libraries. */
module io.intermodal.cli {
  requires static org.jspecify;
  requires info.picocli;
  requires io.intermodal.migrate;
  requires io.intermodal.descriptor;
  requires io.intermodal.disk;
  requires io.intermodal.ovf;

  opens io.intermodal.cli to
      info.picocli;
}
