package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.ovf.packaging.Validation;
import io.intermodal.ovf.packaging.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Compares what strict and lenient readers say with the verdicts that come with real documents: a
 * vendor's own tests, packages that were made with one defect each, and what products write.
 */
class VerdictCorpusTest {

  /** Documents that are to be taken and are not, with the cause. */
  private static final Map<String, String> EXCUSED =
      Map.of(
          "conformance/VirtualHardware_1_0/Pos/item_msgid.ovf", "its prefix ovfstr is not declared",
          "conformance/VirtualHardware_1_0/Pos/item_msgid_elename.ovf",
              "its prefix ovfstr is not declared",
          "packages/real/glance__testserver.ova",
              "made for a reader of one element: it has its hardware in the envelope");

  /** Documents that are to be refused for what no descriptor shows, with where it shows. */
  private static final Map<String, String> NOT_IN_THE_DESCRIPTOR =
      Map.of(
          "DigitalCertificates/Neg/valid_certificate.ovf", "in the certificate beside it",
          "DiskSection_1_0/Neg/invalid_createType_disk.ovf", "in the disk, whose type is not known",
          "DiskSection_1_0/Neg/invalid_delta_reference_disk.ovf", "in the disk, which has a parent",
          "Envelope/Neg/gzip_compression.ovf", "in the file, which is not as compressed or as long",
          "Envelope_1_0/Neg/invalid_no_version.ovf",
              "in the file, which is no disk; 1.0 has no version to state",
          "Envelope_1_0/Neg/invalid_ref_size_neg.ovf",
              "in the file, which is no disk; the size that it states is 0",
          "Envelope_1_0/Neg/invalid_ref_size_null.ovf",
              "in the file, which is no disk; a size may be absent",
          "HttpLocators_1_0/Neg/valid_no_disk_in_server.ovf", "at the server, which has no disk",
          "Options/Neg/nvm001.ovf", "in the options that the tool was run with");

  /** What is wrong with each document that is to be refused. */
  private static final Map<String, String> REASONS = new TreeMap<>();

