package io.intermodal.ovf.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.DeploymentOption;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Strictness;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlReader;
import io.intermodal.xml.XmlWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints a line for every document that says what reading made of it, to compare JDKs. */
final class ReadingDump {

  private static final int BROKEN = 3000;

  private ReadingDump() {}

  /** Runs {@code [<corpus>]}. */
  public static void main(String[] arguments) throws IOException {
    List<FuzzInput> inputs =
        new ArrayList<>(FuzzInputs.all(arguments.length > 0 ? arguments[0] : "", "http://host"));
    inputs.removeIf(i -> i.kind() == FuzzInput.Kind.ARCHIVE);
    List<FuzzInput> all = new ArrayList<>(atTheBounds());
    all.addAll(inputs);
    Mutator mutator = new Mutator(inputs);
    for (int seed = 0; seed < BROKEN; seed++) {
      FuzzInput broken = mutator.broken(seed);
      all.add(new FuzzInput("seed " + seed + " " + broken.name(), broken.kind(), broken.text()));
    }
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    for (FuzzInput input : all) {
      out.println(input.name() + ": " + outcome(input));
    }
  }

  private static String outcome(FuzzInput input) {
    byte[] bytes = input.text().getBytes(ISO_8859_1);
    try {
      return switch (input.kind()) {
        case DESCRIPTOR -> envelope(Envelope.read("a", bytes));
        default -> document(XmlReader.standard().read("a", bytes));
      };
    } catch (IntermodalException e) {
      return e.code() + " " + e.getMessage();
    }
  }

  private static String envelope(Envelope envelope) {
    StringBuilder told = new StringBuilder();
    for (Strictness strictness : Strictness.values()) {
      told.append(envelope.findings(strictness));
    }
    List<String> options = new ArrayList<>();
    options.add(null);
    envelope.deploymentOptions().stream().map(DeploymentOption::id).limit(40).forEach(options::add);
    for (String option : options) {
      try {
        told.append(envelope.machines(option));
      } catch (IntermodalException e) {
        told.append(e.getMessage());
      }
    }
    return document(envelope.document()) + " " + hash(told.toString().getBytes(UTF_8));
  }

  private static String document(XmlDocument document) {
    return document.encoding()
        + " "
        + document.warnings()
        + " "
        + hash(XmlWriter.exact().toBytes(document));
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns documents just within each bound and just outside of it. */
  private static List<FuzzInput> atTheBounds() {
    List<FuzzInput> inputs = new ArrayList<>();
    for (int more = 0; more < 2; more++) {
      inputs.add(xml("depth " + more, "<a>".repeat(200 + more) + "</a>".repeat(200 + more)));
      inputs.add(xml("attributes " + more, "<a" + numbered(512 + more, " b%d='1'") + "/>"));
      inputs.add(xml("declarations " + more, "<a" + numbered(512 + more, " xmlns:p%d='u'") + "/>"));
      String scope = "<a" + numbered(512, " xmlns:p%d='u'") + ">";
      inputs.add(
          xml(
              "scope " + more,
              scope.repeat(2) + "<b" + (more == 0 ? "" : " xmlns='u'") + "/>" + "</a>".repeat(2)));
      inputs.add(xml("elements " + more, "<a>" + "<b/>".repeat(999_999 + more) + "</a>"));
      inputs.add(xml("text " + more, "<a>" + "x".repeat((16 << 20) + more) + "</a>"));
      inputs.add(xml("attribute " + more, "<a b='" + "x".repeat((16 << 20) + more) + "'/>"));
    }
    inputs.add(xml("references", "<a>" + "&amp;&#65;".repeat(300_000) + "</a>"));
    inputs.add(xml("name", "<" + "n".repeat(100_000) + "/>"));
    inputs.add(xml("entity", "<a>&e;</a>"));
    inputs.add(xml("doctype", "<!DOCTYPE a [<!ENTITY e 'e'>]><a>&e;</a>"));
    inputs.add(
        xml(
            "billion",
            "<!DOCTYPE a [<!ENTITY e0 'ha'>"
                + numbered(64, "<!ENTITY f%d '&e0;&e0;'>")
                + "]><a>&f63;</a>"));
    return inputs;
  }

  private static String numbered(int number, String form) {
    return IntStream.range(0, number).mapToObj(form::formatted).collect(Collectors.joining());
  }

  private static FuzzInput xml(String name, String text) {
    return new FuzzInput(name, FuzzInput.Kind.ENVIRONMENT, text);
  }
}
