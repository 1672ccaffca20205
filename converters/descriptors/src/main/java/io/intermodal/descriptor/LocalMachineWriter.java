package io.intermodal.descriptor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes a machine in the order of its components: the same machine gives the same bytes. */
final class LocalMachineWriter {

  // Characters outside ASCII are escaped only where UTF-8 cannot carry the text: half a surrogate
  // pair, which products do not forbid in a name.
  private static final JsonFactory PLAIN = new JsonFactory();
  private static final JsonFactory ESCAPING =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final Separators SEPARATORS =
      Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);

  private final JsonGenerator json;

  private LocalMachineWriter(JsonGenerator json) {
    this.json = json;
  }

  static byte[] write(MachineSpec machine) {
    try {
      return write(PLAIN, machine);
    } catch (IOException e) {
      try {
        return write(ESCAPING, machine);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }

  private static byte[] write(JsonFactory factory, MachineSpec machine) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // A fixed line end, or two platforms would write two documents.
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      json.setPrettyPrinter(
          new DefaultPrettyPrinter(SEPARATORS)
              .withObjectIndenter(indenter)
              .withArrayIndenter(indenter));
      new LocalMachineWriter(json).machine(machine);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private void machine(MachineSpec machine) throws IOException {
    json.writeStartObject();
    text("schema", LocalMachineFormat.SCHEMA);
    text("name", machine.name());
    text("uuid", machine.uuid());
    cpu(machine.cpu());
    number("memoryBytes", machine.memoryBytes());
    text("firmware", machine.firmware());
    if (machine.secureBoot() != null) {
      json.writeBooleanField("secureBoot", machine.secureBoot());
    }
    guestOs(machine.guestOs());
    json.writeArrayFieldStart("disks");
    for (DiskSpec disk : machine.disks()) {
      disk(disk);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("nics");
    for (NicSpec nic : machine.nics()) {
      nic(nic);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("drives");
    for (RemovableDrive drive : machine.drives()) {
      json.writeStartObject();
      text("key", drive.key());
      text("kind", drive.kind());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("bootOrder");
    for (String key : machine.bootOrder()) {
      json.writeString(key);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("extras");
    for (Extra extra : machine.extras()) {
      json.writeStartObject();
      text("namespace", extra.namespace());
      text("name", extra.name());
      text("value", extra.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void cpu(@Nullable CpuSpec cpu) throws IOException {
    if (cpu != null) {
      json.writeObjectFieldStart("cpu");
      number("count", (long) cpu.count());
      number("coresPerSocket", cpu.coresPerSocket());
      json.writeEndObject();
    }
  }

  private void guestOs(@Nullable GuestOs guestOs) throws IOException {
    if (guestOs != null) {
      json.writeObjectFieldStart("guestOs");
      number("cimOsType", guestOs.cimOsType());
      text("version", guestOs.version());
      text("vendorType", guestOs.vendorType());
      text("description", guestOs.description());
      json.writeEndObject();
    }
  }

  private void disk(DiskSpec disk) throws IOException {
    json.writeStartObject();
    text("key", disk.key());
    number("capacityBytes", disk.capacityBytes());
    text("bus", disk.bus());
    number("unit", disk.unit());
    json.writeEndObject();
  }

  private void nic(NicSpec nic) throws IOException {
    json.writeStartObject();
    text("key", nic.key());
    text("model", nic.model());
    text("network", nic.network());
    text("mac", nic.mac());
    json.writeEndObject();
  }

  private void text(String name, @Nullable Object value) throws IOException {
    if (value instanceof Enum<?> constant) {
      json.writeStringField(name, constant.name());
    } else if (value != null) {
      json.writeStringField(name, value.toString());
    }
  }

  private void number(String name, @Nullable Number value) throws IOException {
    if (value != null) {
      json.writeNumberField(name, value.longValue());
    }
  }
}
