/** The OVF document and its package: read, check, verify, write. */
module io.intermodal.ovf {
  requires transitive io.intermodal.base;
  requires static transitive org.jspecify;

  exports io.intermodal.ovf;
  exports io.intermodal.ovf.edit;
  exports io.intermodal.ovf.environment;
  exports io.intermodal.ovf.packaging;
}