  static {
    String table =
        """
        AnnotationSection_1_0/Neg/ann_sec_elsewhr.ovf SECTION_MISPLACED
        DiskSection/Neg/inside_content.ovf SECTION_MISPLACED
        DiskSection/Neg/no_capacity.ovf CAPACITY_MISSING
        DiskSection/Neg/no_diskid.ovf ID_MISSING
        DiskSection_1_0/Neg/dup_diskid.ovf ID_DUPLICATE
        DiskSection_1_0/Neg/dup_filerefs.ovf FILE_SHARED
        DiskSection_1_0/Neg/inside_content.ovf SECTION_MISPLACED
        DiskSection_1_0/Neg/no_capacity.ovf CAPACITY_MISSING
        DiskSection_1_0/Neg/no_diskid.ovf ID_MISSING
        DiskSection_1_0/Neg/no_format.ovf FORMAT_MISSING
        DiskSection_1_0/Neg/not_in_order_disks.ovf DISK_ORDER
        DiskSection_1_0/Neg/popsize_gt_capacity.ovf POPULATED_OVER_CAPACITY
        Envelope/Neg/content_vmwithnoid.ovf ID_MISSING
        Envelope/Neg/invalid_no_file_in_ref.ovf REFERENCE_DANGLING
        Envelope/Neg/invalid_no_ref.ovf REFERENCES_MISSING
        Envelope/Neg/invalid_ref_no_href.ovf HREF_MISSING
        Envelope/Neg/no_version_num.ovf VERSION_MISSING
        Envelope/Neg/section_compatibility_rec.ovf ELEMENT_REQUIRED_UNKNOWN
        Envelope_1_0/Neg/bare_minimal.ovf INFO_MISSING
        Envelope_1_0/Neg/content_vmwithnoid.ovf ID_MISSING
        Envelope_1_0/Neg/content_withnoinfo.ovf INFO_MISSING
        Envelope_1_0/Neg/content_withnovm.ovf CONTENT_MISSING
        Envelope_1_0/Neg/fileelements_samefile.ovf HREF_DUPLICATE
        Envelope_1_0/Neg/invalid_empty_env.ovf REFERENCES_MISSING
        Envelope_1_0/Neg/invalid_namespace.ovf NAMESPACE_UNKNOWN
        Envelope_1_0/Neg/invalid_neg_chunk.ovf NUMBER_INVALID
        Envelope_1_0/Neg/invalid_no_file_in_ref.ovf REFERENCE_DANGLING
        Envelope_1_0/Neg/invalid_no_ref.ovf REFERENCES_MISSING
        Envelope_1_0/Neg/invalid_no_vm.ovf CONTENT_MISSING
        Envelope_1_0/Neg/invalid_ref_dup_id.ovf ID_DUPLICATE
        Envelope_1_0/Neg/invalid_ref_id.ovf ID_MISSING
        Envelope_1_0/Neg/invalid_ref_no_href.ovf HREF_MISSING
        Envelope_1_0/Neg/invalid_version.ovf CONTENT_MISSING
        Envelope_1_0/Neg/invalid_zero_capacity.ovf INFO_MISSING
        Envelope_1_0/Neg/no_content.ovf CONTENT_MISSING
        Envelope_1_0/Neg/no_version_num.ovf INFO_MISSING
        Envelope_1_0/Neg/section_compatibility_neg.ovf XML_MALFORMED
        Envelope_1_0/Neg/section_compatibility_rec.ovf XML_MALFORMED
        Envelope_1_0/Neg/section_withnoinfo.ovf INFO_MISSING
        NetworkSection_1_0/Neg/net_sec_elsewhr.ovf SECTION_MISPLACED
        NetworkSection_1_0/Neg/no_net.ovf NETWORK_UNKNOWN
        ProductSection_1_0/Neg/dup_prodsec.ovf PRODUCT_DUPLICATE
        ProductSection_1_0/Neg/prop_dup_keys.ovf PROPERTY_KEY_DUPLICATE
        ProductSection_1_0/Neg/prop_invalid_type.ovf PROPERTY_TYPE
        ProductSection_1_0/Neg/prop_no_key.ovf PROPERTY_KEY_MISSING
        ProductSection_1_0/Neg/prop_no_type.ovf PROPERTY_TYPE
        RASection/Neg/ras_sec_elsewhr.ovf SECTION_MISPLACED
        RASection_1_0/Neg/ras_sec_elsewhr.ovf SECTION_MISPLACED
        VirtualAppliances/Neg/nvapp001.ovf STARTUP_UNKNOWN
        VirtualHardware/Neg/child_uitem_req_true.ovf ELEMENT_REQUIRED_UNKNOWN
        VirtualHardware/Neg/empty_system.ovf SYSTEM_TYPE_MISSING
        VirtualHardware/Neg/maxwith_nonormal.ovf BOUND_INVALID
        VirtualHardware/Neg/no_instanceid.ovf INSTANCE_ID_MISSING
        VirtualHardware/Neg/no_resourcetype.ovf RESOURCE_TYPE_MISSING
        VirtualHardware/Neg/noninteger_range.ovf BOUND_INVALID
        VirtualHardware/Neg/vh_under_env.ovf SECTION_MISPLACED
        VirtualHardware_1_0/Neg/child_uitem_req_true.ovf ELEMENT_REQUIRED_UNKNOWN
        VirtualHardware_1_0/Neg/child_uitem_req_unspec.ovf ELEMENT_REQUIRED_UNKNOWN
        VirtualHardware_1_0/Neg/dup_instanceid.ovf INSTANCE_ID_DUPLICATE
        VirtualHardware_1_0/Neg/empty_item.ovf INSTANCE_ID_MISSING
        VirtualHardware_1_0/Neg/empty_system.ovf XML_MALFORMED
        VirtualHardware_1_0/Neg/invalid_multiple_vh.ovf INSTANCE_ID_MISSING
        VirtualHardware_1_0/Neg/maxwith_nonormal.ovf QUANTITY_MISSING
        VirtualHardware_1_0/Neg/no_instanceid.ovf INSTANCE_ID_MISSING
        VirtualHardware_1_0/Neg/no_resourcetype.ovf RESOURCE_TYPE_MISSING
        VirtualHardware_1_0/Neg/no_vh.ovf HARDWARE_MISSING
        VirtualHardware_1_0/Neg/noninteger_range.ovf NUMBER_INVALID
        VirtualHardware_1_0/Neg/twomax_rangemarker.ovf BOUND_INVALID
        VirtualHardware_1_0/Neg/twomin_rangemarker.ovf BOUND_INVALID
        VirtualHardware_1_0/Neg/vh_under_env.ovf SECTION_MISPLACED
        """;
    table
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(line -> REASONS.put(line.split(" ", 2)[0], line.split(" ", 2)[1]));
  }

