/**
 * What every module shares: errors, progress, cancellation, complete-or-absent files, XML, CD
 * images.
 */
module io.intermodal.base {
  requires static transitive org.jspecify;
  requires transitive java.xml;

  exports io.intermodal;
  exports io.intermodal.iso;
  exports io.intermodal.xml;
}
