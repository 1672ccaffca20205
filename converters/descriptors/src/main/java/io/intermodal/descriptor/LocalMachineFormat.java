package io.intermodal.descriptor;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.intermodal.IntermodalException;
import io.intermodal.convert.Conversion;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.spi.DescriptorFormat;
import io.intermodal.hypervisor.MachineSpec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the neutral machine itself as JSON, schema {@value #SCHEMA}: every part of it,
 * and nothing else, so that writing loses nothing. The members have the names of the components of
 * {@link MachineSpec}; what is not stated is absent. Stateless and thread-safe.
 *
 * <p>A member that is not known is a loss of the rule {@value #RULE_UNKNOWN_MEMBER}; a member of
 * the wrong type, a value outside its range and a member that stands twice are errors.
 */
public final class LocalMachineFormat implements DescriptorFormat {

  /** The value of the member {@code schema}. */
  public static final String SCHEMA = "io.intermodal.machine/1";

  /** The rule of the loss for a member that the schema does not have. */
  public static final String RULE_UNKNOWN_MEMBER = "local-machine.member.unknown";

  /** Largest document that is read, in bytes. */
  static final int MAX_BYTES = 4 << 20;

  /** A machine is three levels deep; more is room for members of later versions. */
  private static final int MAX_DEPTH = 32;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(MAX_BYTES)
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(64)
                          .maxStringLength(MAX_BYTES)
                          .maxNameLength(1000)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Creates the format; it has no settings. */
  public LocalMachineFormat() {}

  @Override
  public String id() {
    return "local-machine";
  }

  @Override
  public String description() {
    return "the neutral machine as JSON (" + SCHEMA + ")";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public Conversion<MachineSpec> read(byte[] descriptor, String source) {
    if (descriptor.length > MAX_BYTES) {
      throw unreadable(
          source, source, descriptor.length + " bytes are more than " + MAX_BYTES, null);
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(descriptor);
    } catch (StreamConstraintsException e) {
      throw unreadable(source, source, "it is larger or deeper than a machine is", e);
    } catch (JacksonException e) {
      JsonLocation at = e.getLocation();
      String place = at == null ? source : source + ":" + at.getLineNr() + ":" + at.getColumnNr();
      throw unreadable(place, place, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw unreadable(source, source, String.valueOf(e.getMessage()), e);
    }
    return new LocalMachineReader(source).read(root);
  }

  @Override
  public Conversion<byte[]> write(MachineSpec machine) {
    return Conversion.lossless(LocalMachineWriter.write(machine));
  }

  static IntermodalException unreadable(
      String what, String place, String reason, @Nullable Exception e) {
    return new IntermodalException(
        ConvertError.UNREADABLE_DESCRIPTOR, "cannot read " + what + ": " + reason, place, e);
  }
}