  /** What is wrong with packages: a finding that is at least a warning, or the refusal. */
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("NEG-cert-without-mf", "CERTIFICATE_WITHOUT_MANIFEST"),
          Map.entry("NEG-cert-expired", "SIGNER_EXPIRED"),
          Map.entry("NEG-cert-key-mismatch", "SIGNATURE_BROKEN"),
          Map.entry("NEG-chunk-missing", "FILE_MISSING"),
          Map.entry("NEG-disk-missing", "FILE_MISSING"),
          Map.entry("NEG-mf-missing-disk-entry", "MANIFEST_INCOMPLETE"),
          Map.entry("NEG-mf-names-absent-file", "MANIFEST_ABSENT_FILE"),
          Map.entry("NEG-mf-tampered", "DIGEST_MISMATCH"),
          Map.entry("NEG-path-traversal", "NAME_UNSAFE"),
          Map.entry("NEG-truncated", "ARCHIVE_TRUNCATED"),
          Map.entry("NEG-two-descriptors", "DESCRIPTOR_SECOND"),
          Map.entry("size-attribute-wrong", "SIZE_DIFFERS"));

  /** Real documents with errors to a lenient reader, with the cause. */
  private static final Map<String, String> BROKEN =
      Map.ofEntries(
          Map.entry("src_powervs-template.xml.ovf", "PLACEHOLDER"),
          Map.entry("src_virtualbox-template.xml.ovf", "PLACEHOLDER"),
          Map.entry("src_vmware-template.xml.ovf", "PLACEHOLDER"),
          Map.entry("build_library_template_vmware.ovf", "PLACEHOLDER"),
          Map.entry("images_capi_hack_ovf_template.xml.ovf", "PLACEHOLDER"),
          Map.entry("templates_template-hw10.ovf", "PLACEHOLDER"),
          Map.entry("templates_template-hw13.ovf", "PLACEHOLDER"),
          Map.entry("templates_template-hw14.ovf", "PLACEHOLDER"),
          Map.entry("templates_template-hw15.ovf", "PLACEHOLDER"),
          // A disk without its file, in a sample of a tool and in a test of another.
          Map.entry("ovf-renderer_src_main_resources_Ovf1VS.ovf", "REFERENCE_DANGLING"),
          Map.entry("COT_tests_invalid.ovf", "REFERENCE_DANGLING"),
          // An envelope without anything in it.
          Map.entry("empty.ovf", "CONTENT_MISSING"),
          // Made to have a section that nobody knows.
          Map.entry("unsupported-ovfs_unsupportedSection.ovf", "SECTION_REQUIRED_UNKNOWN"));

  private static final List<String> ROWS = new ArrayList<>();

  /** Returns the files of the corpus that have a verdict, with it. */
  private static Map<String, String> verdicts(String under) throws IOException {
    Map<String, String> verdicts = new LinkedHashMap<>();
    for (String line : Files.readAllLines(CorpusTest.corpus().resolve("MANIFEST.tsv"))) {
      String[] columns = line.split("\t", -1);
      if (columns[0].startsWith(under) && columns[0].matches("(?i).*\\.ov[fa]")) {
        verdicts.put(columns[0], columns[6]);
      }
    }
    assertThat(verdicts).as("files of the corpus under " + under).isNotEmpty();
    return verdicts;
  }

  /** Judges descriptors by themselves: the files of documents for tests are not beside them. */
  private static Validation judge(String file, String wanted, Strictness strictness) {
    Validator validator = Validator.of(strictness);
    Validation verdict =
        (file.endsWith(".ova") ? validator : validator.ofDescriptorOnly())
            .validate(
                CorpusTest.corpus().resolve(file), Progress.Listener.none(), Cancellation.none());
    ROWS.add(
        String.join(
            "\t",
            file,
            wanted,
            strictness.name(),
            verdict.accepted() ? "accepted" : "rejected",
            String.join(" ", errors(verdict)),
            String.join(" ", codes(verdict, Severity.WARNING))));
    return verdict;
  }

  /** Returns the codes of the errors, and of the refusal. */
  private static Set<String> errors(Validation verdict) {
    Set<String> codes = codes(verdict, Severity.ERROR);
    if (verdict.refusal() != null) {
      codes.add(verdict.refusal().code().toString());
    }
    return codes;
  }

  private static Set<String> codes(Validation verdict, Severity severity) {
    return verdict.findings().stream()
        .filter(f -> f.severity() == severity)
        .map(f -> f.code().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @AfterAll
  static void writeTable() throws IOException {
    Path table = Path.of("target", "ovf-verdicts.tsv");
    Files.createDirectories(table.toAbsolutePath().getParent());
    List<String> lines =
        new ArrayList<>(List.of("file\twanted\treader\tverdict\terrors\twarnings"));
    lines.addAll(ROWS.stream().sorted().toList());
    Files.write(table, lines);
  }

  private static void tell(String what, long part, long whole) {
    System.out.println("OVF corpus: " + what + " " + part + "/" + whole);
  }

  @Test
  void bothReadersTakeWhatTheVendorTakes() throws IOException {
    Map<String, String> refused = new TreeMap<>();
    int wanted = 0;
    for (Map.Entry<String, String> entry : verdicts("conformance/").entrySet()) {
      String file = entry.getKey();
      if (!entry.getValue().startsWith("accept")) {
        continue;
      }
      wanted++;
      Validation strict = judge(file, entry.getValue(), Strictness.STRICT);
      Validation lenient = judge(file, entry.getValue(), Strictness.LENIENT);
      assertThat(lenient.accepted()).as(file).isEqualTo(strict.accepted());
      if (!strict.accepted()) {
        refused.put(file, errors(strict).toString());
      }
    }
    tell("documents to accept, accepted by strict", wanted - refused.size(), wanted);
    assertThat(refused.keySet())
        .as(refused.toString())
        .containsExactlyInAnyOrderElementsOf(
            EXCUSED.keySet().stream().filter(f -> f.startsWith("conformance/")).toList());
  }

  @Test
  void theStrictReaderRefusesWhatTheVendorRefusesForItsOwnReason() throws IOException {
    List<String> taken = new ArrayList<>();
    Set<String> unknown = new TreeSet<>();
    int refused = 0;
    for (Map.Entry<String, String> entry : verdicts("conformance/").entrySet()) {
      String file = entry.getKey();
      if (!entry.getValue().startsWith("reject")) {
        continue;
      }
      Validation strict = judge(file, entry.getValue(), Strictness.STRICT);
      String name = file.substring("conformance/".length());
      if (strict.accepted()) {
        taken.add(name);
      } else if (REASONS.containsKey(name)) {
        refused++;
        assertThat(errors(strict)).as(name).contains(REASONS.get(name));
      } else {
        unknown.add(name + " " + errors(strict));
      }
    }
    tell("documents to reject, rejected by strict", refused, refused + taken.size());
    tell("of those whose defect a descriptor shows", refused, REASONS.size());
    assertThat(unknown).as("documents without a reason in the table").isEmpty();
    assertThat(taken).containsExactlyInAnyOrderElementsOf(NOT_IN_THE_DESCRIPTOR.keySet());
    assertThat(refused).isEqualTo(REASONS.size());
  }

  @Test
  void theStrictReaderSaysOfPackagesWhatTheirVerdictsSay() throws IOException {
    int good = 0;
    int taken = 0;
    int bad = 0;
    int told = 0;
    for (Map.Entry<String, String> entry : verdicts("packages/").entrySet()) {
      String file = entry.getKey();
      Validation strict = judge(file, entry.getValue(), Strictness.STRICT);
      String name = file.substring(file.lastIndexOf('/') + 1, file.length() - ".ova".length());
      if (entry.getValue().startsWith("accept")) {
        good++;
        taken += strict.accepted() ? 1 : 0;
        assertThat(strict.accepted())
            .as(file + " " + errors(strict))
            .isNotEqualTo(EXCUSED.containsKey(file));
      } else {
        bad++;
        if (PACKAGES.containsKey(name)) {
          told++;
          Set<String> codes = errors(strict);
          codes.addAll(codes(strict, Severity.WARNING));
          assertThat(codes).as(file).contains(PACKAGES.get(name));
        }
      }
    }
    tell("packages to accept, accepted by strict", taken, good);
    tell("packages to reject or report, told by strict", told, bad);
    assertThat(told).isEqualTo(PACKAGES.size());
  }

  @Test
  void theLenientReaderTakesWhatProductsWrite() throws IOException {
    Map<String, Set<String>> refused = new TreeMap<>();
    int wanted = 0;
    for (Map.Entry<String, String> entry : verdicts("real/").entrySet()) {
      wanted++;
      Validation lenient = judge(entry.getKey(), entry.getValue(), Strictness.LENIENT);
      judge(entry.getKey(), entry.getValue(), Strictness.STRICT);
      assertThat(lenient.refusal()).as(entry.getKey()).isNull();
      if (!lenient.accepted()) {
        refused.put(entry.getKey().replaceAll(".*/", ""), errors(lenient));
      }
    }
    tell("real documents read", wanted, wanted);
    tell("real documents without an error to lenient", wanted - refused.size(), wanted);
    assertThat(refused.keySet()).as(refused.toString()).isEqualTo(BROKEN.keySet());
    BROKEN.forEach((file, cause) -> assertThat(refused.get(file)).as(file).contains(cause));
  }
}
